//! A unit is closed: its successor goes on with what it left open, as it stands. Limits, the
//! answer so far and the reviewer stay; what the closed unit finished stays its own.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::event::Event;
use crate::state::Node;
use kernel::{Refusal, UnitId};

impl Case<'_> {
    pub(super) fn may_succeed(&self, node: &Node) -> Permitted {
        refuse_if(!node.state.is_open(), "node-not-open")?;
        refuse_if(self.unit(&node.unit)?.open, "unit-still-open")
    }

    /// The unit complained about never gets the matter (PRODUCT rule 4), by no way.
    pub(super) fn succeed(&self, node: &Node, to: &UnitId) -> Decided {
        let refuse = |code| Err(Refusal::field("unit", code).with("unit", to));
        let Some(successor) = self.facts.units.get(to) else { return refuse("unit-unknown") };
        if !successor.open {
            return refuse("unit-closed");
        }
        if let Some(about) = &self.state.complained_about
            && self.unit(about)?.path.holds(&successor.path)
        {
            return refuse("conflict-of-interest");
        }
        one(Event::Succeeded { node: node.id, from: node.unit.clone(), to: to.clone() })
    }
}
