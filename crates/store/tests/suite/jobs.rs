//! Jobs: in order, leased, retried, given up, and only with their cause.

use crate::bench::{Bench, at, int};
use kernel::time::Instant;
use store::jobs::{self, Job, NewJob};
use store::{Query, Store, StoreError};

crate::on_both_engines!(
    due_jobs_come_in_order_of_their_time,
    a_job_is_leased_and_comes_back_when_its_runner_vanishes,
    an_overtaken_runner_cannot_finish,
    a_failing_job_backs_off_and_dies_visibly,
    a_job_that_kills_its_runner_is_given_up,
    a_keyed_job_is_replaced_while_it_waits,
    a_keyed_job_enqueued_while_running_follows,
    a_cancelled_job_is_gone,
    a_job_goes_with_its_transaction,
    concurrent_runners_take_different_jobs,
);

const LEASE: i64 = 60_000_000;

fn job(kind: &str, key: Option<&str>, run_at: i64) -> NewJob {
    NewJob {
        kind: kind.into(),
        key: key.map(Into::into),
        payload: format!("{{\"at\":{run_at}}}"),
        run_at: at(run_at),
        created_at: at(0),
    }
}

fn enqueue(store: &Store, job: NewJob) {
    store.write_blocking(move |tx| jobs::enqueue(tx, &job)).unwrap();
}

fn take(store: &Store, now: Instant) -> Vec<Job> {
    store.write_blocking(move |tx| jobs::take_due(tx, now, LEASE, 10)).unwrap()
}

fn done(store: &Store, job: &Job) -> bool {
    let job = job.clone();
    store.write_blocking(move |tx| jobs::done(tx, &job)).unwrap()
}

fn fail(store: &Store, job: &Job, now: Instant) {
    let job = job.clone();
    store.write_blocking(move |tx| jobs::fail(tx, &job, "no answer", now)).unwrap();
}

fn kinds(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.kind.as_str()).collect()
}

fn due_jobs_come_in_order_of_their_time(bench: &Bench) {
    let store = bench.open();
    for (kind, run_at) in [("late", 30), ("early", 10), ("second", 20), ("also-early", 10), ("future", 99)] {
        enqueue(&store, job(kind, None, run_at));
    }
    assert_eq!(store.read_blocking(|s| jobs::next_due(s)).unwrap(), Some(at(10)));
    let taken = take(&store, at(50));
    assert_eq!(kinds(&taken), ["early", "also-early", "second", "late"]);
    assert!(taken.iter().all(|job| job.attempts == 1 && done(&store, job)));
    assert_eq!(take(&store, at(50)), []);
    assert_eq!(kinds(&store.read_blocking(|s| jobs::pending(s, 10)).unwrap()), ["future"]);
    assert_eq!(store.read_blocking(|s| jobs::next_due(s)).unwrap(), Some(at(99)));
}

fn a_job_is_leased_and_comes_back_when_its_runner_vanishes(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("mail", None, 10));
    assert_eq!(take(&store, at(10)).len(), 1);
    assert_eq!(take(&store, at(69)), []);
    assert_eq!(store.read_blocking(|s| jobs::next_due(s)).unwrap(), Some(at(70)));
    let again = take(&store, at(70));
    assert_eq!((again.len(), again[0].attempts), (1, 2));
}

fn an_overtaken_runner_cannot_finish(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("mail", None, 10));
    let slow = take(&store, at(10)).remove(0);
    let quick = take(&store, at(100)).remove(0);
    assert!(!done(&store, &slow));
    fail(&store, &slow, at(101));
    assert!(done(&store, &quick));
    assert!(!done(&store, &quick));
}

