//! Number series (the numbers printed on receipts): unique and growing, gaps allowed, so
//! that nobody waits for anybody. A row on SQLite, a sequence per name on PostgreSQL.

use crate::engine::{Engine, postgres};
use crate::{Query, StoreError, Tx, params};

/// The next number of a series, from 1. Numbers of transactions that fail may be lost.
///
/// # Errors
/// [`StoreError::Refused`] unless the name is 1 to 40 characters of `a-z 0-9 _ -`.
pub fn next(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    check_name(name)?;
    match tx.engine() {
        Engine::Postgres => postgres::next_in_sequence(tx, name),
        Engine::Sqlite => tx
            .query_one(
                "insert into series (name, value) values ($1, 1) \
                 on conflict (name) do update set value = series.value + 1 returning value",
                &params![name],
            )?
            .int(0),
    }
}

/// Every series with the last number given.
pub fn list(q: &mut dyn Query) -> Result<Vec<(String, i64)>, StoreError> {
    if q.engine() == Engine::Postgres {
        return postgres::sequences(q);
    }
    let rows = q.query("select name, value from series order by name", &[])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// Continues a series after a number (restoring a backup).
pub(crate) fn continue_after(tx: &mut Tx, name: &str, value: i64) -> Result<(), StoreError> {
    check_name(name)?;
    if tx.engine() == Engine::Postgres {
        return postgres::set_sequence(tx, name, value);
    }
    tx.execute(
        "insert into series (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value",
        &params![name, value],
    )?;
    Ok(())
}

/// The name becomes part of an identifier.
fn check_name(name: &str) -> Result<(), StoreError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if (1..=40).contains(&name.len()) && name.chars().all(allowed) {
        Ok(())
    } else {
        Err(StoreError::Refused(format!("not a name for a series: {name}")))
    }
}
