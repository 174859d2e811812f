//! SQLite: what was acknowledged is there after `kill -9`.

use crate::bench::{Bench, append_one};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use store::{Registry, Store, StoreConfig, doctor, journal};

/// Tells the re-run test binary where to write; absent in an ordinary run.
const CHILD: &str = "STORE_KILL_TEST_FILE";

/// The child: this same test, started again with [`CHILD`] set. Several writers append and
/// each says what was acknowledged; nobody stops them but the parent.
fn write_until_killed(path: &Path) {
    let store = Store::open(StoreConfig::sqlite(path), Registry::none()).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 1..=1_000_000 {
                    append_one(store, &format!("w{writer}"), "x");
                    // One write call per line: never torn between writers.
                    let line = format!("ack w{writer} {n}\n");
                    std::io::stderr().write_all(line.as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn acknowledged_writes_survive_kill_9() {
    if let Some(path) = std::env::var_os(CHILD) {
        return write_until_killed(Path::new(&path));
    }
    let bench = Bench::sqlite();
    let StoreConfig::Sqlite { path, .. } = &bench.config else { panic!("a SQLite bench") };
    for round in 1..=3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::acknowledged_writes_survive_kill_9", "--nocapture"])
            .env(CHILD, path)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut acknowledged: Vec<String> =
            lines.by_ref().filter(|line| line.starts_with("ack ")).take(200).collect();
        // `kill` on Unix is SIGKILL: no destructor, no flush.
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(lines.filter(|line| line.starts_with("ack ")));

        let store = Store::open(bench.config.clone(), Registry::none()).unwrap();
        for writer in 0..4 {
            let prefix = format!("ack w{writer} ");
            let last = acknowledged
                .iter()
                .filter_map(|line| line.strip_prefix(&prefix)?.parse::<usize>().ok())
                .max();
            let stream = format!("w{writer}");
            let kept = store.read_blocking(move |s| journal::load(s, &stream, 0)).unwrap().len();
            assert!(
                kept >= last.unwrap_or(0),
                "round {round}, writer {writer}: {last:?} acknowledged, {kept} kept"
            );
        }
        assert_eq!(store.read_blocking(|s| doctor::check(s)).unwrap(), []);
    }
}
