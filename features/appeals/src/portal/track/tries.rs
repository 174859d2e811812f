//! How often number and code may be tried: counted by source and by number, so that codes
//! cannot be guessed from one place nor one number tried from many.

use kernel::time::Instant;
use platform::{App, Failure, Work};
use store::{Query, rate_limits};

/// The window, in minutes; a message says it.
pub const WINDOW_MINUTES: u32 = 15;
/// Failures of one source in the window: an office behind one address has several people.
const BY_SOURCE: i64 = 20;
/// Failures on one number in the window.
const BY_NUMBER: i64 = 10;

/// The counters of one try.
#[derive(Clone)]
pub struct Tries {
    source: String,
    number: String,
}

impl Tries {
    /// The counters of that source and that number; neither is stored in the clear.
    pub fn of(app: &App, source: &str, number: &str) -> Self {
        let digest = |what: &str, value: &str| format!("track-{what}:{}", app.vault.blind(what, value));
        Self { source: digest("source", source), number: digest("number", number) }
    }

    /// Whether another try is allowed.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn are_left(&self, query: &mut dyn Query, now: Instant) -> Result<bool, Failure> {
        Ok(rate_limits::hits(query, &self.source, now)? < BY_SOURCE
            && rate_limits::hits(query, &self.number, now)? < BY_NUMBER)
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn failed(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        let (now, window) = (work.now(), i64::from(WINDOW_MINUTES) * 60_000_000);
        rate_limits::hit(work.tx, &self.source, now, window)?;
        rate_limits::hit(work.tx, &self.number, now, window)?;
        Ok(())
    }

    /// Forgets the failures on the number: its holder knew the code.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn succeeded(&self, work: &mut Work<'_>) -> Result<(), Failure> {
        Ok(rate_limits::reset(work.tx, &self.number)?)
    }
}
