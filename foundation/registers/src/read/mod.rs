//! Queries on registers: definitions and which of them holds, lists, records, figures.

pub mod coverage;
pub mod imports;
pub mod indicators;
pub mod list;
pub mod names;
pub mod places;
pub mod reach;
pub mod record;

mod condition;
mod scope;

pub use scope::{defining_unit, may, may_define, readable, writable_units};

use scope::confined;
pub(crate) use scope::defined_by;

use crate::projection::parsed;
use crate::rules::Definition;
use kernel::Actor;
use kernel::time::Instant;
use platform::{App, Failure};
use std::sync::Arc;
use store::{Query, Row, StoreError, params};

/// A published version of a definition, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its place in the register's stream.
    pub position: i64,
    /// Its number.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: String,
    /// When it was published.
    pub published_at: Instant,
    /// By whom.
    pub actor: Actor,
    /// What changed and why; may be empty.
    pub note: String,
}

/// A text kept to be worked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The version of the stream that kept it.
    pub position: i64,
    /// When it was kept.
    pub drafted_at: Instant,
    /// By whom.
    pub actor: Actor,
    /// What it is for; may be empty.
    pub note: String,
    /// The whole file.
    pub toml: String,
}

/// Whether a register was ever published.
///
/// # Errors
/// Whatever the store says.
pub fn exists(q: &mut dyn Query, register: &str) -> Result<bool, StoreError> {
    let row =
        q.query_one_opt("select 1 from register_version where register = $1 limit 1", &params![register])?;
    Ok(row.is_some())
}

/// The definition that holds at that time: of those effective by then, the one published
/// last; the first one where none is effective yet. `None` where there is no such register.
///
/// # Errors
/// Whatever the store says.
pub fn holding(
    q: &mut dyn Query,
    app: &App,
    register: &str,
    at: Instant,
) -> Result<Option<Arc<Definition>>, StoreError> {
    let today = app.config.zone.date_of(at).to_string();
    let row = q.query_one_opt(
        "select position, fingerprint from register_version where register = $1 \
         order by case when effective_from <= $2 then 0 else 1 end, \
         case when effective_from <= $2 then -position else position end limit 1",
        &params![register, today],
    )?;
    match row {
        None => Ok(None),
        Some(row) => parsed(q, register, row.int(0)?, row.str(1)?).map(Some),
    }
}

/// The definition in force now.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(q: &mut dyn Query, app: &App, register: &str) -> Result<Option<Arc<Definition>>, StoreError> {
    holding(q, app, register, app.now())
}

/// All registers in force now, by code.
///
/// # Errors
/// Whatever the store says.
pub fn all(q: &mut dyn Query, app: &App) -> Result<Vec<Arc<Definition>>, StoreError> {
    let rows = q.query("select distinct register from register_version order by register", &[])?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        found.extend(in_force(q, app, row.str(0)?)?);
    }
    Ok(found)
}

/// All versions of a definition, the latest first.
///
/// # Errors
/// Whatever the store says.
pub fn versions(q: &mut dyn Query, register: &str) -> Result<Vec<Version>, StoreError> {
    let rows = q.query(
        "select position, version, effective_from, published_at, actor, note from register_version \
         where register = $1 order by position desc",
        &params![register],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Version {
                position: row.int(0)?,
                version: u32::try_from(row.int(1)?).unwrap_or(u32::MAX),
                effective_from: row.text(2)?,
                published_at: row.instant(3)?,
                actor: actor(row.str(4)?)?,
                note: row.text(5)?,
            })
        })
        .collect()
}

/// The text of the version at that place of the stream.
///
/// # Errors
/// Whatever the store says.
pub fn toml(q: &mut dyn Query, register: &str, position: i64) -> Result<Option<String>, StoreError> {
    let row = q.query_one_opt(
        "select toml from register_version where register = $1 and position = $2",
        &params![register, position],
    )?;
    row.map(|row| row.text(0)).transpose()
}

/// The draft of a definition, if there is one.
///
/// # Errors
/// Whatever the store says.
pub fn draft(q: &mut dyn Query, register: &str) -> Result<Option<Draft>, StoreError> {
    let row = q.query_one_opt(
        "select position, drafted_at, actor, note, toml from register_draft where register = $1",
        &params![register],
    )?;
    row.as_ref().map(read_draft).transpose()
}

/// Codes of registers that are drafted and were never published.
///
/// # Errors
/// Whatever the store says.
pub fn only_drafted(q: &mut dyn Query) -> Result<Vec<String>, StoreError> {
    let rows = q.query(
        "select d.register from register_draft d where not exists \
         (select 1 from register_version v where v.register = d.register) order by d.register",
        &[],
    )?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// The version of a definition's stream, 0 where it has none: what a change expects.
///
/// # Errors
/// Whatever the store says; [`Failure::Internal`] for an entry that does not read.
pub fn head(q: &mut dyn Query, register: &str) -> Result<i64, Failure> {
    Ok(platform::act::load::<crate::rules::definitions::Definitions>(q, register)?.version)
}

fn read_draft(row: &Row) -> Result<Draft, StoreError> {
    Ok(Draft {
        position: row.int(0)?,
        drafted_at: row.instant(1)?,
        actor: actor(row.str(2)?)?,
        note: row.text(3)?,
        toml: row.text(4)?,
    })
}

fn actor(json: &str) -> Result<Actor, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("an actor: {error}")))
}
