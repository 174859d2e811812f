//! The one place that reads the clock. Everything else is told the time.

use kernel::time::Instant;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, never earlier than the answer before it: a system clock that is set back
    /// makes the platform's time stand still instead of running backwards.
    fn now(&self) -> Instant;

    /// Takes note of a time that is known to have been, such as that of the journal's last
    /// entry: now is no earlier.
    fn was(&self, _known: Instant) {}
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

    fn was(&self, known: Instant) {
        self.latest.fetch_max(known.micros(), Ordering::SeqCst);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_does_not_run_backwards_after_what_is_known() {
        let clock = SystemClock::default();
        let known = Instant::from_micros(clock.now().micros() + 60_000_000);
        clock.was(known);
        assert_eq!(clock.now(), known, "the machine's clock was set back: time stands still");
        clock.was(Instant::from_micros(0));
        assert_eq!(clock.now(), known);
    }
}
