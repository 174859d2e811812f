//! Jobs: timers, mail and other effects, written in the transaction of the change that
//! causes them and run at least once, in order of their time, whatever was down meanwhile.

use crate::engine::{Engine, postgres};
use crate::{Query, Row, StoreError, Tx, params};
use kernel::time::Instant;

/// A job to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Which runner takes it.
    pub kind: String,
    /// With a key there is at most one waiting job of its kind and key.
    pub key: Option<String>,
    /// What the runner needs, as JSON; personal data only sealed.
    pub payload: String,
    /// Not before this time.
    pub run_at: Instant,
    /// When it was asked for.
    pub created_at: Instant,
}

/// A job in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: i64,
    /// Which runner takes it.
    pub kind: String,
    /// Its key, if any.
    pub key: Option<String>,
    /// What the runner needs, as JSON.
    pub payload: String,
    /// When it was due.
    pub run_at: Instant,
    /// How often it has been taken, this time included. Also the proof of the lease:
    /// whoever was overtaken holds an older number.
    pub attempts: i64,
    /// What went wrong last time.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: Instant,
}

/// A job is given up, visibly, after this many attempts.
pub const MAX_ATTEMPTS: i64 = 10;

/// Puts a job into the queue; a waiting job with the same kind and key is replaced in
/// payload and time.
pub fn enqueue(tx: &mut Tx, job: &NewJob) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into jobs (kind, key, payload, run_at, attempts, state, created_at) \
         values ($1, $2, $3, $4, 0, 'waiting', $5) \
         on conflict (kind, key) where state = 'waiting' and key is not null do update set \
         payload = excluded.payload, run_at = excluded.run_at, attempts = 0, last_error = null",
        params![&job.kind, job.key.as_ref(), &job.payload, job.run_at, job.created_at],
    )?;
    tx.wake();
    Ok(())
}

/// Takes back a waiting job. False when none is waiting under this key.
pub fn cancel(tx: &mut Tx, kind: &str, key: &str) -> Result<bool, StoreError> {
    let gone = tx.execute(
        "delete from jobs where kind = $1 and key = $2 and state = 'waiting'",
        &params![kind, key],
    )?;
    Ok(gone > 0)
}

/// Takes jobs that are due, earliest first, for `lease_micros`; a job whose runner vanished
/// is due again when its lease has run out. On PostgreSQL concurrent nodes take different ones.
pub fn take_due(tx: &mut Tx, now: Instant, lease_micros: i64, limit: i64) -> Result<Vec<Job>, StoreError> {
    bury_vanished(tx, now)?;
    let skip_locked = match tx.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => postgres::SKIP_LOCKED,
    };
    let rows = tx.query(
        &format!(
            "select {COLUMNS} from jobs where (state = 'waiting' and run_at <= $1) \
             or (state = 'running' and locked_until <= $1) \
             order by run_at, id limit $2 {skip_locked}"
        ),
        &params![now, limit],
    )?;
    let locked_until = now.micros().saturating_add(lease_micros);
    let mut taken = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut job = job(row)?;
        job.attempts += 1;
        tx.execute_later(
            "update jobs set state = 'running', attempts = $2, locked_until = $3 where id = $1",
            params![job.id, job.attempts, locked_until],
        )?;
        taken.push(job);
    }
    Ok(taken)
}

/// The job's effect is complete: removes it (the journal is the record). False when the
/// lease had run out and somebody else took it: then roll the effect back.
pub fn done(tx: &mut Tx, job: &Job) -> Result<bool, StoreError> {
    let gone = tx.execute(
        "delete from jobs where id = $1 and attempts = $2 and state = 'running'",
        &params![job.id, job.attempts],
    )?;
    Ok(gone > 0)
}

