//! The one place that reads the clock. Everything else is told the time.

use kernel::time::Instant;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, never earlier than the answer before it: a system clock that is set back
    /// makes the platform's time stand still instead of running backwards.
    fn now(&self) -> Instant;
}

/// The machine's clock, made monotonic.
#[derive(Default)]
pub struct SystemClock {
    latest: AtomicI64,
}

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "this is the place the ban points to")]
        let machine = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
        let before = self.latest.fetch_max(machine, Ordering::SeqCst);
        Instant::from_micros(machine.max(before))
    }
}

/// A clock that moves only when told to: tests and the demo's replay.
pub struct FixedClock {
    now: Mutex<Instant>,
}

impl FixedClock {
    /// Stands at `now`.
    pub fn at(now: Instant) -> Self {
        Self { now: Mutex::new(now) }
    }

    /// Moves to `now`, forwards or backwards.
    pub fn set(&self, now: Instant) {
        *self.lock() = now;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Instant> {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        *self.lock()
    }
}
