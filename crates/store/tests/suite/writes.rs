//! Transactions: what is kept, what is rolled back, and that nobody harms the others.

use crate::bench::{Bench, append, append_one, at, event, int};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use store::{Query, Registry, Store, StoreConfig, StoreError, Tx, chain, journal, params, series, sessions};

crate::on_both_engines!(
    an_error_rolls_back_and_comes_back,
    a_panic_rolls_back_and_the_store_goes_on,
    a_failed_statement_dooms_its_transaction,
    a_failed_late_statement_fails_the_commit,
    one_bad_command_in_a_group_leaves_the_others,
    a_unique_violation_is_told_apart,
    a_snapshot_does_not_move,
    a_snapshot_cannot_write,
    concurrent_appends_lose_nothing,
    a_lost_race_is_run_again,
    a_stale_version_is_a_conflict_and_not_run_again,
    series_count_without_repeating,
    the_waiting_are_woken_by_a_commit_only,
    the_context_comes_back,
    a_store_opened_again_has_everything,
);

#[derive(Debug, PartialEq)]
enum Refusal {
    Mine,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn an_error_rolls_back_and_comes_back(bench: &Bench) {
    let store = bench.open();
    let outcome: Result<(), Refusal> = store.write_blocking(|tx| {
        append(tx, "a", &[event("noted", "1")])?;
        Err(Refusal::Mine)
    });
    assert_eq!(outcome, Err(Refusal::Mine));
    assert_eq!(int(&store, "select count(*) from journal"), 0);
}

fn a_panic_rolls_back_and_the_store_goes_on(bench: &Bench) {
    let store = bench.open();
    let outcome: Result<(), StoreError> = store.write_blocking(|tx| {
        append(tx, "a", &[event("noted", "1")])?;
        panic!("on purpose")
    });
    assert_eq!(outcome, Err(StoreError::Panicked("on purpose".into())));
    let read: Result<(), StoreError> = store.read_blocking(|_| panic!("{}", "reading"));
    assert_eq!(read, Err(StoreError::Panicked("reading".into())));
    append_one(&store, "a", "2");
    assert_eq!(int(&store, "select count(*) from journal"), 1);
}

fn a_failed_statement_dooms_its_transaction(bench: &Bench) {
    let store = bench.open();
    let outcome: Result<(), StoreError> = store.write_blocking(|tx| {
        append(tx, "a", &[event("noted", "1")])?;
        let failed = tx.execute("insert into nowhere values (1)", &[]);
        assert!(failed.is_err());
        assert_eq!(tx.query("select 1", &[]).map(drop), failed.map(drop));
        Ok(())
    });
    assert!(matches!(outcome, Err(StoreError::Engine(_))), "{outcome:?}");
    assert_eq!(int(&store, "select count(*) from journal"), 0);
}

fn a_failed_late_statement_fails_the_commit(bench: &Bench) {
    let store = bench.open();
    let outcome = store.write_blocking(|tx| {
        tx.execute_later("insert into meta (key, value) values ('k', 'v')", vec![])?;
        tx.execute_later("insert into meta (key, value) values ('k', 'v')", vec![])
    });
    assert!(matches!(outcome, Err(StoreError::Unique(_))), "{outcome:?}");
    assert_eq!(int(&store, "select count(*) from meta where key = 'k'"), 0);
}

/// Keeps the store busy until `count` commands have queued up, so that they become one group
/// (on SQLite); gives what each was answered.
fn in_one_group<F>(store: &Store, count: usize, command: F) -> Vec<(usize, Result<(), StoreError>)>
where
    F: Fn(&mut Tx, usize) -> Result<(), StoreError> + Copy + Send + 'static,
{
    let (release, gate) = mpsc::channel::<()>();
    let (started, running) = mpsc::channel::<()>();
    let blocker = store.clone();
    let blocking = std::thread::spawn(move || {
        blocker.write_blocking(move |_| {
            let _ = started.send(());
            let _ = gate.recv();
            Ok::<_, StoreError>(())
        })
    });
    // Only once it holds the writer do the others queue behind it: were it taken into their
    // group, a group that is run again would wait at the gate a second time.
    running.recv().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let outcomes = runtime.block_on(async {
        let mut waiting = tokio::task::JoinSet::new();
        for n in 0..count {
            let store = store.clone();
            waiting.spawn(async move { (n, store.write(move |tx| command(tx, n)).await) });
        }
        tokio::task::yield_now().await;
        drop(release);
        waiting.join_all().await
    });
    blocking.join().unwrap().unwrap();
    outcomes
}

fn one_bad_command_in_a_group_leaves_the_others(bench: &Bench) {
    let store = bench.open();
    let outcomes = in_one_group(&store, 20, |tx, n| {
        append(tx, &format!("s{n}"), &[event("noted", "1")])?;
        match n % 4 {
            1 => Err(StoreError::Refused("bad".into())),
            2 => panic!("bad"),
            3 => tx.execute("insert into nowhere values (1)", &[]).map(drop),
            _ => Ok(()),
        }
    });
    for (n, outcome) in outcomes {
        assert_eq!(outcome.is_ok(), n % 4 == 0, "{n}: {outcome:?}");
    }
    assert_eq!(int(&store, "select count(*) from journal"), 5);
    assert_eq!(int(&store, "select count(*) from ledger"), 5);
}

/// What a full disk does: SQLite gives up the whole transaction, not the savepoint.
#[test]
fn a_group_the_engine_gave_up_is_run_again_one_by_one() {
    let bench = Bench::sqlite();
    let store = bench.open();
    let outcomes = in_one_group(&store, 9, |tx, n| {
        append(tx, &format!("s{n}"), &[event("noted", "1")])?;
        if n == 4 { tx.execute("rollback", &[]).map(drop) } else { Ok(()) }
    });
    for (n, outcome) in outcomes {
        assert_eq!(outcome.is_ok(), n != 4, "{n}: {outcome:?}");
    }
    assert_eq!(int(&store, "select count(*) from journal"), 8);
    assert_eq!(store.read_blocking(|s| store::doctor::check(s)).unwrap(), []);
}

fn a_unique_violation_is_told_apart(bench: &Bench) {
    let store = bench.open();
    let session = sessions::Session {
        token_hash: "t".into(),
        account: "a".into(),
        data: "{}".into(),
        created_at: at(1),
        last_seen_at: at(1),
        expires_at: at(9),
    };
    store.write_blocking(move |tx| sessions::put(tx, &session)).unwrap();
    let outcome = store.write_blocking(|tx| tx.execute("insert into sessions select * from sessions", &[]));
    assert!(matches!(outcome, Err(StoreError::Unique(_))), "{outcome:?}");
}

fn a_snapshot_does_not_move(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "a", "1");
    let writer = store.clone();
    let counts = store
        .read_blocking(move |s| {
            let before = journal::count(s)?;
            // From another thread: a store thread must not wait for the store.
            let writer = writer.clone();
            std::thread::spawn(move || append_one(&writer, "a", "2")).join().unwrap();
            Ok::<_, StoreError>((before, journal::count(s)?))
        })
        .unwrap();
    assert_eq!(counts, (1, 1));
    assert_eq!(int(&store, "select count(*) from journal"), 2);
}

