//! Intervals: extension 延期, suspension 中止, long-term tracking 挂账跟踪. Asked with a
//! reason, decided by another person on the assigner's side; undecided is not granted.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::authority::{Asked, Reach};
use crate::codes::{IntervalKind, NodeRole};
use crate::command::Text;
use crate::event::{Event, Recomputed};
use crate::ground::GivenGround;
use crate::limits::{last_date, recapped};
use crate::state::{ChildLimit, IntervalRequest, Limit, Node};
use kernel::permission::Permission;
use kernel::time::{Date, Instant, Pause, Span};
use kernel::{NodeId, Refusal};

impl Case<'_> {
    pub(super) fn may_request_interval(&self, node: &Node) -> Permitted {
        self.working(node)?;
        refuse_if(node.has_open_objection(), "objection-open")?;
        refuse_if(node.request.is_some(), "interval-asked-already")?;
        refuse_if(node.paused.is_some(), "paused")?;
        refuse_if(self.now() >= node.limits.handling.due(), "limit-passed")
    }

    pub(super) fn request_interval(
        &self,
        node: &Node,
        kind: IntervalKind,
        span: Option<Span>,
        until: Option<Date>,
        reason: &Text,
    ) -> Decided {
        let (span, until) = match kind {
            IntervalKind::Extension => (Some(self.extension(node, span)?), None),
            IntervalKind::Suspension => (None, Some(self.pause_end(until, self.limits().suspension_max)?)),
            IntervalKind::Tracking => (None, Some(self.pause_end(until, self.limits().tracking_max)?)),
        };
        let (ground, reason) = (Some(self.ground()?), reason.clone());
        let asked = Asked::Interval { node, kind, span, until, at: self.now() };
        let goes_up = Reach::of(self.facts).goes_up(asked, node);
        one(Event::IntervalRequested { node: node.id, kind, span, until, ground, reason, goes_up })
    }

    /// One extension, not for the critical, asked before the last day, no longer than the
    /// procedure allows.
    fn extension(&self, node: &Node, span: Option<Span>) -> Result<Span, Refusal> {
        let refuse = |code| Err(Refusal::field("kind", code));
        let barred = &self.facts.procedure.steps.no_extension;
        if self.state.urgency.is_some_and(|urgency| barred.contains(&urgency)) {
            return refuse("extension-not-for-critical");
        }
        if node.extensions >= self.limits().extensions {
            return refuse("extension-used");
        }
        let calendar = &self.facts.calendar;
        if calendar.zone().date_of(self.now()) >= last_date(calendar, node.limits.handling.due()) {
            return refuse("extension-too-late");
        }
        let max = self.limits().extension_max;
        match span {
            Some(span) if span.base == max.base && (1..=max.amount).contains(&span.amount) => Ok(span),
            _ => Err(Refusal::field("span", "extension-length").with("max", max.amount)),
        }
    }

    fn pause_end(&self, until: Option<Date>, max: Span) -> Result<Date, Refusal> {
        let calendar = &self.facts.calendar;
        let until = until.ok_or_else(|| Refusal::field("until", "until-missing"))?;
        if until <= calendar.zone().date_of(self.now()) {
            return Err(Refusal::field("until", "until-past"));
        }
        let latest = self.limit(max).date(calendar);
        if until > latest {
            return Err(Refusal::field("until", "until-too-late").with("latest", latest));
        }
        Ok(until)
    }

    /// Before the limit passes, by someone else than who asked and not of the unit.
    pub(super) fn may_decide_interval(&self, node: &Node) -> Permitted {
        self.running()?;
        let Some(request) = &node.request else {
            return Err(Refusal::new("interval-not-asked"));
        };
        refuse_if(self.now() >= node.limits.handling.due(), "limit-passed")?;
        self.other_than(request.by)?;
        self.not_of(&node.unit)
    }

    pub(super) fn decide_interval(
        &self,
        node: &Node,
        kind: IntervalKind,
        grant: bool,
        reason: &Text,
    ) -> Decided {
        let request = asked(node, kind)?;
        if !grant {
            return one(Event::IntervalRefused {
                node: node.id,
                kind,
                reason: Some(reason.clone()),
                lapsed: false,
            });
        }
        self.within_own_limit(Permission::IntervalDecide, Some(node.id))?;
        match (kind, request.span, request.until) {
            (IntervalKind::Extension, Some(span), _) => self.extend(node, span, reason),
            (IntervalKind::Suspension | IntervalKind::Tracking, _, Some(until)) => {
                self.pause(node, kind, until, reason)
            }
            _ => Err(Refusal::new("interval-not-asked")),
        }
    }

    /// Moves the unit's limit; for a lead or separate unit of the office the promise too.
    fn extend(&self, node: &Node, span: Span, reason: &Text) -> Decided {
        let parent = self.parent(node)?;
        let calendar = &self.facts.calendar;
        let limit = node.limits.handling.extended(calendar, span, &node.pauses, parent);
        let promise =
            (node.parent.is_none() && node.role != NodeRole::Co).then(|| self.promise_after(node, span));
        let promise = promise.flatten();
        self.within_source_limit(promise.as_ref())?;
        let mut draft = Draft::of(self);
        draft.add(Event::ExtensionGranted {
            node: node.id,
            limit,
            promise,
            ground: asked_on(node),
            reason: reason.clone(),
        });
        draft.recap(node.id);
        Ok(draft.events)
    }

    /// The first promise moved by what this unit was granted in all, where that is later:
    /// separate units that were each granted the same days move it once.
    fn promise_after(&self, node: &Node, span: Span) -> Option<Limit> {
        let first = self.state.first_promise.clone()?;
        let granted = node.extended_by.iter().chain([&span]);
        let moved = granted.fold(first, |limit, by| limit.extended(&self.facts.calendar, *by, &[]));
        let stands = self.state.promise.as_ref()?.due;
        (moved.due > stands).then_some(moved)
    }

    fn pause(&self, node: &Node, kind: IntervalKind, until: Date, reason: &Text) -> Decided {
        let end = self.facts.calendar.day_end(until);
        if end <= self.now() {
            return Err(Refusal::field("until", "until-past"));
        }
        let report = (kind == IntervalKind::Tracking).then(|| self.limit(self.limits().tracking_report));
        let (until, ground, reason) = (Some(end), asked_on(node), reason.clone());
        one(Event::Paused { node: node.id, kind, until, report, ground, reason })
    }

    pub(super) fn may_resume(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(node.paused.is_none(), "not-paused")
    }

    pub(super) fn may_end_pause(&self, node: &Node) -> Permitted {
        self.may_resume(node)?;
        let over = node.paused.is_some_and(|(_, until)| until.is_some_and(|until| self.now() >= until));
        refuse_if(!over, "pause-running")
    }

    /// The clock runs again, with the pause counted out.
    pub(super) fn resume(&self, node: &Node, reason: Option<Text>) -> Decided {
        let parent = self.parent(node)?;
        let calendar = &self.facts.calendar;
        let pauses = ended(&node.pauses, self.now());
        let mut draft = Draft::of(self);
        draft.add(Event::Resumed {
            node: node.id,
            limit: node.limits.handling.again(calendar, &pauses, parent),
            first: with_pauses(&node.first_limits.handling, node, &pauses, self),
            reason,
        });
        draft.recap(node.id);
        Ok(draft.events)
    }

    pub(super) fn may_lapse_interval(&self, node: &Node) -> Permitted {
        refuse_if(node.request.is_none(), "interval-not-asked")?;
        refuse_if(self.now() < node.limits.handling.due(), "limit-running")
    }

    pub(super) fn lapse_interval(&self, node: &Node, kind: IntervalKind) -> Decided {
        asked(node, kind)?;
        one(Event::IntervalRefused { node: node.id, kind, reason: None, lapsed: true })
    }

    fn parent(&self, node: &Node) -> Result<Option<&Node>, Refusal> {
        node.parent.map(|parent| self.known(parent)).transpose()
    }
}

