//! Limits as shown: with their light, what is left, and why they end when they do.

use super::model::LimitView;
use crate::configuration;
use kernel::time::{Calendar, Instant, Pause, light, remaining};
use matters_rules::state::{ChildLimit, Limit};
use platform::Failure;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Query;

/// Shows limits as of a moment, each under the calendar it was computed with.
pub(super) struct Limits {
    now: Instant,
    in_force: Arc<Calendar>,
    calendars: BTreeMap<String, Arc<Calendar>>,
}

/// Until when a limit burns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Running {
    /// Nothing was done about it yet.
    Yes,
    /// It was met then.
    Met(Instant),
    /// Its clock stands still.
    Paused,
    /// It is of no concern any more.
    Over,
}

impl Running {
    /// Met where there is a time, else running while `open`.
    pub fn until(met: Option<Instant>, open: bool) -> Self {
        match met {
            Some(at) => Self::Met(at),
            None if open => Self::Yes,
            None => Self::Over,
        }
    }
}

impl Limits {
    pub fn new(query: &mut dyn Query, now: Instant) -> Result<Self, Failure> {
        let in_force = configuration::calendar_in_force(query)?;
        let calendars = BTreeMap::from([(in_force.version().to_owned(), in_force.clone())]);
        Ok(Self { now, in_force, calendars })
    }

    /// The calendar in force.
    pub fn calendar(&self) -> &Calendar {
        &self.in_force
    }

    /// Whether no office works now.
    pub fn out_of_hours(&self) -> bool {
        super::phones::is_out_of_hours(&self.in_force, self.now)
    }

    /// A limit of the matter.
    pub fn plain(
        &mut self,
        query: &mut dyn Query,
        limit: &Limit,
        running: Running,
    ) -> Result<LimitView, Failure> {
        let calendar = self.calendar_of(query, &limit.calendar)?;
        Ok(self.show(&calendar, limit, limit.due, &[], None, running))
    }

    /// A handling limit in the tree; `parent_due` is the parent's, where there is one.
    pub fn handling(
        &mut self,
        query: &mut dyn Query,
        limit: &ChildLimit,
        pauses: &[Pause],
        parent_due: Option<Instant>,
        running: Running,
    ) -> Result<LimitView, Failure> {
        let calendar = self.calendar_of(query, &limit.own.calendar)?;
        Ok(self.show(&calendar, &limit.own, limit.due(), pauses, parent_due, running))
    }

    fn show(
        &self,
        calendar: &Calendar,
        limit: &Limit,
        due_at: Instant,
        pauses: &[Pause],
        parent_due: Option<Instant>,
        running: Running,
    ) -> LimitView {
        let due = calendar.due(limit.start, limit.span, pauses);
        let due = match parent_due {
            Some(parent_due) => due.capped(parent_due, calendar),
            None => due,
        };
        let burns = running == Running::Yes;
        LimitView {
            due_at,
            due_date: calendar.zone().date_of(due_at.plus_micros(-1)),
            span: limit.span,
            light: burns.then(|| light(calendar, limit.start, due_at, limit.span, pauses, self.now)),
            remaining: burns.then(|| remaining(calendar, due_at, limit.span.base, pauses, self.now)),
            explanation: due.explanation,
            met_at: match running {
                Running::Met(at) => Some(at),
                _ => None,
            },
            paused: running == Running::Paused,
        }
    }

    fn calendar_of(&mut self, query: &mut dyn Query, version: &str) -> Result<Arc<Calendar>, Failure> {
        if let Some(calendar) = self.calendars.get(version) {
            return Ok(calendar.clone());
        }
        let calendar = configuration::calendar(query, version)?;
        self.calendars.insert(version.to_owned(), calendar.clone());
        Ok(calendar)
    }
}
