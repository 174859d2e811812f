//! When a limit runs out. Day limits count days strictly after the local date of the
//! starting event and end with the last one; hour limits count time that runs.

use super::calendar::Calendar;
use super::counting::{Count, Notes};
use super::pause::Pauses;
use super::{Date, Explanation, Extension, Instant, Pause, Span};
use serde::{Deserialize, Serialize};

/// The end of a limit. What happens at `at` is still in time; what happens later is late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last moment in time.
    pub at: Instant,
    /// For day limits the last counted local date (whose 24:00 is `at`), for hour limits
    /// the local date of `at`.
    pub date: Date,
    /// The last moment before any cap; equal to `at` where nothing was cut.
    pub own_at: Instant,
    /// The date that goes with `own_at`.
    pub own_date: Date,
    /// Why.
    pub explanation: Explanation,
}

impl Calendar {
    /// When a limit that starts at `start` runs out, with approved pauses left out. A pause
    /// still running has no effect here: see [`Calendar::due_as_of`].
    ///
    /// - Day limits: the date of `start` is not counted, nor is a day on which the clock
    ///   stood still at any time. None to count keeps the date. They end at the day's end,
    ///   never before `start`.
    /// - Working hours: time counts inside the working intervals of working days. A limit
    ///   used up exactly at the end of an interval ends there, not at the next one's start.
    /// - Natural hours and days: all time and every day counts.
    ///
    /// Pauses before `start` or after the end have no effect. Times beyond the year 9999
    /// are held at [`Instant::MAX`].
    pub fn due(&self, start: Instant, span: Span, pauses: &[Pause]) -> Due {
        self.due_after(start, span, &Pauses::merged(pauses, None))
    }

    /// Like [`Calendar::due`], but a pause still running is taken to last until `now`: what
    /// the limit would be if the clock went on now. It moves along until the pause ends.
    pub fn due_as_of(&self, start: Instant, span: Span, pauses: &[Pause], now: Instant) -> Due {
        self.due_after(start, span, &Pauses::merged(pauses, Some(now)))
    }

    fn due_after(&self, start: Instant, span: Span, pauses: &Pauses) -> Due {
        let start_date = self.zone().date_of(start);
        let end = self.count(start, start_date, span, pauses);
        let notes = end.notes;
        Due {
            at: end.at,
            date: end.date,
            own_at: end.at,
            own_date: end.date,
            explanation: Explanation {
                start,
                span,
                rule: span.base.rule().to_owned(),
                calendar: self.version().to_owned(),
                zone: self.zone().clone(),
                counted: notes.counted,
                skipped: notes.skipped,
                unlisted_counted: notes.unlisted_counted,
                unlisted_skipped: notes.unlisted_skipped,
                paused: end.paused,
                fallback_years: notes.fallback_years.into_iter().collect(),
                extensions: Vec::new(),
                capped: None,
            },
        }
    }

    /// Counts the span onward from a moment whose date (for a limit that ended at 24:00,
    /// the date that ended) is `from_date`.
    fn count(&self, from: Instant, from_date: Date, span: Span, pauses: &Pauses) -> Counted {
        let mut count = Count::new(self, span.base, pauses);
        let (at, date, pausable_from) = if span.base.counts_days() {
            let date = count.days(from_date, span.amount);
            (self.day_end(date).max(from), date, self.zone().end_of_day(from_date))
        } else {
            let at = count.time(from, span.micros(self.working_day_micros()));
            (at, self.zone().date_of(at), from)
        };
        Counted { at, date, paused: pauses.shown_within(pausable_from, at), notes: count.notes }
    }
}

impl Due {
    /// The limit after an approved extension: `by` is counted on from where the limit ends
    /// by itself (a cap is lifted; cap the result again where the parent still binds). A
    /// pause still running is taken to last until `now`. The limit before is kept in
    /// [`Explanation::extensions`], for statistics by the first limit.
    #[must_use]
    pub fn extended(self, by: Span, pauses: &[Pause], now: Instant, calendar: &Calendar) -> Self {
        let pauses = Pauses::merged(pauses, Some(now));
        let mut why = self.explanation;
        why.capped = None;
        why.extensions.push(Extension { by, from_at: self.own_at, from_date: self.own_date });
        if by.amount == 0 {
            let (at, date) = (self.own_at, self.own_date);
            return Self { at, date, own_at: at, own_date: date, explanation: why };
        }
        let end = calendar.count(self.own_at, self.own_date, by, &pauses);
        why.append(end.notes, end.paused);
        Self { at: end.at, date: end.date, own_at: end.at, own_date: end.date, explanation: why }
    }

    /// The same limit counted anew: under a changed calendar, or with pauses approved (or
    /// ended) since. Extensions are granted again in their order; a cap is lifted, because
    /// the parent's limit may have moved as well.
    #[must_use]
    pub fn recomputed(&self, pauses: &[Pause], now: Instant, calendar: &Calendar) -> Self {
        let why = &self.explanation;
        let first = calendar.due_as_of(why.start, why.span, pauses, now);
        why.extensions.iter().fold(first, |due, extension| due.extended(extension.by, pauses, now, calendar))
    }

    /// The limit for statistics: what it was before any extension, or `own_at`.
    pub fn first_at(&self) -> Instant {
        self.explanation.extensions.first().map_or(self.own_at, |extension| extension.from_at)
    }
}

struct Counted {
    at: Instant,
    date: Date,
    paused: Vec<Pause>,
    notes: Notes,
}

impl Explanation {
    fn append(&mut self, notes: Notes, paused: Vec<Pause>) {
        self.unlisted_counted += notes.unlisted_counted;
        self.unlisted_skipped += notes.unlisted_skipped;
        self.unlisted_counted += fill(&mut self.counted, notes.counted);
        self.unlisted_skipped += fill(&mut self.skipped, notes.skipped);
        for pause in paused {
            if !self.paused.contains(&pause) {
                self.paused.push(pause);
            }
        }
        self.fallback_years.extend(notes.fallback_years);
        self.fallback_years.sort_unstable();
        self.fallback_years.dedup();
    }
}

/// Moves what still fits onto the list and says how many did not.
fn fill<T>(list: &mut Vec<T>, more: Vec<T>) -> u32 {
    let room = Explanation::MAX_LISTED.saturating_sub(list.len());
    let left_out = more.len().saturating_sub(room);
    list.extend(more.into_iter().take(room));
    u32::try_from(left_out).unwrap_or(u32::MAX)
}
