//! Log-in sessions: raw rows keyed by the hash of a token.

use crate::{Query, Row, StoreError, Tx, params};
use kernel::time::Instant;

/// A session; what `data` means is the application's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the secret token in the cookie.
    pub token_hash: String,
    /// Whose it is.
    pub account: String,
    /// The application's own JSON.
    pub data: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used.
    pub last_seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// Keeps a session, replacing one with the same token.
pub fn put(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    tx.execute(
        "insert into sessions (token_hash, account, data, created_at, last_seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (token_hash) do update set \
         account = excluded.account, data = excluded.data, \
         last_seen_at = excluded.last_seen_at, expires_at = excluded.expires_at",
        &params![
            &session.token_hash,
            &session.account,
            &session.data,
            session.created_at,
            session.last_seen_at,
            session.expires_at
        ],
    )?;
    Ok(())
}

/// The session of a token, if it has not ended.
pub fn get(q: &mut dyn Query, token_hash: &str, now: Instant) -> Result<Option<Session>, StoreError> {
    q.query_one_opt(
        "select token_hash, account, data, created_at, last_seen_at, expires_at \
         from sessions where token_hash = $1 and expires_at > $2",
        &params![token_hash, now],
    )?
    .as_ref()
    .map(session)
    .transpose()
}

/// Notes that a session is in use and when it now ends. False when there is none.
pub fn touch(
    tx: &mut Tx,
    token_hash: &str,
    last_seen_at: Instant,
    expires_at: Instant,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update sessions set last_seen_at = $2, expires_at = $3 where token_hash = $1",
        &params![token_hash, last_seen_at, expires_at],
    )?;
    Ok(changed > 0)
}

/// Ends a session (log-out). False when there is none.
pub fn delete(tx: &mut Tx, token_hash: &str) -> Result<bool, StoreError> {
    let gone = tx.execute("delete from sessions where token_hash = $1", &params![token_hash])?;
    Ok(gone > 0)
}

/// Ends all sessions of an account, except perhaps the one in use. Says how many.
pub fn delete_of_account(
    tx: &mut Tx,
    account: &str,
    keep_token_hash: Option<&str>,
) -> Result<u64, StoreError> {
    tx.execute(
        "delete from sessions where account = $1 and token_hash <> $2",
        &params![account, keep_token_hash.unwrap_or_default()],
    )
}

/// Clears away sessions that have ended. Says how many.
pub fn delete_expired(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    tx.execute("delete from sessions where expires_at <= $1", &params![now])
}

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        token_hash: row.text(0)?,
        account: row.text(1)?,
        data: row.text(2)?,
        created_at: row.instant(3)?,
        last_seen_at: row.instant(4)?,
        expires_at: row.instant(5)?,
    })
}
