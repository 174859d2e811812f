//! A command's way into a matter: what the rules must know, whether the sender's position
//! allows it, and the timers that follow.

use crate::configuration;
use crate::configuration::grounds::{self, GroundKind};
use crate::jobs;
use kernel::permission::{Grant, Permission, permit};
use kernel::{Actor, Aggregate, MatterId, NodeId, Recorded, Refusal, UnitId};
use matters_rules::authority::{self, Authority};
use matters_rules::command::{Assignee, ObjectionRuling};
use matters_rules::facts::{OtherMatter, UnitFact};
use matters_rules::{Command, Event, Facts, GivenGround, Matter, MatterKind, MatterRules, Phase, standing};
use platform::{Acted, By, Failure, Shell, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Query;

/// The streams `matter:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Matters;

/// Carries out a command on a matter. `expected` is the version the sender saw.
///
/// # Errors
/// See [`Failure`]; [`Failure::NotFound`] where the sender may not even know of the matter.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    id: MatterId,
    expected: Option<i64>,
    command: &Command,
) -> Result<Acted<Matter>, Failure> {
    work.act::<Matters>(&id.to_string(), by, expected, command)
}

impl Aggregate for Matters {
    type State = Matter;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = MatterRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        MatterRules::event_kind(event)
    }

    fn decide(state: &Matter, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        MatterRules::decide(state, command, facts)
    }

    fn fold(state: Matter, event: &Recorded<Event>) -> Matter {
        MatterRules::fold(state, event)
    }
}

impl Shell for Matters {
    fn facts(work: &mut Work<'_>, state: &Matter, command: &Command, by: &By) -> Result<Facts, Failure> {
        let new = match command {
            Command::File(_) => Some(MatterKind::Appeal),
            Command::Raise(raise) => Some(raise.kind),
            _ => None,
        };
        if state.filed_at.is_none() && new.is_none() {
            return Err(Failure::NotFound);
        }
        let (now, app) = (work.now(), work.app());
        let matter =
            work.acting_on().parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))?;
        let procedure = match new {
            Some(kind) => configuration::procedure_for(work.tx, app, kind, now)?,
            None => configuration::procedure(work.tx, state.kind, state.procedure.1)?,
        };
        let calendar = configuration::calendar_in_force(work.tx)?;
        category_is_offered(work, state, command)?;
        let node_ids = (0..fresh_nodes(command)).map(|_| NodeId(work.fresh.uuid())).collect();
        let authority = authority_for(work, command)?;
        let mut mentioned = mentioned(state, command);
        if decides_on_a_request(command) {
            mentioned.extend(by.grants().iter().map(|grant| grant.unit.clone()));
        }
        let units = unit_facts(work.tx, &mentioned)?;
        let duty_items = duty_items(work.tx, command)?;
        let ground = ground_given(work, command)?;
        let other = other_matter(work, command)?;
        Ok(Facts {
            now,
            matter,
            actor: Actor::Public,
            actor_units: by.grants().iter().map(|grant| grant.path.clone()).collect(),
            calendar,
            authority,
            procedure,
            node_ids,
            units,
            duty_items,
            ground,
            other,
        })
    }

    fn permit(state: &Matter, command: &Command, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        let actor = |grant| by.actor(grant).ok_or(Failure::NotPermitted);
        if let By::Appellant(matter) = by
            && state.id != Some(*matter)
        {
            return Err(Failure::NotFound);
        }
        if !matches!(by, By::Person { .. }) {
            // Who may send what without a post is the rules' own table.
            return actor(None);
        }
        match authority::post(state, command, facts, by.grants()) {
            Some(grant) => actor(Some(grant)),
            None if may_know(by.grants(), state, facts) => Err(Failure::NotPermitted),
            None => Err(Failure::NotFound),
        }
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(work: &mut Work<'_>, id: &str, before: &Matter, after: &Matter) -> Result<(), Failure> {
        jobs::follow(work, id, before, after)
    }
}

/// A category is chosen from those offered today; the one a matter has already may stay.
fn category_is_offered(work: &mut Work<'_>, state: &Matter, command: &Command) -> Result<(), Failure> {
    let chosen = match command {
        Command::File(filing) => filing.category.as_ref(),
        Command::Raise(raise) => raise.category.as_ref(),
        Command::Accept(accept) => Some(&accept.category),
        Command::Correct(correction) => correction.category.as_ref(),
        _ => None,
    };
    let Some(code) = chosen.filter(|code| state.category.as_ref() != Some(code)) else { return Ok(()) };
    let app = work.app();
    match configuration::categories::in_force(work.tx, app)?.offer(code) {
        Some(_) => Ok(()),
        None => Err(Refusal::field("category", "category-not-offered").into()),
    }
}

