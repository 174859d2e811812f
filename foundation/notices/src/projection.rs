//! Notices as rows: what a person is told, and what went out about a matter.

use crate::rules::{Channel, Event, Fate, NoticeRules, Recipient};
use kernel::Aggregate;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// `account` is empty for the appellant. `matter` is the stream's name: a matter, or another
/// thing, which has `page` and `href`.
const NOTICE: &str = "
create table notice (
    matter text not null,
    key text not null,
    kind text not null,
    account text not null,
    node text,
    due bigint,
    page text,
    href text,
    at bigint not null,
    position bigint not null,
    primary key (matter, key)
);
create index notice_account on notice (account, position);
";

/// `fate`: what became of it that way, as [`crate::rules::Fate`] names it.
const NOTICE_WAY: &str = "
create table notice_way (
    matter text not null,
    key text not null,
    channel text not null,
    at bigint not null,
    fate text not null,
    primary key (matter, key, channel)
);
";

/// Keeps `notice` and `notice_way`.
pub struct NoticeProjection;

impl Projection for NoticeProjection {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn version(&self) -> u32 {
        3
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "notice", ddl: NOTICE, order_by: "matter, key" },
            TableDef { name: "notice_way", ddl: NOTICE_WAY, order_by: "matter, key, channel" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((NoticeRules::KIND, matter)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        let event: Event = serde_json::from_str(&entry.body).map_err(unreadable)?;
        let way = |tx: &mut Tx, key: &str, channel: Channel, fate: Fate| {
            tx.execute_later(
                "insert into notice_way (matter, key, channel, at, fate) values ($1, $2, $3, $4, $5) \
                 on conflict (matter, key, channel) do update set at = excluded.at, fate = excluded.fate",
                params![matter, key, channel.code(), entry.occurred_at, fate.code()],
            )
        };
        match event {
            Event::Told(notice) => tx.execute_later(
                "insert into notice (matter, key, kind, account, node, due, at, position, page, href) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                params![
                    matter,
                    notice.key.as_str(),
                    notice.kind.code(),
                    account(&notice.to),
                    notice.node.map(|node| node.to_string()),
                    notice.due,
                    entry.occurred_at,
                    entry.position,
                    notice.page.as_ref().map(|page| page.name.as_str()),
                    notice.page.as_ref().map(|page| page.href.as_str())
                ],
            ),
            Event::Sent { key, channel } => way(tx, &key, channel, Fate::Sent),
            Event::Failed { key, channel } => way(tx, &key, channel, Fate::Failed),
            Event::GivenUp { key, channel } => way(tx, &key, channel, Fate::GivenUp),
        }
    }
}

fn account(to: &Recipient) -> String {
    match to {
        Recipient::Account { account } => account.to_string(),
        Recipient::Appellant => String::new(),
    }
}
