//! What may be done to a record, and what stands in the way.

use super::definition::{Definition, Kind};
use super::record::{Contact, ContactNote, Flow, RecordCommand, RecordEvent, RecordFacts, RecordState};
use super::value::{Value, Values};
use kernel::time::Date;
use kernel::{Actor, Refusal, UnitId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The longest note, reason or evidence, in characters.
const NOTE_MAX: usize = 1000;

/// See [`super::record::Record`].
pub(super) fn decide(
    state: &RecordState,
    command: &RecordCommand,
    facts: &RecordFacts,
) -> Result<Vec<RecordEvent>, Refusal> {
    let definition = &facts.definition;
    if let RecordCommand::Create { register, unit, values, stage, on } = command {
        if !state.register.is_empty() {
            return Err(Refusal::new("register-record-exists"));
        }
        fits(definition, values, facts)?;
        let stage = first_stage(definition, stage.as_deref(), values)?;
        let on = on.unwrap_or(facts.today);
        past("on", on, facts.today)?;
        return Ok(vec![RecordEvent::Created {
            register: register.clone(),
            version: definition.version,
            unit: unit.clone(),
            values: values.clone(),
            stage,
            on,
        }]);
    }
    if state.register.is_empty() {
        return Err(Refusal::new("register-no-such-record"));
    }
    if state.removed.is_some() && !matches!(command, RecordCommand::Restore) {
        return Err(Refusal::new("register-record-removed"));
    }
    Ok(match command {
        RecordCommand::Create { .. } => Vec::new(),
        RecordCommand::Change { values } => changed(state, values, facts)?,
        RecordCommand::Revise { values, unit, stage } => {
            revised(state, values, unit.as_ref(), stage.as_ref(), facts)?
        }
        RecordCommand::HandOver { unit } if facts.no_unit => {
            return Err(at("unit", "register-unit-unknown").with("value", unit));
        }
        RecordCommand::HandOver { unit } if state.unit == unit.as_str() => Vec::new(),
        RecordCommand::HandOver { unit } => vec![RecordEvent::HandedOver { unit: unit.clone() }],
        RecordCommand::Move { stage, on, note } => moved(state, stage, *on, note, facts)?,
        RecordCommand::AddFlow(flow) => vec![flow_added(flow, facts)?],
        RecordCommand::VerifyFlow(id) => verified(state, *id, facts)?,
        RecordCommand::VoidFlow(id, reason) => {
            let line = state.flows.iter().find(|line| line.id == *id);
            let line = line.ok_or_else(|| Refusal::new("register-no-such-line"))?;
            said("reason", reason)?;
            match line.void {
                Some(_) => Vec::new(),
                None => vec![RecordEvent::FlowVoided { id: *id, reason: reason.clone() }],
            }
        }
        RecordCommand::AddContact(note) => vec![contact_added(note, facts)?],
        RecordCommand::VoidContact(id, reason) => {
            let contact = state.contact(*id).ok_or_else(|| Refusal::new("register-no-such-line"))?;
            said("reason", reason)?;
            match contact.void {
                Some(_) => Vec::new(),
                None => vec![RecordEvent::ContactVoided { id: *id, reason: reason.clone() }],
            }
        }
        RecordCommand::LinkAppeal(id, matter) => {
            let contact = state.contact(*id).ok_or_else(|| Refusal::new("register-no-such-line"))?;
            if contact.appeal.is_some() {
                return Err(Refusal::new("register-appeal-linked"));
            }
            if contact.note.difficulty.is_empty() || contact.void.is_some() {
                return Err(Refusal::new("register-no-difficulty"));
            }
            vec![RecordEvent::AppealLinked { id: *id, matter: *matter }]
        }
        RecordCommand::LinkPromise(id, matter) => {
            let contact = promise(state, *id)?;
            if contact.matter.is_some() {
                return Err(Refusal::new("register-promise-linked"));
            }
            if contact.kept_on.is_some() {
                return Err(Refusal::new("register-promise-was-kept"));
            }
            vec![RecordEvent::PromiseLinked { id: *id, matter: *matter }]
        }
        RecordCommand::KeepPromise(id, on) => {
            let contact = promise(state, *id)?;
            // Whether it is kept the matter tells, and whoever ends that.
            if contact.matter.is_some() && !matches!(facts.actor, Actor::System { .. }) {
                return Err(Refusal::new("register-promise-runs"));
            }
            past("on", *on, facts.today)?;
            match contact.kept_on {
                Some(_) => Vec::new(),
                None => vec![RecordEvent::PromiseKept { id: *id, on: *on }],
            }
        }
        RecordCommand::Award(award) => {
            if definition.level(&award.level).is_none() {
                return Err(at("level", "register-no-such-level"));
            }
            past("on", award.on, facts.today)?;
            bounded("document", &award.document)?;
            if award.ended.is_some_and(|ended| ended < award.on) {
                return Err(at("ended", "register-ends-before"));
            }
            let held = |known: &&super::record::Award| known.level == award.level && known.ended.is_none();
            if award.ended.is_none() && state.levels.iter().any(|known| held(&known)) {
                return Err(at("level", "register-level-held"));
            }
            vec![RecordEvent::Awarded(award.clone())]
        }
        RecordCommand::EndAward { level, on } => {
            let held = state.levels.iter().rev().find(|award| award.level == *level && award.ended.is_none());
            let held = held.ok_or_else(|| at("level", "register-level-not-held"))?;
            past("on", *on, facts.today)?;
            if *on < held.on {
                return Err(at("on", "register-ends-before"));
            }
            vec![RecordEvent::AwardEnded { level: level.clone(), on: *on }]
        }
        RecordCommand::Open => match state.values.values().any(|value| matches!(value, Value::Sealed(_))) {
            true => vec![RecordEvent::Opened],
            false => Vec::new(),
        },
        RecordCommand::Remove(reason) => {
            said("reason", reason)?;
            vec![RecordEvent::Removed { reason: reason.clone() }]
        }
        RecordCommand::Restore if state.removed.is_none() => Vec::new(),
        RecordCommand::Restore => {
            free(facts)?;
            vec![RecordEvent::Restored]
        }
    })
}

/// A contact in which something was promised.
fn promise(state: &RecordState, id: Uuid) -> Result<&Contact, Refusal> {
    let contact = state.contact(id).ok_or_else(|| Refusal::new("register-no-such-line"))?;
    match contact.note.promise.is_empty() || contact.void.is_some() {
        true => Err(Refusal::new("register-no-promise")),
        false => Ok(contact),
    }
}

/// A refusal beside a field of a register's own form.
pub(super) fn at(field: &str, code: &'static str) -> Refusal {
    Refusal::new(code).with("at", field)
}

/// Values that a record may hold as a whole.
fn fits(definition: &Definition, values: &Values, facts: &RecordFacts) -> Result<(), Refusal> {
    for (code, value) in values {
        let field = definition.field(code).ok_or_else(|| at(code, "register-no-such-field"))?;
        if field.retired || !field.takes(value) {
            return Err(at(code, "register-not-typed"));
        }
    }
    for field in definition.asked() {
        let files = matches!(field.kind, Kind::Attachment);
        if field.required && !files && !values.contains_key(&field.code) {
            return Err(at(&field.code, "register-required"));
        }
    }
    known(facts)?;
    free(facts)
}

fn known(facts: &RecordFacts) -> Result<(), Refusal> {
    match facts.unknown.first() {
        Some(field) => Err(at(field, "register-refers-to-nothing")),
        None if facts.no_unit => Err(at("unit", "register-unit-unknown")),
        None => Ok(()),
    }
}

/// Nobody else holds the same.
fn free(facts: &RecordFacts) -> Result<(), Refusal> {
    match &facts.taken {
        None => Ok(()),
        Some(fields) => {
            let names = fields.iter().filter_map(|code| facts.definition.field(code));
            let names: Vec<&str> = names.map(|field| field.name.zh.as_str()).collect();
            let first = fields.first().map_or("", String::as_str);
            Err(at(first, "register-taken").with("fields", names.join("、")))
        }
    }
}

fn first_stage(
    definition: &Definition,
    wanted: Option<&str>,
    values: &Values,
) -> Result<Option<String>, Refusal> {
    let Some(first) = definition.stages.first() else {
        return if wanted.is_some() { Err(at("stage", "register-no-such-stage")) } else { Ok(None) };
    };
    let stage = match wanted {
        None => first,
        Some(code) => definition.stage(code).ok_or_else(|| at("stage", "register-no-such-stage"))?,
    };
    holds(definition, &stage.requires, values)?;
    Ok(Some(stage.code.clone()))
}

fn changed(
    state: &RecordState,
    values: &BTreeMap<String, Option<Value>>,
    facts: &RecordFacts,
) -> Result<Vec<RecordEvent>, Refusal> {
    let differs: BTreeMap<String, Option<Value>> = values
        .iter()
        .filter(|(field, value)| state.values.get(*field) != value.as_ref())
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    if differs.is_empty() {
        return Ok(Vec::new());
    }
    for (code, value) in &differs {
        let field = facts.definition.field(code).ok_or_else(|| at(code, "register-no-such-field"))?;
        if field.retired || value.as_ref().is_some_and(|value| !field.takes(value)) {
            return Err(at(code, "register-not-typed"));
        }
        if value.is_none() && field.required {
            return Err(at(code, "register-required"));
        }
    }
    let stage = state.stage.as_deref().and_then(|stage| facts.definition.stage(stage));
    if let Some(stage) = stage.filter(|stage| stage.check) {
        return Err(Refusal::new("register-checked").with("stage", &stage.name.zh));
    }
    // What a record's stage demands it keeps.
    if let Some(stage) = stage
        && let Some(code) = stage.requires.iter().find(|code| matches!(differs.get(*code), Some(None)))
    {
        return Err(at(code, "register-stage-requires").with("stage", &stage.name.zh));
    }
    known(facts)?;
    free(facts)?;
    Ok(vec![RecordEvent::Changed { values: differs }])
}

/// Values first: a stage may demand what the same row brings.
fn revised(
    state: &RecordState,
    values: &BTreeMap<String, Option<Value>>,
    unit: Option<&UnitId>,
    stage: Option<&(String, Option<Date>)>,
    facts: &RecordFacts,
) -> Result<Vec<RecordEvent>, Refusal> {
    let mut events = changed(state, values, facts)?;
    let mut after = state.clone();
    if let Some(RecordEvent::Changed { values }) = events.first() {
        for (field, value) in values {
            match value {
                Some(value) => after.values.insert(field.clone(), value.clone()),
                None => after.values.remove(field),
            };
        }
    }
    if let Some(unit) = unit.filter(|unit| state.unit != unit.as_str()) {
        events.push(RecordEvent::HandedOver { unit: unit.clone() });
    }
    if let Some((stage, on)) = stage.filter(|(stage, _)| state.stage.as_ref() != Some(stage)) {
        events.extend(moved(&after, stage, on.unwrap_or(facts.today), "", facts)?);
    }
    Ok(events)
}

fn moved(
    state: &RecordState,
    wanted: &str,
    on: Date,
    note: &str,
    facts: &RecordFacts,
) -> Result<Vec<RecordEvent>, Refusal> {
    let definition = &facts.definition;
    let stage = definition.stage(wanted).ok_or_else(|| at("stage", "register-no-such-stage"))?;
    if let Some(current) = state.stage.as_deref().and_then(|code| definition.stage(code))
        && !current.to.iter().any(|to| to == wanted)
    {
        let to = current.to.iter().filter_map(|code| definition.stage(code));
        let to: Vec<&str> = to.map(|stage| stage.name.zh.as_str()).collect();
        return Err(at("stage", "register-stage-not-next")
            .with("from", &current.name.zh)
            .with("stage", &stage.name.zh)
            .with("known", to.join("、")));
    }
    if stage.check && facts.actor.hands().into_iter().any(|hand| state.authors.contains(&hand)) {
        return Err(at("stage", "register-own-record"));
    }
    past("on", on, facts.today)?;
    if let Some((_, before)) = state.stages.last()
        && on < *before
    {
        return Err(at("on", "register-stage-before").with("date", before));
    }
    bounded("note", note)?;
    holds(definition, &stage.requires, &state.values)?;
    Ok(vec![RecordEvent::Moved { stage: wanted.to_owned(), on, note: note.to_owned() }])
}

fn holds(definition: &Definition, required: &[String], values: &Values) -> Result<(), Refusal> {
    match required.iter().find(|code| !values.contains_key(*code)) {
        None => Ok(()),
        Some(code) => {
            let label = definition.field(code).map_or(code.as_str(), |field| &field.name.zh);
            Err(at("stage", "register-stage-needs").with("field", label))
        }
    }
}

fn flow_added(flow: &Flow, facts: &RecordFacts) -> Result<RecordEvent, Refusal> {
    let kind = facts.definition.flow(&flow.kind).ok_or_else(|| at("kind", "register-no-such-flow"))?;
    past("on", flow.on, facts.today)?;
    if kind.evidence && flow.evidence.trim().is_empty() {
        return Err(at("evidence", "register-evidence-missing"));
    }
    bounded("evidence", &flow.evidence)?;
    Ok(RecordEvent::FlowAdded { id: facts.fresh, flow: flow.clone() })
}

/// Nobody verifies what they recorded themselves.
fn verified(state: &RecordState, id: Uuid, facts: &RecordFacts) -> Result<Vec<RecordEvent>, Refusal> {
    let line = state.flows.iter().find(|line| line.id == id);
    let line = line.ok_or_else(|| Refusal::new("register-no-such-line"))?;
    if line.void.is_some() {
        return Err(Refusal::new("register-line-void"));
    }
    if line.verified.is_some() {
        return Ok(Vec::new());
    }
    if line.recorded_by.is_some()
        && facts.actor.hands().into_iter().any(|hand| Some(hand) == line.recorded_by)
    {
        return Err(Refusal::new("register-own-line"));
    }
    Ok(vec![RecordEvent::FlowVerified { id }])
}

fn contact_added(note: &ContactNote, facts: &RecordFacts) -> Result<RecordEvent, Refusal> {
    if facts.definition.follow_up.is_none() {
        return Err(Refusal::new("register-no-follow-up"));
    }
    past("on", note.on, facts.today)?;
    said("about", &note.about)?;
    bounded("difficulty", &note.difficulty)?;
    bounded("promise", &note.promise)?;
    if note.promised_by.is_some() && note.promise.trim().is_empty() {
        return Err(at("promise", "register-promise-missing"));
    }
    Ok(RecordEvent::ContactAdded { id: facts.fresh, note: note.clone() })
}

/// What is said to have happened has happened.
fn past(field: &str, on: Date, today: Date) -> Result<(), Refusal> {
    if on > today { Err(at(field, "register-in-the-future")) } else { Ok(()) }
}

fn said(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(at(field, "register-required"));
    }
    bounded(field, text)
}

fn bounded(field: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > NOTE_MAX {
        return Err(at(field, "register-text-too-long").with("max", NOTE_MAX));
    }
    Ok(())
}
