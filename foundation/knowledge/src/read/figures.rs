//! How much the knowledge base holds, and how it is used and mended.

use super::soon;
use crate::rules::Outcome;
use kernel::time::{Date, Instant};
use platform::Failure;
use store::{Query, Value, params};

/// The figures of the knowledge base in a period, both days included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// In force and not expired.
    pub in_force: i64,
    /// Of these, about to expire.
    pub expiring: i64,
    /// In force and expired: to be renewed or withdrawn.
    pub expired: i64,
    /// Quotes in the period.
    pub quoted: i64,
    /// Matters with at least one quote in the period.
    pub matters: i64,
    /// Reports of the period.
    pub reported: i64,
    /// Reports still open.
    pub open: i64,
    /// Of these, past their limit.
    pub late: i64,
    /// Settled reports of the period, mended.
    pub mended: i64,
}

/// Counts them.
///
/// # Errors
/// Whatever the store says.
pub fn figures(
    q: &mut dyn Query,
    today: Date,
    now: Instant,
    (from, until): (Instant, Instant),
) -> Result<Figures, Failure> {
    let (day, soon) = (today.to_string(), soon(today).to_string());
    let mut one =
        |sql: &str, values: Vec<Value>| -> Result<i64, Failure> { Ok(q.query_one(sql, &values)?.int(0)?) };
    let in_force = "select count(*) from knowledge_item where state = 'in_force'";
    let quotes = "from knowledge_quote where at >= $1 and at < $2";
    let reports = "select count(*) from knowledge_report where";
    Ok(Figures {
        in_force: one(&format!("{in_force} and valid_until >= $1"), params![&day])?,
        expiring: one(
            &format!("{in_force} and valid_until >= $1 and valid_until <= $2"),
            params![&day, &soon],
        )?,
        expired: one(&format!("{in_force} and valid_until < $1"), params![&day])?,
        quoted: one(&format!("select count(*) {quotes}"), params![from, until])?,
        matters: one(&format!("select count(distinct matter) {quotes}"), params![from, until])?,
        reported: one(&format!("{reports} at >= $1 and at < $2"), params![from, until])?,
        open: one(&format!("{reports} settled_at is null"), Vec::new())?,
        late: one(&format!("{reports} settled_at is null and due < $1"), params![now])?,
        mended: one(
            &format!(
                "{reports} outcome = '{}' and settled_at >= $1 and settled_at < $2",
                Outcome::Mended.code()
            ),
            params![from, until],
        )?,
    })
}
