//! Partners, what passed, and every message, as rows.

use crate::rules::handover::{Event as HandoverEvent, HandoverRules};
use crate::rules::partner::{Adapter, Direction, Event, PartnerRules, Terms};
use crate::rules::wire::Kind;
use kernel::time::Instant;
use kernel::{Aggregate, MatterId, NodeId, UnitId};
use platform::paging::{Order, Paged, cut, key};
use platform::{By, Failure};
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, params};

const PARTNER: &str = "
create table exchange_partner (
    code text primary key,
    direction text not null,
    name text not null,
    unit text not null,
    adapter text not null,
    url text not null,
    secret text not null,
    active bigint not null,
    added_at bigint not null
);
";

/// `waiting` counts the messages that have not arrived yet.
const HANDOVER: &str = "
create table exchange_handover (
    id text primary key,
    partner text not null,
    direction text not null,
    number text not null,
    other_number text,
    matter text not null,
    node text,
    opened_at bigint not null,
    last_kind text not null,
    last_at bigint not null,
    waiting bigint not null
);
create unique index exchange_handover_number on exchange_handover (partner, number);
create index exchange_handover_matter on exchange_handover (matter);
create index exchange_handover_opened on exchange_handover (opened_at, id);
";

/// `delivered_at`: none for one that came, and for one on its way.
const MESSAGE: &str = "
create table exchange_message (
    handover text not null,
    message text not null,
    incoming bigint not null,
    kind text not null,
    at bigint not null,
    delivered_at bigint,
    primary key (handover, message)
);
";

/// Keeps `exchange_partner`, `exchange_handover` and `exchange_message`.
pub struct ExchangeProjection;

/// Another platform.
#[derive(Clone, Debug)]
pub struct PartnerRow {
    /// Its code here.
    pub code: String,
    /// Where it stands.
    pub direction: Direction,
    /// What is agreed.
    pub terms: Terms,
    /// The sealed secret.
    pub secret: String,
    /// Whether messages pass.
    pub on: bool,
    /// Since when there is one.
    pub added_at: Instant,
}

impl PartnerRow {
    /// As who it acts here.
    pub fn by(&self) -> By {
        By::Platform { code: self.code.clone(), name: self.terms.name.clone() }
    }
}

/// One matter that passed.
#[derive(Clone, Debug)]
pub struct HandoverRow {
    /// Its id.
    pub id: String,
    /// Code of the other platform.
    pub partner: String,
    /// Where that stands.
    pub direction: Direction,
    /// The number it was handed down under.
    pub number: String,
    /// Its number on the other side, where that told it.
    pub other_number: Option<String>,
    /// The matter here.
    pub matter: MatterId,
    /// The assignment it handles.
    pub node: Option<NodeId>,
    /// When it passed.
    pub opened_at: Instant,
    /// What was said last.
    pub last: Kind,
    /// When.
    pub last_at: Instant,
    /// Messages that have not arrived yet.
    pub waiting: i64,
}

/// A message about one.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its id.
    pub id: String,
    /// It came; else it was sent.
    pub incoming: bool,
    /// What it says.
    pub kind: Kind,
    /// When it came, or was written.
    pub at: Instant,
    /// When it arrived.
    pub delivered_at: Option<Instant>,
}

const PARTNER_COLUMNS: &str = "code, direction, name, unit, adapter, url, secret, active, added_at";
const HANDOVER_COLUMNS: &str =
    "id, partner, direction, number, other_number, matter, node, opened_at, last_kind, last_at, waiting";

/// All partners, the oldest first.
///
/// # Errors
/// The store's.
pub fn partners(q: &mut dyn Query) -> Result<Vec<PartnerRow>, StoreError> {
    let sql = format!("select {PARTNER_COLUMNS} from exchange_partner order by added_at, code");
    q.query(&sql, &[])?.iter().map(read_partner).collect()
}

/// The one of that code.
///
/// # Errors
/// The store's.
pub fn partner(q: &mut dyn Query, code: &str) -> Result<Option<PartnerRow>, StoreError> {
    let sql = format!("select {PARTNER_COLUMNS} from exchange_partner where code = $1");
    q.query_one_opt(&sql, &params![code])?.as_ref().map(read_partner).transpose()
}

