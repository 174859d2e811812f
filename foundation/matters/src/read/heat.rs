//! How many assignments of each unit went late in each week: the heat table of supervision.
//! Each cell is what a list with the same bounds holds.

use super::list::{LATE, Select};
use super::model::UnitName;
use super::tab::Tab;
use kernel::UnitId;
use kernel::permission::Grant;
use kernel::time::{Date, Instant};
use platform::{App, Failure};
use store::Query;

/// Weeks shown.
pub const WEEKS: usize = 8;

/// See the module.
#[derive(Clone, Debug)]
pub struct Heat {
    /// The Mondays of the weeks, oldest first.
    pub weeks: Vec<Date>,
    /// Units with any, the one with the most first.
    pub units: Vec<HeatRow>,
}

/// A unit's row.
#[derive(Clone, Debug)]
pub struct HeatRow {
    /// Which unit.
    pub unit: UnitName,
    /// One count a week.
    pub counts: Vec<u64>,
}

impl HeatRow {
    /// Over all weeks.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// The heat of the last [`WEEKS`] weeks in the reader's scope, at most `limit` units.
///
/// # Errors
/// Whatever the store says.
pub fn heat(query: &mut dyn Query, app: &App, grants: &[Grant], limit: usize) -> Result<Heat, Failure> {
    let zone = &app.config.zone;
    let now = app.now();
    let weeks = mondays(zone.date_of(now));
    let mut scoped = Select::scoped(grants, Tab::WentLate);
    let starts: Vec<Instant> = weeks.iter().map(|monday| zone.start_of_day(*monday)).collect();
    let mut columns = Vec::with_capacity(starts.len());
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(now).min(now);
        let (from, to) = (scoped.param(*start), scoped.param(end));
        columns.push(format!("count(case when n.due > {from} and n.due <= {to} then 1 end)"));
    }
    let (first, last) = (scoped.param(starts[0]), scoped.param(now));
    scoped.demand(format!("n.due > {first} and n.due <= {last} and {LATE}"));
    let limit = scoped.param(i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!(
        "select n.unit, {} from {} where {} group by n.unit order by count(*) desc, n.unit limit {limit}",
        columns.join(", "),
        scoped.from(),
        scoped.conditions(),
    );
    let mut units = Vec::new();
    for row in query.query(&sql, scoped.params())? {
        let counts = (1..=WEEKS)
            .map(|n| Ok(u64::try_from(row.int(n)?).unwrap_or(0)))
            .collect::<Result<Vec<_>, Failure>>()?;
        units.push(HeatRow { unit: UnitName::of(query, &UnitId(row.text(0)?))?, counts });
    }
    Ok(Heat { weeks, units })
}

fn mondays(today: Date) -> Vec<Date> {
    let back = i64::from(today.weekday().to_monday_zero_offset());
    let days_ago = |n: i64| (0..n).fold(today, |date, _| date.yesterday().unwrap_or(date));
    (0..WEEKS as i64).rev().map(|week| days_ago(back + 7 * week)).collect()
}
