//! What the rules of records and definitions need around them: look-ups, permission.

use crate::read;
use crate::rules::definition::{Definition, Kind};
use crate::rules::definitions::{Change, DefinitionFacts, DefinitionState, Definitions};
use crate::rules::derive::unique_key;
use crate::rules::record::{Record, RecordCommand, RecordFacts, RecordState};
use crate::rules::value::{Value, Values};
use kernel::permission::{Permission, Standing, UnitPath, permit};
use kernel::{Actor, AreaId, Level, UnitId};
use platform::{By, Failure, Shell, Work};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{Query, params};

impl Shell for Record {
    fn facts(
        work: &mut Work<'_>,
        state: &RecordState,
        command: &RecordCommand,
        _: &By,
    ) -> Result<RecordFacts, Failure> {
        let register = match command {
            RecordCommand::Create { register, .. } => register,
            _ => &state.register,
        };
        let (app, now) = (work.app(), work.now());
        let definition = definition(work, register)?.ok_or(Failure::NotFound)?;
        let own = (!state.unit.is_empty()).then(|| UnitId(state.unit.clone()));
        let given = match command {
            RecordCommand::Create { unit, .. } | RecordCommand::HandOver { unit } => Some(unit.clone()),
            RecordCommand::Revise { unit, .. } => unit.clone(),
            _ => None,
        };
        let mut standing = Vec::new();
        let mut no_unit = false;
        for (unit, is_given) in
            own.into_iter().map(|unit| (unit, false)).chain(given.map(|unit| (unit, true)))
        {
            match path(work, &unit)? {
                Some(path) => standing.push(path),
                None => no_unit |= is_given,
            }
        }
        let after = values_after(state, command);
        let id = work.acting_on().to_owned();
        let (unknown, taken) = match &after {
            None => (Vec::new(), None),
            Some(values) => (
                unknown(work, &definition, values)?,
                taken(
                    work,
                    &definition,
                    &RecordState { values: values.clone(), ..RecordState::default() },
                    &id,
                )?,
            ),
        };
        let today = app.config.zone.date_of(now);
        let fresh = work.fresh.uuid();
        Ok(RecordFacts { actor: Actor::Public, definition, today, fresh, unknown, taken, no_unit, standing })
    }

    fn permit(
        state: &RecordState,
        command: &RecordCommand,
        facts: &RecordFacts,
        by: &By,
    ) -> Result<Actor, Failure> {
        let permission = match command {
            RecordCommand::VerifyFlow(_) => Permission::RegisterVerify,
            RecordCommand::Move { stage, .. } if is_check(facts, stage) => Permission::RegisterVerify,
            RecordCommand::Revise { stage: Some((stage, _)), .. } if is_check(facts, stage) => {
                Permission::RegisterVerify
            }
            _ => Permission::RegisterWrite,
        };
        if let By::Operator | By::System(_) = by {
            return by.actor(None).ok_or(Failure::NotPermitted);
        }
        let may = |permission, path: &UnitPath| {
            let standing = Standing { handlers: vec![path.clone()], ..Standing::default() };
            permit(by.grants(), permission, &standing)
        };
        // A record of another office is none of theirs to know of.
        let own = facts.standing.first().filter(|_| !state.unit.is_empty());
        if own.is_some_and(|path| may(Permission::RegisterRead, path).is_none()) {
            return Err(Failure::NotFound);
        }
        let grants = facts.standing.iter().map(|path| may(permission, path)).collect::<Option<Vec<_>>>();
        // A unit that does not exist is refused with words; whoever may write nowhere is not told.
        let any = by.grants().iter().find(|grant| kernel::permission::may_ever(grant.role, permission));
        let grant = match grants {
            Some(grants) if !grants.is_empty() => grants.into_iter().next(),
            Some(_) if facts.no_unit => any,
            _ => None,
        };
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut RecordFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &RecordState, _: &RecordState) -> Result<(), Failure> {
        Ok(())
    }
}

fn is_check(facts: &RecordFacts, stage: &str) -> bool {
    facts.definition.stage(stage).is_some_and(|stage| stage.check)
}

impl Shell for Definitions {
    fn facts(
        work: &mut Work<'_>,
        state: &DefinitionState,
        change: &Change,
        by: &By,
    ) -> Result<DefinitionFacts, Failure> {
        let code = work.acting_on().to_owned();
        let parsed = match change {
            Change::Publish { toml, .. } | Change::Draft { toml, .. } => Definition::parse(toml).ok(),
            Change::Discard => None,
        };
        let mut unknown = Vec::new();
        for field in parsed.iter().flat_map(|definition| &definition.fields) {
            if let Kind::Reference { register, .. } = &field.kind
                && *register != code
                && !read::exists(work.tx, register)?
            {
                unknown.push(register.clone());
            }
        }
        // Whose the draft is that goes, too: nobody takes up another's.
        let drafted = read::draft(work.tx, &code)?.map(|draft| draft.toml);
        let new = match change {
            Change::Publish { toml, .. } | Change::Draft { toml, .. } => Some(toml),
            Change::Discard => None,
        };
        let standing = read::defined_by(work.tx, state.last.iter().chain(&drafted).chain(new))?;
        Ok(DefinitionFacts {
            actor: Actor::Public,
            code,
            today: work.app().config.zone.date_of(work.now()),
            may_predate: matches!(by, By::Operator) || state.version == 0,
            unknown,
            standing,
        })
    }

