//! What evaluation goes by: claims against ratings and reports of pressure with their limits,
//! each rating, and what answers were found to lack.

use kernel::UnitId;
use matters_rules::answer::AnswerCheck;
use matters_rules::{Event, Matter};
use store::{Entry, StoreError, Tx, params};

/// Writes down what an entry changed.
pub(super) fn write(
    tx: &mut Tx,
    id: &str,
    before: &Matter,
    after: &Matter,
    entry: &Entry,
) -> Result<(), StoreError> {
    limits(tx, id, before, after)?;
    if after.ratings.len() > before.ratings.len() {
        rating(tx, id, after)?;
    }
    if entry.kind == "answer_checked" {
        let event = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        if let Event::AnswerChecked { node, check } = event {
            let named = node.and_then(|node| after.node(node));
            let unit = named.map(|node| &node.unit).or(after.office.as_ref());
            let name = named.map(|node| node.id.to_string());
            unit.map_or(Ok(()), |unit| answer(tx, id, name, unit, &check, after, entry))?;
        }
    }
    Ok(())
}

/// By themselves, since they change seldom.
fn limits(tx: &mut Tx, id: &str, before: &Matter, after: &Matter) -> Result<(), StoreError> {
    let claimed = |matter: &Matter| matter.open_exclusion().map(|claim| claim.limit.due);
    if claimed(before) != claimed(after) {
        let sql = "update matter set exclusion_due = $2 where id = $1";
        tx.execute_later(sql, params![id, claimed(after)])?;
    }
    let pressed = |matter: &Matter| {
        let limits = matter.open_pressure().filter_map(|report| report.limit.as_ref());
        limits.min_by_key(|limit| limit.due).cloned()
    };
    let (was, is) = (pressed(before), pressed(after));
    if was != is {
        tx.execute_later(
            "update matter set pressure_due = $2, pressure_start = $3, pressure_span = $4 where id = $1",
            params![
                id,
                is.as_ref().map(|limit| limit.due),
                is.as_ref().map(|limit| limit.start),
                is.as_ref().map(|limit| limit.span.to_string())
            ],
        )?;
    }
    Ok(())
}

fn rating(tx: &mut Tx, id: &str, after: &Matter) -> Result<(), StoreError> {
    let Some(rated) = after.ratings.last() else { return Ok(()) };
    let waited = after.result_approved_at.map(|approved| rated.at.micros() - approved.micros());
    tx.execute_later(
        "insert into matter_rating (matter, version, round, rated_by, account, solved, grade, waited, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            after.version,
            i64::from(rated.round),
            rated.by.code(),
            rated.account.map(|account| account.to_string()),
            rated.solved.code(),
            rated.grade.code(),
            waited,
            rated.at
        ],
    )
}

fn answer(
    tx: &mut Tx,
    id: &str,
    node: Option<String>,
    unit: &UnitId,
    check: &AnswerCheck,
    after: &Matter,
    entry: &Entry,
) -> Result<(), StoreError> {
    let codes: String = check.lacks.iter().map(|lack| format!("{} ", lack.code())).collect();
    tx.execute_later(
        "insert into matter_answer (matter, version, node, unit, unit_path, print, lacks, overridden, at) \
         values ($1, $2, $3, $4, coalesce((select path from unit where code = $4), $4), $5, $6, $7, $8)",
        params![
            id,
            after.version,
            node,
            unit.as_str(),
            &check.print,
            codes.trim_end(),
            check.overridden.is_some(),
            super::matter::at(entry)
        ],
    )
}
