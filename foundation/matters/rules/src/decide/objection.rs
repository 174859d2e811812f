//! Objection 派单异议: once per unit, with a basis, decided one level up: reassigned, or
//! finally ruled. It never closes a matter and never touches the appellant's clock.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::authority::{Asked, Reach};
use crate::command::{Assignee, ObjectionRuling, Text};
use crate::event::Event;
use crate::state::{Node, NodeState};
use kernel::permission::Permission;
use kernel::{NodeId, Refusal, UnitId};

impl Case<'_> {
    pub(super) fn may_object(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(!matches!(node.state, NodeState::Unsigned | NodeState::Working), "node-not-working")?;
        refuse_if(node.ruled, "objection-ruled")?;
        refuse_if(self.state.objected.contains(&node.unit), "objected-already")?;
        match &node.limits.objection {
            Some(limit) if self.now() <= limit.due => Ok(()),
            _ => Err(Refusal::new("objection-limit-passed")),
        }
    }

    pub(super) fn object(&self, node: NodeId, basis: &Text, suggests: &Option<UnitId>) -> Decided {
        if let Some(unit) = suggests {
            self.unit(unit)?;
        }
        let decide_limit = self.limit(self.limits().objection_decision);
        let (ground, basis, suggests) = (Some(self.ground()?), basis.clone(), suggests.clone());
        let concerned = self.known(node)?;
        let asked = Asked::Reassignment { node: concerned, before: self.state.reassignments };
        let goes_up = Reach::of(self.facts).goes_up(asked, concerned);
        one(Event::Objected { node, ground, basis, suggests, decide_limit, goes_up })
    }

    /// Decided on the assigner's side, by someone who neither objected nor has a post in
    /// the objecting unit. A closed unit that no successor followed need not object.
    pub(super) fn may_decide_objection(&self, node: &Node) -> Permitted {
        self.running()?;
        let is_left = node.state.is_open() && !self.unit(&node.unit)?.open;
        refuse_if(!node.has_open_objection() && !is_left, "objection-not-open")?;
        self.other_than(node.objection.iter().flat_map(|objection| objection.by))?;
        self.not_of(&node.unit)
    }

    /// Undecided within its limit, it is not granted.
    pub(super) fn may_lapse_objection(&self, node: &Node) -> Permitted {
        let open = node.objection.as_ref().filter(|objection| !objection.decided);
        let due = open.ok_or_else(|| Refusal::new("objection-not-open"))?.decide_limit.due;
        refuse_if(self.now() < due, "limit-running")
    }

    pub(super) fn decide_objection(&self, node: &Node, ruling: &ObjectionRuling, reason: &Text) -> Decided {
        match ruling {
            ObjectionRuling::FinalRuling => {
                refuse_if(!node.has_open_objection(), "objection-not-open")?;
                one(Event::FinallyRuled { node: node.id, reason: reason.clone() })
            }
            ObjectionRuling::Reassign { to, duty_item } => {
                let assignee = Assignee {
                    unit: to.clone(),
                    role: node.role,
                    duty_item: duty_item.clone(),
                    instruction: node.instruction.clone(),
                };
                self.within_own_limit(Permission::ObjectionDecide, Some(node.id))?;
                self.reassign(node, &assignee, reason)
            }
        }
    }

    /// The new unit gets fresh limits of its own; what the objecting unit passed on ends.
    fn reassign(&self, node: &Node, to: &Assignee, reason: &Text) -> Decided {
        let new = *self.facts.node_ids.first().ok_or_else(|| Refusal::new("assignee-missing"))?;
        let parent = node.parent.map(|parent| self.known(parent)).transpose()?;
        self.fit(&to.unit, to.duty_item.as_deref(), parent)?;
        let mut draft = Draft::of(self);
        draft.add(Event::Reassigned { node: node.id, to: new, reason: reason.clone() });
        draft.release(self.state.subtree(node.id).into_iter().map(|below| below.id));
        draft.add(self.assigned(new, to, parent)?);
        Ok(draft.events)
    }
}
