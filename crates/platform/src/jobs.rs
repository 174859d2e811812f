//! Runs the jobs that commands left behind: at least once, in order of their time,
//! catching up after downtime. A job is a row written in the transaction that caused it.

use crate::act::Work;
use crate::app::App;
use crate::error::Failure;
use kernel::time::Instant;
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use store::jobs::{Job, NewJob};

/// What a job does. It must be idempotent: it may run again after a crash.
pub type JobHandler =
    Arc<dyn Fn(App, Job) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>> + Send + Sync>;

/// How long a runner holds a job before another may take it, in microseconds.
const LEASE: i64 = 120 * 1_000_000;
/// How many jobs are taken at once.
const BATCH: i64 = 64;

/// Leaves a job, to be run from `run_at` on; a waiting one of the same kind and key is replaced.
///
/// # Errors
/// The store's.
pub fn enqueue<T: Serialize>(
    work: &mut Work<'_>,
    kind: &str,
    key: &str,
    payload: &T,
    run_at: Instant,
) -> Result<(), Failure> {
    let job = NewJob {
        kind: kind.to_owned(),
        key: Some(key.to_owned()),
        payload: serde_json::to_string(payload)?,
        run_at,
        created_at: work.when().recorded_at,
    };
    Ok(store::jobs::enqueue(work.tx, &job)?)
}

/// Makes a handler of an async function.
pub fn handler<F, Fut>(f: F) -> JobHandler
where
    F: Fn(App, Job) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), Failure>> + Send + 'static,
{
    Arc::new(move |app, job| Box::pin(f(app, job)))
}

/// Runs jobs as they fall due until `stop` is told, waking up for new ones at once and
/// otherwise every few seconds (a job of another node, a clock that was moved).
pub async fn run_forever(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
    let mut wakeups = app.store.wakeups();
    let mut tick = tokio::time::interval(PATIENCE);
    loop {
        if let Err(error) = run_due(&app, app.now()).await {
            tracing::error!(%error, "jobs wait: the store does not answer");
        }
        tokio::select! {
            _ = stop.changed() => return,
            _ = tick.tick() => {}
            woken = wakeups.wait() => if woken.is_err() { return },
        }
    }
}

/// Runs all jobs due at `now`, one after the other, until none is left; answers how many
/// ran. Those that fail are put back with a longer pause each time.
///
/// # Errors
/// The store's; a failing job is not an error of the runner.
pub async fn run_due(app: &App, now: Instant) -> Result<usize, Failure> {
    let mut ran = 0;
    loop {
        let jobs = app
            .store
            .write(move |tx| store::jobs::take_due(tx, now, LEASE, BATCH).map_err(Failure::from))
            .await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        for job in jobs {
            ran += 1;
            run_one(app, job, now).await?;
        }
    }
}

async fn run_one(app: &App, job: Job, now: Instant) -> Result<(), Failure> {
    let outcome = match app.jobs.get(job.kind.as_str()) {
        None => Err(Failure::Internal(format!("no handler for jobs of kind {}", job.kind))),
        // In a task of its own: one that panics must not take the other jobs with it.
        Some(handler) => tokio::spawn(handler(app.clone(), job.clone())).await.unwrap_or_else(|stopped| {
            Err(Failure::Internal(format!("the job of kind {} panicked: {stopped}", job.kind)))
        }),
    };
    app.store
        .write(move |tx| {
            match &outcome {
                // A refusal or a vanished thing will not change by trying again: the rule has spoken.
                Ok(()) | Err(Failure::Refused(_) | Failure::NotFound) => {
                    store::jobs::done(tx, &job).map(drop)
                }
                Err(error) => store::jobs::fail(tx, &job, &error.to_string(), now),
            }
            .map_err(Failure::from)
        })
        .await
}
