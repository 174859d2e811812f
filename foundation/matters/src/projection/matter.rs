//! Keeps the matters' tables: folds each entry onto its matter and writes what changed.

use super::fold_cache::FoldCache;
use super::{evaluation, nodes, now, tables};
use kernel::{Aggregate, Sealed, SubjectId};
use matters_rules::figures::{Fact, turning_points};
use matters_rules::{Matter, MatterRules, Phase};
use platform::vault::Vault;
use store::{Entry, Projection, Query, StoreError, TableDef, Tx, Value, params};

/// Keeps `matter`, `matter_node`, `matter_measure`, `matter_party`, `matter_answer`,
/// `matter_rating`, `matter_fact` and
/// `figure_turn`. Must be registered after the network's projection, whose unit paths it
/// copies.
#[derive(Default)]
pub struct MatterProjection {
    folds: FoldCache,
}

impl Projection for MatterProjection {
    fn name(&self) -> &'static str {
        "matters"
    }

    fn version(&self) -> u32 {
        9
    }

    fn tables(&self) -> &'static [TableDef] {
        tables::ALL
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        match entry.stream.split_once(':') {
            Some((MatterRules::KIND, id)) => {
                let step = self.folds.step(tx, entry)?;
                matter(tx, id, &step.before, &step.after, entry)?;
                nodes::write(tx, id, &step.before, &step.after)?;
                evaluation::write(tx, id, &step.before, &step.after, entry)?;
                if step.after.measures.len() > step.before.measures.len() {
                    nodes::measure(tx, id, &step.after)?;
                }
                facts(tx, id, entry, &step.added)
            }
            Some(("unit", code)) if entry.kind == "unit_moved" => nodes::follow_unit(tx, code),
            _ => Ok(()),
        }
    }

    fn erase(&self, tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
        let docs = tx.query("select doc from matter where subject = $1", &params![subject])?;
        let docs = docs.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>()?;
        store::fulltext::forget(tx, crate::search::INDEX, &docs)?;
        tx.execute_later("update matter set title = null where subject = $1", params![subject])
    }
}

fn matter(tx: &mut Tx, id: &str, before: &Matter, after: &Matter, entry: &Entry) -> Result<(), StoreError> {
    let (Some(office), Some(subject), Some(filed_at)) = (&after.office, &after.subject, after.filed_at)
    else {
        return Ok(());
    };
    if before.filed_at.is_none() {
        let own = params![
            entry.position,
            &after.number,
            &subject.0,
            office.as_str(),
            after.channel.map(|code| code.code()).unwrap_or_default(),
            after.shielded,
            filed_at,
            title(tx, subject, after)?,
            after.complained_about.as_ref().map(|unit| unit.as_str()),
            group(after),
            after.kind.code(),
            after.raised.about.map(|about| about.to_string())
        ];
        return tx.execute_later(INSERT, changing(id, after, entry).into_iter().chain(own).collect());
    }
    if before.title != after.title {
        let title = title(tx, subject, after)?;
        tx.execute_later("update matter set title = $2 where id = $1", params![id, title])?;
    }
    // By itself, so that the index of groups is written when one changes and not with each event.
    if before.category != after.category {
        let sql = "update matter set category_group = $2 where id = $1";
        tx.execute_later(sql, params![id, group(after)])?;
    }
    if before.complained_about != after.complained_about {
        tx.execute_later(
            "update matter set complained_unit = $2, complained_path = (select path from unit where code = $2) \
             where id = $1",
            params![id, after.complained_about.as_ref().map(|unit| unit.as_str())],
        )?;
    }
    tx.execute_later(UPDATE, changing(id, after, entry))
}

/// The group of its category.
fn group(matter: &Matter) -> Option<&str> {
    matter.category.as_deref().and_then(|category| category.split('-').next())
}

/// The whole row of a matter just filed, at once: [`changing`], then what never changes.
const INSERT: &str = "insert into matter (id, version, phase, appeal_type, category, area, urgency, redo_pending, \
     master, holder, accepted_at, promise_due, due, due_start, due_span, closing, closed_at, last_event_at, \
     express_lines, pressure_open, code_hmac, completion, calls, call_again, \
     objections, reassignments, redos, termination_due, decline_proposed, \
     doc, number, subject, office, office_path, channel, shielded, filed_at, title, complained_unit, complained_path, \
     category_group, kind, about) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
     $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, coalesce((select path from unit where code = $33), $33), $34, $35, $36, $37, $38, \
     (select path from unit where code = $38), $39, $40, $41)";