fn a_snapshot_cannot_write(bench: &Bench) {
    let store = bench.open();
    let outcome = store.read_blocking(|s| s.query("delete from meta returning key", &[]));
    assert!(matches!(outcome, Err(StoreError::Engine(_) | StoreError::Storage(_))), "{outcome:?}");
    assert!(int(&store, "select count(*) from meta") > 0);
}

fn concurrent_appends_lose_nothing(bench: &Bench) {
    let store = bench.open();
    let writers: Vec<_> = (0..6)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                for n in 0..20 {
                    append_one(&store, "shared", &format!("{writer}-{n}"));
                    append_one(&store, &format!("own-{writer}"), "x");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let shared = store.read_blocking(|s| journal::load(s, "shared", 0)).unwrap();
    assert_eq!(shared.len(), 120);
    assert!(shared.iter().zip(1..).all(|(entry, version)| entry.version == version));
    assert_eq!(store.read_blocking(|s| store::doctor::check(s)).unwrap(), []);
    assert_eq!(int(&store, "select entries from ledger where stream = 'shared'"), 120);
    // Sealed while others still wait: the chain takes whatever is committed, exactly once.
    while store.write_blocking(|tx| chain::seal(tx, 50)).unwrap() > 0 {}
    assert_eq!(int(&store, "select count(*) from journal_chain"), 240);
    assert_eq!(store.read_blocking(|s| store::doctor::check(s)).unwrap(), []);
}

/// Two transactions load the same version; the one that comes second is run again on
/// PostgreSQL, and never runs beside the first on SQLite.
fn a_lost_race_is_run_again(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "s", "0");
    let rival = store.clone();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let concurrent = store.engine() == store::Engine::Postgres;
    let written = store
        .write_blocking(move |tx| {
            let version = journal::load(tx, "s", 0)?.len() as i64;
            if counted.fetch_add(1, Ordering::SeqCst) == 0 && concurrent {
                let rival = rival.clone();
                std::thread::spawn(move || append_one(&rival, "s", "rival")).join().unwrap();
            }
            journal::append(tx, "s", version, &[event("noted", "mine")])
        })
        .unwrap();
    let expected = if concurrent { (2, 3) } else { (1, 2) };
    assert_eq!((runs.load(Ordering::SeqCst), written[0].version), expected);
}