/// The one below that handles a unit's assignments.
///
/// # Errors
/// The store's.
pub fn below(q: &mut dyn Query, unit: &UnitId) -> Result<Option<PartnerRow>, StoreError> {
    let sql = format!("select {PARTNER_COLUMNS} from exchange_partner where unit = $1 and direction = $2");
    let found = q.query_one_opt(&sql, &params![unit.as_str(), Direction::Below.code()])?;
    found.as_ref().map(read_partner).transpose()
}

/// What passed with a partner under that number.
///
/// # Errors
/// The store's.
pub fn numbered(q: &mut dyn Query, partner: &str, number: &str) -> Result<Option<HandoverRow>, StoreError> {
    let sql = format!("select {HANDOVER_COLUMNS} from exchange_handover where partner = $1 and number = $2");
    q.query_one_opt(&sql, &params![partner, number])?.as_ref().map(read_handover).transpose()
}

/// Everything that passed about a matter.
///
/// # Errors
/// The store's.
pub fn of_matter(q: &mut dyn Query, matter: &str) -> Result<Vec<HandoverRow>, StoreError> {
    let sql =
        format!("select {HANDOVER_COLUMNS} from exchange_handover where matter = $1 order by opened_at");
    q.query(&sql, &params![matter])?.iter().map(read_handover).collect()
}

/// The one of that id.
///
/// # Errors
/// The store's.
pub fn handover(q: &mut dyn Query, id: &str) -> Result<Option<HandoverRow>, StoreError> {
    let sql = format!("select {HANDOVER_COLUMNS} from exchange_handover where id = $1");
    q.query_one_opt(&sql, &params![id])?.as_ref().map(read_handover).transpose()
}

const LATEST: Order = Order { numbers: &["opened_at"], id: "id" };

/// What passed, with one partner or with all, the latest first, after the key of an earlier page.
///
/// # Errors
/// The store's; what a key may be wrong with.
pub fn latest(
    q: &mut dyn Query,
    partner: Option<&str>,
    after: Option<&str>,
    most: usize,
) -> Result<Paged<HandoverRow>, Failure> {
    let mut args = Vec::new();
    let which = match partner {
        Some(code) => {
            args.extend(params![code]);
            "partner = $1"
        }
        None => "1 = 1",
    };
    let behind = LATEST.behind(after, &mut args)?;
    let ending = LATEST.ending(most, &mut args);
    let sql = format!("select {HANDOVER_COLUMNS} from exchange_handover where {which} and {behind} {ending}");
    let rows = q.query(&sql, &args)?.iter().map(read_handover).collect::<Result<Vec<_>, _>>()?;
    Ok(cut(rows, most, |row| key(&[row.opened_at.micros()], &row.id)))
}

/// The messages about one, the oldest first.
///
/// # Errors
/// The store's.
pub fn messages(q: &mut dyn Query, handover: &str) -> Result<Vec<MessageRow>, StoreError> {
    let sql = "select message, incoming, kind, at, delivered_at from exchange_message \
               where handover = $1 order by at, message";
    q.query(sql, &params![handover])?.iter().map(read_message).collect()
}

/// Ids of the messages to a partner that have not arrived yet, with their handovers.
///
/// # Errors
/// The store's.
pub fn waiting(q: &mut dyn Query, partner: &str) -> Result<Vec<(String, String)>, StoreError> {
    let sql = "select m.handover, m.message from exchange_message m \
               join exchange_handover h on h.id = m.handover \
               where h.partner = $1 and m.incoming = 0 and m.delivered_at is null order by m.at, m.message";
    q.query(sql, &params![partner])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

fn read_partner(row: &Row) -> Result<PartnerRow, StoreError> {
    Ok(PartnerRow {
        code: row.text(0)?,
        direction: code(row.str(1)?, Direction::parse)?,
        terms: Terms {
            name: row.text(2)?,
            unit: UnitId::from(row.str(3)?),
            adapter: code(row.str(4)?, Adapter::parse)?,
            url: row.text(5)?,
        },
        secret: row.text(6)?,
        on: row.int(7)? != 0,
        added_at: row.instant(8)?,
    })
}

fn read_handover(row: &Row) -> Result<HandoverRow, StoreError> {
    let node = row.opt_text(6)?.map(|node| code(&node, |node| node.parse().ok())).transpose()?;
    Ok(HandoverRow {
        id: row.text(0)?,
        partner: row.text(1)?,
        direction: code(row.str(2)?, Direction::parse)?,
        number: row.text(3)?,
        other_number: row.opt_text(4)?,
        matter: code(row.str(5)?, |matter| matter.parse().ok())?,
        node,
        opened_at: row.instant(7)?,
        last: code(row.str(8)?, Kind::parse)?,
        last_at: row.instant(9)?,
        waiting: row.int(10)?,
    })
}

fn read_message(row: &Row) -> Result<MessageRow, StoreError> {
    Ok(MessageRow {
        id: row.text(0)?,
        incoming: row.int(1)? != 0,
        kind: code(row.str(2)?, Kind::parse)?,
        at: row.instant(3)?,
        delivered_at: row.opt_int(4)?.map(Instant::from_micros),
    })
}

fn code<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Corrupt(format!("the exchange knows no {text}")))
}

