//! Answers already given to requests with an idempotency key: the repeat gets the same.

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// The answer given to this key before, if any.
pub fn get(q: &mut dyn Query, scope: &str, key: &str) -> Result<Option<String>, StoreError> {
    q.query_one_opt("select response from idempotency where scope = $1 and key = $2", &params![scope, key])?
        .map(|row| row.text(0))
        .transpose()
}

/// Keeps an answer, in the transaction of the change it tells of; `subject` is the person
/// it is about, with whom it is erased.
///
/// # Errors
/// [`StoreError::Unique`] when the key was answered meanwhile; the store then runs the
/// closure once more, which finds that answer with [`get`].
pub fn put(
    tx: &mut Tx,
    scope: &str,
    key: &str,
    response: &str,
    subject: Option<&str>,
    created_at: Instant,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into idempotency (scope, key, response, subject, created_at) \
         values ($1, $2, $3, $4, $5)",
        &params![scope, key, response, subject, created_at],
    )?;
    Ok(())
}

/// Forgets answers given before a time. Says how many.
pub fn delete_before(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.execute("delete from idempotency where created_at < $1", &params![before])
}
