//! Receptions as rows: those still open at a desk, and what the call figures count.

use crate::filing::PHONE;
use kernel::text::normal_phone;
use kernel::time::Instant;
use kernel::{AccountId, Actor, Aggregate, ReceptionId, UnitId};
use matters_rules::Channel;
use matters_rules::reception::{Ending, Event, ReceptionRules};
use platform::{App, Failure};
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, params};

/// Local days are made of quarters of an hour in every zone there is.
pub(super) const QUARTER_MICROS: i64 = 15 * 60 * 1_000_000;

/// `quarter` is the quarter of an hour in which it began, counted from 1970 UTC; `detail` the
/// emergency service or why it was no call.
const RECEPTION: &str = "
create table reception (
    id text primary key,
    office text not null,
    officer text,
    channel text not null,
    caller text,
    begun_at bigint not null,
    quarter bigint not null,
    held_at bigint,
    holds bigint not null,
    ended_at bigint,
    ending text,
    detail text,
    matter text
);
create index reception_officer on reception (officer, ended_at);
create index reception_held on reception (office, held_at);
create index reception_quarter on reception (quarter);
create index reception_caller on reception (caller);
";

/// Keeps `reception`.
#[derive(Clone, Copy, Debug)]
pub struct ReceptionProjection;

/// Someone whose call is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub id: ReceptionId,
    /// How they come.
    pub channel: Option<Channel>,
    /// Since when.
    pub begun_at: Instant,
    /// Since when it is held.
    pub held_at: Option<Instant>,
}

const OPEN: &str =
    "select id, channel, begun_at, held_at from reception where officer = $1 and ended_at is null";

/// What this officer has not ended, oldest first.
///
/// # Errors
/// Whatever the store says.
pub fn open_of(query: &mut dyn Query, officer: AccountId) -> Result<Vec<Open>, Failure> {
    let rows = query.query(&format!("{OPEN} order by begun_at, id"), &params![officer.to_string()])?;
    rows.iter().map(open).collect()
}

/// What other officers of that office hold, oldest first: whoever is free may take it up.
///
/// # Errors
/// Whatever the store says.
pub fn held_by_others(
    query: &mut dyn Query,
    office: &UnitId,
    officer: AccountId,
) -> Result<Vec<Open>, Failure> {
    let sql = "select id, channel, begun_at, held_at from reception where office = $1 and officer <> $2 \
               and ended_at is null and held_at is not null order by begun_at, id";
    let rows = query.query(sql, &params![office.as_str(), officer.to_string()])?;
    rows.iter().map(open).collect()
}

/// One of them, if it is this officer's and not over.
///
/// # Errors
/// Whatever the store says.
pub fn open_one(query: &mut dyn Query, officer: AccountId, id: ReceptionId) -> Result<Option<Open>, Failure> {
    let found =
        query.query_one_opt(&format!("{OPEN} and id = $2"), &params![officer.to_string(), id.to_string()])?;
    found.as_ref().map(open).transpose()
}

/// How many invalid calls came from a number, and when the last one did: an officer with
/// nobody on the line is told, nothing follows from it.
///
/// # Errors
/// Whatever the store says.
pub fn invalid_calls_of(
    query: &mut dyn Query,
    app: &App,
    phone: &str,
) -> Result<Option<(i64, Instant)>, Failure> {
    let Some(phone) = normal_phone(phone) else { return Ok(None) };
    let sql = "select count(*), max(ended_at) from reception where caller = $1 and ending = 'invalid'";
    let row = query.query_one(sql, &params![app.vault.blind(PHONE, phone)])?;
    let times = row.int(0)?;
    Ok(row.opt_instant(1)?.map(|last| (times, last)))
}

fn open(row: &Row) -> Result<Open, Failure> {
    let id = row.str(0)?.parse().map_err(|_| Failure::Internal("a reception's id is no UUID".into()))?;
    Ok(Open {
        id,
        channel: Channel::parse(row.str(1)?),
        begun_at: row.instant(2)?,
        held_at: row.opt_instant(3)?,
    })
}

impl Projection for ReceptionProjection {
    fn name(&self) -> &'static str {
        "receptions"
    }

    fn version(&self) -> u32 {
        2
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "reception", ddl: RECEPTION, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((ReceptionRules::KIND, id)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let damaged = |error| StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version));
        let event: Event = serde_json::from_str(&entry.body).map_err(damaged)?;
        let at = match entry.source {
            kernel::Source::Live => entry.recorded_at,
            kernel::Source::Imported | kernel::Source::Replayed => entry.occurred_at,
        };
        match event {
            Event::Begun { office, channel, caller } => {
                let actor: Actor = serde_json::from_str(&entry.actor).map_err(damaged)?;
                let officer = actor.account().map(|account| account.to_string());
                tx.execute_later(
                    "insert into reception (id, office, officer, channel, caller, begun_at, quarter, holds) \
                     values ($1, $2, $3, $4, $5, $6, $7, 0)",
                    params![
                        id,
                        office.as_str(),
                        officer,
                        channel.code(),
                        caller,
                        at,
                        at.micros().div_euclid(QUARTER_MICROS)
                    ],
                )
            }
            Event::Held => tx.execute_later(
                "update reception set held_at = $2, holds = holds + 1 where id = $1",
                params![id, at],
            ),
            Event::Resumed => {
                let actor: Actor = serde_json::from_str(&entry.actor).map_err(damaged)?;
                let officer = actor.account().map(|account| account.to_string());
                tx.execute_later(
                    "update reception set held_at = null, officer = coalesce($2, officer) where id = $1",
                    params![id, officer],
                )
            }
            Event::Ended(ending) => end(tx, id, at, &ending),
        }
    }
}

fn end(tx: &mut Tx, id: &str, at: Instant, ending: &Ending) -> Result<(), StoreError> {
    let detail = match ending {
        Ending::Emergency { service } => Some(service.code()),
        Ending::Invalid { reason } => Some(reason.code()),
        Ending::Filed { .. } | Ending::GivenUp => None,
    };
    tx.execute_later(
        "update reception set held_at = null, ended_at = $2, ending = $3, detail = $4 where id = $1",
        params![id, at, ending.code(), detail],
    )?;
    if let Ending::Filed { matter, channel } = ending {
        tx.execute_later(
            "update reception set matter = $2, channel = $3 where id = $1",
            params![id, matter.to_string(), channel.code()],
        )?;
    }
    Ok(())
}
