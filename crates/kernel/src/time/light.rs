//! The light that follows from time alone (green, yellow, red, gross), and how much is
//! left or overdue in amounts people say.

use super::calendar::days_after;
use super::counting::consults_calendar;
use super::instant::{HOUR, MINUTE, NATURAL_DAY};
use super::pause::Pauses;
use super::{Calendar, Instant, Pause, Span, TimeBase};
use serde::{Deserialize, Serialize};

/// How a limit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Time enough.
    Green,
    /// At most one working day or a quarter of the limit is left, whichever is less.
    Yellow,
    /// The limit has passed.
    Red,
    /// Three times the limit has passed.
    Gross,
}

/// How much is left, or by how much a limit has passed, in whole units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Remaining {
    /// Whether the limit has passed, so that the amounts say for how long.
    pub late: bool,
    /// What the amounts measure.
    pub base: TimeBase,
    /// Days: counted days for day limits, 24 hours each for natural hours, none for
    /// working hours.
    pub days: u32,
    /// Hours beyond the days.
    pub hours: u32,
    /// Minutes beyond the hours, rounded down.
    pub minutes: u32,
}

/// The light at `now` of a limit of `span` that started at `start` and runs out at
/// `due_at` (after extensions and caps). A pause still running lasts to `now`.
///
/// What is left is measured as working time for working bases (a working day being the
/// sum of its intervals) and as any time for natural ones (a day being 24 hours).
pub fn light(
    calendar: &Calendar,
    start: Instant,
    due_at: Instant,
    span: Span,
    pauses: &[Pause],
    now: Instant,
) -> Light {
    if now > due_at {
        let elapsed = calendar.elapsed(start, now, span.base, pauses);
        return if elapsed.reaches(span, 3) { Light::Gross } else { Light::Red };
    }
    let one_day = if consults_calendar(span.base) { calendar.working_day_micros() } else { NATURAL_DAY };
    let limit = Span { amount: span.amount.max(1), ..span }.micros(calendar.working_day_micros());
    let left = calendar.running_time(now, due_at, span.base, &Pauses::merged(pauses, Some(now)));
    if left <= one_day.min(limit / 4) { Light::Yellow } else { Light::Green }
}

/// What is left at `now` until `due_at`, or has passed since. A pause still running lasts
/// to `now`.
///
/// Day limits are told in counted days after today; on the last one, in hours and minutes
/// to the end. Overdue, the days that are wholly over; before the first is, hours and
/// minutes. Hour limits are told in the hours and minutes of their own clock.
pub fn remaining(
    calendar: &Calendar,
    due_at: Instant,
    base: TimeBase,
    pauses: &[Pause],
    now: Instant,
) -> Remaining {
    let late = now > due_at;
    let (from, to) = if late { (due_at, now) } else { (now, due_at) };
    let pauses = Pauses::merged(pauses, Some(now));
    if base.counts_days() {
        // A limit at 24:00 belongs to the date that ends there.
        let from_date = calendar.zone().date_of(if late { from.plus_micros(-1) } else { from });
        let over = days_after(from_date).take_while(|date| calendar.day_end(*date) <= to);
        let days = over.map(|date| u32::from(calendar.counts(date, base, &pauses))).sum();
        let hours = if days == 0 { to.since(from) } else { 0 };
        return Remaining { late, base, days, ..amounts(hours, late, base) };
    }
    let micros = calendar.running_time(from, to, base, &pauses);
    match base {
        TimeBase::NaturalHours => {
            Remaining { days: whole(micros / NATURAL_DAY), ..amounts(micros % NATURAL_DAY, late, base) }
        }
        _ => amounts(micros, late, base),
    }
}

fn amounts(micros: i64, late: bool, base: TimeBase) -> Remaining {
    Remaining { late, base, days: 0, hours: whole(micros / HOUR), minutes: whole(micros % HOUR / MINUTE) }
}

fn whole(amount: i64) -> u32 {
    u32::try_from(amount).unwrap_or(u32::MAX)
}
