//! The lines of a record as rows: stages, flows, contacts, levels, links.

use crate::rules::Definition;
use crate::rules::record::{RecordEvent, RecordState};
use crate::rules::value::Value;
use store::{StoreError, Tx, params};

/// Brings the rows that an event touches in line with the record.
pub(super) fn follow(
    tx: &mut Tx,
    definition: &Definition,
    id: &str,
    event: &RecordEvent,
    state: &RecordState,
) -> Result<(), StoreError> {
    match event {
        RecordEvent::Created { .. } => {
            stages(tx, id, state)?;
            links(tx, id, state)
        }
        RecordEvent::Changed { .. } => {
            tx.execute_later("delete from register_link where record = $1", params![id])?;
            links(tx, id, state)
        }
        RecordEvent::Moved { .. } => {
            tx.execute_later("delete from register_stage where record = $1", params![id])?;
            stages(tx, id, state)
        }
        RecordEvent::FlowAdded { id: line, .. }
        | RecordEvent::FlowVerified { id: line }
        | RecordEvent::FlowVoided { id: line, .. } => flow(tx, definition, id, *line, state),
        RecordEvent::ContactAdded { id: line, .. }
        | RecordEvent::ContactVoided { id: line, .. }
        | RecordEvent::AppealLinked { id: line, .. }
        | RecordEvent::PromiseLinked { id: line, .. }
        | RecordEvent::PromiseKept { id: line, .. } => contact(tx, id, *line, state),
        RecordEvent::Awarded(_) | RecordEvent::AwardEnded { .. } => levels(tx, definition, id, state),
        RecordEvent::HandedOver { .. }
        | RecordEvent::Opened
        | RecordEvent::Removed { .. }
        | RecordEvent::Restored => Ok(()),
    }
}

/// Brings what depends on the definition in line with a new version of it: which flow lines
/// count, how levels rank.
pub(super) fn again(
    tx: &mut Tx,
    definition: &Definition,
    id: &str,
    state: &RecordState,
) -> Result<(), StoreError> {
    for line in &state.flows {
        flow(tx, definition, id, line.id, state)?;
    }
    if state.levels.is_empty() { Ok(()) } else { levels(tx, definition, id, state) }
}

fn stages(tx: &mut Tx, id: &str, state: &RecordState) -> Result<(), StoreError> {
    for (position, (stage, on)) in (1_i64..).zip(&state.stages) {
        tx.execute_later(
            "insert into register_stage (record, position, register, stage, reached_on) \
             values ($1, $2, $3, $4, $5)",
            params![id, position, &state.register, stage, on.to_string()],
        )?;
    }
    Ok(())
}

fn links(tx: &mut Tx, id: &str, state: &RecordState) -> Result<(), StoreError> {
    for (field, value) in &state.values {
        let Value::Records(targets) = value else { continue };
        for target in targets {
            tx.execute_later(
                "insert into register_link (record, field, target, register) values ($1, $2, $3, $4) \
                 on conflict (record, field, target) do nothing",
                params![id, field, target.to_string(), &state.register],
            )?;
        }
    }
    Ok(())
}

fn flow(
    tx: &mut Tx,
    definition: &Definition,
    id: &str,
    line: uuid::Uuid,
    state: &RecordState,
) -> Result<(), StoreError> {
    let Some(line) = state.flows.iter().find(|known| known.id == line) else { return Ok(()) };
    let kind = definition.flow(&line.flow.kind);
    let money = kind.is_some_and(|kind| kind.money.is_some());
    let counts = state.counted(definition, &line.flow.kind).any(|counted| counted.id == line.id);
    tx.execute_later(
        "insert into register_flow (id, record, register, kind, on_day, fen, amount, evidence, verified, void, \
         counts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         on conflict (id) do update set verified = excluded.verified, void = excluded.void, \
         counts = excluded.counts",
        params![
            line.id.to_string(),
            id,
            &state.register,
            &line.flow.kind,
            line.flow.on.to_string(),
            money.then(|| line.flow.amount.fen()),
            (!money).then(|| line.flow.amount.as_f64()),
            &line.flow.evidence,
            line.verified.is_some(),
            line.void.is_some(),
            counts
        ],
    )
}

fn contact(tx: &mut Tx, id: &str, line: uuid::Uuid, state: &RecordState) -> Result<(), StoreError> {
    tx.execute_later("delete from register_contact where id = $1", params![line.to_string()])?;
    let Some(contact) = state.contact(line).filter(|contact| contact.void.is_none()) else { return Ok(()) };
    tx.execute_later(
        "insert into register_contact (id, record, register, on_day, way, difficulty, promised_by, kept_on, \
         appeal, matter) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            line.to_string(),
            id,
            &state.register,
            contact.note.on.to_string(),
            contact.note.way.code(),
            !contact.note.difficulty.is_empty(),
            contact.note.promised_by.map(|date| date.to_string()),
            contact.kept_on.map(|date| date.to_string()),
            contact.appeal.map(|matter| matter.to_string()),
            contact.matter.map(|matter| matter.to_string())
        ],
    )
}

fn levels(tx: &mut Tx, definition: &Definition, id: &str, state: &RecordState) -> Result<(), StoreError> {
    tx.execute_later("delete from register_level where record = $1", params![id])?;
    for (position, award) in (1_i64..).zip(&state.levels) {
        let rank = definition.level(&award.level).map_or(0, |(rank, _)| rank);
        tx.execute_later(
            "insert into register_level (record, position, register, level, rank, awarded_on, ended_on, \
             document) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            params![
                id,
                position,
                &state.register,
                &award.level,
                rank,
                award.on.to_string(),
                award.ended.map(|date| date.to_string()),
                &award.document
            ],
        )?;
    }
    Ok(())
}
