//! Password hashes, apart from the journal: a hash is a secret and must be forgettable.

use crate::{Query, StoreError, Tx, params};
use kernel::time::Instant;

/// The hash of an account's password (PHC string).
pub fn get(q: &mut dyn Query, account: &str) -> Result<Option<String>, StoreError> {
    q.query_one_opt("select hash from credentials where account = $1", &params![account])?
        .map(|row| row.text(0))
        .transpose()
}

/// Sets it, forgetting the one before.
pub fn put(tx: &mut Tx, account: &str, hash: &str, changed_at: Instant) -> Result<(), StoreError> {
    tx.execute(
        "insert into credentials (account, hash, changed_at) values ($1, $2, $3) \
         on conflict (account) do update set hash = excluded.hash, changed_at = excluded.changed_at",
        &params![account, hash, changed_at],
    )?;
    Ok(())
}
