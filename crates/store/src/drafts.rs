//! Half-filled forms, sealed, keyed by the hash of a secret only the writer's browser has.
//! They end by themselves and are not part of a backup.

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// Keeps a draft, replacing its earlier content.
pub fn put(
    tx: &mut Tx,
    id_hash: &str,
    sealed: &[u8],
    now: Instant,
    expires_at: Instant,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into drafts (id_hash, sealed, created_at, updated_at, expires_at) \
         values ($1, $2, $3, $3, $4) on conflict (id_hash) do update set \
         sealed = excluded.sealed, updated_at = excluded.updated_at, \
         expires_at = excluded.expires_at",
        &params![id_hash, sealed, now, expires_at],
    )?;
    Ok(())
}

/// A draft's content, if it has not ended.
pub fn get(q: &mut dyn Query, id_hash: &str, now: Instant) -> Result<Option<Vec<u8>>, StoreError> {
    q.query_one_opt(
        "select sealed from drafts where id_hash = $1 and expires_at > $2",
        &params![id_hash, now],
    )?
    .map(|row| row.bytes(0))
    .transpose()
}

/// Removes a draft (it was filed or given up). False when there is none.
pub fn delete(tx: &mut Tx, id_hash: &str) -> Result<bool, StoreError> {
    let gone = tx.execute("delete from drafts where id_hash = $1", &params![id_hash])?;
    Ok(gone > 0)
}

/// Clears away drafts that have ended. Says how many.
pub fn delete_expired(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    tx.execute("delete from drafts where expires_at <= $1", &params![now])
}

/// Drafts after a key, in order: for walking through all, ended ones too.
pub fn all_after(q: &mut dyn Query, after: &str, limit: i64) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let rows = q.query(
        "select id_hash, sealed from drafts where id_hash > $1 order by id_hash limit $2",
        &params![after, limit],
    )?;
    rows.iter().map(|row| Ok((row.text(0)?, row.bytes(1)?))).collect()
}
