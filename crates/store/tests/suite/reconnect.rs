//! PostgreSQL alone: servers that go away, other nodes, plans that no longer fit.

use crate::bench::{Bench, Ledger, append, append_one, event, int};
use crate::postgres::TestServer;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Query, Registry, Store, StoreConfig, StoreError, journal};

/// Cuts every connection to the bench's database.
fn cut(bench: &Bench) {
    let StoreConfig::Postgres { url, .. } = &bench.config else { panic!("a PostgreSQL bench") };
    let database = url.split_whitespace().find_map(|word| word.strip_prefix("dbname=")).unwrap();
    TestServer::shared()
        .run(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'"));
}

#[test]
fn a_cut_connection_is_replaced_before_the_next_command() {
    let bench = Bench::postgres();
    let store = bench.open();
    for round in 0..3 {
        append_one(&store, "s", &round.to_string());
        cut(&bench);
    }
    assert_eq!(int(&store, "select count(*) from journal"), 3);
}

#[test]
fn a_command_whose_connection_is_cut_runs_again() {
    let bench = Bench::postgres();
    let store = bench.open();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let config = bench.config.clone();
    let cutting = Bench { config, folder: tempfile::TempDir::new().unwrap() };
    store
        .write_blocking(move |tx| {
            append(tx, "s", &[event("noted", "1")])?;
            if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                cut(&cutting);
            }
            tx.query("select 1", &[])
        })
        .unwrap();
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(int(&store, "select count(*) from journal"), 1);
}

#[test]
fn a_server_that_is_not_there_is_said_so() {
    let config = StoreConfig::postgres("host=/nonexistent-folder user=nobody dbname=none");
    let outcome = store::Store::open(config, Registry::none());
    assert!(matches!(outcome.err(), Some(StoreError::Disconnected(_))));
}

#[test]
fn two_nodes_share_a_database() {
    let bench = Bench::postgres();
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| bench.open());
        let two = scope.spawn(|| bench.open());
        (one.join().unwrap(), two.join().unwrap())
    });
    let writers = [&one, &two].map(|store| {
        let store = store.clone();
        std::thread::spawn(move || {
            for n in 0..20 {
                append_one(&store, "shared", &n.to_string());
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(one.read_blocking(|s| journal::count(s)).unwrap(), 40);
    assert_eq!(int(&two, "select entries from ledger"), 40);
}

/// How many nodes have told the server that they listen.
async fn listening(store: &Store) -> i64 {
    let count = "select count(*) from pg_stat_activity where datname = current_database() \
                 and query in ('listen tongxin', 'notify tongxin')";
    store.read(move |s| s.query_one(count, &[])?.int(0)).await.unwrap()
}

#[test]
fn a_commit_on_one_node_wakes_the_other() {
    let bench = Bench::postgres();
    let (one, two) = (bench.open(), bench.open());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        while listening(&two).await < 2 {}
        let mut wakeups = two.wakeups();
        one.write(|tx| append(tx, "s", &[event("noted", "1")])).await.unwrap();
        wakeups.wait().await.unwrap();
    });
}

#[test]
fn a_node_goes_on_when_a_table_it_reads_gets_other_columns() {
    let bench = Bench::postgres();
    let (one, two) = (bench.open(), bench.open());
    append_one(&one, "s", "1");
    let read = "select * from ledger";
    let columns = || one.read_blocking(move |s| Ok::<_, StoreError>(s.query_one(read, &[])?.len())).unwrap();
    // Prepares the statement on every thread's connection.
    assert_eq!((0..16).map(|_| columns()).collect::<Vec<_>>(), [4; 16]);
    two.write_blocking(|tx| tx.execute("alter table ledger add column more bigint", &[])).unwrap();
    assert_eq!((0..16).map(|_| columns()).collect::<Vec<_>>(), [5; 16]);
}

fn newer() -> Registry {
    Registry::new(vec![Box::new(Ledger { version: 2 })])
}

fn refused<T>(outcome: Result<T, StoreError>) -> String {
    match outcome.err() {
        Some(StoreError::Refused(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_node_of_another_release_does_not_rebuild_the_tables_of_those_that_run() {
    let bench = Bench::postgres();
    let old = bench.open();
    append_one(&old, "s", "1");
    let words = refused(Store::open(bench.config.clone(), newer()));
    assert!(words.contains("stop all of them"), "{words}");
    append_one(&old, "s", "2");
    assert_eq!(old.rebuild_check_blocking().unwrap(), []);
    drop(old);
    let new = bench.open_with(newer());
    assert_eq!(int(&new, "select entries from ledger"), 2);
    let words =
        refused(Store::open(bench.config.clone(), Registry::new(vec![Box::new(Ledger { version: 1 })])));
    assert!(words.contains("start that program"), "{words}");
}

/// Its connections were cut, its locks with them, and a newer release came meanwhile.
#[test]
fn a_node_that_lost_its_tables_to_another_release_stops_writing() {
    let bench = Bench::postgres();
    let old = bench.open();
    append_one(&old, "s", "1");
    // As a rebuild by the other release leaves it, at a moment when no connection stood.
    old.write_blocking(|tx| tx.execute("update projection_versions set version = 2", &[])).unwrap();
    cut(&bench);
    let outcome = old.write_blocking(|tx| append(tx, "s", &[event("noted", "wrong")]));
    assert!(refused(outcome).contains("stop this node"));
    assert_eq!(int(&bench.open_with(newer()), "select entries from ledger"), 1);
}
