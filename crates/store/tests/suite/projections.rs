//! Projections: rebuilt when their version changes, and compared with the journal.

use crate::bench::{Bench, Ledger, append_one, int, tamper};
use std::sync::{Arc, Mutex};
use store::rebuild::Difference;
use store::{Entry, Projection, Query, Registry, Store, StoreError, TableDef, Tx, subjects};

crate::on_both_engines!(
    a_new_version_is_rebuilt_on_opening,
    the_same_version_is_left_alone,
    an_older_program_leaves_newer_tables_alone,
    a_projection_that_comes_later_catches_up,
    rebuilding_mends_and_checking_finds,
    checking_sees_the_subjects_keys,
    an_unknown_projection_cannot_be_rebuilt,
);

fn rebuild(store: &Store, names: &[&str]) -> Result<(), StoreError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.rebuild(names))
}

fn last(store: &Store) -> String {
    store.read_blocking(|s| s.query_one("select last from ledger where stream = 'a'", &[])?.text(0)).unwrap()
}

fn a_new_version_is_rebuilt_on_opening(bench: &Bench) {
    let store = bench.open();
    for n in 0..3 {
        append_one(&store, "a", &n.to_string());
    }
    assert_eq!(last(&store), "2");
    drop(store);
    let store = bench.open_with(Registry::new(vec![Box::new(Ledger { version: 2 })]));
    assert_eq!(last(&store), "v2 2");
    assert_eq!(int(&store, "select entries from ledger where stream = 'a'"), 3);
    assert_eq!(store.rebuild_check_blocking().unwrap(), []);
}

fn the_same_version_is_left_alone(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "a", "1");
    tamper(&store, "update ledger set last = 'mine'");
    drop(store);
    assert_eq!(last(&bench.open()), "mine");
}

fn an_older_program_leaves_newer_tables_alone(bench: &Bench) {
    let newer = bench.open_with(Registry::new(vec![Box::new(Ledger { version: 2 })]));
    append_one(&newer, "a", "1");
    drop(newer);
    let outcome = Store::open(bench.config.clone(), Registry::new(vec![Box::new(Ledger { version: 1 })]));
    let Some(StoreError::Refused(words)) = outcome.err() else { panic!("it opened") };
    assert!(words.contains("version 2, this program knows 1"), "{words}");
    assert_eq!(last(&bench.open_with(Registry::new(vec![Box::new(Ledger { version: 2 })]))), "v2 1");
}

fn a_projection_that_comes_later_catches_up(bench: &Bench) {
    let store = bench.open_with(Registry::none());
    append_one(&store, "a", "1");
    append_one(&store, "a", "2");
    drop(store);
    let store = bench.open();
    assert_eq!(last(&store), "2");
    append_one(&store, "a", "3");
    assert_eq!(int(&store, "select entries from ledger"), 3);
}

fn rebuilding_mends_and_checking_finds(bench: &Bench) {
    let store = bench.open();
    for stream in ["a", "b", "c"] {
        append_one(&store, stream, "1");
    }
    assert_eq!(store.rebuild_check_blocking().unwrap(), []);
    tamper(&store, "update ledger set entries = 7 where stream = 'a'");
    tamper(&store, "delete from ledger where stream = 'b'");
    tamper(&store, "insert into ledger values ('z', 1, 'x', 1)");
    let difference = |key: &str, live: Option<&str>, rebuilt: Option<&str>| Difference {
        projection: "ledger".into(),
        table: "ledger".into(),
        key: key.into(),
        live: live.map(Into::into),
        rebuilt: rebuilt.map(Into::into),
    };
    assert_eq!(
        store.rebuild_check_blocking().unwrap(),
        [
            difference("a", Some("a | 7 | 1 | 1"), Some("a | 1 | 1 | 1")),
            difference("b", None, Some("b | 1 | 1 | 1")),
            difference("z", Some("z | 1 | x | 1"), None),
        ]
    );
    rebuild(&store, &["ledger"]).unwrap();
    assert_eq!(store.rebuild_check_blocking().unwrap(), []);
}

/// Reads the subject's key while applying, as an opener of sealed values does, and notes
/// through the context how often it found one.
struct Opener;

impl Projection for Opener {
    fn name(&self) -> &'static str {
        "opener"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef {
            name: "opened",
            ddl: "create table opened (position {int_key}, key bytea)",
            order_by: "position",
        }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let key = subjects::key(tx, &entry.stream)?;
        if key.is_some() {
            tx.context::<Mutex<Vec<String>>>()?.lock().unwrap().push(entry.stream.clone());
        }
        tx.execute(
            "insert into opened (position, key) values ($1, $2)",
            &store::params![entry.position, key],
        )?;
        Ok(())
    }
}

fn checking_sees_the_subjects_keys(bench: &Bench) {
    let found = Arc::new(Mutex::new(Vec::<String>::new()));
    let registry = Registry::new(vec![Box::new(Opener)]).with_context(Arc::clone(&found));
    let store = bench.open_with(registry);
    store.write_blocking(|tx| subjects::put_key(tx, "person", b"wrapped", crate::bench::at(1))).unwrap();
    append_one(&store, "person", "1");
    append_one(&store, "other", "1");
    assert_eq!(store.rebuild_check_blocking().unwrap(), []);
    assert_eq!(*found.lock().unwrap(), ["person", "person"]);
}

fn an_unknown_projection_cannot_be_rebuilt(bench: &Bench) {
    let outcome = rebuild(&bench.open(), &["nonesuch"]);
    assert!(matches!(outcome, Err(StoreError::Refused(_))), "{outcome:?}");
}
