//! Log-ins, failed tries and log-outs, for the audit administrator. Rows hold no personal
//! data: an account's id where it is known, and a keyed digest of the source.

use crate::{Query, Row, StoreError, Tx, params};
use kernel::time::Instant;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Its id; ids grow with time.
    pub id: String,
    /// When.
    pub at: Instant,
    /// What happened, as a code of the application.
    pub kind: String,
    /// Whose account, where the log-in name is known.
    pub account: Option<String>,
    /// Keyed digest of the address it came from.
    pub source: String,
}

/// Writes a line.
pub fn put(tx: &mut Tx, access: &Access) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into access_log (id, at, kind, account, source) values ($1, $2, $3, $4, $5)",
        params![&access.id, access.at, &access.kind, access.account.as_ref(), &access.source],
    )
}

/// Lines before one (its time and id; `None`: from the newest), newest first.
pub fn page(
    q: &mut dyn Query,
    before: Option<(Instant, &str)>,
    limit: i64,
) -> Result<Vec<Access>, StoreError> {
    let (at, id) = before.unwrap_or((Instant::MAX, ""));
    let rows = q.query(
        "select id, at, kind, account, source from access_log \
         where at < $1 or (at = $1 and id < $2) order by at desc, id desc limit $3",
        &params![at, id, limit],
    )?;
    rows.iter().map(access).collect()
}

fn access(row: &Row) -> Result<Access, StoreError> {
    Ok(Access {
        id: row.text(0)?,
        at: row.instant(1)?,
        kind: row.text(2)?,
        account: row.opt_text(3)?,
        source: row.text(4)?,
    })
}
