//! A child's limit within its parent's: capped one working day before it, so that the
//! parent has a day to review. What the cap takes away is never charged to the child.

use super::{Calendar, Cap, CapReason, Due, Instant};

impl Due {
    /// The limit cut to fit the parent's, if it reaches beyond. The cut is
    /// 1. at the end of the last working day before the parent's last date; or, where that
    ///    is over when the child starts,
    /// 2. at the parent's limit itself; or, where that is over too,
    /// 3. at the end of the day on which the child starts.
    ///
    /// `own_at` keeps the uncut limit: a child that finishes between `at` and `own_at` is
    /// late because the parent passed it on late, and that lateness is the parent's.
    /// Capping again replaces an earlier cap.
    #[must_use]
    pub fn capped(mut self, parent_due: Instant, calendar: &Calendar) -> Self {
        let (cut, because) = cut(self.explanation.start, parent_due, calendar);
        self.at = self.own_at;
        self.date = self.own_date;
        self.explanation.capped = None;
        if cut < self.own_at {
            self.at = cut;
            self.date = calendar.zone().date_of(cut.plus_micros(-1));
            self.explanation.capped =
                Some(Cap { at: cut, because, parent_due, own_at: self.own_at, own_date: self.own_date });
        }
        self
    }
}

fn cut(start: Instant, parent_due: Instant, calendar: &Calendar) -> (Instant, CapReason) {
    let zone = calendar.zone();
    // A limit at 24:00 belongs to the date that ends there.
    let parent_date = zone.date_of(parent_due.plus_micros(-1));
    let day_before = calendar.day_end(calendar.previous_working_day(parent_date));
    if day_before > start {
        (day_before, CapReason::WorkingDayBeforeParent)
    } else if parent_due > start {
        (parent_due, CapReason::ParentDue)
    } else {
        (zone.end_of_day(zone.date_of(start)), CapReason::StartDay)
    }
}
