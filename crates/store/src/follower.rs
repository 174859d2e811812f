//! Tables that follow the journal at their own pace: whoever keeps one reads what is new
//! ([`crate::chain::follow`]), works outside any transaction, and writes the result here
//! together with the moved cursor. A crash in between repeats the step, nothing is lost or
//! doubled. For sums that every command would otherwise queue up at.

use crate::{Query, StoreError, TableDef, Tx, params, sql};

/// Makes the tables where they are missing or were made by another version; they are then
/// empty and the follower starts at the beginning.
///
/// # Errors
/// Whatever the engine says.
pub fn prepare(tx: &mut Tx, name: &str, version: &str, tables: &[TableDef]) -> Result<(), StoreError> {
    let made = tx.query_one_opt("select version from follower where name = $1", &params![name])?;
    if matches!(&made, Some(row) if row.str(0)? == version) {
        return Ok(());
    }
    let engine = tx.engine();
    for table in tables {
        tx.script(&format!("drop table if exists {}", table.name))?;
        tx.script(&sql::ddl(engine, table.ddl))?;
    }
    tx.execute(
        "insert into follower (name, version, seq) values ($1, $2, 0) \
         on conflict (name) do update set version = excluded.version, seq = 0",
        &params![name, version],
    )?;
    Ok(())
}

/// The last entry of the global chain that was taken in.
///
/// # Errors
/// [`StoreError::Refused`] where it was never prepared.
pub fn cursor(q: &mut dyn Query, name: &str) -> Result<i64, StoreError> {
    let row = q.query_one_opt("select seq from follower where name = $1", &params![name])?;
    row.ok_or_else(|| StoreError::Refused(format!("the follower {name} is not prepared")))?.int(0)
}

/// Moves the cursor. False where it no longer stands where the step began, because another
/// node was quicker: the step must not be written.
///
/// # Errors
/// Whatever the engine says.
pub fn advance(tx: &mut Tx, name: &str, from: i64, to: i64) -> Result<bool, StoreError> {
    let moved =
        tx.execute("update follower set seq = $3 where name = $1 and seq = $2", &params![name, from, to])?;
    Ok(moved == 1)
}

/// Where followers stand. Made when a store is opened; not authoritative, so no migration and
/// no part of a backup.
pub(crate) const FOLLOWERS: &str = "create table if not exists follower (
    name text primary key,
    version text not null,
    seq bigint not null
)";
