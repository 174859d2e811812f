//! Slips within the reader's scope: supervision sees all of its matters' slips, a unit those
//! that were issued to it.

use crate::rules::slip::SlipState;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Instant, Light, Remaining, Span, light, remaining};
use kernel::{MatterId, NodeId, SlipId, UnitId};
use matters::read::UnitName;
use matters_rules::Colour;
use platform::paging::{Order, Paged, cut, key};
use platform::{App, Failure};
use store::{Query, Row, Value};

/// Counts stop here.
const COUNTED_TO: i64 = 1_000;

/// What a list of slips is divided into. Its label's key is `slip-tab-<code>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlipTab {
    /// Whatever is open.
    #[default]
    Open,
    /// 待审核
    ToCheck,
    /// 待签发
    ToIssue,
    /// 待回复
    ToReply,
    /// 已回复
    Replied,
    /// 已办结、已撤销
    Ended,
}

impl SlipTab {
    /// In the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::ToCheck, Self::ToIssue, Self::ToReply, Self::Replied, Self::Ended];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ToCheck => "to_check",
            Self::ToIssue => "to_issue",
            Self::ToReply => "to_reply",
            Self::Replied => "replied",
            Self::Ended => "ended",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    fn condition(self) -> &'static str {
        match self {
            Self::Open => "s.state in ('drafted', 'checked', 'issued', 'replied')",
            Self::ToCheck => "s.state = 'drafted'",
            Self::ToIssue => "s.state = 'checked'",
            Self::ToReply => "s.state = 'issued'",
            Self::Replied => "s.state = 'replied'",
            Self::Ended => "s.state in ('settled', 'cancelled')",
        }
    }
}

/// A slip in a list.
#[derive(Clone, Debug)]
pub struct SlipRow {
    /// Which.
    pub id: SlipId,
    /// Of which matter.
    pub matter: MatterId,
    /// The matter's number.
    pub matter_number: String,
    /// The matter's title; none where it is shielded or erased.
    pub title: Option<String>,
    /// About which assignment.
    pub node: NodeId,
    /// To whom.
    pub unit: UnitName,
    /// How far it is.
    pub state: SlipState,
    /// How pressing.
    pub colour: Colour,
    /// Year and running number, once issued.
    pub number: Option<(i64, i64)>,
    /// The rule that drafted it.
    pub rule: Option<String>,
    /// Working days to reply.
    pub days: i64,
    /// When it was drafted.
    pub drafted_at: Instant,
    /// When it was issued.
    pub issued_at: Option<Instant>,
    /// When the reply is due.
    pub due_at: Option<Instant>,
    /// Light of that, while a reply is waited for.
    pub light: Option<(Light, Remaining)>,
}

const ORDER: Order = Order { numbers: &["s.drafted_at"], id: "s.id" };

/// Slips of a tab, the newest first, after the key of an earlier page; and that key for the
/// next.
///
/// # Errors
/// Whatever the store says.
pub fn list_of(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    tab: SlipTab,
    after: Option<&str>,
    limit: usize,
) -> Result<Paged<SlipRow>, Failure> {
    let (scope, mut values) = scope(grants);
    let behind = ORDER.behind(after, &mut values)?;
    let ending = ORDER.ending(limit, &mut values);
    let sql = format!("{COLUMNS} where {scope} and {} and {behind} {ending}", tab.condition());
    let rows = query.query(&sql, &values)?;
    let found = read(query, app, &rows)?;
    Ok(cut(found, limit, |slip| key(&[slip.drafted_at.micros()], slip.id)))
}

/// One slip, where the reader may see it.
///
/// # Errors
/// [`Failure::NotFound`] else.
pub fn one(query: &mut dyn Query, app: &App, grants: &[Grant], id: SlipId) -> Result<SlipRow, Failure> {
    let (scope, mut values) = scope(grants);
    values.push(id.to_string().into());
    let rows = query.query(&format!("{COLUMNS} where {scope} and s.id = ${}", values.len()), &values)?;
    read(query, app, &rows)?.into_iter().next().ok_or(Failure::NotFound)
}