/// Whether these grants may know that the matter exists: whoever may read it, or file one.
fn may_know(grants: &[Grant], matter: &Matter, facts: &Facts) -> bool {
    matter.filed_at.is_none()
        || permit(grants, Permission::MatterRead, &standing::standing_of(matter, None, &facts.units))
            .is_some()
}

/// As many fresh ids as the command can need.
fn fresh_nodes(command: &Command) -> usize {
    match command {
        Command::Assign { to, .. } => to.len(),
        Command::Raise(raise) => raise.to.len(),
        Command::DecideObjection { .. } | Command::TakeOver(_) => 1,
        _ => 0,
    }
}

/// Every unit that the matter or the command speaks of.
fn mentioned(matter: &Matter, command: &Command) -> BTreeSet<UnitId> {
    let mut units = units_of(matter);
    match command {
        Command::File(file) => {
            units.insert(file.office.clone());
            units.extend(file.complained_about.clone());
            units.extend(file.circumstances.zone.clone());
        }
        Command::Raise(raise) => {
            units.insert(raise.office.clone());
            units.extend(raise.circumstances.zone.clone());
            units.extend(raise.to.iter().map(|to| to.unit.clone()));
        }
        Command::Correct(correction) => units.extend(correction.complained_about.clone().flatten()),
        Command::Assign { to, .. } => units.extend(to.iter().map(|Assignee { unit, .. }| unit.clone())),
        Command::TakeOver(taken) => {
            units.insert(taken.unit.clone());
        }
        Command::Succeed { to, .. } => {
            units.insert(to.clone());
        }
        Command::Object { suggests, .. } => units.extend(suggests.clone()),
        Command::DecideObjection { ruling: ObjectionRuling::Reassign { to, .. }, .. } => {
            units.insert(to.clone());
        }
        _ => {}
    }
    units
}

/// Every unit that has to do with the matter.
pub(crate) fn units_of(matter: &Matter) -> BTreeSet<UnitId> {
    let of_nodes = matter.nodes.iter().flat_map(|node| [&node.unit, &node.from]);
    let of_filing = matter.office.iter().chain(&matter.complained_about).chain(&matter.circumstances.zone);
    of_nodes.chain(of_filing).cloned().collect()
}

/// What the rules need to know of the units; unknown ones are left out.
pub(crate) fn unit_facts(
    query: &mut dyn Query,
    units: &BTreeSet<UnitId>,
) -> Result<BTreeMap<UnitId, UnitFact>, Failure> {
    let mut facts = BTreeMap::new();
    for id in units {
        if let Some(unit) = network::unit(query, id)? {
            facts.insert(id.clone(), UnitFact { path: unit.path, level: unit.level, open: unit.open });
        }
    }
    Ok(facts)
}

fn decides_on_a_request(command: &Command) -> bool {
    matches!(
        command,
        Command::DecideInterval { .. }
            | Command::DecideObjection { .. }
            | Command::DecideDecline { .. }
            | Command::DecideTermination { .. }
            | Command::JudgeExclusion { .. }
    )
}

/// How far posts grant on their own, where something is asked for or decided.
fn authority_for(work: &mut Work<'_>, command: &Command) -> Result<Arc<Authority>, Failure> {
    let asks = matches!(command, Command::RequestInterval { .. } | Command::Object { .. });
    let concerned = asks || decides_on_a_request(command);
    let (now, app) = (work.now(), work.app());
    if concerned { configuration::authority::at(work.tx, app, now) } else { Ok(Arc::default()) }
}

/// The duty list, where the command could put work on a township.
fn duty_items(query: &mut dyn Query, command: &Command) -> Result<BTreeSet<String>, Failure> {
    match command {
        Command::Assign { .. }
        | Command::DecideObjection { .. }
        | Command::Raise(_)
        | Command::Succeed { .. } => {
            Ok(network::duty_items(query)?.into_iter().map(|item| item.code).collect())
        }
        _ => Ok(BTreeSet::new()),
    }
}

/// The ground that the command names, worded as the office words it on that day; none where
/// it may not be given then.
fn ground_given(work: &mut Work<'_>, command: &Command) -> Result<Option<GivenGround>, Failure> {
    let (Some(kind), Some(code)) = (GroundKind::of(command), command.ground()) else {
        return Ok(None);
    };
    let (now, app) = (work.now(), work.app());
    Ok(grounds::at(work.tx, app, now)?.offer(kind, code).map(grounds::Ground::given))
}

fn other_matter(work: &mut Work<'_>, command: &Command) -> Result<Option<OtherMatter>, Failure> {
    let Command::Merge { master, .. } = command else {
        return Ok(None);
    };
    let state = work.load::<Matters>(&master.to_string())?.state;
    Ok(state.filed_at.map(|_| OtherMatter {
        id: *master,
        open: state.is_accepted() && !state.phase.is_ended(),
        merged: state.phase == Phase::Merged,
    }))
}
