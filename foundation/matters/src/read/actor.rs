//! Names of units and doers as a reader may know them: never a person's.

use super::model::{ActorView, UnitName};
use kernel::{Actor, Recorded, UnitId};
use matters_rules::facts::UnitFact;
use matters_rules::{Event, Matter};
use platform::Failure;
use std::collections::{BTreeMap, BTreeSet};
use store::Query;

/// Every unit a matter's page speaks of, looked up once.
pub(super) struct Units {
    names: BTreeMap<UnitId, UnitName>,
    pub facts: BTreeMap<UnitId, UnitFact>,
}

impl Units {
    pub fn of(query: &mut dyn Query, matter: &Matter, history: &[Recorded<Event>]) -> Result<Self, Failure> {
        let mut ids: BTreeSet<UnitId> = crate::shell::units_of(matter);
        ids.extend(history.iter().filter_map(|entry| entry.actor.unit()).cloned());
        let objections = matter.nodes.iter().filter_map(|node| node.objection.as_ref());
        ids.extend(objections.filter_map(|objection| objection.suggests.clone()));
        let mut units = Self { names: BTreeMap::new(), facts: crate::shell::unit_facts(query, &ids)? };
        for id in ids {
            if let Some(row) = network::unit(query, &id)? {
                units.names.insert(id, UnitName::from(row));
            }
        }
        Ok(units)
    }

    /// The unit's name; its code where the network does not know it any more.
    pub fn name(&self, id: &UnitId) -> UnitName {
        self.names.get(id).cloned().unwrap_or_else(|| UnitName::unknown(id))
    }

    /// Who it was; the role is for staff only.
    pub fn actor(&self, actor: &Actor, with_role: bool) -> ActorView {
        match actor {
            Actor::Appellant { .. } | Actor::Public => ActorView::Appellant,
            Actor::System { .. } | Actor::Operator => ActorView::System,
            Actor::Person { unit, role, .. } | Actor::Integration { unit, role, .. } => {
                ActorView::Unit { unit: self.name(unit), role: with_role.then_some(*role) }
            }
        }
    }
}