impl Draft<'_> {
    /// The limits below a node whose own limit moved follow it.
    fn recap(&mut self, node: NodeId) {
        let Some(node) = self.state.node(node) else { return };
        let nodes = recapped(&self.facts.calendar, &self.state, node);
        if !nodes.is_empty() {
            let calendar = self.facts.calendar.version().to_owned();
            self.add(Event::LimitsRecomputed(Box::new(Recomputed {
                calendar,
                nodes,
                ..Recomputed::default()
            })));
        }
    }
}

/// The first limit with the pause counted out, under the cap as it first was (moved by as
/// much as the parent's due moved since).
fn with_pauses(first: &ChildLimit, node: &Node, pauses: &[Pause], case: &Case<'_>) -> ChildLimit {
    if node.limits.handling == node.first_limits.handling {
        let parent = node.parent.and_then(|parent| case.state.node(parent));
        return first.again(&case.facts.calendar, pauses, parent);
    }
    let own = Limit::set(&case.facts.calendar, first.own.start, first.own.span, pauses);
    ChildLimit {
        fair: first.fair.max(first.cap.map_or(own.due, |cap| cap.min(own.due))),
        own,
        cap: first.cap,
    }
}

fn asked(node: &Node, kind: IntervalKind) -> Result<&IntervalRequest, Refusal> {
    let request = node.request.as_ref().filter(|request| request.kind == kind);
    request.ok_or_else(|| Refusal::new("interval-not-asked"))
}

/// The ground on which the interval was asked for.
fn asked_on(node: &Node) -> Option<GivenGround> {
    node.request.as_ref().and_then(|request| request.ground.clone())
}

fn ended(pauses: &[Pause], now: Instant) -> Vec<Pause> {
    pauses.iter().map(|pause| Pause { to: pause.to.or(Some(now)), ..*pause }).collect()
}
