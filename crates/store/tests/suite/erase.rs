//! Erasing a person removes them, and leaves everybody else.

use crate::bench::{Bench, append_one, at, int};
use store::jobs::NewJob;
use store::{Store, StoreError, blobs, erase, idempotency, jobs, subjects};

crate::on_both_engines!(erasing_removes_one_person_only, erasing_is_followed_by_scrubbing);

const CANARY: &str = "13800001234";

fn fill(store: &Store) {
    for subject in ["subject-1", "subject-2"] {
        append_one(store, subject, "sealed");
        store
            .write_blocking(move |tx| {
                subjects::put_key(tx, subject, b"wrapped", at(1))?;
                subjects::add_index(tx, &format!("blind {subject}"), "phone", subject)?;
                idempotency::put(tx, "intake", subject, CANARY, Some(subject), at(1))?;
                let blob = blobs::NewBlob {
                    id: format!("blob of {subject}"),
                    subject: Some(subject.into()),
                    name: None,
                    media_type: "image/png".into(),
                    created_at: at(1),
                };
                blobs::put(tx, &blob, CANARY.as_bytes())?;
                let job = NewJob {
                    kind: "mail".into(),
                    key: None,
                    payload: format!("{{\"to\":\"{subject}\",\"text\":\"{CANARY}\"}}"),
                    run_at: at(1),
                    created_at: at(1),
                };
                jobs::enqueue(tx, &job)
            })
            .unwrap();
    }
}

fn erase(store: &Store, subject: &'static str) -> erase::Erased {
    store.write_blocking(move |tx| erase::subject(tx, subject)).unwrap()
}

fn erasing_removes_one_person_only(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    assert_eq!(erase(&store, "subject-1"), erase::Erased { key: true, blobs: 1, jobs: 1 });
    assert_eq!(erase(&store, "subject-1"), erase::Erased { key: false, blobs: 0, jobs: 0 });
    // A wildcard in an id is a character like any other.
    assert_eq!(erase(&store, "subject_2"), erase::Erased { key: false, blobs: 0, jobs: 0 });
    for table in [
        "select count(*) from subject_keys",
        "select count(*) from subject_index",
        "select count(*) from blobs",
        "select count(*) from blob_chunks",
        "select count(*) from idempotency",
        "select count(*) from jobs",
        "select count(*) from ledger",
    ] {
        assert_eq!(int(&store, table), 1, "{table}");
    }
    assert_eq!(int(&store, "select count(*) from journal"), 2, "the journal stays whole");
    let (gone, kept) = store
        .read_blocking(|s| {
            Ok::<_, StoreError>((subjects::key(s, "subject-1")?, subjects::key(s, "subject-2")?))
        })
        .unwrap();
    assert_eq!((gone, kept), (None, Some(b"wrapped".to_vec())));
    assert_eq!(store.read_blocking(|s| blobs::list_by_subject(s, "subject-1")).unwrap(), []);
}

fn erasing_is_followed_by_scrubbing(bench: &Bench) {
    let store = bench.open();
    fill(&store);
    erase(&store, "subject-1");
    erase(&store, "subject-2");
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.scrub()).unwrap();
    if let store::StoreConfig::Sqlite { path, .. } = &bench.config {
        for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let file = entry.unwrap().path();
            let content = std::fs::read(&file).unwrap();
            let found = content.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            assert!(!found, "{} still holds what was erased", file.display());
        }
    }
}
