//! What the network's rules need around them: look-ups before, permission by position.

use crate::read;
use crate::rules::area::{Area, AreaCommand, AreaFacts, AreaState};
use crate::rules::boundaries::{MapCommand, MapFacts, MapSheet, MapState};
use crate::rules::duty::{DutyCommand, DutyFacts, DutyItem, DutyState};
use crate::rules::unit::{ParentFact, Unit, UnitCommand, UnitFacts, UnitState};
use crate::succession::{self, Closed};
use kernel::permission::{Permission, Standing, permit};
use kernel::{Actor, AreaId, UnitId};
use platform::jobs::enqueue;
use platform::{By, Failure, Shell, Work};
use store::{Query, params};

impl Shell for Area {
    fn facts(
        work: &mut Work<'_>,
        _: &AreaState,
        command: &AreaCommand,
        _: &By,
    ) -> Result<AreaFacts, Failure> {
        let AreaCommand::Register { details, .. } = command;
        let parent = match &details.parent {
            Some(parent) => read::area(work.tx, parent)?.map(|area| (area.level, area.path)),
            None => None,
        };
        Ok(AreaFacts { actor: Actor::Operator, parent })
    }

    fn permit(_: &AreaState, _: &AreaCommand, _: &AreaFacts, by: &By) -> Result<Actor, Failure> {
        managing(by)
    }

    fn with_actor(facts: &mut AreaFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &AreaState, _: &AreaState) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for Unit {
    fn facts(
        work: &mut Work<'_>,
        state: &UnitState,
        command: &UnitCommand,
        _: &By,
    ) -> Result<UnitFacts, Failure> {
        let mut facts = UnitFacts {
            actor: Actor::Operator,
            own_path: None,
            parent: None,
            unknown_areas: Vec::new(),
            open_children: 0,
            today: work.app().config.zone.date_of(work.now()),
            last_change: read::history::last_change(work.tx)?,
            successor_open: None,
        };
        match command {
            UnitCommand::Put { details, .. }
            | UnitCommand::Open { details, .. }
            | UnitCommand::Change { details, .. } => {
                if let Some((code, _)) = &state.established {
                    facts.own_path = read::unit(work.tx, code)?.map(|unit| unit.path);
                }
                if let Some(parent) = &details.parent {
                    facts.parent = read::unit(work.tx, parent)?.map(|unit| ParentFact {
                        path: unit.path,
                        level: unit.level,
                        open: unit.open,
                    });
                }
                facts.unknown_areas = unknown_areas(work, details.area.iter().chain(&details.overlays))?;
            }
            UnitCommand::SetDutyPhone { .. } => {}
            UnitCommand::Close | UnitCommand::Dissolve { .. } => {
                if let Some((code, _)) = &state.established {
                    facts.open_children = open_children(work, code)?;
                }
                if let UnitCommand::Dissolve { successor, .. } = command {
                    facts.successor_open = read::unit(work.tx, successor)?.map(|unit| unit.open);
                }
            }
        }
        Ok(facts)
    }

    fn permit(_: &UnitState, _: &UnitCommand, _: &UnitFacts, by: &By) -> Result<Actor, Failure> {
        managing(by)
    }

    fn with_actor(facts: &mut UnitFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(work: &mut Work<'_>, id: &str, before: &UnitState, after: &UnitState) -> Result<(), Failure> {
        let closed = !before.closed && after.closed;
        let Some(successor) = after.successor.clone().filter(|_| closed) else { return Ok(()) };
        let now = work.now();
        enqueue(work, succession::JOB, id, &Closed { unit: UnitId::from(id), successor }, now)
    }
}

impl Shell for DutyItem {
    fn facts(_: &mut Work<'_>, _: &DutyState, _: &DutyCommand, _: &By) -> Result<DutyFacts, Failure> {
        Ok(DutyFacts { actor: Actor::Operator })
    }

    fn permit(_: &DutyState, _: &DutyCommand, _: &DutyFacts, by: &By) -> Result<Actor, Failure> {
        managing(by)
    }

    fn with_actor(facts: &mut DutyFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &DutyState, _: &DutyState) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for MapSheet {
    fn facts(work: &mut Work<'_>, _: &MapState, command: &MapCommand, _: &By) -> Result<MapFacts, Failure> {
        let MapCommand::Draw(boundaries) = command;
        let unknown = unknown_areas(work, boundaries.shapes.iter().map(|shape| &shape.area))?;
        Ok(MapFacts { actor: Actor::Operator, unknown })
    }

    fn permit(_: &MapState, _: &MapCommand, _: &MapFacts, by: &By) -> Result<Actor, Failure> {
        managing(by)
    }

    fn with_actor(facts: &mut MapFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &MapState, _: &MapState) -> Result<(), Failure> {
        Ok(())
    }
}

/// The network belongs to no unit: whoever manages it anywhere manages all of it. The
/// operator imports it at the shell.
fn managing(by: &By) -> Result<Actor, Failure> {
    let permitted = match by {
        By::Operator => by.actor(None),
        By::Person { grants, .. } => permit(grants, Permission::NetworkManage, &Standing::default())
            .and_then(|grant| by.actor(Some(grant))),
        By::Appellant(_) | By::Public | By::System(_) | By::Platform { .. } => None,
    };
    permitted.ok_or(Failure::NotPermitted)
}

fn unknown_areas<'a>(
    work: &mut Work<'_>,
    areas: impl Iterator<Item = &'a AreaId>,
) -> Result<Vec<AreaId>, Failure> {
    let mut unknown = Vec::new();
    for area in areas {
        if read::area(work.tx, area)?.is_none() {
            unknown.push(area.clone());
        }
    }
    Ok(unknown)
}

fn open_children(work: &mut Work<'_>, code: &UnitId) -> Result<i64, Failure> {
    let row = work
        .tx
        .query_one("select count(*) from unit where parent = $1 and open = 1", &params![code.as_str()])?;
    Ok(row.int(0)?)
}