fn a_stale_version_is_a_conflict_and_not_run_again(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "s", "0");
    append_one(&store, "s", "1");
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let outcome = store.write_blocking(move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        journal::append(tx, "s", 1, &[event("noted", "mine")])
    });
    assert_eq!(outcome, Err(StoreError::Conflict { stream: "s".into(), expected: 1, found: 2 }));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    let beyond = store.write_blocking(|tx| journal::append(tx, "s", 5, &[event("noted", "gap")]));
    assert_eq!(beyond, Err(StoreError::Conflict { stream: "s".into(), expected: 5, found: 2 }));
}

fn series_count_without_repeating(bench: &Bench) {
    let store = bench.open();
    let takers: Vec<_> = (0..4)
        .map(|_| {
            let store = store.clone();
            std::thread::spawn(move || {
                (0..25)
                    .map(|_| store.write_blocking(|tx| series::next(tx, "appeals-2022")).unwrap())
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let mut numbers: Vec<i64> = takers.into_iter().flat_map(|taker| taker.join().unwrap()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 100);
    assert_eq!(store.write_blocking(|tx| series::next(tx, "other")).unwrap(), 1);
    let listed = store.read_blocking(|s| series::list(s)).unwrap();
    assert_eq!(listed, [("appeals-2022".to_owned(), *numbers.last().unwrap()), ("other".to_owned(), 1)]);
    let odd = store.write_blocking(|tx| series::next(tx, "x\"; drop"));
    assert!(matches!(odd, Err(StoreError::Refused(_))));
}

fn the_waiting_are_woken_by_a_commit_only(bench: &Bench) {
    let store = bench.open();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut wakeups = store.wakeups();
        let refused: Result<(), Refusal> = store
            .write(|tx| {
                append(tx, "a", &[event("noted", "1")])?;
                Err(Refusal::Mine)
            })
            .await;
        assert_eq!(refused, Err(Refusal::Mine));
        store.write(|tx| append(tx, "a", &[event("noted", "1")])).await.unwrap();
        wakeups.wait().await.unwrap();
        assert_eq!(store.read(|s| journal::count(s)).await.unwrap(), 1);
    });
}

fn the_context_comes_back(bench: &Bench) {
    let store = bench.open_with(Registry::none().with_context(Arc::new(String::from("opener"))));
    let (found, missing) = store
        .write_blocking(|tx| Ok::<_, StoreError>((tx.context::<String>()?, tx.context::<u8>())))
        .unwrap();
    assert_eq!(*found, "opener");
    assert!(matches!(missing, Err(StoreError::Refused(_))));
}

fn a_store_opened_again_has_everything(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "a", "1");
    drop(store);
    let store = bench.open();
    append_one(&store, "a", "2");
    assert_eq!(int(&store, "select count(*) from journal"), 2);
    assert_eq!(int(&store, "select entries from ledger where stream = 'a'"), 2);
}

#[test]
fn a_temporary_store_works_and_leaves_nothing() {
    let store = Store::open(StoreConfig::Temporary, Registry::none()).unwrap();
    store.write_blocking(|tx| journal::append(tx, "s", 0, &[event("noted", "1")])).unwrap();
    let file = store
        .read_blocking(|s| {
            s.query_one("select file from pragma_database_list where name = 'main'", &params![])?.text(0)
        })
        .unwrap();
    assert!(std::path::Path::new(&file).exists());
    drop(store);
    assert!(!std::path::Path::new(&file).exists());
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let bench = Bench::sqlite();
    let store = bench.open();
    store.write_blocking(|tx| store::meta::put(tx, "schema_version", "999")).unwrap();
    drop(store);
    let outcome = Store::open(bench.config.clone(), Registry::none());
    assert!(matches!(outcome.err(), Some(StoreError::Refused(_))));
}
