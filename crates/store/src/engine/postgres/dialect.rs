//! What cannot be said in SQL common to both engines: row locks, sequences, vacuum.

use crate::engine::Session;
use crate::{Query, StoreError, Tx, params};

/// Ends a select so that concurrent transactions take different rows.
pub(crate) const SKIP_LOCKED: &str = "for update skip locked";

/// Lets one node at a time change the schema. Must be the transaction's first statement:
/// LOCK takes no snapshot, so that what the node before did is seen.
pub(crate) fn lock_schema(tx: &mut Tx) -> Result<(), StoreError> {
    tx.script("lock table meta in share row exclusive mode")
}

/// The next number of a series; its sequence is made when first asked for.
pub(crate) fn next_in_sequence(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    let next = "select nextval(to_regclass($1))";
    let sequence = params![sequence(name)];
    if let Some(number) = tx.query_one(next, &sequence)?.opt_int(0)? {
        return Ok(number);
    }
    make_sequence(tx, name)?;
    tx.query_one(next, &sequence)?.int(0)
}

/// Every series with the last number given.
pub(crate) fn sequences(q: &mut dyn Query) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = q.query(
        r"select substr(sequencename::text, 8), coalesce(last_value, 0) from pg_sequences
          where schemaname = current_schema() and sequencename::text like 'series\_%'
          order by 1",
        &[],
    )?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// Continues a series after a number.
pub(crate) fn set_sequence(tx: &mut Tx, name: &str, value: i64) -> Result<(), StoreError> {
    make_sequence(tx, name)?;
    if value > 0 {
        tx.query_one("select setval(to_regclass($1), $2)", &params![sequence(name), value])?;
    }
    Ok(())
}

/// The next keys that the engine would number rows of a table with; nobody else gets them.
pub(crate) fn next_keys(tx: &mut Tx, table: &str, key: &str, count: usize) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "select nextval(pg_get_serial_sequence('{table}', '{key}')) \
         from generate_series(1, cast($1 as bigint))"
    );
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    tx.query(&sql, &params![count])?.iter().map(|row| row.int(0)).collect()
}

/// Lets the keys the engine numbers go on after rows that came with theirs.
pub(crate) fn continue_keys(tx: &mut Tx, table: &str, key: &str) -> Result<(), StoreError> {
    tx.query(
        &format!(
            "select setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) from {table} \
             having max({key}) is not null"
        ),
        &[],
    )?;
    Ok(())
}

/// Removes deleted rows from the files of these tables and of the text indexes.
pub(crate) fn scrub(session: &mut dyn Session, tables: &[String]) -> Result<(), StoreError> {
    let mut tables = tables.to_vec();
    session.query_each(crate::fulltext::TABLES, &[], &mut |row| {
        tables.push(row.text(0)?);
        Ok(())
    })?;
    for table in tables {
        session.script(&format!("vacuum {table}"))?;
    }
    Ok(())
}

fn make_sequence(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    tx.script(&format!("create sequence if not exists {}", sequence(name)))
}

/// The quoted name of a series' sequence; [`crate::series`] has checked the name.
fn sequence(name: &str) -> String {
    format!("\"series_{name}\"")
}
