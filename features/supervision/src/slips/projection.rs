//! Slips as rows.

use crate::rules::slip::{Content, Event, SlipRules, SlipState};
use kernel::Aggregate;
use kernel::time::Instant;
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

/// `due`, `due_start`, `due_span`: to reply, once issued. `rule`: the rule that drafted it.
const SLIP: &str = "
create table slip (
    id text primary key,
    matter text not null,
    node text not null,
    unit text not null,
    state text not null,
    colour text not null,
    year bigint,
    serial bigint,
    rule text,
    days bigint not null,
    due bigint,
    due_start bigint,
    due_span text,
    drafted_at bigint not null,
    issued_at bigint,
    moved_at bigint not null
);
create index slip_matter on slip (matter);
create index slip_node on slip (node, state);
create index slip_state on slip (state, drafted_at, id);
";

/// Keeps `slip`.
#[derive(Clone, Copy, Debug)]
pub struct SlipProjection;

impl Projection for SlipProjection {
    fn name(&self) -> &'static str {
        "slips"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "slip", ddl: SLIP, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((SlipRules::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        let event: Event = serde_json::from_str(&entry.body)
            .map_err(|error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version)))?;
        let at = match entry.source {
            kernel::Source::Live => entry.recorded_at,
            kernel::Source::Imported | kernel::Source::Replayed => entry.occurred_at,
        };
        match event {
            Event::SlipDrafted { subject, content, rule } => tx.execute_later(
                "insert into slip (id, matter, node, unit, state, colour, rule, days, drafted_at, moved_at) \
                 values ($1, $2, $3, $4, 'drafted', $5, $6, $7, $8, $8)",
                params![
                    id,
                    subject.matter.to_string(),
                    subject.node.to_string(),
                    subject.unit.as_str(),
                    content.colour.code(),
                    rule,
                    i64::from(content.limit.amount),
                    at
                ],
            ),
            Event::SlipRevised { content: Content { colour, limit, .. } } => tx.execute_later(
                "update slip set colour = $2, days = $3, moved_at = $4 where id = $1",
                params![id, colour.code(), i64::from(limit.amount), at],
            ),
            Event::SlipIssued { year, serial, limit } => tx.execute_later(
                "update slip set state = 'issued', year = $2, serial = $3, due = $4, due_start = $5, \
                 due_span = $6, issued_at = $7, moved_at = $7 where id = $1",
                params![
                    id,
                    i64::from(year),
                    i64::from(serial),
                    limit.due,
                    limit.start,
                    limit.span.to_string(),
                    at
                ],
            ),
            Event::SlipChecked => state(tx, id, SlipState::Checked, at),
            Event::SlipSentBack { .. } => state(tx, id, SlipState::Drafted, at),
            Event::SlipReplied { .. } => state(tx, id, SlipState::Replied, at),
            Event::SlipReplyReturned { .. } => state(tx, id, SlipState::Issued, at),
            Event::SlipSettled { .. } => state(tx, id, SlipState::Settled, at),
            Event::SlipCancelled { .. } => state(tx, id, SlipState::Cancelled, at),
        }
    }
}

fn state(tx: &mut Tx, id: &str, state: SlipState, at: Instant) -> Result<(), StoreError> {
    tx.execute_later("update slip set state = $2, moved_at = $3 where id = $1", params![id, state.code(), at])
}
