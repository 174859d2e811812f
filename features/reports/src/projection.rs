//! Reports and templates as rows.

use crate::rules::report::{Event, ReportRules};
use crate::rules::template::{Event as TemplateEvent, TemplateRules};
use kernel::{Actor, Aggregate, Source};
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

const REPORT: &str = "
create table report (
    id text primary key,
    kind text not null,
    from_day text not null,
    until_day text not null,
    made_at bigint not null,
    by_timer bigint not null,
    by_hand bigint not null,
    issued_at bigint,
    issued_by text
);
create index report_period on report (kind, from_day, until_day);
create index report_made on report (made_at, id);
";

const TEMPLATE: &str = "
create table report_template (
    kind text not null,
    version bigint not null,
    words text not null,
    account text,
    at bigint not null,
    primary key (kind, version)
);
";

/// Keeps `report` and `report_template`.
#[derive(Clone, Copy, Debug)]
pub struct ReportProjection;

impl Projection for ReportProjection {
    fn name(&self) -> &'static str {
        "reports"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "report", ddl: REPORT, order_by: "id" },
            TableDef { name: "report_template", ddl: TEMPLATE, order_by: "kind, version" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let unreadable = |error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version));
        let at = match entry.source {
            Source::Live => entry.recorded_at,
            Source::Imported | Source::Replayed => entry.occurred_at,
        };
        let Some((stream, id)) = entry.stream.split_once(':') else { return Ok(()) };
        if stream != ReportRules::KIND && stream != TemplateRules::KIND {
            return Ok(());
        }
        let actor: Actor = serde_json::from_str(&entry.actor).map_err(unreadable)?;
        let account = actor.account().map(|account| account.to_string());
        if stream == TemplateRules::KIND {
            let TemplateEvent::Changed { text } = serde_json::from_str(&entry.body).map_err(unreadable)?;
            return tx.execute_later(
                "insert into report_template (kind, version, words, account, at) values ($1, $2, $3, $4, $5)",
                params![id, entry.version, text, account, at],
            );
        }
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Made { kind, from, until, .. } => tx.execute_later(
                "insert into report (id, kind, from_day, until_day, made_at, by_timer, by_hand) \
                 values ($1, $2, $3, $4, $5, $6, 0)",
                params![id, kind.code(), from.to_string(), until.to_string(), at, account.is_none()],
            ),
            Event::Edited { .. } => Ok(()),
            Event::ByHand { .. } => {
                tx.execute_later("update report set by_hand = 1 where id = $1", params![id])
            }
            Event::Computed => tx.execute_later("update report set by_hand = 0 where id = $1", params![id]),
            Event::Issued => tx.execute_later(
                "update report set issued_at = $2, issued_by = $3 where id = $1",
                params![id, at, account],
            ),
        }
    }
}
