//! Data subjects: their wrapped keys and the blind index that finds them. Raw rows only;
//! wrapping and blinding happen outside.

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// Keeps a subject's wrapped key.
///
/// # Errors
/// [`StoreError::Unique`] when the subject has one already; on PostgreSQL with the statement
/// that follows.
pub fn put_key(tx: &mut Tx, subject: &str, wrapped: &[u8], created_at: Instant) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into subject_keys (subject, wrapped, created_at) values ($1, $2, $3)",
        params![subject, wrapped, created_at],
    )
}

/// The subject's wrapped key; none when it never existed or was destroyed.
pub fn key(q: &mut dyn Query, subject: &str) -> Result<Option<Vec<u8>>, StoreError> {
    q.query_one_opt("select wrapped from subject_keys where subject = $1", &params![subject])?
        .map(|row| row.bytes(0))
        .transpose()
}

/// Replaces a wrapped key (the master key was rotated). False when there is none.
pub fn rewrap(tx: &mut Tx, subject: &str, wrapped: &[u8]) -> Result<bool, StoreError> {
    let changed =
        tx.execute("update subject_keys set wrapped = $2 where subject = $1", &params![subject, wrapped])?;
    Ok(changed > 0)
}

/// Subjects and their wrapped keys after a subject, in order: for walking through all.
pub fn keys_after(q: &mut dyn Query, after: &str, limit: i64) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let rows = q.query(
        "select subject, wrapped from subject_keys where subject > $1 order by subject limit $2",
        &params![after, limit],
    )?;
    rows.iter().map(|row| Ok((row.text(0)?, row.bytes(1)?))).collect()
}

/// Makes a subject findable by a blinded value of a kind (`phone`); again is harmless.
pub fn add_index(tx: &mut Tx, blind: &str, kind: &str, subject: &str) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into subject_index (blind, kind, subject) values ($1, $2, $3) \
         on conflict (blind, kind, subject) do nothing",
        params![blind, kind, subject],
    )
}

/// The subjects a blinded value of a kind leads to.
pub fn find(q: &mut dyn Query, blind: &str, kind: &str) -> Result<Vec<String>, StoreError> {
    let rows = q.query(
        "select subject from subject_index where blind = $1 and kind = $2 order by subject",
        &params![blind, kind],
    )?;
    rows.iter().map(|row| row.text(0)).collect()
}
