//! How much of a limit has been used: counted days, or minutes that ran.

use super::calendar::{Calendar, days_after};
use super::counting::{clock_hours, consults_calendar, is_paused};
use super::instant::MINUTE;
use super::pause::Pauses;
use super::{Date, Instant, Pause, Span, TimeBase};
use serde::{Deserialize, Serialize};

/// Time used, in the measure of the base it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elapsed {
    /// Counted days that are over.
    Days(u32),
    /// Whole minutes during which the clock ran.
    Minutes(u64),
}

impl Elapsed {
    /// Whether it amounts to `times` the span, both being of the same base. A limit of
    /// none is held to be one, so that "the same day" is not at once many times over.
    pub fn reaches(self, span: Span, times: u32) -> bool {
        let limit = u64::from(span.amount.max(1)) * u64::from(times);
        match self {
            Self::Days(days) => u64::from(days) >= limit,
            Self::Minutes(minutes) => minutes >= limit * 60,
        }
    }
}

impl Calendar {
    /// What a clock of that base has counted between two moments. A day counts once it is
    /// over, by the same rules as [`Calendar::due`]; a pause still running lasts to `end`.
    pub fn elapsed(&self, start: Instant, end: Instant, base: TimeBase, pauses: &[Pause]) -> Elapsed {
        let pauses = Pauses::merged(pauses, Some(end));
        if base.counts_days() {
            let dates = days_after(self.zone().date_of(start));
            let over = dates.take_while(|date| self.day_end(*date) <= end);
            Elapsed::Days(over.map(|date| u32::from(self.counts(date, base, &pauses))).sum())
        } else {
            let micros = self.running_time(start, end, base, &pauses);
            Elapsed::Minutes(u64::try_from(micros / MINUTE).unwrap_or(0))
        }
    }

    /// Whether a day limit of that base counts the date.
    pub(super) fn counts(&self, date: Date, base: TimeBase, pauses: &Pauses) -> bool {
        (!consults_calendar(base) || self.is_working_day(date)) && !is_paused(self, pauses, date)
    }

    /// Microseconds of working time (for working bases) or of any time (for natural ones)
    /// between two moments, outside the pauses; none if `to` is not after `from`.
    pub(super) fn running_time(&self, from: Instant, to: Instant, base: TimeBase, pauses: &Pauses) -> i64 {
        if from >= to {
            return 0;
        }
        let length =
            |parts: Vec<(Instant, Instant)>| -> i64 { parts.iter().map(|(from, to)| to.since(*from)).sum() };
        if !consults_calendar(base) {
            return length(pauses.running(from, to));
        }
        let first = self.zone().date_of(from);
        let last = self.zone().date_of(to);
        std::iter::once(first)
            .chain(days_after(first))
            .take_while(|date| *date <= last)
            .flat_map(|date| clock_hours(self, base, date, from, to))
            .map(|(from, to)| length(pauses.running(from, to)))
            .sum()
    }
}
