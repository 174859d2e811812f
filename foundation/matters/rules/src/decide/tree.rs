//! The assignment tree 交办: assign from the office, pass on from a unit, sign, release.

use super::{Case, Decided, Draft, Permitted, refuse_if};
use crate::codes::NodeRole;
use crate::command::{Assignee, Text};
use crate::event::{Assigned, Event, NodeLimits};
use crate::facts::{Level, UnitFact};
use crate::state::{ChildLimit, Node, NodeState, Phase};
use kernel::permission::UnitPath;
use kernel::{NodeId, Refusal, UnitId};

impl Case<'_> {
    /// From the office (no parent), or from the unit of `parent` that signed for it.
    pub(super) fn may_assign(&self, parent: Option<NodeId>) -> Permitted {
        match parent {
            Some(parent) => {
                let parent = self.known(parent)?;
                self.working(parent)?;
                refuse_if(parent.has_open_objection(), "objection-open")
            }
            None => {
                self.in_phase(&[Phase::Accepted, Phase::Assigned, Phase::Redo])?;
                refuse_if(self.state.demands.is_empty(), "demands-not-listed")?;
                refuse_if(self.state.shielded && self.state.redacted.is_none(), "redaction-missing")
            }
        }
    }

    pub(super) fn assign(&self, parent: Option<NodeId>, to: &[Assignee]) -> Decided {
        if to.is_empty() {
            return Err(Refusal::field("to", "assignee-missing"));
        }
        if to.len() > self.facts.node_ids.len() {
            return Err(Refusal::field("to", "too-many-assignees").with("max", self.facts.node_ids.len()));
        }
        let mut draft = Draft::of(self);
        for (assignee, id) in to.iter().zip(&self.facts.node_ids) {
            let parent = parent.map(|parent| self.known(parent)).transpose()?;
            draft.case().fit(&assignee.unit, assignee.duty_item.as_deref(), parent)?;
            let node = draft.case().assigned(*id, assignee, parent)?;
            draft.add(node);
        }
        draft.case().roles_fit(parent)?;
        Ok(draft.events)
    }

    /// Whether a unit may get this matter from there.
    pub(super) fn fit(&self, unit: &UnitId, duty_item: Option<&str>, parent: Option<&Node>) -> Permitted {
        let refuse = |code| Err(Refusal::field("unit", code).with("unit", unit));
        let Some(fact) = self.facts.units.get(unit) else {
            return refuse("unit-unknown");
        };
        if !fact.open {
            return refuse("unit-closed");
        }
        if self.state.office.as_ref() == Some(unit) {
            return refuse("assign-to-office");
        }
        if let Some(about) = &self.state.complained_about
            && self.unit(about)?.path.holds(&fact.path)
        {
            return refuse("conflict-of-interest");
        }
        // Also where its part is approved: a return or a redo opens that part again.
        if self.state.nodes.iter().any(|node| node.unit == *unit && node.state.holds_unit()) {
            return refuse("unit-already-assigned");
        }
        if let Some(parent) = parent
            && !self.is_below(fact, parent)?
        {
            return refuse("assign-not-below");
        }
        match fact.level {
            Level::Village => refuse("village-not-assignable"),
            Level::Township => self.on_duty_list(unit, duty_item),
            Level::Province | Level::City | Level::County => Ok(()),
        }
    }

    /// Work is not pushed down: a township gets what its duty list names (PRODUCT rule 9).
    fn on_duty_list(&self, unit: &UnitId, duty_item: Option<&str>) -> Permitted {
        match duty_item {
            None => Err(Refusal::field("duty_item", "duty-item-missing").with("unit", unit)),
            Some(item) if !self.facts.duty_items.contains(item) => {
                Err(Refusal::field("duty_item", "duty-item-unknown").with("item", item))
            }
            Some(_) => Ok(()),
        }
    }

    /// A unit passes on to what is below it: its own subtree, a lower level (for a county
    /// unit within its county), and, where the office assigned it to a county unit such as
    /// the county's platform, the units beside that one in the county. So nothing is ever
    /// passed sideways twice.
    fn is_below(&self, target: &UnitFact, parent: &Node) -> Result<bool, Refusal> {
        let unit = self.unit(&parent.unit)?;
        if unit.path.holds(&target.path) {
            return Ok(true);
        }
        if unit.level < Level::County {
            return Ok(target.level > unit.level);
        }
        let in_county = match superior(&unit.path) {
            Some(county) => county.holds(&target.path) && !self.holds_office(&county)?,
            None => false,
        };
        let sideways = target.level == Level::County && parent.parent.is_none();
        Ok(in_county && (target.level > unit.level || (unit.level == Level::County && sideways)))
    }

    fn holds_office(&self, path: &UnitPath) -> Result<bool, Refusal> {
        match &self.state.office {
            Some(office) => Ok(path.holds(&self.unit(office)?.path)),
            None => Ok(false),
        }
    }

    /// Beside each other stand one lead with any co-units, or only separate units.
    fn roles_fit(&self, parent: Option<NodeId>) -> Permitted {
        let count = |role| {
            let here = self.state.children(parent).filter(|node| node.state.holds_unit());
            here.filter(|node| node.role == role).count()
        };
        let (leads, separate, co) = (count(NodeRole::Lead), count(NodeRole::Separate), count(NodeRole::Co));
        let wrong = |code| Err(Refusal::field("role", code));
        match (leads, separate, co) {
            (1, 0, _) | (0, 1.., 0) => Ok(()),
            (2.., _, _) => wrong("lead-only-one"),
            (1, _, _) => wrong("lead-or-separate"),
            (0, _, _) => wrong("co-without-lead"),
        }
    }

    /// The event that gives a unit its node, with its limits from now.
    pub(super) fn assigned(
        &self,
        id: NodeId,
        to: &Assignee,
        parent: Option<&Node>,
    ) -> Result<Event, Refusal> {
        let from = match parent {
            Some(parent) => parent.unit.clone(),
            None => self.state.office.clone().ok_or_else(|| Refusal::new("not-accepted"))?,
        };
        Ok(Event::Assigned(Box::new(Assigned {
            node: id,
            parent: parent.map(|parent| parent.id),
            from,
            unit: to.unit.clone(),
            role: to.role,
            duty_item: to.duty_item.clone(),
            instruction: to.instruction.clone(),
            limits: self.node_limits(to.role, parent)?,
        })))
    }

    fn node_limits(&self, role: NodeRole, parent: Option<&Node>) -> Result<NodeLimits, Refusal> {
        let urgency = self.state.urgency.ok_or_else(|| Refusal::new("not-accepted"))?;
        let limits = self.limits();
        let handling = self.pledged(limits.handling(role, urgency, self.state.natural_time));
        Ok(NodeLimits {
            signing: self.limit(limits.signing(urgency)),
            objection: Some(self.limit(limits.objection)),
            contact: self.contacts(role).then(|| self.limit(limits.contact)),
            handling: ChildLimit::set(&self.facts.calendar, self.now(), handling, &[], parent),
        })
    }

    /// Whether a unit in that role speaks to an appellant first.
    pub(super) fn contacts(&self, role: NodeRole) -> bool {
        role != NodeRole::Co && self.facts.procedure.steps.contacted
    }

    pub(super) fn may_sign(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(node.state != NodeState::Unsigned, "already-signed")
    }

    /// An assignment no longer needed ends; but somebody keeps the matter.
    pub(super) fn may_release(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(!node.state.is_open(), "node-not-open")?;
        let beside = |other: &&Node| other.id != node.id && other.is_part();
        let last = node.role != NodeRole::Co && !self.state.children(None).any(|other| beside(&other));
        refuse_if(node.parent.is_none() && last, "release-last")
    }

    pub(super) fn release(&self, node: &Node, reason: &Text) -> Decided {
        let mut draft = Draft::of(self);
        draft.add(Event::Released { node: node.id, reason: Some(reason.clone()) });
        draft.release(self.state.subtree(node.id).into_iter().map(|below| below.id));
        if node.role == NodeRole::Lead {
            draft.release_co_units(node.parent);
        }
        draft.complete();
        Ok(draft.events)
    }
}

impl Draft<'_> {
    /// Ends the co-units below `parent` that are still open, with all below them: the part
    /// they worked with is done. Their lateness stays what their due makes it.
    pub(super) fn release_co_units(&mut self, parent: Option<NodeId>) {
        let state = &self.state;
        let co_units = state.children(parent).filter(|node| node.role == NodeRole::Co);
        let ids: Vec<NodeId> = co_units.flat_map(|co| state.subtree(co.id)).map(|node| node.id).collect();
        self.release(ids);
    }
}

impl NodeState {
    /// Whether its unit has, or had to the end, a part in the matter.
    fn holds_unit(self) -> bool {
        !matches!(self, Self::Reassigned | Self::Released)
    }
}

impl Node {
    /// Whether an objection waits to be decided.
    pub fn has_open_objection(&self) -> bool {
        self.objection.as_ref().is_some_and(|objection| !objection.decided)
    }
}

/// The path of the unit above.
fn superior(path: &UnitPath) -> Option<UnitPath> {
    let (above, _) = path.0.strip_suffix('/')?.rsplit_once('/')?;
    Some(UnitPath(format!("{above}/")))
}
