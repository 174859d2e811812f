//! A text index finds what was put in, newest first, never what was taken out, and a step
//! that began before an erasure does not fit after it.

use crate::bench::Bench;
use store::fulltext::{self, Cursor, Wanted};
use store::{Query, Store, StoreError};

crate::on_both_engines!(
    terms_are_found_newest_first,
    a_document_is_put_in_place_of_itself,
    erasing_leaves_no_term_and_spoils_steps_under_way,
    another_version_starts_over,
    odd_terms_and_names_do_no_harm,
);

const INDEX: &str = "notes";

fn prepared(bench: &Bench) -> Store {
    let store = bench.open();
    store.write_blocking(|tx| fulltext::prepare(tx, INDEX, 1, false)).unwrap();
    store
}

fn put(store: &Store, doc: i64, terms: &'static [&'static str]) {
    let terms: Vec<String> = terms.iter().map(|term| (*term).to_owned()).collect();
    store.write_blocking(move |tx| fulltext::put(tx, INDEX, doc, &terms)).unwrap();
}

fn found(store: &Store, wanted: &[Wanted], below: Option<i64>, limit: usize) -> Vec<i64> {
    let wanted = wanted.to_vec();
    store.read_blocking(move |s| fulltext::newest(s, INDEX, &wanted, below, limit)).unwrap()
}

fn exact(term: &str) -> Wanted {
    Wanted::Exact(term.to_owned())
}

fn terms_are_found_newest_first(bench: &Bench) {
    let store = prepared(bench);
    put(&store, 3, &["充电", "电站", "站", "led", "380v"]);
    put(&store, 9, &["充电", "电费", "费"]);
    put(&store, 300_000, &["充电"]);
    assert_eq!(found(&store, &[exact("充电")], None, 10), [300_000, 9, 3]);
    assert_eq!(found(&store, &[exact("充电")], None, 2), [300_000, 9]);
    assert_eq!(found(&store, &[exact("充电")], Some(9), 10), [3]);
    assert_eq!(found(&store, &[exact("充电"), exact("电站")], None, 10), [3]);
    assert_eq!(found(&store, &[Wanted::Prefix("38".into())], None, 10), [3]);
    assert_eq!(found(&store, &[Wanted::Prefix("费".into())], None, 10), [9]);
    assert_eq!(found(&store, &[exact("电")], None, 10), []);
    assert_eq!(found(&store, &[], None, 10), []);
    let held = store.read_blocking(|s| {
        let (condition, value) = fulltext::holds(s.engine(), INDEX, "d.doc", &[exact("电费")], 1)?;
        let rows = s.query(
            &format!("with d as (select cast(9 as bigint) as doc) select d.doc from d where {condition}"),
            &[value],
        )?;
        Ok::<_, StoreError>(rows.len())
    });
    assert_eq!(held.unwrap(), 1);
}

fn a_document_is_put_in_place_of_itself(bench: &Bench) {
    let store = prepared(bench);
    put(&store, 1, &["旧词"]);
    put(&store, 1, &["新词"]);
    assert_eq!(found(&store, &[exact("旧词")], None, 10), []);
    assert_eq!(found(&store, &[exact("新词")], None, 10), [1]);
    put(&store, 1, &[]);
    assert_eq!(store.read_blocking(|s| fulltext::documents(s, INDEX)).unwrap(), []);
}

fn erasing_leaves_no_term_and_spoils_steps_under_way(bench: &Bench) {
    let store = prepared(bench);
    put(&store, 1, &["canarybird", "留下"]);
    put(&store, 2, &["留下"]);
    let before = store.read_blocking(|s| fulltext::cursor(s, INDEX)).unwrap();
    store.write_blocking(|tx| fulltext::forget(tx, INDEX, &[1])).unwrap();
    assert!(!advanced(&store, &before, 7), "what was read before the erasure is not written after it");
    let after = store.read_blocking(|s| fulltext::cursor(s, INDEX)).unwrap();
    assert!(advanced(&store, &after, 7));
    assert!(!advanced(&store, &after, 8), "and no step is written twice");
    assert_eq!(found(&store, &[exact("留下")], None, 10), [2]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.scrub()).unwrap();
    if let store::StoreConfig::Sqlite { path, .. } = &bench.config {
        for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let file = entry.unwrap().path();
            let content = std::fs::read(&file).unwrap();
            assert!(!content.windows(10).any(|window| window == b"canarybird"), "{}", file.display());
        }
    }
}

fn advanced(store: &Store, from: &Cursor, to: i64) -> bool {
    let from = from.clone();
    store.write_blocking(move |tx| fulltext::advance(tx, INDEX, &from, to)).unwrap()
}

fn another_version_starts_over(bench: &Bench) {
    let store = prepared(bench);
    put(&store, 1, &["词"]);
    let from = store.read_blocking(|s| fulltext::cursor(s, INDEX)).unwrap();
    assert!(advanced(&store, &from, 5));
    store.write_blocking(|tx| fulltext::prepare(tx, INDEX, 1, false)).unwrap();
    let cursor = |store: &Store| store.read_blocking(|s| fulltext::cursor(s, INDEX)).unwrap();
    assert_eq!(
        (cursor(&store).seq, found(&store, &[exact("词")], None, 9)),
        (5, vec![1]),
        "the same version stays"
    );
    store.write_blocking(|tx| fulltext::prepare(tx, INDEX, 2, false)).unwrap();
    assert_eq!((cursor(&store).seq, found(&store, &[exact("词")], None, 9)), (0, vec![]));
}

fn odd_terms_and_names_do_no_harm(bench: &Bench) {
    let store = prepared(bench);
    put(&store, 1, &["词"]);
    for odd in ["a\"b", "a'b", "a\\", "OR NOT", "*", "词 & !词", ":*"] {
        let outcome = store.read_blocking(move |s| fulltext::newest(s, INDEX, &[exact(odd)], None, 9));
        assert!(matches!(outcome, Err(StoreError::Refused(_))), "{odd}");
    }
    for word in ["AND", "NEAR", "or"] {
        assert_eq!(found(&store, &[exact(word)], None, 9), [], "{word}");
    }
    for name in ["", "cursor", "Notes", "x; drop table journal"] {
        let outcome = store.write_blocking(move |tx| fulltext::prepare(tx, name, 1, false));
        assert!(matches!(outcome, Err(StoreError::Refused(_))), "{name}");
    }
}
