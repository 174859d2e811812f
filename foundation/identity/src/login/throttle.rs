//! Slows guessing down without locking anybody out.
//!
//! Failures are counted per log-in name **and** source, never per log-in name alone: an
//! attacker elsewhere cannot slow the owner down. A browser that has logged in before
//! (device cookie) is counted by itself, whatever its address does. A source that fails at
//! many names is slowed down as a whole, except for its known devices. Five tries are free;
//! then each further one waits 30 s, 60 s, 2 min … at most 15 min. A success clears the
//! count, and so does the security administrator's unlocking.
//!
//! A try is counted before the password is looked at, so that a hundred tries at once are
//! a hundred tries.

use kernel::AccountId;
use kernel::time::Instant;
use platform::vault::Vault;
use store::{StoreError, Tx, rate_limits};

/// Tries that cost no waiting.
pub(super) const FREE: i64 = 5;
/// The first wait, in seconds.
const FIRST_WAIT: i64 = 30;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 900;
/// Failures at any names after which a source waits.
pub(super) const SOURCE_MAX: i64 = 60;
/// How long failures of a source count, in seconds.
const SOURCE_WINDOW: i64 = 900;
/// How long tries at a name count, in seconds.
const TRIES_WINDOW: i64 = 86_400;
/// Seconds to microseconds.
const MICROS: i64 = 1_000_000;

/// The counters of one try. Their names are keyed digests: no log-in name and no address
/// stands in the table.
#[derive(Clone, Debug)]
pub(super) struct Buckets {
    tries: String,
    wait: String,
    source: Option<String>,
}

impl Buckets {
    /// Those of a log-in: by device where it is known, else by source.
    pub(super) fn of_log_in(
        vault: &Vault,
        login: &str,
        unlocks: i64,
        source: &str,
        known_device: Option<String>,
    ) -> Self {
        let whence = match &known_device {
            Some(nonce) => format!("device {nonce}"),
            None => format!("source {source}"),
        };
        let source = known_device.is_none().then(|| format!("source:{}", vault.blind("bucket", source)));
        Self::named(&vault.blind("bucket", format!("{login}\n{unlocks}\n{whence}")), source)
    }

    /// Those of someone logged in who must prove the current password.
    pub(super) fn of_account(vault: &Vault, account: AccountId) -> Self {
        Self::named(&vault.blind("bucket", account.to_string()), None)
    }

    fn named(digest: &str, source: Option<String>) -> Self {
        Self { tries: format!("login:{digest}"), wait: format!("wait:{digest}"), source }
    }
}

/// Counts a try; gives the seconds to wait (at most) where it is not admitted.
pub(super) fn admit(tx: &mut Tx, buckets: &Buckets, now: Instant) -> Result<Option<u32>, StoreError> {
    if rate_limits::hits(tx, &buckets.wait, now)? > 0 {
        let tries = rate_limits::hits(tx, &buckets.tries, now)?;
        return Ok(Some(seconds(wait_after(tries))));
    }
    if let Some(source) = &buckets.source
        && rate_limits::hits(tx, source, now)? >= SOURCE_MAX
    {
        return Ok(Some(seconds(SOURCE_WINDOW)));
    }
    let tries = rate_limits::hit(tx, &buckets.tries, now, TRIES_WINDOW * MICROS)?;
    if tries >= FREE {
        rate_limits::hit(tx, &buckets.wait, now, wait_after(tries) * MICROS)?;
    }
    Ok(None)
}

/// Counts a failure of the source.
pub(super) fn failed(tx: &mut Tx, buckets: &Buckets, now: Instant) -> Result<(), StoreError> {
    if let Some(source) = &buckets.source {
        rate_limits::hit(tx, source, now, SOURCE_WINDOW * MICROS)?;
    }
    Ok(())
}

/// Forgets the tries.
pub(super) fn succeeded(tx: &mut Tx, buckets: &Buckets) -> Result<(), StoreError> {
    rate_limits::reset(tx, &buckets.tries)?;
    rate_limits::reset(tx, &buckets.wait)
}

/// Seconds to wait after so many tries.
fn wait_after(tries: i64) -> i64 {
    let doublings = u32::try_from(tries - FREE).unwrap_or(0).min(10);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

fn seconds(wait: i64) -> u32 {
    u32::try_from(wait).unwrap_or(u32::MAX)
}
