//! Issues as rows; their words stay sealed in the journal.

use crate::rules::issue::{Event, IssueRules, IssueState};
use kernel::{Aggregate, MatterId};
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// `written` and `signed` are the newest versions of the report that are; 0 for none.
const ISSUE: &str = "
create table common_issue (
    id text primary key,
    number text not null,
    title text not null,
    office text not null,
    unit text not null,
    category text,
    area text,
    state text not null,
    topic text,
    opened_at bigint not null,
    closed_at bigint,
    written bigint not null,
    signed bigint not null
);
create index common_issue_opened on common_issue (opened_at, id);
";

/// `removed_at` is set while it is no member.
const MEMBER: &str = "
create table common_issue_member (
    issue text not null,
    matter text not null,
    added_at bigint not null,
    removed_at bigint,
    primary key (issue, matter)
);
create index common_issue_member_matter on common_issue_member (matter);
";

/// Keeps `common_issue` and `common_issue_member`.
#[derive(Clone, Copy, Debug)]
pub struct IssueProjection;

impl Projection for IssueProjection {
    fn name(&self) -> &'static str {
        "common issues"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "common_issue", ddl: ISSUE, order_by: "id" },
            TableDef { name: "common_issue_member", ddl: MEMBER, order_by: "issue, matter" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((IssueRules::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        let add = |tx: &mut Tx, matters: &[MatterId]| {
            matters.iter().try_for_each(|matter| {
                tx.execute_later(
                    "insert into common_issue_member (issue, matter, added_at) values ($1, $2, $3) \
                     on conflict (issue, matter) do update set added_at = excluded.added_at, removed_at = null",
                    params![id, matter.to_string(), entry.occurred_at],
                )
            })
        };
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Opened { opened, matters } => {
                tx.execute_later(
                    "insert into common_issue (id, number, title, office, unit, category, area, state, topic, \
                     opened_at, written, signed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0)",
                    params![
                        id,
                        opened.number,
                        opened.title,
                        opened.office.as_str(),
                        opened.unit.as_str(),
                        opened.category,
                        opened.area.as_ref().map(|area| area.as_str()),
                        IssueState::Open.code(),
                        opened.topic,
                        entry.occurred_at
                    ],
                )?;
                add(tx, &matters)
            }
            Event::Added { matters } => add(tx, &matters),
            Event::Removed { matter, .. } => tx.execute_later(
                "update common_issue_member set removed_at = $3 where issue = $1 and matter = $2",
                params![id, matter.to_string(), entry.occurred_at],
            ),
            Event::Written { version, .. } => tx.execute_later(
                "update common_issue set written = $2 where id = $1",
                params![id, i64::from(version)],
            ),
            Event::Signed { version } => tx.execute_later(
                "update common_issue set signed = $2 where id = $1",
                params![id, i64::from(version)],
            ),
            Event::Answered { .. } => Ok(()),
            Event::Closed { .. } => tx.execute_later(
                "update common_issue set state = $2, closed_at = $3 where id = $1",
                params![id, IssueState::Closed.code(), entry.occurred_at],
            ),
        }
    }
}
