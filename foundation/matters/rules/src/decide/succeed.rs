//! A unit is closed, or split: its successor goes on with what it left open, as it stands. Limits, the
//! answer so far and the reviewer stay; what the closed unit finished stays its own.

use super::{Case, Decided, Permitted, one, refuse_if};
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
    pub(super) fn succeed(&self, node: &Node, to: &UnitId, split: bool) -> Decided {
        refuse_if(!split && self.unit(&node.unit)?.open, "unit-still-open")?;
        self.fit(to, node.duty_item.as_deref(), None)?;
        let rises = node.parent.is_some() && self.unit(to)?.level < self.unit(&node.unit)?.level;
        refuse_if(rises, "assign-not-below")?;
        one(Event::Succeeded { node: node.id, from: node.unit.clone(), to: to.clone() })
    }
}
