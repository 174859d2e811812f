//! A unit is closed, or split: its successor goes on with what it left open, as it stands. Limits, the
//! answer so far and the reviewer stay; what the closed unit finished stays its own.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::codes::NodeRole;
use crate::event::Event;
use crate::state::Node;
use kernel::UnitId;

impl Case<'_> {
    pub(super) fn may_succeed(&self, node: &Node) -> Permitted {
        refuse_if(!node.state.is_open(), "node-not-open")
    }

    /// Whoever goes on must be somebody it could have been assigned to: never the unit complained
    /// about (PRODUCT rule 4), a township only by its duty list (rule 9), none that has the
    /// matter already. Where it stands is the network's to say, but what was passed on never
    /// rises to a higher level.
    ///
    /// A successor that works on the matter beside the closed unit has one part of it from then
    /// on: where one of the two is a co-unit's, that one ends, and the other goes on.
    pub(super) fn succeed(&self, node: &Node, to: &UnitId, split: bool) -> Decided {
        refuse_if(!split && self.unit(&node.unit)?.open, "unit-still-open")?;
        if let Some(own) = self.beside(node, to) {
            let mut draft = Draft::of(self);
            if node.role == NodeRole::Co && self.has_nothing_below(node) {
                draft.add(Event::Released { node: node.id, reason: None });
                draft.complete();
                return Ok(draft.events);
            }
            if own.role == NodeRole::Co && self.has_nothing_below(own) {
                draft.add(Event::Released { node: own.id, reason: None });
                draft.events.extend(draft.case().succeed(node, to, split)?);
                return Ok(draft.events);
            }
        }
        self.fit(to, node.duty_item.as_deref(), None)?;
        let rises = node.parent.is_some() && self.unit(to)?.level < self.unit(&node.unit)?.level;
        refuse_if(rises, "assign-not-below")?;
        one(Event::Succeeded { node: node.id, from: node.unit.clone(), to: to.clone() })
    }

    /// The open part that a unit has beside this one, from whoever assigned both.
    fn beside(&self, node: &Node, unit: &UnitId) -> Option<&Node> {
        let here = |other: &&Node| other.id != node.id && other.unit == *unit && other.state.is_open();
        self.state.children(node.parent).find(here)
    }

    fn has_nothing_below(&self, node: &Node) -> bool {
        self.state.children(Some(node.id)).all(|below| !below.state.is_open())
    }
}
