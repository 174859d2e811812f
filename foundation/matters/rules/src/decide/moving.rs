//! A changed holiday notice moves the limits that are not met yet (PRODUCT rule 1). It is
//! journaled only where something moved.

use super::{Case, Decided};
use crate::event::{Event, NodeLimits, Recomputed};
use crate::state::{Limit, Matter, Node, NodeState, Phase};
use kernel::NodeId;
use kernel::time::Instant;

impl Case<'_> {
    pub(super) fn recompute_limits(&self) -> Decided {
        let matter = self.state;
        let waiting = |open: bool, limit: &Option<Limit>| {
            limit.as_ref().filter(|_| open).and_then(|limit| limit.moved(&self.facts.calendar, &[]))
        };
        let review = waiting(matter.phase == Phase::Registered, &matter.review);
        let review_due = review.as_ref().or(matter.review.as_ref()).map(|review| review.due);
        let pending = matches!(matter.phase, Phase::Accepted | Phase::Merged | Phase::Assigned | Phase::Redo);
        let rating_open = matter.phase == Phase::CallBack && matter.round_rating().is_none();
        let moved = Recomputed {
            calendar: self.facts.calendar.version().to_owned(),
            review,
            completion: matter.open_completion().and_then(|asked| {
                let moved = self.completion_limit(asked.limit.start, review_due);
                (moved.due != asked.limit.due).then_some(moved)
            }),
            assignment: waiting(matter.phase == Phase::Accepted, &matter.assignment),
            promise: waiting(pending, &matter.promise),
            call_back_limit: waiting(
                matches!(matter.phase, Phase::CallBack | Phase::Verification),
                &matter.call_back_limit,
            ),
            close_unrated_at: rating_open.then(|| self.close_unrated_anew()).flatten(),
            nodes: self.nodes_anew(),
        };
        let nothing = Recomputed { calendar: moved.calendar.clone(), ..Recomputed::default() };
        if moved == nothing {
            return Ok(Vec::new());
        }
        Ok(vec![Event::LimitsRecomputed(Box::new(moved))])
    }

    fn close_unrated_anew(&self) -> Option<Instant> {
        let from = self.state.result_approved_at?;
        let due = self.limit_from(from, self.limits().close_unrated).due;
        (Some(due) != self.state.close_unrated_at).then_some(due)
    }

    /// Parents before children, so that caps go by the parents' new dues.
    fn nodes_anew(&self) -> Vec<(NodeId, NodeLimits)> {
        if !self.state.is_running() {
            return Vec::new();
        }
        let mut matter: Matter = self.state.clone();
        let mut moved = Vec::new();
        for index in 0..matter.nodes.len() {
            let limits = self.node_anew(&matter, &matter.nodes[index]);
            if limits != matter.nodes[index].limits {
                moved.push((matter.nodes[index].id, limits.clone()));
                matter.nodes[index].limits = limits;
            }
        }
        moved
    }

    fn node_anew(&self, matter: &Matter, node: &Node) -> NodeLimits {
        let calendar = &self.facts.calendar;
        let mut limits = node.limits.clone();
        if !matches!(node.state, NodeState::Unsigned | NodeState::Working) {
            return limits;
        }
        if node.state == NodeState::Unsigned {
            again(&mut limits.signing, |limit| limit.moved(calendar, &[]));
        }
        if let Some(objection) = limits.objection.as_mut().filter(|_| node.objection.is_none()) {
            again(objection, |limit| limit.moved(calendar, &[]));
        }
        if let Some(contact) = limits.contact.as_mut().filter(|_| node.contacted_at.is_none()) {
            again(contact, |limit| limit.moved(calendar, &[]));
        }
        let parent = node.parent.and_then(|parent| matter.node(parent));
        let handling = limits.handling.again(calendar, &node.pauses, parent);
        if handling.due() != limits.handling.due() || handling.fair != limits.handling.fair {
            limits.handling = handling;
        }
        limits
    }
}

fn again(limit: &mut Limit, moved: impl Fn(&Limit) -> Option<Limit>) {
    if let Some(moved) = moved(limit) {
        *limit = moved;
    }
}
