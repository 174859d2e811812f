//! The doctor finds whatever was changed behind the journal's back.

use crate::bench::{Bench, append_one, at, tamper};
use store::doctor::{self, Finding};
use store::{Store, blobs, chain};

crate::on_both_engines!(
    a_whole_record_has_no_findings,
    a_changed_body_is_found,
    a_changed_time_is_found,
    a_changed_hash_is_found,
    a_deleted_entry_in_the_middle_is_found,
    a_deleted_last_entry_is_found,
    a_deleted_entry_not_yet_sealed_is_found,
    a_rehashed_stream_does_not_fit_its_seals,
    a_deleted_seal_is_found,
    a_damaged_attachment_is_found,
);

/// Two streams, all sealed but the last entry.
fn filled(bench: &Bench) -> Store {
    let store = bench.open();
    for n in 0..3 {
        append_one(&store, "a", &n.to_string());
        append_one(&store, "b", &n.to_string());
    }
    assert_eq!(store.write_blocking(|tx| chain::seal(tx, 100)).unwrap(), 6);
    append_one(&store, "b", "unsealed");
    store
}

fn findings(store: &Store) -> Vec<Finding> {
    store.read_blocking(|s| doctor::check(s)).unwrap()
}

fn reasons(store: &Store) -> Vec<String> {
    findings(store).into_iter().map(|finding| finding.reason).collect()
}

fn a_whole_record_has_no_findings(bench: &Bench) {
    assert_eq!(findings(&filled(bench)), []);
}

fn a_changed_body_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "update journal set body = 'solved' where stream = 'a' and version = 2");
    let position = store.read_blocking(|s| store::journal::load(s, "a", 1)).unwrap()[0].position;
    let reason = "stream a: version 2 is not what its hash says".to_owned();
    assert_eq!(findings(&store), [Finding { position: Some(position), reason }]);
}

fn a_changed_time_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "update journal set recorded_at = 0 where stream = 'a' and version = 1");
    assert_eq!(reasons(&store), ["stream a: version 1 is not what its hash says"]);
}

fn a_changed_hash_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "update journal set hash = 'x' where stream = 'a' and version = 1");
    assert_eq!(
        reasons(&store),
        [
            "stream a: version 1 is not what its hash says",
            "stream a: version 2 does not carry the hash of the one before",
            "seal 1 does not fit what it seals",
        ]
    );
}

fn a_deleted_entry_in_the_middle_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "delete from journal where stream = 'a' and version = 2");
    assert_eq!(reasons(&store), ["stream a: version 3 follows version 1", "seal 3: its entry is gone"]);
}

fn a_deleted_last_entry_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "delete from journal where stream = 'a' and version = 3");
    assert_eq!(reasons(&store), ["seal 5: its entry is gone"]);
}

fn a_deleted_entry_not_yet_sealed_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "delete from journal where stream = 'b' and version = 4");
    assert_eq!(reasons(&store), ["an entry vanished before it was sealed"]);
    tamper(&store, "delete from journal_unsealed");
    assert_eq!(reasons(&store), Vec::<String>::new(), "which only an outside witness can tell");
}

fn a_rehashed_stream_does_not_fit_its_seals(bench: &Bench) {
    let store = filled(bench);
    store
        .write_blocking(|tx| {
            let mut last = store::journal::load(tx, "a", 2)?.remove(0);
            last.body = "solved".into();
            tx.execute(
                "update journal set body = $1, hash = $2 where position = $3",
                &store::params![&last.body, store::journal::hash_of(&last), last.position],
            )
        })
        .unwrap();
    assert_eq!(reasons(&store), ["seal 5 does not fit what it seals"]);
}

fn a_deleted_seal_is_found(bench: &Bench) {
    let store = filled(bench);
    tamper(&store, "delete from journal_chain where seq = 3");
    assert_eq!(reasons(&store), ["seal 4 follows seal 2", "neither sealed nor waiting to be"]);
}

fn a_damaged_attachment_is_found(bench: &Bench) {
    let store = filled(bench);
    let new = |id: &str| blobs::NewBlob {
        id: id.into(),
        subject: None,
        name: None,
        media_type: "image/jpeg".into(),
        created_at: at(1),
    };
    for id in ["good", "cut", "changed"] {
        let blob = new(id);
        store.write_blocking(move |tx| blobs::put(tx, &blob, &vec![9; blobs::CHUNK + 5])).unwrap();
    }
    assert_eq!(findings(&store), []);
    tamper(&store, "delete from blob_chunks where blob = 'cut' and n = 1");
    tamper(
        &store,
        "update blob_chunks set bytes = (select bytes from blob_chunks where blob = 'good' and n = 1) \
         where blob = 'changed' and n = 0",
    );
    assert_eq!(reasons(&store), ["attachment changed is damaged", "attachment cut is damaged"]);
}
