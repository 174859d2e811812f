//! Subscriptions as rows.

use crate::rules::{Event, WebhookKind, WebhookRules};
use kernel::Aggregate;
use kernel::time::Instant;
use std::collections::BTreeSet;
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, params};

/// `kinds` are codes separated by spaces; `active` is 0 where it is not told for the time being.
const WEBHOOK: &str = "
create table webhook (
    id text primary key,
    url text not null,
    kinds text not null,
    secret text not null,
    active bigint not null,
    added_at bigint not null
);
";

/// Keeps `webhook`.
pub struct WebhookProjection;

/// A subscription.
#[derive(Clone, Debug)]
pub struct WebhookRow {
    /// Its id.
    pub id: String,
    /// Where to.
    pub url: String,
    /// Of what.
    pub kinds: BTreeSet<WebhookKind>,
    /// The sealed secret.
    pub secret: String,
    /// Whether it is told.
    pub on: bool,
    /// Since when there is one.
    pub added_at: Instant,
}

const COLUMNS: &str = "id, url, kinds, secret, active, added_at";

/// All of them, the oldest first.
///
/// # Errors
/// The store's.
pub fn all(q: &mut dyn Query) -> Result<Vec<WebhookRow>, StoreError> {
    let sql = format!("select {COLUMNS} from webhook order by added_at, id");
    q.query(&sql, &[])?.iter().map(row).collect()
}

/// The one of that id.
///
/// # Errors
/// The store's.
pub fn one(q: &mut dyn Query, id: &str) -> Result<Option<WebhookRow>, StoreError> {
    let sql = format!("select {COLUMNS} from webhook where id = $1");
    q.query_one_opt(&sql, &params![id])?.as_ref().map(row).transpose()
}

fn row(row: &Row) -> Result<WebhookRow, StoreError> {
    Ok(WebhookRow {
        id: row.text(0)?,
        url: row.text(1)?,
        kinds: row.text(2)?.split(' ').filter_map(WebhookKind::parse).collect(),
        secret: row.text(3)?,
        on: row.int(4)? != 0,
        added_at: Instant::from_micros(row.int(5)?),
    })
}

fn codes(kinds: &BTreeSet<WebhookKind>) -> String {
    kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ")
}

impl Projection for WebhookProjection {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "webhook", ddl: WEBHOOK, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((WebhookRules::KIND, id)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Added { url, kinds, secret } => tx.execute_later(
                "insert into webhook (id, url, kinds, secret, active, added_at) values ($1, $2, $3, $4, 1, $5)",
                params![id, url, codes(&kinds), secret, entry.occurred_at],
            ),
            Event::Changed { url, kinds } => tx.execute_later(
                "update webhook set url = $2, kinds = $3 where id = $1",
                params![id, url, codes(&kinds)],
            ),
            Event::Renewed { secret } => {
                tx.execute_later("update webhook set secret = $2 where id = $1", params![id, secret])
            }
            Event::Turned { on } => {
                tx.execute_later("update webhook set active = $2 where id = $1", params![id, on])
            }
            Event::Removed => tx.execute_later("delete from webhook where id = $1", params![id]),
        }
    }
}
