//! How limits are set and moved: by procedure, under a parent's cap, with pauses counted
//! out, by extension; and whose lateness it is when a submission comes after them.

use crate::event::NodeLimits;
use crate::state::{ChildLimit, Limit, Matter, Node};
use kernel::NodeId;
use kernel::time::{Calendar, Date, Instant, Pause, Span, TimeBase};

/// Whose delay it is when something comes at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lateness {
    /// In time.
    InTime,
    /// After the due, but within what the unit would have had if the matter had been
    /// passed on at once: the delay of the unit that passed it on.
    ChargedToParent,
    /// The unit's own delay.
    Late,
}

impl Limit {
    /// A limit that starts at `start`, with `pauses` counted out.
    pub fn set(calendar: &Calendar, start: Instant, span: Span, pauses: &[Pause]) -> Self {
        Self {
            start,
            span,
            due: calendar.due(start, span, pauses).at,
            calendar: calendar.version().to_owned(),
        }
    }

    /// The limit moved on by an extension. Of the same base it is one longer limit; else
    /// the extension counts from where the limit ended.
    #[must_use]
    pub fn extended(&self, calendar: &Calendar, by: Span, pauses: &[Pause]) -> Self {
        if self.span.base == by.base {
            let amount = self.span.amount.saturating_add(by.amount);
            Self::set(calendar, self.start, Span { amount, ..self.span }, pauses)
        } else {
            Self::set(calendar, last_moment(self.due), by, pauses)
        }
    }

    /// The same limit under another calendar, where that moves it.
    pub fn moved(&self, calendar: &Calendar, pauses: &[Pause]) -> Option<Self> {
        let moved = Self::set(calendar, self.start, self.span, pauses);
        (moved.due != self.due).then_some(moved)
    }

    /// The last local date on which it can be met.
    pub fn date(&self, calendar: &Calendar) -> Date {
        last_date(calendar, self.due)
    }
}

impl ChildLimit {
    /// The handling limit of a unit below `parent` (none: of one assigned by the office).
    ///
    /// The cap is the kernel's: one working day before the parent's due. `fair` is what the
    /// unit would have had if the parent had passed the matter on when it got it.
    pub fn set(
        calendar: &Calendar,
        start: Instant,
        span: Span,
        pauses: &[Pause],
        parent: Option<&Node>,
    ) -> Self {
        Self::within(calendar, Limit::set(calendar, start, span, pauses), pauses, parent)
    }

    /// The limit extended, under the parent's cap as it stands.
    #[must_use]
    pub fn extended(&self, calendar: &Calendar, by: Span, pauses: &[Pause], parent: Option<&Node>) -> Self {
        Self::within(calendar, self.own.extended(calendar, by, pauses), pauses, parent)
    }

    /// The limit computed anew: with more pauses, under another calendar or another cap.
    #[must_use]
    pub fn again(&self, calendar: &Calendar, pauses: &[Pause], parent: Option<&Node>) -> Self {
        Self::set(calendar, self.own.start, self.own.span, pauses, parent)
    }

    /// Whose delay it is if the submission comes at `at`.
    pub fn lateness(&self, at: Instant) -> Lateness {
        if at <= self.due() {
            Lateness::InTime
        } else if at <= self.fair {
            Lateness::ChargedToParent
        } else {
            Lateness::Late
        }
    }

    fn within(calendar: &Calendar, own: Limit, pauses: &[Pause], parent: Option<&Node>) -> Self {
        let cut = parent.and_then(|parent| {
            let parent_due = parent.limits.handling.due();
            let due = calendar.due(own.start, own.span, pauses).capped(parent_due, calendar);
            let cap = due.explanation.capped?.at;
            (cap < own.due).then(|| (cap, fair(calendar, &own, cap, pauses, parent)))
        });
        match cut {
            Some((cap, fair)) => Self { own, cap: Some(cap), fair },
            None => Self { fair: own.due, cap: None, own },
        }
    }
}

impl Node {
    /// Whose delay it is under the limit as it stands (or the first one): of the approved
    /// submission, or, where there is none, of waiting until `now`.
    pub fn lateness(&self, limit: &NodeLimits, now: Instant) -> Lateness {
        let at = self.approved_submission_at.or(self.ended_at).unwrap_or(now);
        limit.handling.lateness(at)
    }

    /// Whether it is its own delay, under the limit as it stands.
    pub fn is_late(&self, now: Instant) -> bool {
        self.lateness(&self.limits, now) == Lateness::Late
    }
}

/// The limits of the open nodes below `node` whose caps moved with its due.
pub(crate) fn recapped(calendar: &Calendar, matter: &Matter, node: &Node) -> Vec<(NodeId, NodeLimits)> {
    let mut moved = Vec::new();
    for child in matter.children(Some(node.id)).filter(|child| child.state.is_open()) {
        let handling = child.limits.handling.again(calendar, &child.pauses, Some(node));
        if handling != child.limits.handling {
            let child = Node { limits: NodeLimits { handling, ..child.limits.clone() }, ..child.clone() };
            moved.push((child.id, child.limits.clone()));
            moved.extend(recapped(calendar, matter, &child));
        }
    }
    moved
}

/// The local date on which a limit that is due at `due` ends: 24:00 belongs to the day
/// that it ends.
pub(crate) fn last_date(calendar: &Calendar, due: Instant) -> Date {
    calendar.zone().date_of(last_moment(due))
}

fn last_moment(due: Instant) -> Instant {
    due.plus_micros(-1)
}

fn fair(calendar: &Calendar, own: &Limit, cap: Instant, pauses: &[Pause], parent: &Node) -> Instant {
    let zone = calendar.zone();
    let passed_on_at_once = parent.limits.handling.own.start;
    let would_end = match own.span.base {
        TimeBase::WorkingDays | TimeBase::WorkingHours => {
            let parent_date = last_date(calendar, parent.limits.handling.due());
            let day_before = calendar.previous_working_day(parent_date);
            let days = calendar.working_days_between(zone.date_of(passed_on_at_once), day_before);
            calendar.due(own.start, Span::working_days(days), pauses).at
        }
        TimeBase::NaturalHours | TimeBase::NaturalDays => own.start.plus_micros(cap.since(passed_on_at_once)),
    };
    would_end.min(own.due).max(cap)
}
