//! Draws and checks within the reader's scope.

use crate::rules::check::CheckState;
use crate::rules::figures::Counted;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Date, Instant, Zone};
use kernel::{AccountId, ReceptionId, UnitId};
use matters::configuration::CallQuality;
use platform::paging::{Order, Paged, cut, key};
use platform::{App, Failure};
use store::{Query, Row, Value, params};

/// A draw in a list.
#[derive(Clone, Debug)]
pub struct DrawRow {
    /// Its id.
    pub id: String,
    /// Begun from that local day …
    pub from: Date,
    /// … to that one.
    pub to: Date,
    /// How many there were.
    pub population: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// How many of them are scored.
    pub scored: u64,
    /// When.
    pub at: Instant,
}

/// A drawn call with what became of it.
#[derive(Clone, Debug)]
pub struct CallRow {
    /// Which.
    pub call: ReceptionId,
    /// The draw.
    pub draw: String,
    /// When it began.
    pub begun_at: Instant,
    /// Code of how they came.
    pub channel: String,
    /// Code of what came of it.
    pub ending: String,
    /// How far its check is, with the points that count.
    pub checked: Option<(CheckState, u32)>,
}

const DRAWS: Order = Order { numbers: &["d.at"], id: "d.id" };

/// The draws of the reader's offices, the newest first, after the key of an earlier page.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn draws(
    query: &mut dyn Query,
    grants: &[Grant],
    after: Option<&str>,
    most: usize,
) -> Result<Paged<DrawRow>, Failure> {
    let (scope, mut values) = scope(grants, Permission::CallCheckRead);
    let behind = DRAWS.behind(after, &mut values)?;
    let ending = DRAWS.ending(most, &mut values);
    let sql = format!(
        "select d.id, d.begun_from, d.begun_to, d.population, d.drawn, (select count(*) from call_draw_row r \
         join call_check c on c.call = r.call where r.draw = d.id), d.at from call_draw d \
         join unit u on u.code = d.office where {scope} and {behind} {ending}"
    );
    let day = |text: &str| text.parse().map_err(|_| Failure::Internal("a draw's day is none".into()));
    let rows = query.query(&sql, &values)?;
    let rows = rows
        .iter()
        .map(|row| {
            Ok::<_, Failure>(DrawRow {
                id: row.text(0)?,
                from: day(row.str(1)?)?,
                to: day(row.str(2)?)?,
                population: count(row, 3)?,
                drawn: count(row, 4)?,
                scored: count(row, 5)?,
                at: row.instant(6)?,
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(cut(rows, most, |row| key(&[row.at.micros()], &row.id)))
}

const CALL: &str = "select w.call, w.draw, r.begun_at, r.channel, r.ending, c.state, c.total \
                    from call_draw_row w join reception r on r.id = w.call \
                    left join call_check c on c.call = w.call";

/// What was drawn, in the order of the ranks.
///
/// # Errors
/// Whatever the store says.
pub fn calls_of(query: &mut dyn Query, draw: &str) -> Result<Vec<CallRow>, Failure> {
    let rows = query.query(&format!("{CALL} where w.draw = $1 order by w.place"), &params![draw])?;
    rows.iter().map(call_row).collect()
}

/// The answered first, then what waits the longest: the greatest first, as a page goes on.
const WAITING: Order = Order {
    numbers: &["cast(case when c.state is null then 0 else 1 end as bigint)", "-r.begun_at"],
    id: "w.call || '_' || w.draw",
};

/// What this reader may score or read again, after the key of an earlier page: nothing they took
/// themselves; the answered first.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn waiting(
    query: &mut dyn Query,
    grants: &[Grant],
    reader: AccountId,
    after: Option<&str>,
    most: usize,
) -> Result<Paged<CallRow>, Failure> {
    let (scope, mut values) = scope(grants, Permission::CallCheckScore);
    values.push(reader.to_string().into());
    let own = values.len();
    let behind = WAITING.behind(after, &mut values)?;
    let ending = WAITING.ending(most, &mut values);
    let sql = format!(
        "{CALL} join unit u on u.code = r.office where {scope} and coalesce(r.officer, '') <> ${own} \
         and (c.state is null or c.state = 'answered') and {behind} {ending}"
    );
    let rows = call_rows(query, &sql, &values)?;
    let answered = |row: &CallRow| i64::from(row.checked.is_some());
    Ok(cut(rows, most, |row| {
        key(&[answered(row), -row.begun_at.micros()], format!("{}_{}", row.call, row.draw))
    }))
}

const OF_OFFICER: Order = Order { numbers: &["c.begun_at"], id: "c.call" };

/// The checked calls of one officer, the newest first, after the key of an earlier page.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn of_officer(
    query: &mut dyn Query,
    officer: AccountId,
    after: Option<&str>,
    most: usize,
) -> Result<Paged<CallRow>, Failure> {
    let mut values = params![officer.to_string()];
    let behind = OF_OFFICER.behind(after, &mut values)?;
    let ending = OF_OFFICER.ending(most, &mut values);
    let sql = format!(
        "select c.call, c.draw, c.begun_at, r.channel, r.ending, c.state, c.total from call_check c \
         join reception r on r.id = c.call where c.officer = $1 and {behind} {ending}"
    );
    let rows = call_rows(query, &sql, &values)?;
    Ok(cut(rows, most, |row| key(&[row.begun_at.micros()], row.call)))
}

/// What counts of a period, as far as the reader's offices go; everywhere, where no grants are
/// given.
///
/// # Errors
/// Whatever the store says.
pub fn counted(
    query: &mut dyn Query,
    app: &App,
    grants: Option<&[Grant]>,
    sheet: &CallQuality,
    (from, to): (Date, Date),
) -> Result<Vec<Counted>, Failure> {
    let zone = &app.config.zone;
    let (scope, mut values) = match grants {
        Some(grants) => scope(grants, Permission::CallCheckRead),
        None => ("1 = 1".to_owned(), Vec::new()),
    };
    values.push(zone.start_of_day(from).into());
    values.push(zone.end_of_day(to).into());
    let sql = format!(
        "select c.office, c.begun_at, c.scores, c.answered, c.first_total, c.state from call_check c \
         join unit u on u.code = c.office where {scope} and c.begun_at >= ${} and c.begun_at < ${} \
         order by c.begun_at, c.call",
        values.len() - 1,
        values.len()
    );
    let rows = query.query(&sql, &values)?;
    rows.iter()
        .map(|row| {
            let second = row.str(5)? == CheckState::Final.code();
            Ok(Counted {
                office: UnitId(row.text(0)?),
                shift: sheet.shift_at(minute(zone, row.instant(1)?)).map(|shift| shift.code.clone()),
                scores: serde_json::from_str(row.str(2)?)?,
                answered: row.bool(3)?,
                before: u32::try_from(row.int(4)?).ok().filter(|_| second),
            })
        })
        .collect()
}

/// The minute of the local day.
pub(crate) fn minute(zone: &Zone, at: Instant) -> u16 {
    let local = zone.local(at);
    u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0)
}

fn call_rows(query: &mut dyn Query, sql: &str, values: &[Value]) -> Result<Vec<CallRow>, Failure> {
    query.query(sql, values)?.iter().map(call_row).collect()
}

fn call_row(row: &Row) -> Result<CallRow, Failure> {
    let state = row.opt_str(5)?.and_then(CheckState::parse);
    let total = row.opt_int(6)?.and_then(|total| u32::try_from(total).ok());
    Ok(CallRow {
        call: row.str(0)?.parse().map_err(|_| Failure::Internal("a call's id is no UUID".into()))?,
        draw: row.text(1)?,
        begun_at: row.instant(2)?,
        channel: row.text(3)?,
        ending: row.opt_text(4)?.unwrap_or_default(),
        checked: state.zip(total),
    })
}

fn count(row: &Row, at: usize) -> Result<u64, Failure> {
    Ok(u64::try_from(row.int(at)?).unwrap_or(0))
}

/// Offices at or below a unit in which the reader may do that.
fn scope(grants: &[Grant], permission: Permission) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for grant in grants.iter().filter(|grant| allows(grant.role, permission, Relation::Office)) {
        values.push(grant.path.0.as_str().into());
        values.push(network::upper_bound(&grant.path.0).into());
        any.push(format!("(u.path >= ${} and u.path < ${})", values.len() - 1, values.len()));
    }
    let sql = if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" or ")) };
    (sql, values)
}
