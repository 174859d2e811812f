//! Supervision 督办: reminding, urging, slips and reports upwards, by a person or by a rule of
//! the office. None of it touches a clock; each stands on the timeline and says why.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::codes::Measure;
use crate::command::{Supervise, Trigger};
use crate::event::{Event, Supervised, Why};
use crate::watch;
use kernel::{NodeId, Refusal};

impl Case<'_> {
    /// What somebody has still to act on; nobody supervises a unit they have a post in.
    pub(super) fn may_supervise(&self, node: Option<NodeId>) -> Permitted {
        match node {
            Some(node) => {
                self.running()?;
                let node = self.known(node)?;
                refuse_if(!node.state.is_open(), "node-not-open")?;
                self.not_of(&node.unit)
            }
            None => refuse_if(self.state.phase.is_ended(), "matter-ended"),
        }
    }

    pub(super) fn supervise(&self, wanted: &Supervise) -> Decided {
        let due = wanted.node.and_then(|id| self.state.node(id)).map(|node| node.limits.handling.due());
        let why = match &wanted.trigger {
            None if wanted.measure == Measure::Slip && wanted.slip.is_none() => {
                return Err(Refusal::field("measure", "slip-missing"));
            }
            None => None,
            Some(trigger) => match self.fires(wanted.node, trigger)? {
                None => return Ok(Vec::new()),
                why => why,
            },
        };
        one(Event::Supervised(Box::new(Supervised {
            node: wanted.node,
            measure: wanted.measure,
            to: wanted.to,
            text: wanted.text.clone(),
            slip: wanted.slip.clone(),
            due,
            why,
        })))
    }

    /// Whether a rule fires now: its conditions hold, and it has not fired for this limit.
    fn fires(&self, node: Option<NodeId>, trigger: &Trigger) -> Result<Option<Why>, Refusal> {
        let node = self.named(node)?;
        let due = node.limits.handling.due();
        if self.state.measures.iter().any(|taken| taken.fired(&trigger.rule, node.id, due)) {
            return Ok(None);
        }
        let met = watch::met(&trigger.when, self.state, node, &self.facts.calendar, self.now());
        Ok(met.map(|met| Why { rule: trigger.rule.clone(), version: trigger.version, met }))
    }
}
