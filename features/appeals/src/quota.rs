//! How many appeals one source may file, over pages and API together.

use platform::{Failure, Work};
use store::rate_limits;

/// Appeals one source may file in an hour: a whole office may sit behind one address.
const HOURLY: i64 = 60;
const HOUR_SECONDS: u32 = 3600;

/// Counts one appeal of that source, in the transaction that files it.
///
/// # Errors
/// [`Failure::TooMany`] beyond the hour's number; whatever the store says.
pub fn take(work: &mut Work<'_>, source: &str) -> Result<(), Failure> {
    let bucket = format!("filing-source:{}", work.vault().blind("source", source));
    let now = work.now();
    if rate_limits::hit(work.tx, &bucket, now, i64::from(HOUR_SECONDS) * 1_000_000)? > HOURLY {
        return Err(Failure::TooMany { retry_after: HOUR_SECONDS });
    }
    Ok(())
}
