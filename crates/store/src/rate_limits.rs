//! Counters of attempts in a window of time, one row per bucket (a source, an account).

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// Counts one attempt and says how many there have been in the current window, this one
/// included. A window starts with its first attempt and lasts `window_micros`.
pub fn hit(tx: &mut Tx, bucket: &str, now: Instant, window_micros: i64) -> Result<i64, StoreError> {
    let ends = Instant::from_micros(now.micros().saturating_add(window_micros));
    tx.query_one(
        "insert into rate_limits (bucket, hits, window_start, expires_at) \
         values ($1, 1, $2, $3) on conflict (bucket) do update set \
         hits = case when rate_limits.expires_at <= $2 then 1 else rate_limits.hits + 1 end, \
         window_start = case when rate_limits.expires_at <= $2 then $2 \
           else rate_limits.window_start end, \
         expires_at = case when rate_limits.expires_at <= $2 then $3 \
           else rate_limits.expires_at end \
         returning hits",
        &params![bucket, now, ends],
    )?
    .int(0)
}

/// How many attempts the current window has seen.
pub fn hits(q: &mut dyn Query, bucket: &str, now: Instant) -> Result<i64, StoreError> {
    match q.query_one_opt(
        "select hits from rate_limits where bucket = $1 and expires_at > $2",
        &params![bucket, now],
    )? {
        Some(row) => row.int(0),
        None => Ok(0),
    }
}

/// Forgets a bucket (the log-in succeeded).
pub fn reset(tx: &mut Tx, bucket: &str) -> Result<(), StoreError> {
    tx.execute("delete from rate_limits where bucket = $1", &params![bucket])?;
    Ok(())
}

/// Clears away windows that have ended. Says how many.
pub fn delete_expired(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    tx.execute("delete from rate_limits where expires_at <= $1", &params![now])
}
