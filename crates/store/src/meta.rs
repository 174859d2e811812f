//! Facts about the database itself: schema version, instance id.

use crate::{Query, StoreError, Tx, params};

/// Reads a fact.
pub fn get(q: &mut dyn Query, key: &str) -> Result<Option<String>, StoreError> {
    q.query_one_opt("select value from meta where key = $1", &params![key])?
        .map(|row| row.text(0))
        .transpose()
}

/// Writes a fact, replacing what was there.
pub fn put(tx: &mut Tx, key: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into meta (key, value) values ($1, $2) \
         on conflict (key) do update set value = excluded.value",
        &params![key, value],
    )?;
    Ok(())
}