fn a_failing_job_backs_off_and_dies_visibly(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("mail", None, 0));
    let mut now = 0;
    let mut waits = Vec::new();
    for _ in 1..jobs::MAX_ATTEMPTS {
        let taken = take(&store, at(now)).remove(0);
        fail(&store, &taken, at(now));
        let due = store.read_blocking(|s| jobs::next_due(s)).unwrap().unwrap();
        let due = due.micros() / 1_000_000;
        waits.push(due - now);
        assert_eq!(take(&store, at(due - 1)), []);
        now = due;
    }
    assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
    let last = take(&store, at(now)).remove(0);
    assert_eq!(last.last_error.as_deref(), Some("no answer"));
    fail(&store, &last, at(now));
    assert_eq!(store.read_blocking(|s| jobs::next_due(s)).unwrap(), None);
    let dead = store.read_blocking(|s| jobs::list_dead(s, 10)).unwrap();
    assert_eq!((dead.len(), dead[0].attempts), (1, jobs::MAX_ATTEMPTS));
    let id = dead[0].id;
    assert!(store.write_blocking(move |tx| jobs::retry(tx, id, at(9_000))).unwrap());
    assert!(!store.write_blocking(move |tx| jobs::retry(tx, id, at(9_000))).unwrap());
    assert_eq!(take(&store, at(9_000))[0].attempts, 1);
}

fn a_job_that_kills_its_runner_is_given_up(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("poison", None, 0));
    let mut now = 0;
    for _ in 0..jobs::MAX_ATTEMPTS {
        assert_eq!(take(&store, at(now)).len(), 1);
        now += 60;
    }
    assert_eq!(take(&store, at(now)), []);
    let dead = store.read_blocking(|s| jobs::list_dead(s, 10)).unwrap();
    assert_eq!(dead[0].last_error.as_deref(), Some("the runner vanished"));
}

fn a_keyed_job_is_replaced_while_it_waits(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("remind", Some("matter-1"), 10));
    enqueue(&store, job("remind", Some("matter-1"), 20));
    enqueue(&store, job("remind", Some("matter-2"), 15));
    enqueue(&store, job("close", Some("matter-1"), 12));
    assert_eq!(kinds(&take(&store, at(12))), ["close"]);
    let rest = take(&store, at(30));
    let payloads: Vec<_> = rest.iter().map(|job| job.payload.as_str()).collect();
    assert_eq!(payloads, ["{\"at\":15}", "{\"at\":20}"]);
}

fn a_keyed_job_enqueued_while_running_follows(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("index", Some("m"), 10));
    let running = take(&store, at(10)).remove(0);
    enqueue(&store, job("index", Some("m"), 20));
    fail(&store, &running, at(11));
    let taken = take(&store, at(99));
    assert_eq!((taken.len(), taken[0].payload.as_str()), (1, "{\"at\":20}"));
}

fn a_cancelled_job_is_gone(bench: &Bench) {
    let store = bench.open();
    enqueue(&store, job("remind", Some("m"), 10));
    let cancel = || store.write_blocking(|tx| jobs::cancel(tx, "remind", "m")).unwrap();
    assert_eq!((cancel(), cancel()), (true, false));
    assert_eq!(take(&store, at(99)), []);
}

fn a_job_goes_with_its_transaction(bench: &Bench) {
    let store = bench.open();
    let outcome: Result<(), StoreError> = store.write_blocking(|tx| {
        jobs::enqueue(tx, &job("mail", None, 1))?;
        tx.query_one("select count(*) from jobs", &[])?;
        Err(StoreError::Refused("no".into()))
    });
    assert!(outcome.is_err());
    assert_eq!(int(&store, "select count(*) from jobs"), 0);
}

fn concurrent_runners_take_different_jobs(bench: &Bench) {
    let store = bench.open();
    for n in 0..40 {
        enqueue(&store, job(&format!("k{n}"), None, 1));
    }
    let runners: Vec<_> = (0..4)
        .map(|_| {
            let store = store.clone();
            std::thread::spawn(move || take(&store, at(5)))
        })
        .collect();
    let mut taken: Vec<Job> = runners.into_iter().flat_map(|runner| runner.join().unwrap()).collect();
    taken.extend(std::iter::from_fn(|| Some(take(&store, at(5))).filter(|jobs| !jobs.is_empty())).flatten());
    let mut ids: Vec<_> = taken.iter().map(|job| job.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((taken.len(), ids.len()), (40, 40));
}
