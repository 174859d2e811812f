//! The count itself: day by day through the calendar, noting what counted and what did
//! not. Days are counted for day limits, running time for hour limits.

use super::calendar::days_after;
use super::instant::MINUTE;
use super::pause::Pauses;
use super::{
    Calendar, CountReason, CountedDay, Date, DayReason, Explanation, Instant, SkipReason, SkippedDay,
    TimeBase,
};
use std::collections::BTreeSet;

/// A count under way.
pub(super) struct Count<'a> {
    calendar: &'a Calendar,
    base: TimeBase,
    pauses: &'a Pauses,
    pub notes: Notes,
}

/// What has been noted, within the bounds of an explanation.
#[derive(Default)]
pub(super) struct Notes {
    pub counted: Vec<CountedDay>,
    pub skipped: Vec<SkippedDay>,
    pub unlisted_counted: u32,
    pub unlisted_skipped: u32,
    pub fallback_years: BTreeSet<i16>,
}

impl<'a> Count<'a> {
    pub fn new(calendar: &'a Calendar, base: TimeBase, pauses: &'a Pauses) -> Self {
        Self { calendar, base, pauses, notes: Notes::default() }
    }

    /// The last of `amount` counted days after `from`; `from` itself for none.
    pub fn days(&mut self, from: Date, amount: u32) -> Date {
        let mut last = from;
        let mut left = amount;
        for date in days_after(from) {
            if left == 0 {
                break;
            }
            last = date;
            match self.verdict(date) {
                Ok((reason, name)) if !is_paused(self.calendar, self.pauses, date) => {
                    left -= 1;
                    self.notes.count(CountedDay { date, reason, name, minutes: None });
                }
                Ok(_) => self.notes.skip(date, SkipReason::Paused, None),
                Err((reason, name)) => self.notes.skip(date, reason, name),
            }
        }
        last
    }

    /// The moment when the clock has run for `micros` since `start`; `start` for none.
    pub fn time(&mut self, start: Instant, micros: i64) -> Instant {
        if micros == 0 {
            return start;
        }
        let first = self.calendar.zone().date_of(start);
        let mut run = 0;
        for date in std::iter::once(first).chain(days_after(first)) {
            let (reason, name) = match self.verdict(date) {
                Ok(why) => why,
                Err((reason, name)) => {
                    self.notes.skip(date, reason, name);
                    continue;
                }
            };
            let before = run;
            let mut reached = None;
            let open = clock_hours(self.calendar, self.base, date, start, Instant::MAX);
            for (from, to) in open.iter().flat_map(|(from, to)| self.pauses.running(*from, *to)) {
                let taken = to.since(from).min(micros - run);
                run += taken;
                if run == micros {
                    reached = Some(from.plus_micros(taken));
                    break;
                }
            }
            if run > before {
                let minutes = Some(whole_minutes(run) - whole_minutes(before));
                self.notes.count(CountedDay { date, reason, name, minutes });
            } else if !open.is_empty() {
                self.notes.skip(date, SkipReason::Paused, None);
            } else if self.base == TimeBase::WorkingHours {
                self.notes.skip(date, SkipReason::AfterHours, None);
            }
            if let Some(at) = reached {
                return at;
            }
        }
        Instant::MAX
    }

    /// Whether the date counts by the calendar alone, and why (not).
    fn verdict(&mut self, date: Date) -> Result<(CountReason, Option<String>), (SkipReason, Option<String>)> {
        if !consults_calendar(self.base) {
            return Ok((CountReason::Natural, None));
        }
        let day = self.calendar.day(date);
        if day.fallback {
            self.notes.fallback_years.insert(date.year());
        }
        match day.reason {
            DayReason::Weekday => Ok((CountReason::Weekday, None)),
            DayReason::MakeUpDay(name) => Ok((CountReason::MakeUpDay, name)),
            DayReason::Weekend => Err((SkipReason::Weekend, None)),
            DayReason::Holiday(name) => Err((SkipReason::Holiday, Some(name))),
        }
    }
}

impl Notes {
    fn count(&mut self, day: CountedDay) {
        if self.counted.len() < Explanation::MAX_LISTED {
            self.counted.push(day);
        } else {
            self.unlisted_counted += 1;
        }
    }

    fn skip(&mut self, date: Date, reason: SkipReason, name: Option<String>) {
        if self.skipped.len() < Explanation::MAX_LISTED {
            self.skipped.push(SkippedDay { date, reason, name });
        } else {
            self.unlisted_skipped += 1;
        }
    }
}

/// Whether the base asks which days are worked.
pub(super) const fn consults_calendar(base: TimeBase) -> bool {
    matches!(base, TimeBase::WorkingDays | TimeBase::WorkingHours)
}

/// Whether a day limit leaves the date out because the clock stood still on it, however
/// briefly: a unit is never charged with a day of which it had only a part.
pub(super) fn is_paused(calendar: &Calendar, pauses: &Pauses, date: Date) -> bool {
    !pauses.is_empty() && pauses.touch(calendar.zone().start_of_day(date), calendar.day_end(date))
}

/// The stretches of the date, within `from..to`, in which the base's clock can run.
pub(super) fn clock_hours(
    calendar: &Calendar,
    base: TimeBase,
    date: Date,
    from: Instant,
    to: Instant,
) -> Vec<(Instant, Instant)> {
    let mut hours = if consults_calendar(base) {
        calendar.working_time(date)
    } else {
        vec![(calendar.zone().start_of_day(date), calendar.zone().end_of_day(date))]
    };
    for interval in &mut hours {
        *interval = (interval.0.max(from), interval.1.min(to));
    }
    hours.retain(|(from, to)| from < to);
    hours
}

/// Minutes, rounded half up: the sum over days is exact because limits are whole hours.
fn whole_minutes(micros: i64) -> u32 {
    u32::try_from((micros + MINUTE / 2) / MINUTE).unwrap_or(u32::MAX)
}