/// What of a row changes with every entry.
const UPDATE: &str = "update matter set version = $2, phase = $3, appeal_type = $4, category = $5, area = $6, \
     urgency = $7, redo_pending = $8, master = $9, holder = $10, accepted_at = $11, promise_due = $12, due = $13, \
     due_start = $14, due_span = $15, closing = $16, closed_at = $17, last_event_at = $18, express_lines = $19, \
     pressure_open = $20, code_hmac = $21, completion = $22, calls = $23, call_again = $24, \
     objections = $25, reassignments = $26, redos = $27, termination_due = $28, decline_proposed = $29 \
     where id = $1";

/// The values of [`UPDATE`].
fn changing(id: &str, after: &Matter, entry: &Entry) -> Vec<Value> {
    let next = now::current_limit(after);
    params![
        id,
        after.version,
        after.phase.code(),
        after.appeal_type.map(|code| code.code()).unwrap_or_default(),
        after.category.as_ref(),
        after.area.as_ref().map(|area| area.as_str()),
        after.urgency.map(|code| code.code()),
        after.redo_pending,
        after.master.map(|master| master.to_string()),
        now::holder(after).map(|unit| unit.as_str()),
        after.accepted_at,
        after.promise.as_ref().map(|limit| limit.due),
        next.map(|next| next.due),
        next.map(|next| next.start),
        next.map(|next| next.span.to_string()),
        after.closing.map(|code| code.code()),
        after.closed_at.or(after.left_at),
        at(entry),
        express_lines(after),
        after.open_pressure().next().is_some(),
        after.code_hmac.as_ref(),
        completion(after),
        after.round_calls().count() as i64,
        after.round_calls().last().and_then(|call| call.again_at),
        after.objected.len() as i64,
        i64::from(after.reassignments),
        i64::from(after.redos),
        termination_due(after),
        after.phase == Phase::Registered && after.decline.is_some()
    ]
}

/// Within which limit a termination that was asked for is decided; its matter's promise where
/// an old journal knew none.
fn termination_due(matter: &Matter) -> Option<kernel::time::Instant> {
    let asked = matter.termination.as_ref()?;
    asked.limit.as_ref().or(matter.promise.as_ref()).map(|limit| limit.due)
}

/// Whether the appellant is waited for, while review runs.
fn completion(matter: &Matter) -> Option<&'static str> {
    let asked = matter.completion.as_ref().filter(|_| matter.phase == Phase::Registered)?;
    Some(match (asked.given_at, asked.lapsed) {
        (Some(_), _) => "given",
        (None, true) => "lapsed",
        (None, false) => "open",
    })
}

/// The plain title of a matter that is not shielded, for lists; nothing once erased.
fn title(tx: &mut Tx, subject: &SubjectId, matter: &Matter) -> Result<Option<String>, StoreError> {
    match matter.title.as_ref().filter(|_| !matter.shielded) {
        Some(sealed) => open(tx, subject, sealed),
        None => Ok(None),
    }
}

/// The labels' codes, each between spaces, so that one can be looked for.
fn express_lines(matter: &Matter) -> String {
    let codes = matter.express_lines.iter().map(|line| format!("{} ", line.code()));
    std::iter::once(" ".to_owned()).chain(codes).collect()
}

fn open(tx: &mut Tx, subject: &SubjectId, sealed: &Sealed<String>) -> Result<Option<String>, StoreError> {
    let Some(wrapped) = store::subjects::key(tx, &subject.0)? else {
        return Ok(None);
    };
    let vault = tx.context::<Vault>()?;
    let opened = vault.unwrap(subject, &wrapped).and_then(|key| vault.open(&key, sealed));
    opened.map(|text| Some(text.into_inner())).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn facts(tx: &mut Tx, id: &str, entry: &Entry, added: &[Fact]) -> Result<(), StoreError> {
    for (seq, fact) in added.iter().enumerate() {
        let data = serde_json::to_string(fact).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        tx.execute_later(
            "insert into matter_fact (matter, version, seq, at, kind, data) values ($1, $2, $3, $4, $5, $6)",
            params![id, entry.version, seq as i64, fact.at, fact.kind.code(), data],
        )?;
        for at in turning_points(&fact.kind) {
            tx.execute_later(
                "insert into figure_turn (at, matter) values ($1, $2) on conflict (at, matter) do nothing",
                params![at, id],
            )?;
        }
    }
    Ok(())
}

pub(super) fn at(entry: &Entry) -> kernel::time::Instant {
    match entry.source {
        kernel::Source::Live => entry.recorded_at,
        kernel::Source::Imported | kernel::Source::Replayed => entry.occurred_at,
    }
}