/// The attempt failed: the job waits 10 s, 20 s, 40 s … at most an hour, or is given up
/// after [`MAX_ATTEMPTS`]. One that was enqueued anew meanwhile gives way to its successor.
pub fn fail(tx: &mut Tx, job: &Job, error: &str, now: Instant) -> Result<(), StoreError> {
    if job.attempts >= MAX_ATTEMPTS {
        tx.execute(
            "update jobs set state = 'dead', locked_until = null, last_error = $3 \
             where id = $1 and attempts = $2 and state = 'running'",
            &params![job.id, job.attempts, error],
        )?;
        return Ok(());
    }
    if superseded(tx, job.id)? {
        tx.execute("delete from jobs where id = $1", &params![job.id])?;
        return Ok(());
    }
    let again = Instant::from_micros(now.micros().saturating_add(back_off(job.attempts)));
    tx.execute(
        "update jobs set state = 'waiting', locked_until = null, last_error = $3, run_at = $4 \
         where id = $1 and attempts = $2 and state = 'running'",
        &params![job.id, job.attempts, error, again],
    )?;
    Ok(())
}

/// Jobs that were given up, oldest first.
pub fn list_dead(q: &mut dyn Query, limit: i64) -> Result<Vec<Job>, StoreError> {
    let rows = q.query(
        &format!("select {COLUMNS} from jobs where state = 'dead' order by id limit $1"),
        &params![limit],
    )?;
    rows.iter().map(job).collect()
}

/// Gives a dead job another life, from now. False when it is not dead, or when another job
/// with its key is waiting (which then does its work).
pub fn retry(tx: &mut Tx, id: i64, now: Instant) -> Result<bool, StoreError> {
    if superseded(tx, id)? {
        return Ok(false);
    }
    let changed = tx.execute(
        "update jobs set state = 'waiting', attempts = 0, run_at = $2 \
         where id = $1 and state = 'dead'",
        &params![id, now],
    )?;
    tx.wake();
    Ok(changed > 0)
}

/// When the next job is due (or a running one's lease ends): how long a runner may sleep.
pub fn next_due(q: &mut dyn Query) -> Result<Option<Instant>, StoreError> {
    let row = q.query_one(
        "select (select min(run_at) from jobs where state = 'waiting'), \
         (select min(locked_until) from jobs where state = 'running')",
        &[],
    )?;
    Ok(match (row.opt_instant(0)?, row.opt_instant(1)?) {
        (Some(waiting), Some(running)) => Some(waiting.min(running)),
        (waiting, running) => waiting.or(running),
    })
}

/// Jobs not done and not given up, in the order they will run.
pub fn pending(q: &mut dyn Query, limit: i64) -> Result<Vec<Job>, StoreError> {
    let rows = q.query(
        &format!("select {COLUMNS} from jobs where state <> 'dead' order by run_at, id limit $1"),
        &params![limit],
    )?;
    rows.iter().map(job).collect()
}

const COLUMNS: &str = "id, kind, key, payload, run_at, attempts, last_error, created_at";

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.int(0)?,
        kind: row.text(1)?,
        key: row.opt_text(2)?,
        payload: row.text(3)?,
        run_at: row.instant(4)?,
        attempts: row.int(5)?,
        last_error: row.opt_text(6)?,
        created_at: row.instant(7)?,
    })
}

/// Gives up jobs that took their runner down with them too often.
fn bury_vanished(tx: &mut Tx, now: Instant) -> Result<(), StoreError> {
    tx.execute_later(
        "update jobs set state = 'dead', locked_until = null, \
         last_error = coalesce(last_error, 'the runner vanished') \
         where state = 'running' and locked_until <= $1 and attempts >= $2",
        params![now, MAX_ATTEMPTS],
    )
}

/// Whether another job with the same kind and key is waiting.
fn superseded(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    let row = tx.query_one(
        "select count(*) from jobs j join jobs other on other.kind = j.kind and other.key = j.key \
         where j.id = $1 and other.id <> j.id and other.state = 'waiting'",
        &params![id],
    )?;
    row.bool(0)
}

/// Microseconds to wait after this many attempts.
fn back_off(attempts: i64) -> i64 {
    const FIRST: i64 = 10_000_000;
    const LONGEST: i64 = 3_600_000_000;
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    (FIRST << doublings).min(LONGEST)
}
