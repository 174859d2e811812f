//! Who is on duty, a unit's shifts, hand-overs.

use kernel::UnitId;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Date, Instant};
use network::UnitRow;
use platform::Failure;
use store::{Query, Row, StoreError, Value, params};
use uuid::Uuid;

/// A shift as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftRow {
    /// Which unit's.
    pub unit: UnitId,
    /// Of which day.
    pub day: Date,
    /// Which.
    pub name: String,
    /// Which post.
    pub post: String,
    /// Which telephone; empty where the unit's own serves.
    pub phone: String,
    /// From when.
    pub starts: Instant,
    /// Until when.
    pub ends: Instant,
}

const SHIFT: &str = "select s.unit, s.day, s.name, s.post, s.phone, s.starts_at, s.ends_at from duty_shift s";

/// Who is on duty at a moment, in all units or one.
///
/// # Errors
/// Whatever the store says.
pub fn on_duty(q: &mut dyn Query, unit: Option<&UnitId>, at: Instant) -> Result<Vec<ShiftRow>, Failure> {
    let mut sql =
        format!("{SHIFT} left join unit u on u.code = s.unit where s.starts_at <= $1 and s.ends_at > $1");
    let mut values: Vec<Value> = params![at];
    if let Some(unit) = unit {
        values.push(unit.as_str().into());
        sql += " and s.unit = $2";
    }
    sql += " order by u.path, s.starts_at, s.name, s.post limit 1000";
    Ok(q.query(&sql, &values)?.iter().map(shift).collect::<Result<_, StoreError>>()?)
}

/// A unit's shifts between two days, both included.
pub(crate) fn shifts(
    q: &mut dyn Query,
    unit: &UnitId,
    from: Date,
    until: Date,
) -> Result<Vec<ShiftRow>, Failure> {
    let sql = format!(
        "{SHIFT} where s.unit = $1 and s.day >= $2 and s.day <= $3 order by s.starts_at, s.name, s.post"
    );
    let rows = q.query(&sql, &params![unit.as_str(), from.to_string(), until.to_string()])?;
    Ok(rows.iter().map(shift).collect::<Result<_, StoreError>>()?)
}

/// A publication of a roster.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub from: Date,
    pub until: Date,
    pub shifts: i64,
    /// Why it changed what was published before; empty for none.
    pub reason: String,
    pub at: Instant,
}

/// What was published when and why, the newest first.
pub(crate) fn publications(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<Publication>, Failure> {
    let sql = "select from_day, until_day, shifts, reason, at from duty_publication where unit = $1 \
               order by version desc limit 30";
    let line = |row: &Row| {
        let (from, until, shifts) = (day(row, 0)?, day(row, 1)?, row.int(2)?);
        Ok(Publication { from, until, shifts, reason: row.text(3)?, at: row.instant(4)? })
    };
    Ok(q.query(sql, &params![unit.as_str()])?.iter().map(line).collect::<Result<_, StoreError>>()?)
}

/// A hand-over in a list.
#[derive(Clone, Debug)]
pub(crate) struct HandoverRow {
    pub id: Uuid,
    pub shift: String,
    /// The post's title of who wrote it.
    pub by: String,
    pub at: Instant,
    /// Of who signed for it, and when.
    pub signed: Option<(String, Instant)>,
}

/// The newest hand-overs of the offices that these grants may hand over for.
pub(crate) fn handovers(q: &mut dyn Query, grants: &[Grant]) -> Result<Vec<HandoverRow>, Failure> {
    let mut values = Vec::new();
    let mut reach = Vec::new();
    for grant in grants.iter().filter(|g| allows(g.role, Permission::ShiftHandOver, Relation::Office)) {
        values.push(Value::from(grant.path.0.as_str()));
        values.push(network::upper_bound(&grant.path.0).into());
        reach.push(format!("(u.path >= ${} and u.path < ${})", values.len() - 1, values.len()));
    }
    if reach.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select h.id, h.shift, coalesce(a.name, ''), h.at, b.name, h.signed_at from duty_handover h \
         join unit u on u.code = h.office left join account a on a.id = h.account \
         left join account b on b.id = h.signed_by where {} order by h.at desc, h.id limit 30",
        reach.join(" or ")
    );
    let line = |row: &Row| {
        let id = row.str(0)?.parse().map_err(|_| StoreError::Corrupt("a hand-over's id".into()))?;
        let signed =
            row.opt_instant(5)?.map(|at| Ok::<_, StoreError>((row.opt_text(4)?.unwrap_or_default(), at)));
        let (shift, by, at) = (row.text(1)?, row.text(2)?, row.instant(3)?);
        Ok(HandoverRow { id, shift, by, at, signed: signed.transpose()? })
    };
    Ok(q.query(&sql, &values)?.iter().map(line).collect::<Result<_, StoreError>>()?)
}

/// The units that have a duty telephone, with it; below one unit, or all.
pub(crate) fn phones(q: &mut dyn Query, text: &str) -> Result<Vec<(UnitRow, String)>, Failure> {
    /// More are found by searching.
    const MOST: i64 = 60;
    let mut found = Vec::new();
    let sql = "select code, duty_phone from unit where duty_phone <> '' and open = 1 \
               and (lower(name) like $1 escape '!' or lower(short_name) like $1 escape '!') \
               order by path limit $2";
    for row in q.query(sql, &params![kernel::text::like_containing(text), MOST])? {
        if let Some(unit) = network::unit(q, &UnitId(row.text(0)?))? {
            found.push((unit, row.text(1)?));
        }
    }
    Ok(found)
}

fn shift(row: &Row) -> Result<ShiftRow, StoreError> {
    Ok(ShiftRow {
        unit: UnitId(row.text(0)?),
        day: day(row, 1)?,
        name: row.text(2)?,
        post: row.text(3)?,
        phone: row.text(4)?,
        starts: row.instant(5)?,
        ends: row.instant(6)?,
    })
}

fn day(row: &Row, column: usize) -> Result<Date, StoreError> {
    row.str(column)?.parse().map_err(|_| StoreError::Corrupt("a day of a roster does not read".into()))
}
