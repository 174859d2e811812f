//! SQLite alone: another process holds the file.

use crate::bench::{Bench, append, append_one, event, int};
use store::{StoreConfig, StoreError};

#[test]
fn a_database_somebody_else_holds_is_told_and_used_again_afterwards() {
    let bench = Bench::sqlite();
    let StoreConfig::Sqlite { path, .. } = &bench.config else { panic!("a SQLite bench") };
    let store = bench.open();
    append_one(&store, "s", "1");
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let refused = store.write_blocking(|tx| append(tx, "s", &[event("noted", "2")]).map(drop));
    assert!(matches!(refused, Err(StoreError::Contention(_))), "{refused:?}");
    assert_eq!(int(&store, "select count(*) from journal"), 1, "reading goes on");
    other.execute_batch("rollback").unwrap();
    append_one(&store, "s", "2");
    assert_eq!(int(&store, "select count(*) from journal"), 2);
}
