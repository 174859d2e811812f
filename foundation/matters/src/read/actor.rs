//! Names of units and doers as a reader may know them: never a person's, but the titles of
//! posts where one stood in for another.

use super::model::{ActorView, StoodIn, UnitName};
use kernel::time::{Instant, Zone};
use kernel::{AccountId, Actor, Hands, Recorded, UnitId};
use matters_rules::facts::UnitFact;
use matters_rules::{Event, Matter};
use network::read::history::Named;
use platform::Failure;
use std::collections::{BTreeMap, BTreeSet};
use store::Query;

/// Every unit a matter's page speaks of, looked up once.
pub(super) struct Units {
    names: BTreeMap<UnitId, UnitName>,
    /// What units that were renamed were called, each with the day from which on.
    renamed: BTreeMap<UnitId, Vec<(String, UnitName)>>,
    /// The day an ended matter ended: its page keeps the names of that day.
    ended_on: Option<String>,
    zone: Zone,
    posts: BTreeMap<AccountId, String>,
    pub facts: BTreeMap<UnitId, UnitFact>,
}

impl Units {
    pub fn of(
        query: &mut dyn Query,
        zone: &Zone,
        matter: &Matter,
        history: &[Recorded<Event>],
    ) -> Result<Self, Failure> {
        let mut ids: BTreeSet<UnitId> = crate::shell::units_of(matter);
        ids.extend(history.iter().filter_map(|entry| entry.actor.unit()).cloned());
        let before = matter.nodes.iter().flat_map(|node| &node.held_before);
        ids.extend(before.map(|(unit, _)| unit.clone()));
        let objections = matter.nodes.iter().filter_map(|node| node.objection.as_ref());
        ids.extend(objections.filter_map(|objection| objection.suggests.clone()));
        let posts = posts(query, history)?;
        let facts = crate::shell::unit_facts(query, &ids)?;
        let ended = matter.closed_at.or(matter.left_at);
        let mut units = Self {
            names: BTreeMap::new(),
            renamed: renamed(query, &ids)?,
            ended_on: ended.map(|at| zone.date_of(at).to_string()),
            zone: zone.clone(),
            posts,
            facts,
        };
        for id in ids {
            if let Some(row) = network::unit(query, &id)? {
                units.names.insert(id, UnitName::from(row));
            }
        }
        Ok(units)
    }

    /// The unit's name, in an ended matter that of the day it ended; its code where the network
    /// does not know it any more.
    pub fn name(&self, id: &UnitId) -> UnitName {
        self.ended_on.as_ref().and_then(|day| self.name_on(id, day)).unwrap_or_else(|| self.name_now(id))
    }

    /// What the unit was called at a time.
    pub fn name_at(&self, id: &UnitId, at: Instant) -> UnitName {
        let day = self.zone.date_of(at).to_string();
        self.name_on(id, &day).unwrap_or_else(|| self.name_now(id))
    }

    fn name_now(&self, id: &UnitId) -> UnitName {
        self.names.get(id).cloned().unwrap_or_else(|| UnitName::unknown(id))
    }

    /// Nothing where it always had the name it has.
    fn name_on(&self, id: &UnitId, day: &str) -> Option<UnitName> {
        let names = self.renamed.get(id)?;
        let then = names.iter().rev().find(|(since, _)| since.as_str() <= day).or(names.first());
        then.map(|(_, name)| name.clone())
    }

    /// Who it was; the role is for staff only.
    pub fn actor(&self, actor: &Actor, with_role: bool) -> ActorView {
        match actor {
            Actor::Appellant { .. } | Actor::Public => ActorView::Appellant,
            Actor::System { .. } | Actor::Operator => ActorView::System,
            Actor::Platform { name, .. } => ActorView::Platform(name.clone()),
            Actor::Person { unit, role, .. } | Actor::Integration { unit, role, .. } => {
                let stood_in = self.stood_in(actor.hands()).filter(|_| with_role);
                ActorView::Unit { unit: self.name(unit), role: with_role.then_some(*role), stood_in }
            }
        }
    }

    fn stood_in(&self, hands: Hands) -> Option<StoodIn> {
        let post = |account| self.posts.get(&account).cloned().unwrap_or_default();
        Some(StoodIn { by: post(hands.account?), of: post(hands.stood_in_for?) })
    }
}

fn renamed(
    query: &mut dyn Query,
    ids: &BTreeSet<UnitId>,
) -> Result<BTreeMap<UnitId, Vec<(String, UnitName)>>, Failure> {
    let found = network::read::history::names(query, ids.iter())?;
    let in_time = |(id, names): (UnitId, Vec<Named>)| {
        let named = |named: Named| {
            let name =
                UnitName { id: id.clone(), name: named.name, short: named.short_name, en: named.en_name };
            (named.since, name)
        };
        (id.clone(), names.into_iter().map(named).collect())
    };
    Ok(found.into_iter().map(in_time).collect())
}

/// The titles of the posts of those who stood in, and of those they stood in for.
fn posts(query: &mut dyn Query, history: &[Recorded<Event>]) -> Result<BTreeMap<AccountId, String>, Failure> {
    let hands = history.iter().map(|entry| entry.actor.hands());
    let stood_in = hands.filter(|hands| hands.stood_in_for.is_some());
    let accounts: BTreeSet<AccountId> = stood_in.flatten().collect();
    let mut posts = BTreeMap::new();
    for account in accounts {
        if let Some(row) = identity::read::account(query, account)? {
            posts.insert(account, row.name);
        }
    }
    Ok(posts)
}
