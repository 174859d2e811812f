//! Shifts and hand-overs as rows.

use crate::rules::handover::{Event as HandoverEvent, HandoverRules};
use crate::rules::roster::{Event, RosterRules};
use kernel::time::Instant;
use kernel::{Actor, Aggregate, Source};
use store::{Entry, Projection, StoreError, TableDef, Tx, params};

const SHIFT: &str = "
create table duty_shift (
    unit text not null,
    starts_at bigint not null,
    ends_at bigint not null,
    day text not null,
    name text not null,
    post text not null,
    phone text not null,
    primary key (unit, day, name, post)
);
create index duty_shift_now on duty_shift (starts_at, ends_at);
";

const PUBLICATION: &str = "
create table duty_publication (
    unit text not null,
    version bigint not null,
    from_day text not null,
    until_day text not null,
    shifts bigint not null,
    reason text not null,
    at bigint not null,
    primary key (unit, version)
);
";

const HANDOVER: &str = "
create table duty_handover (
    id text primary key,
    office text not null,
    shift text not null,
    account text,
    at bigint not null,
    signed_by text,
    signed_at bigint
);
create index duty_handover_office on duty_handover (office, at);
";

/// Keeps `duty_shift`, `duty_publication` and `duty_handover`.
#[derive(Clone, Copy, Debug)]
pub struct DutyProjection;

impl Projection for DutyProjection {
    fn name(&self) -> &'static str {
        "duty"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "duty_shift", ddl: SHIFT, order_by: "unit, day, name, post" },
            TableDef { name: "duty_publication", ddl: PUBLICATION, order_by: "unit, version" },
            TableDef { name: "duty_handover", ddl: HANDOVER, order_by: "id" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        match entry.stream.split_once(':') {
            Some((RosterRules::KIND, unit)) => published(tx, entry, unit),
            Some((HandoverRules::KIND, id)) => handed_over(tx, entry, id),
            _ => Ok(()),
        }
    }
}

fn published(tx: &mut Tx, entry: &Entry, unit: &str) -> Result<(), StoreError> {
    let Event::Published { from, until, duties, reason } =
        serde_json::from_str(&entry.body).map_err(|error| unreadable(entry, &error))?;
    let (from, until) = (from.to_string(), until.to_string());
    tx.execute_later(
        "delete from duty_shift where unit = $1 and day >= $2 and day <= $3",
        params![unit, &from, &until],
    )?;
    tx.execute_later(
        "insert into duty_publication (unit, version, from_day, until_day, shifts, reason, at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![unit, entry.version, from, until, duties.len() as i64, reason, when(entry)],
    )?;
    for duty in duties {
        tx.execute_later(
            "insert into duty_shift (unit, starts_at, ends_at, day, name, post, phone) \
             values ($1, $2, $3, $4, $5, $6, $7)",
            params![unit, duty.starts, duty.ends, duty.day.to_string(), duty.name, duty.post, duty.phone],
        )?;
    }
    Ok(())
}

fn handed_over(tx: &mut Tx, entry: &Entry, id: &str) -> Result<(), StoreError> {
    let event = serde_json::from_str(&entry.body).map_err(|error| unreadable(entry, &error))?;
    let actor: Actor = serde_json::from_str(&entry.actor).map_err(|error| unreadable(entry, &error))?;
    let account = actor.account().map(|account| account.to_string());
    match event {
        HandoverEvent::Written { office, shift, .. } => tx.execute_later(
            "insert into duty_handover (id, office, shift, account, at) values ($1, $2, $3, $4, $5)",
            params![id, office.as_str(), shift, account, when(entry)],
        ),
        HandoverEvent::Signed { .. } => tx.execute_later(
            "update duty_handover set signed_by = $2, signed_at = $3 where id = $1",
            params![id, account, when(entry)],
        ),
    }
}

fn when(entry: &Entry) -> Instant {
    match entry.source {
        Source::Live => entry.recorded_at,
        Source::Imported | Source::Replayed => entry.occurred_at,
    }
}

fn unreadable(entry: &Entry, error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version))
}
