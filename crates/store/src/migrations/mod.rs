//! Brings the authoritative tables of a database to this program's schema.

use crate::engine::{Engine, Session, postgres};
use crate::{Query, StoreError, Tx, follower, fulltext, meta, sql};

/// The steps, in order; the schema version is how many have been taken.
const STEPS: &[&str] = &[
    include_str!("0001_authoritative.sql"),
    include_str!("0002_log_in.sql"),
    include_str!("0003_preferences.sql"),
];

/// The schema this program works with.
pub(crate) fn current() -> i64 {
    STEPS.len() as i64
}

/// Makes the table every node locks before it looks at the schema. Runs outside a
/// transaction; two nodes may start at once.
pub(crate) fn prepare(session: &mut dyn Session) -> Result<(), StoreError> {
    let table = "create table if not exists meta (key text primary key, value text not null)";
    let table = sql::ddl(session.engine(), table);
    match session.script(&table) {
        // Another node was quicker, which PostgreSQL tells in more than one way; now it is there.
        Err(StoreError::Unique(_) | StoreError::Engine(_)) => session.script(&table),
        outcome => outcome,
    }
}

/// Takes the missing steps; [`prepare`] comes first.
///
/// # Errors
/// [`StoreError::Refused`] when the database was written by a newer program.
pub(crate) fn run(tx: &mut Tx) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        postgres::lock_schema(tx)?;
    }
    tx.script(&sql::ddl(tx.engine(), fulltext::CURSORS))?;
    tx.script(&sql::ddl(tx.engine(), follower::FOLLOWERS))?;
    let done = version(tx)?;
    if done > current() {
        return Err(StoreError::Refused(format!(
            "the database has schema {done}, this program knows {}: use a newer program",
            current()
        )));
    }
    for step in STEPS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        tx.script(&sql::ddl(tx.engine(), step))?;
    }
    if done < current() {
        meta::put(tx, SCHEMA_VERSION, &current().to_string())?;
    }
    Ok(())
}

/// How far a database has come; 0 when it is empty.
pub(crate) fn version(q: &mut dyn Query) -> Result<i64, StoreError> {
    match meta::get(q, SCHEMA_VERSION)? {
        Some(text) => text.parse().map_err(|_| StoreError::Corrupt(format!("schema version {text}"))),
        None => Ok(0),
    }
}

/// The fact that says how far a database has come.
pub(crate) const SCHEMA_VERSION: &str = "schema_version";