    fn permit(_: &DefinitionState, _: &Change, facts: &DefinitionFacts, by: &By) -> Result<Actor, Failure> {
        if let By::Operator = by {
            return by.actor(None).ok_or(Failure::NotPermitted);
        }
        let mut grant = None;
        for path in &facts.standing {
            let standing = Standing { handlers: vec![path.clone()], ..Standing::default() };
            grant = Some(
                permit(by.grants(), Permission::RegisterDefine, &standing).ok_or(Failure::NotPermitted)?,
            );
        }
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut DefinitionFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &DefinitionState, _: &DefinitionState) -> Result<(), Failure> {
        Ok(())
    }
}

/// What the record would hold, where the command touches that.
fn values_after(state: &RecordState, command: &RecordCommand) -> Option<Values> {
    match command {
        RecordCommand::Create { values, .. } => Some(values.clone()),
        RecordCommand::Change { values } | RecordCommand::Revise { values, .. } => {
            let mut after = state.values.clone();
            for (field, value) in values {
                match value {
                    Some(value) => after.insert(field.clone(), value.clone()),
                    None => after.remove(field),
                };
            }
            Some(after)
        }
        RecordCommand::Restore => Some(state.values.clone()),
        _ => None,
    }
}

/// What commands on records have looked up in this unit of work.
#[derive(Default)]
struct Known {
    definitions: HashMap<String, Option<Arc<Definition>>>,
    paths: HashMap<UnitId, Option<UnitPath>>,
    areas: HashMap<AreaId, Option<Level>>,
    /// Keys that no record holds, each good for one command.
    free: HashSet<(String, String)>,
}

/// Says that no record of the register holds these: what many rows ask is asked once.
pub(crate) fn known_free(work: &mut Work<'_>, keys: impl IntoIterator<Item = (String, String)>) {
    work.memo::<Known>().free.extend(keys);
}

/// The definition in force.
fn definition(work: &mut Work<'_>, register: &str) -> Result<Option<Arc<Definition>>, Failure> {
    if let Some(known) = work.memo::<Known>().definitions.get(register) {
        return Ok(known.clone());
    }
    let (app, now) = (work.app(), work.now());
    let found = read::holding(work.tx, app, register, now)?;
    work.memo::<Known>().definitions.insert(register.to_owned(), found.clone());
    Ok(found)
}

/// Where a unit stands, if there is one.
fn path(work: &mut Work<'_>, unit: &UnitId) -> Result<Option<UnitPath>, Failure> {
    if let Some(known) = work.memo::<Known>().paths.get(unit) {
        return Ok(known.clone());
    }
    let found = network::unit(work.tx, unit)?.map(|row| row.path);
    work.memo::<Known>().paths.insert(unit.clone(), found.clone());
    Ok(found)
}

/// Of which level an area is, if there is one.
fn area_level(work: &mut Work<'_>, area: &AreaId) -> Result<Option<Level>, Failure> {
    if let Some(known) = work.memo::<Known>().areas.get(area) {
        return Ok(*known);
    }
    let found = network::area(work.tx, area)?.map(|row| row.level);
    work.memo::<Known>().areas.insert(area.clone(), found);
    Ok(found)
}

/// Fields that name a unit, an area or a record there is none of.
fn unknown(work: &mut Work<'_>, definition: &Definition, values: &Values) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for (code, value) in values {
        let Some(field) = definition.field(code).filter(|field| !field.retired) else { continue };
        let there = match (value, &field.kind) {
            (Value::Unit(unit), _) => path(work, unit)?.is_some(),
            (Value::Area(area), Kind::Area { level }) => {
                area_level(work, area)?.is_some_and(|of| level.is_none_or(|level| of == level))
            }
            (Value::Records(ids), Kind::Reference { register, .. }) => {
                let mut all = true;
                for id in ids {
                    let row = work.tx.query_one_opt(
                        "select 1 from register_record where id = $1 and register = $2",
                        &params![id.to_string(), register],
                    )?;
                    all &= row.is_some();
                }
                all
            }
            _ => true,
        };
        if !there {
            found.push(code.clone());
        }
    }
    Ok(found)
}

/// The fields of which another record holds the same.
fn taken(
    work: &mut Work<'_>,
    definition: &Definition,
    state: &RecordState,
    id: &str,
) -> Result<Option<Vec<String>>, Failure> {
    for fields in &definition.unique {
        let Some(key) = unique_key(definition, fields, state) else { continue };
        let rule = (fields.join("+"), key);
        if work.memo::<Known>().free.remove(&rule) {
            continue;
        }
        let (rule, key) = rule;
        let other = work.tx.query_one_opt(
            "select record from register_unique where register = $1 and rule = $2 and value = $3 and record <> $4",
            &params![&definition.code, rule, key, id],
        )?;
        if other.is_some() {
            return Ok(Some(fields.clone()));
        }
    }
    Ok(None)
}
