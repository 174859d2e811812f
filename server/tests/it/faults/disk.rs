//! The disk under the embedded database: full, read-only, damaged, held by another; and a
//! backup made under load.

use super::process::{Installation, Server, file, is_there, receipt, said, send};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use testkit::Engine;

/// A database that no longer fits is an error for those who write, not for those who read;
/// as soon as there is room again it goes on, without a restart.
#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    let city = Installation::new(Engine::Sqlite);
    let used = std::fs::metadata(city.database_file()).expect("a database").len() / 1024;
    let server = city.serve_on_a_small_disk(used + 4_000);
    let mut receipts = Vec::new();
    let refused = loop {
        let answer = file(&server.address, &format!("full-{}", receipts.len())).expect("it answers");
        match answer.status {
            201 => receipts.push(receipt(&answer)),
            _ => break answer,
        }
        assert!(receipts.len() < 5_000, "the disk does not fill");
    };
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.body.contains("\"code\":\"storage\""), "{}", refused.body);
    assert!(!receipts.is_empty(), "some fitted");
    let figures = send(&server.address, "GET", "/figures", &[], "").expect("it answers");
    assert_eq!(figures.status, 200, "reading goes on");
    assert!(city.log().contains("free space"), "the operator is told what to do: {}", city.log());

    more_room(&server);
    let after = file(&server.address, &format!("full-{}", receipts.len())).expect("it answers");
    assert_eq!(after.status, 201, "{}", after.body);
    receipts.push(receipt(&after));
    for (number, code) in &receipts {
        assert!(is_there(&server.address, number, code), "{number} is lost");
    }
    drop(server);
    city.is_whole();
    assert_eq!(city.received(), receipts.len() as i64);
}

fn more_room(server: &Server) {
    let pid = server.id().to_string();
    let done = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status();
    assert!(done.expect("prlimit runs (Debian package util-linux)").success());
}

/// A damaged file is refused or found, never served as if it were whole.
#[test]
fn a_damaged_database_is_found_and_its_backup_restores() {
    let city = Installation::new(Engine::Sqlite);
    let server = city.serve();
    assert_eq!(file(&server.address, "before").expect("it answers").status, 201);
    drop(server);
    let backup = city.path("backup.tongxin");
    city.says(&["backup", &backup]);
    // A server that is killed leaves a write-ahead log; the last to close folds it in, if it gets to
    // it. What lies there would be read in place of the damaged pages.
    for beside in ["tongxin.db-wal", "tongxin.db-shm"] {
        let _ = std::fs::remove_file(city.database_file().with_file_name(beside));
    }
    let mut bytes = std::fs::read(city.database_file()).expect("reads");
    assert!(bytes.len() > 100 * 4096, "{} bytes lie in the file itself", bytes.len());
    // Every page but the first few: wherever the journal lies.
    for at in (3 * 4096..bytes.len()).step_by(4096) {
        bytes[at..at + 64].fill(0xA5);
    }
    std::fs::write(city.database_file(), &bytes).expect("writes");
    let output = city.run(&["doctor"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("restore"), "it says what to do: {told}");

    std::fs::write(city.database_file(), b"this was a database once").expect("writes");
    let told = String::from_utf8_lossy(&city.run(&["doctor"]).stderr).into_owned();
    assert!(told.contains("not a database") && told.contains("restore"), "{told}");

    let place = city.empty_beside("restored");
    said(&["restore"], &city.run_at(&["restore", &backup], &place));
    let figures = city.run_at(&["figures", "--json"], &place);
    assert!(said(&["figures"], &figures).contains("\"received\": 1"));
}

#[test]
fn a_read_only_database_is_told() {
    let city = Installation::new(Engine::Sqlite);
    let folder = city.folder.path().join("data");
    let mode = |path: &std::path::Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("changes");
    };
    mode(&city.database_file(), 0o444);
    mode(&folder, 0o555);
    // Root may write all the same: then there is nothing to tell.
    let writable = std::fs::File::options().append(true).open(city.database_file()).is_ok();
    let output = city.run(&["doctor"]);
    mode(&folder, 0o755);
    mode(&city.database_file(), 0o644);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), writable, "{told}");
    assert!(writable || told.contains("writable by the user"), "{told}");
}

/// A backup of one moment, taken while many file: it restores whole, with every number that
/// was acknowledged before it began.
#[test]
fn a_backup_taken_under_load_restores_whole() {
    for engine in Engine::BOTH {
        let city = Installation::new(engine);
        let server = city.serve();
        let address = server.address.clone();
        let before: Vec<_> =
            (0..10).map(|n| receipt(&file(&address, &format!("before-{n}")).expect("it answers"))).collect();
        let (stop, stopped) =
            (std::sync::atomic::AtomicBool::new(false), std::sync::atomic::Ordering::SeqCst);
        let backup = city.path("backup.tongxin");
        std::thread::scope(|scope| {
            for client in 0..3 {
                let (stop, address) = (&stop, &address);
                scope.spawn(move || {
                    for n in 0.. {
                        if stop.load(stopped) {
                            return;
                        }
                        let answer = file(address, &format!("during-{client}-{n}")).expect("it answers");
                        assert_eq!(answer.status, 201, "{}", answer.body);
                    }
                });
            }
            city.says(&["backup", &backup]);
            stop.store(true, stopped);
        });
        drop(server);
        let place = city.empty_beside("restored");
        said(&["restore"], &city.run_at(&["restore", &backup], &place));
        said(&["doctor"], &city.run_at(&["doctor"], &place));
        said(&["rebuild"], &city.run_at(&["rebuild", "--check"], &place));
        let figures = said(&["figures"], &city.run_at(&["figures", "--json"], &place));
        let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
        assert!(figures["received"].as_i64() >= Some(before.len() as i64), "{engine:?}: {figures}");
    }
}