/// How many slips each tab holds, up to [`COUNTED_TO`] and one.
///
/// # Errors
/// Whatever the store says.
pub fn tab_counts(query: &mut dyn Query, grants: &[Grant]) -> Result<Vec<(SlipTab, i64)>, Failure> {
    let count = |tab: SlipTab| {
        let (scope, values) = scope(grants);
        let sql = format!(
            "select count(*) from (select 1 from slip s join matter m on m.id = s.matter \
             left join unit u on u.code = s.unit where {scope} and {} limit {}) counted",
            tab.condition(),
            COUNTED_TO + 1
        );
        Ok((tab, query.query_one(&sql, &values)?.int(0)?))
    };
    SlipTab::ALL.into_iter().map(count).collect()
}

/// Whether the assignment has a slip that is still open: a rule drafts no second one.
///
/// # Errors
/// Whatever the store says.
pub fn has_open(query: &mut dyn Query, node: NodeId) -> Result<bool, Failure> {
    let sql =
        "select 1 from slip where node = $1 and state in ('drafted', 'checked', 'issued', 'replied') limit 1";
    Ok(query.query_one_opt(sql, &store::params![node.to_string()])?.is_some())
}

const COLUMNS: &str = "select s.id, s.matter, m.number, m.title, s.node, s.unit, s.state, s.colour, s.year, \
     s.serial, s.rule, s.days, s.drafted_at, s.issued_at, s.due, s.due_start, s.due_span \
     from slip s join matter m on m.id = s.matter left join unit u on u.code = s.unit";

/// Supervision of the matter's office, or the unit addressed once it was issued.
fn scope(grants: &[Grant]) -> (String, Vec<Value>) {
    let office: Vec<Grant> = grants
        .iter()
        .filter(|grant| allows(grant.role, Permission::SupervisionRead, Relation::Office))
        .cloned()
        .collect();
    let (sql, mut values) = identity::scope::matter_filter(&office, Permission::SupervisionRead, 1);
    let mut any = vec![sql];
    for grant in grants.iter().filter(|grant| allows(grant.role, Permission::SlipReply, Relation::Handler)) {
        values.push(grant.path.0.as_str().into());
        values.push(network::upper_bound(&grant.path.0).into());
        let (from, until) = (values.len() - 1, values.len());
        any.push(format!(
            "(u.path >= ${from} and u.path < ${until} and s.state in ('issued', 'replied', 'settled'))"
        ));
    }
    (format!("({})", any.join(" or ")), values)
}

/// To whom: what was issued keeps the name of that day.
fn addressed(
    query: &mut dyn Query,
    app: &App,
    unit: UnitId,
    issued_at: Option<Instant>,
) -> Result<UnitName, Failure> {
    match (issued_at, network::unit(query, &unit)?) {
        (Some(at), Some(row)) => {
            let day = app.config.zone.date_of(at);
            Ok(network::read::history::as_called_on(query, row, day)?.into())
        }
        _ => Ok(UnitName::of(query, &unit)?),
    }
}

fn read(query: &mut dyn Query, app: &App, rows: &[Row]) -> Result<Vec<SlipRow>, Failure> {
    let calendar = matters::configuration::calendar_in_force(query)?;
    let now = app.now();
    let damaged = |what: &str| Failure::Internal(format!("a slip's {what} does not read"));
    rows.iter()
        .map(|row| {
            let state = SlipState::parse(row.str(6)?).ok_or_else(|| damaged("state"))?;
            let due_at = row.opt_instant(14)?;
            let span = row.opt_str(16)?.and_then(|span| Span::parse(span).ok());
            let burns = match (due_at, row.opt_instant(15)?, span) {
                (Some(due), Some(start), Some(span)) if state == SlipState::Issued => Some((
                    light(&calendar, start, due, span, &[], now),
                    remaining(&calendar, due, span.base, &[], now),
                )),
                _ => None,
            };
            Ok(SlipRow {
                id: row.str(0)?.parse().map_err(|_| damaged("id"))?,
                matter: row.str(1)?.parse().map_err(|_| damaged("matter"))?,
                matter_number: row.text(2)?,
                title: row.opt_text(3)?,
                node: row.str(4)?.parse().map_err(|_| damaged("assignment"))?,
                unit: addressed(query, app, UnitId(row.text(5)?), row.opt_instant(13)?)?,
                state,
                colour: Colour::parse(row.str(7)?).ok_or_else(|| damaged("colour"))?,
                number: row.opt_int(8)?.zip(row.opt_int(9)?),
                rule: row.opt_text(10)?,
                days: row.int(11)?,
                drafted_at: row.instant(12)?,
                issued_at: row.opt_instant(13)?,
                due_at,
                light: burns,
            })
        })
        .collect()
}
