//! One record with everything that happened to it.

use super::scope::readable;
use crate::rules::Definition;
use crate::rules::derive::{degrees_asked, derived, title, unique_key};
use crate::rules::record::{Record, RecordEvent, RecordState};
use crate::rules::value::Values;
use kernel::permission::{Grant, Permission};
use kernel::{MatterId, Recorded, UnitId};
use platform::{App, Failure};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::{Query, Row, StoreError, Value, params};
use uuid::Uuid;

/// Keys asked for at once.
const KEYS: usize = 250;

/// A record as its page shows it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Which.
    pub id: Uuid,
    /// The definition in force.
    pub definition: Arc<Definition>,
    /// Version of its stream: what a form sends back.
    pub version: i64,
    /// What it has become.
    pub state: RecordState,
    /// What its computed fields give.
    pub derived: Values,
    /// Its title.
    pub title: String,
    /// Whether the reader may change it.
    pub may_write: bool,
    /// Whether the reader may verify its lines.
    pub may_verify: bool,
}

/// A record that the reader may see.
///
/// # Errors
/// [`Failure::NotFound`] where there is none, or none of theirs.
pub fn open(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    register: &str,
    id: Uuid,
) -> Result<Opened, Failure> {
    let definition = super::in_force(q, app, register)?.ok_or(Failure::NotFound)?;
    let row = q.query_one_opt(
        "select version, body from register_record where id = $1 and register = $2",
        &params![id.to_string(), register],
    )?;
    let row = row.ok_or(Failure::NotFound)?;
    let state = crate::projection::state(row.str(1)?)?;
    let unit = network::unit(q, &UnitId::from(state.unit.as_str()))?.ok_or(Failure::NotFound)?;
    let may = |permission| super::may(grants, permission, &unit.path);
    if !may(Permission::RegisterRead) {
        return Err(Failure::NotFound);
    }
    let (may_write, may_verify) = (may(Permission::RegisterWrite), may(Permission::RegisterVerify));
    let degrees = degrees(q, &definition, &state)?;
    let derived = derived(&definition, &state, &degrees);
    let title = crate::rules::derive::title(&definition, &state);
    let version = row.int(0)?;
    Ok(Opened { id, definition, version, state, derived, title, may_write, may_verify })
}

/// How many records hold the same as this one in the fields of which the definition asks it.
///
/// # Errors
/// Whatever the store says.
pub fn degrees(
    q: &mut dyn Query,
    definition: &Definition,
    state: &RecordState,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut degrees = BTreeMap::new();
    for field in degrees_asked(definition) {
        if let Some(value) = unique_key(definition, std::slice::from_ref(&field), state) {
            let row = q.query_one(
                "select count(*) from register_degree where register = $1 and field = $2 and value = $3",
                &params![&definition.code, &field, value],
            )?;
            degrees.insert(field, row.int(0)?);
        }
    }
    Ok(degrees)
}

/// Everything that happened to a record, oldest first.
///
/// # Errors
/// Whatever the store says.
pub fn history(q: &mut dyn Query, id: Uuid) -> Result<Vec<Recorded<RecordEvent>>, Failure> {
    platform::act::history::<Record>(q, &id.to_string())
}

/// Records that name this one: register, id, field.
///
/// # Errors
/// Whatever the store says.
pub fn named_by(q: &mut dyn Query, id: Uuid, limit: i64) -> Result<Vec<(String, Uuid, String)>, StoreError> {
    let rows = q.query(
        "select register, record, field from register_link where target = $1 order by register, record limit $2",
        &params![id.to_string(), limit],
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Ok(record) = row.str(1)?.parse() {
            found.push((row.text(0)?, record, row.text(2)?));
        }
    }
    Ok(found)
}

/// The record whose contact became this matter, by its difficulty or by its promise.
///
/// # Errors
/// Whatever the store says.
pub fn of_matter(q: &mut dyn Query, matter: MatterId) -> Result<Option<(String, Uuid)>, StoreError> {
    let row = q.query_one_opt(
        "select register, record from register_contact where appeal = $1 or matter = $2 order by id limit 1",
        &params![matter.to_string(), matter.to_string()],
    )?;
    match row {
        None => Ok(None),
        Some(row) => Ok(row.str(1)?.parse().ok().map(|id| (row.text(0).unwrap_or_default(), id))),
    }
}

/// The record and the contact whose promise became this matter.
///
/// # Errors
/// Whatever the store says.
pub fn of_promise(q: &mut dyn Query, matter: MatterId) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    let row = q.query_one_opt(
        "select record, id from register_contact where matter = $1 order by id limit 1",
        &params![matter.to_string()],
    )?;
    Ok(match row {
        None => None,
        Some(row) => row.str(0)?.parse().ok().zip(row.str(1)?.parse().ok()),
    })
}

/// The records that hold these keys of what must be unique, as [`unique_keys`] gives them.
///
/// # Errors
/// Whatever the store says.
pub fn of_keys(
    q: &mut dyn Query,
    definition: &Definition,
    keys: &[(String, String)],
) -> Result<HashMap<(String, String), Uuid>, StoreError> {
    let mut found = HashMap::new();
    for fields in &definition.unique {
        let rule = fields.join("+");
        let of_rule: Vec<&String> = keys.iter().filter(|(of, _)| *of == rule).map(|(_, key)| key).collect();
        for some in of_rule.chunks(KEYS) {
            let mut asked: Vec<Value> = params![&definition.code, &rule];
            asked.extend(some.iter().map(|key| Value::from(key.as_str())));
            let places: Vec<String> = (3..asked.len() + 1).map(|n| format!("(${n})")).collect();
            // One look into the key for each: of a long list PostgreSQL reads all keys of the
            // rule instead, as long as it has not counted them.
            let sql = format!(
                "with wanted (value) as (values {}) select w.value, (select u.record from register_unique u \
                 where u.register = $1 and u.rule = $2 and u.value = w.value) from wanted w",
                places.join(", ")
            );
            for row in &q.query(&sql, &asked)? {
                if let Some(Ok(id)) = row.opt_str(1)?.map(str::parse) {
                    found.insert((rule.clone(), row.text(0)?), id);
                }
            }
        }
    }
    Ok(found)
}

/// The records of a unit that are called as a record with these values would be, as far as the
/// reader may see them: the oldest first.
///
/// # Errors
/// Whatever the store says.
pub fn called_alike(
    q: &mut dyn Query,
    definition: &Definition,
    grants: &[Grant],
    unit: &UnitId,
    values: &Values,
) -> Result<Vec<Uuid>, StoreError> {
    let state = RecordState { values: values.clone(), ..RecordState::default() };
    let title = title(definition, &state);
    let (scope, scoped) = readable(grants, Permission::RegisterRead, 3);
    let sql = format!(
        "select t.id from {} t where t.title = $1 and t.unit = $2 and t.removed = 0 and {scope} order by t.id",
        definition.table()
    );
    let params: Vec<_> = params![title, unit.as_str()].into_iter().chain(scoped).collect();
    let id = |row: &Row| row.str(0)?.parse().map_err(|_| StoreError::Corrupt("a record's id".into()));
    q.query(&sql, &params)?.iter().map(id).collect()
}

/// What these values must be unique by: each rule with its key, where they hold all of it.
pub fn unique_keys(definition: &Definition, values: &Values) -> Vec<(String, String)> {
    let state = RecordState { values: values.clone(), ..RecordState::default() };
    let rules = definition.unique.iter();
    rules.filter_map(|fields| Some((fields.join("+"), unique_key(definition, fields, &state)?))).collect()
}
