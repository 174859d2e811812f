//! How each account likes to work, sealed before it comes here. Not in the journal: it can
//! be changed and forgotten.

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// Keeps a preference, replacing what was kept.
///
/// # Errors
/// Whatever the engine says.
pub fn put(tx: &mut Tx, account: &str, key: &str, sealed: &[u8], now: Instant) -> Result<(), StoreError> {
    tx.execute(
        "insert into preferences (account, key, sealed, updated_at) values ($1, $2, $3, $4) \
         on conflict (account, key) do update set sealed = excluded.sealed, updated_at = excluded.updated_at",
        &params![account, key, sealed, now],
    )?;
    Ok(())
}

/// What is kept under a key.
///
/// # Errors
/// Whatever the engine says.
pub fn get(q: &mut dyn Query, account: &str, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    q.query_one_opt("select sealed from preferences where account = $1 and key = $2", &params![account, key])?
        .map(|row| row.bytes(0))
        .transpose()
}
