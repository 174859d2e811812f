//! Backups: of one moment, while writing goes on, into either engine.

use crate::bench::{Bench, append_one, at, int};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::jobs::NewJob;
use store::{
    Store, StoreError, backup, blobs, chain, doctor, jobs, journal, meta, series, sessions, subjects,
};

crate::on_both_engines!(
    a_backup_restores_into_the_other_engine,
    a_backup_is_one_moment_while_writing_goes_on,
    a_full_store_is_not_restored_into,
    a_damaged_backup_is_refused,
    a_backup_that_cannot_be_written_leaves_nothing,
);

fn fill(store: &Store) {
    for n in 0..120 {
        append_one(store, &format!("s{}", n % 7), &format!("第{n}件"));
    }
    store
        .write_blocking(|tx| {
            chain::seal(tx, 100)?;
            subjects::put_key(tx, "person", b"wrapped", at(1))?;
            subjects::add_index(tx, "blind", "phone", "person")?;
            series::next(tx, "appeals-2022")?;
            series::next(tx, "appeals-2022")?;
            meta::put(tx, "instance", "one")?;
            let job = NewJob {
                kind: "mail".into(),
                key: None,
                payload: "{}".into(),
                run_at: at(5),
                created_at: at(1),
            };
            jobs::enqueue(tx, &job)?;
            let session = sessions::Session {
                token_hash: "t".into(),
                account: "a".into(),
                data: "{}".into(),
                created_at: at(1),
                last_seen_at: at(1),
                expires_at: at(99),
            };
            sessions::put(tx, &session)?;
            let blob = blobs::NewBlob {
                id: "b1".into(),
                subject: Some("person".into()),
                name: Some(vec![1, 2]),
                media_type: "image/png".into(),
                created_at: at(1),
            };
            blobs::put(tx, &blob, &vec![7; blobs::CHUNK * 2 + 1])
        })
        .unwrap();
}

fn backed_up(bench: &Bench, store: &Store) -> PathBuf {
    let path = bench.folder.path().join("backup.db");
    let written = backup::write_blocking(store, &path).unwrap();
    assert_eq!(backup::verify(&path).unwrap(), written);
    assert!(!path.with_file_name("backup.db.partial").exists());
    path
}

fn a_backup_restores_into_the_other_engine(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    let path = backed_up(bench, &store);
    let other = bench.other();
    let restored = other.open();
    let summary = backup::restore_blocking(&path, &restored).unwrap();
    assert_eq!(summary.entries, 120);
    for stream in ["s0", "s6"] {
        let load = |store: &Store| store.read_blocking(move |s| journal::load(s, stream, 0)).unwrap();
        assert_eq!(load(&restored), load(&store));
    }
    assert_eq!(int(&restored, "select entries from ledger where stream = 's0'"), 18);
    assert_eq!(restored.rebuild_check_blocking().unwrap(), []);
    let (key, found, blob, size, instance, waiting) = restored
        .read_blocking(|s| {
            Ok::<_, StoreError>((
                subjects::key(s, "person")?,
                subjects::find(s, "blind", "phone")?,
                blobs::get(s, "b1")?.unwrap(),
                blobs::content(s, "b1")?.len(),
                meta::get(s, "instance")?,
                jobs::pending(s, 10)?.len(),
            ))
        })
        .unwrap();
    assert_eq!((key, found), (Some(b"wrapped".to_vec()), vec!["person".to_owned()]));
    assert_eq!((blob.size, size, blob.name), (524_289, 524_289, Some(vec![1, 2])));
    assert_eq!((instance.as_deref(), waiting), (Some("one"), 1));
    assert_eq!(int(&restored, "select count(*) from sessions"), 0);
    // Life goes on: keys, series and the chain continue where they stood.
    append_one(&restored, "s0", "after");
    let next = restored.write_blocking(|tx| {
        let job =
            NewJob { kind: "x".into(), key: None, payload: "{}".into(), run_at: at(5), created_at: at(1) };
        jobs::enqueue(tx, &job)?;
        series::next(tx, "appeals-2022")
    });
    assert_eq!(next, Ok(3));
    assert_eq!(restored.write_blocking(|tx| chain::seal(tx, 1000)), Ok(21));
    assert_eq!(restored.read_blocking(|s| doctor::check(s)).unwrap(), []);
}

fn a_backup_is_one_moment_while_writing_goes_on(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (store, stop) = (store.clone(), Arc::clone(&stop));
        std::thread::spawn(move || {
            let mut written = 0;
            while !stop.load(Ordering::SeqCst) {
                append_one(&store, "busy", "x");
                written += 1;
            }
            written
        })
    };
    let path = bench.folder.path().join("busy.db");
    for _ in 0..3 {
        let summary = backup::write_blocking(&store, &path).unwrap();
        assert_eq!(backup::verify(&path).unwrap(), summary);
    }
    stop.store(true, Ordering::SeqCst);
    let written: i64 = writer.join().unwrap();
    assert_eq!(int(&store, "select count(*) from journal"), 120 + written);
    let restored = bench.other().open();
    let summary = backup::restore_blocking(&path, &restored).unwrap();
    assert!((120..=120 + written).contains(&summary.entries));
    assert_eq!(restored.rebuild_check_blocking().unwrap(), []);
}

fn a_full_store_is_not_restored_into(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    let path = backed_up(bench, &store);
    let outcome = backup::restore_blocking(&path, &store);
    assert!(matches!(outcome, Err(StoreError::Refused(_))), "{outcome:?}");
    assert_eq!(int(&store, "select count(*) from journal"), 120);
}

fn a_damaged_backup_is_refused(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    let path = backed_up(bench, &store);
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute("update journal set body = 'else' where position = 3", []).unwrap();
    drop(file);
    assert!(matches!(backup::verify(&path), Err(StoreError::Corrupt(_))));
    let empty = bench.other().open();
    assert!(matches!(backup::restore_blocking(&path, &empty), Err(StoreError::Corrupt(_))));
    assert_eq!(int(&empty, "select count(*) from journal"), 0);
    std::fs::write(&path, b"not a backup").unwrap();
    assert!(backup::verify(&path).is_err());
}

fn a_backup_that_cannot_be_written_leaves_nothing(bench: &Bench) {
    let store = bench.open();
    let path = bench.folder.path().join("missing").join("backup.db");
    assert!(backup::write_blocking(&store, &path).is_err());
    assert!(!path.exists());
}