impl Projection for ExchangeProjection {
    fn name(&self) -> &'static str {
        "exchange"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "exchange_partner", ddl: PARTNER, order_by: "code" },
            TableDef { name: "exchange_handover", ddl: HANDOVER, order_by: "id" },
            TableDef { name: "exchange_message", ddl: MESSAGE, order_by: "handover, message" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        match entry.stream.split_once(':') {
            Some((PartnerRules::KIND, code)) => {
                apply_partner(tx, entry, code, serde_json::from_str(&entry.body).map_err(unreadable)?)
            }
            Some((HandoverRules::KIND, id)) => {
                apply_handover(tx, entry, id, serde_json::from_str(&entry.body).map_err(unreadable)?)
            }
            _ => Ok(()),
        }
    }
}

fn apply_partner(tx: &mut Tx, entry: &Entry, code: &str, event: Event) -> Result<(), StoreError> {
    match event {
        Event::Added { direction, terms, secret } => tx.execute_later(
            "insert into exchange_partner \
             (code, direction, name, unit, adapter, url, secret, active, added_at) \
             values ($1, $2, $3, $4, $5, $6, $7, 1, $8)",
            params![
                code,
                direction.code(),
                terms.name,
                terms.unit.as_str(),
                terms.adapter.code(),
                terms.url,
                secret,
                entry.occurred_at
            ],
        ),
        Event::Changed { terms } => tx.execute_later(
            "update exchange_partner set name = $2, unit = $3, adapter = $4, url = $5 where code = $1",
            params![code, terms.name, terms.unit.as_str(), terms.adapter.code(), terms.url],
        ),
        Event::Renewed { secret } => {
            tx.execute_later("update exchange_partner set secret = $2 where code = $1", params![code, secret])
        }
        Event::Turned { on } => {
            tx.execute_later("update exchange_partner set active = $2 where code = $1", params![code, on])
        }
    }
}

fn apply_handover(tx: &mut Tx, entry: &Entry, id: &str, event: HandoverEvent) -> Result<(), StoreError> {
    let said = |tx: &mut Tx, message: &str, incoming: bool, kind: Kind| {
        tx.execute_later(
            "insert into exchange_message (handover, message, incoming, kind, at) values ($1, $2, $3, $4, $5)",
            params![id, message, incoming, kind.code(), entry.occurred_at],
        )?;
        tx.execute_later(
            "update exchange_handover set last_kind = $2, last_at = $3, waiting = waiting + $4 where id = $1",
            params![id, kind.code(), entry.occurred_at, i64::from(!incoming)],
        )
    };
    match event {
        HandoverEvent::Opened { passed } => tx.execute_later(
            "insert into exchange_handover \
             (id, partner, direction, number, matter, node, opened_at, last_kind, last_at, waiting) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $7, 0)",
            params![
                id,
                passed.partner,
                passed.direction.code(),
                passed.number,
                passed.matter.to_string(),
                passed.node.map(|node| node.to_string()),
                entry.occurred_at,
                Kind::HandedDown.code()
            ],
        ),
        HandoverEvent::Heard { message, kind, other_number } => {
            said(tx, &message, true, kind)?;
            match other_number {
                Some(number) => tx.execute_later(
                    "update exchange_handover set other_number = $2 where id = $1",
                    params![id, number],
                ),
                None => Ok(()),
            }
        }
        HandoverEvent::Told { message, kind } => said(tx, &message, false, kind),
        HandoverEvent::Delivered { message } => {
            tx.execute_later(
                "update exchange_message set delivered_at = $3 where handover = $1 and message = $2",
                params![id, message, entry.occurred_at],
            )?;
            tx.execute_later("update exchange_handover set waiting = waiting - 1 where id = $1", params![id])
        }
    }
}
