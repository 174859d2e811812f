//! The lights of many limits at once: for limits of one span, the moments of due and start
//! on which the light of [`super::light`] turns. A query compares its rows with them and
//! needs to know no calendar.

use super::calendar::days_after;
use super::counting::{clock_hours, consults_calendar};
use super::instant::{HOUR, NATURAL_DAY};
use super::pause::Pauses;
use super::{Calendar, Date, Instant, Span};

/// Where the lights turn at one moment, for limits of one span without pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LightBounds {
    /// Of the limits that have not passed, those due by then are yellow, later ones green.
    pub yellow_to: Instant,
    /// Of the limits that have passed, those that started by then are gross, later ones red.
    pub gross_from: Instant,
}

/// Days that are looked through for working time before it is given up: a calendar that has
/// none for so long holds no limit either.
const FARTHEST: usize = 400;

/// The bounds for a span at `now`.
pub fn light_bounds(calendar: &Calendar, span: Span, now: Instant) -> LightBounds {
    let one_day = if consults_calendar(span.base) { calendar.working_day_micros() } else { NATURAL_DAY };
    let limit = Span { amount: span.amount.max(1), ..span }.micros(calendar.working_day_micros());
    LightBounds {
        yellow_to: latest_due(calendar, span, now, one_day.min(limit / 4)),
        gross_from: latest_start(
            calendar,
            Span { amount: span.amount.max(1).saturating_mul(3), ..span },
            now,
        ),
    }
}

/// The latest due until which no more than `left` is left from `now` on.
fn latest_due(calendar: &Calendar, span: Span, now: Instant, left: i64) -> Instant {
    if !consults_calendar(span.base) {
        return now.plus_micros(left);
    }
    let today = calendar.zone().date_of(now);
    let mut run = 0;
    for date in std::iter::once(today).chain(days_after(today)).take(FARTHEST) {
        for (from, to) in clock_hours(calendar, span.base, date, now, Instant::MAX) {
            let length = to.since(from);
            if run + length > left {
                return from.plus_micros(left - run);
            }
            run += length;
        }
    }
    Instant::MAX
}

/// The latest start of which a limit of that span without pauses has run out at `now`; `now`
/// itself for a span of nothing. A query for what has lasted so long compares with it.
pub fn latest_start(calendar: &Calendar, span: Span, now: Instant) -> Instant {
    let amount = span.amount;
    if amount == 0 {
        return now;
    }
    let today = calendar.zone().date_of(now);
    let mut days = std::iter::successors(Some(today), |date: &Date| date.yesterday().ok());
    if span.base.counts_days() {
        let none = Pauses::merged(&[], Some(now));
        let over = |date: &Date| calendar.day_end(*date) <= now && calendar.counts(*date, span.base, &none);
        let first = days.filter(over).nth(usize::try_from(amount - 1).unwrap_or(usize::MAX));
        return first.map_or(Instant::MIN, |date| calendar.zone().start_of_day(date).plus_micros(-1));
    }
    let needed = i64::from(amount) * HOUR;
    if !consults_calendar(span.base) {
        return now.plus_micros(-needed);
    }
    let mut run = 0;
    let farthest = FARTHEST + usize::try_from(amount).unwrap_or(FARTHEST);
    for date in days.by_ref().take(farthest) {
        for (from, to) in clock_hours(calendar, span.base, date, Instant::MIN, now).into_iter().rev() {
            let length = to.since(from);
            if run + length >= needed {
                return to.plus_micros(run - needed);
            }
            run += length;
        }
    }
    Instant::MIN
}
