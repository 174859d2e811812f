//! Draws within the reader's scope, with what came of them.

use kernel::MatterId;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Date, Instant};
use matters_rules::Finding;
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use store::{Query, Row, Value, params};

/// A draw in a list.
#[derive(Clone, Debug)]
pub struct DrawRow {
    /// Its id.
    pub id: String,
    /// Code of what it was drawn from.
    pub kind: String,
    /// Closed from that local day …
    pub from: Date,
    /// … to that one.
    pub to: Date,
    /// When it was drawn.
    pub at: Instant,
    /// How many there were.
    pub population: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// How many of them were checked.
    pub checked: u64,
    /// How many of those were closed falsely.
    pub false_closings: u64,
    /// How many were answered incompletely.
    pub incomplete: u64,
}

/// A drawn matter.
#[derive(Clone, Debug)]
pub struct DrawnRow {
    /// The draw.
    pub draw: String,
    /// Which.
    pub matter: MatterId,
    /// What was found, and when.
    pub found: Option<(Finding, Instant)>,
}

/// What came of all draws together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Matters drawn.
    pub drawn: u64,
    /// Checked of these.
    pub checked: u64,
    /// Closed falsely, of those checked.
    pub false_closings: u64,
    /// Answered incompletely, of those checked.
    pub incomplete: u64,
}

const ORDER: Order = Order { numbers: &["d.at"], id: "d.id" };

/// The draws from matters of this reader's offices, the newest first, after the key of an earlier
/// page.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn draws(
    query: &mut dyn Query,
    grants: &[Grant],
    after: Option<&str>,
    most: usize,
) -> Result<Paged<DrawRow>, Failure> {
    let (scope, mut values) = scope(grants);
    let behind = ORDER.behind(after, &mut values)?;
    let ending = ORDER.ending(most, &mut values);
    let count =
        |condition: &str| format!("(select count(*) from draw_row r where r.draw = d.id and {condition})");
    let sql = format!(
        "select d.id, d.kind, d.closed_from, d.closed_to, d.at, d.population, d.drawn, {}, {}, {} from draw d \
         where {scope} and {behind} {ending}",
        count("r.finding is not null"),
        count("r.finding = 'false'"),
        count("r.finding = 'incomplete'"),
    );
    let rows = query.query(&sql, &values)?.iter().map(draw_row).collect::<Result<Vec<_>, _>>()?;
    Ok(cut(rows, most, |row| key(&[row.at.micros()], &row.id)))
}

/// What came of every draw from matters of this reader's offices.
///
/// # Errors
/// Whatever the store says.
pub(super) fn sums(query: &mut dyn Query, grants: &[Grant]) -> Result<Sums, Failure> {
    let (scope, values) = scope(grants);
    let sql = format!(
        "select count(*), count(r.finding), count(case when r.finding = 'false' then 1 end), \
         count(case when r.finding = 'incomplete' then 1 end) \
         from draw_row r join draw d on d.id = r.draw where {scope}"
    );
    let row = query.query_one(&sql, &values)?;
    let count = |index| Ok::<_, Failure>(u64::try_from(row.int(index)?).unwrap_or(0));
    Ok(Sums { drawn: count(0)?, checked: count(1)?, false_closings: count(2)?, incomplete: count(3)? })
}

/// What was drawn, in the order of the ranks.
///
/// # Errors
/// Whatever the store says.
pub fn rows_of(query: &mut dyn Query, draw: &str) -> Result<Vec<DrawnRow>, Failure> {
    let sql = "select draw, matter, finding, checked_at from draw_row where draw = $1 order by place";
    query.query(sql, &params![draw])?.iter().map(drawn_row).collect()
}

/// What was drawn and is still to be checked, the oldest draw first.
///
/// # Errors
/// Whatever the store says.
pub(super) fn unchecked(
    query: &mut dyn Query,
    grants: &[Grant],
    most: i64,
) -> Result<Vec<DrawnRow>, Failure> {
    let (scope, mut values) = scope(grants);
    values.push(most.into());
    let sql = format!(
        "select r.draw, r.matter, r.finding, r.checked_at from draw_row r join draw d on d.id = r.draw \
         where {scope} and r.finding is null order by d.at, r.draw, r.place limit ${}",
        values.len()
    );
    query.query(&sql, &values)?.iter().map(drawn_row).collect()
}

/// Draws of offices at or below a unit in which the reader may see what evaluation found.
fn scope(grants: &[Grant]) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for grant in
        grants.iter().filter(|grant| allows(grant.role, Permission::EvaluationRead, Relation::Office))
    {
        values.push(grant.path.0.as_str().into());
        values.push(network::upper_bound(&grant.path.0).into());
        any.push(format!("(d.office_path >= ${} and d.office_path < ${})", values.len() - 1, values.len()));
    }
    let sql = if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" or ")) };
    (sql, values)
}

fn draw_row(row: &Row) -> Result<DrawRow, Failure> {
    let day = |index| {
        let text: &str = row.str(index)?;
        text.parse().map_err(|_| Failure::Internal("a draw's day is none".into()))
    };
    let count = |index| Ok::<_, Failure>(u64::try_from(row.int(index)?).unwrap_or(0));
    Ok(DrawRow {
        id: row.text(0)?,
        kind: row.text(1)?,
        from: day(2)?,
        to: day(3)?,
        at: row.instant(4)?,
        population: count(5)?,
        drawn: count(6)?,
        checked: count(7)?,
        false_closings: count(8)?,
        incomplete: count(9)?,
    })
}

fn drawn_row(row: &Row) -> Result<DrawnRow, Failure> {
    let matter = row.str(1)?.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))?;
    let found = match (row.opt_str(2)?.and_then(Finding::parse), row.opt_instant(3)?) {
        (Some(finding), Some(at)) => Some((finding, at)),
        _ => None,
    };
    Ok(DrawnRow { draw: row.text(0)?, matter, found })
}
