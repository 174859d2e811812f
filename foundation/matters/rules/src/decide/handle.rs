//! Handle 办理: first contact, progress, answer.

use super::{Case, Decided, Permitted, checked, one, refuse_if};
use crate::answer::CheckedText;
use crate::codes::{ContactWay, IntervalKind, NodeRole};
use crate::command::{DemandResult, Text};
use crate::event::Event;
use crate::results;
use crate::state::Node;
use kernel::Refusal;
use kernel::time::Instant;

impl Case<'_> {
    /// What counts is when the contact was recorded; when it is said to have been can't lie
    /// before the assignment or ahead of now.
    pub(super) fn contact(&self, node: &Node, way: ContactWay, at: Instant, text: &Text) -> Decided {
        self.happened(node, at, "at")?;
        self.way_is_open(way)?;
        one(Event::Contacted { node: node.id, way, contact_at: at, text: text.clone() })
    }

    pub(super) fn progress(&self, node: &Node, text: &Text) -> Decided {
        let tracked = node.paused.is_some_and(|(kind, _)| kind == IntervalKind::Tracking);
        let report = tracked.then(|| self.limit(self.limits().tracking_report));
        one(Event::Progressed { node: node.id, text: text.clone(), report })
    }

    /// The appellant is spoken to first, or was tried and not reached. Co-units answer the
    /// lead and need not have spoken to the appellant, and where there is none nobody has.
    pub(super) fn may_answer(&self, node: &Node) -> Permitted {
        self.working(node)?;
        let tried = node.contacted_at.is_some() || node.contact_attempts > 0;
        refuse_if(self.contacts(node.role) && !tried, "contact-first")
    }

    pub(super) fn answer(
        &self,
        node: &Node,
        results: &[DemandResult],
        text: &CheckedText,
        way: ContactWay,
        answered_at: Instant,
    ) -> Decided {
        match node.role {
            NodeRole::Lead | NodeRole::Separate => results::covers_all(results, self.state.demands.len())?,
            NodeRole::Co => results::known_once(results, self.state.demands.len())?,
        }
        self.happened(node, answered_at, "answered_at")?;
        self.way_is_open(way)?;
        if way == ContactWay::Unreachable && node.contact_attempts == 0 && self.contacts(node.role) {
            return Err(Refusal::field("way", "attempts-missing"));
        }
        let answered = Event::Answered {
            node: node.id,
            results: results.to_vec(),
            text: text.clone(),
            way,
            answered_at,
        };
        Ok([answered].into_iter().chain(checked(Some(node.id), text)).collect())
    }

    fn happened(&self, node: &Node, at: Instant, field: &'static str) -> Permitted {
        if at > self.now() {
            return Err(Refusal::field(field, "time-ahead"));
        }
        if at < node.assigned_at {
            return Err(Refusal::field(field, "time-before-assignment"));
        }
        Ok(())
    }

    /// With a shielded appellant units speak through the platform only.
    fn way_is_open(&self, way: ContactWay) -> Permitted {
        if self.state.shielded && way != ContactWay::Platform {
            return Err(Refusal::field("way", "shielded-platform-only"));
        }
        Ok(())
    }
}
