//! The tables of sums, and how they are read.

use kernel::time::Date;
use matters_rules::figures::days::{Odd, Side, Signed, Slot};
use matters_rules::figures::{By, Cell};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use store::{Query, Row, StoreError, TableDef, Tx, Value, params};

/// What changes in a year, a month, a day: `span` is `YYYY`, `YYYYMM` or `YYYYMMDD`, so that
/// a sum up to a day reads few rows. `part` says by what, empty for the whole; `cells` are
/// `code:count` between spaces, `code!` where 基本满意 does not count as satisfied.
const FIGURE_DAY: &str = "
create table figure_day (
    part text not null,
    side text not null,
    span bigint not null,
    key text not null,
    cells text not null,
    primary key (part, side, span, key)
);
";

/// For which first days of a period a matter must be looked at by itself: `first` to `last`,
/// as `YYYYMMDD`, found by stretches of [`STRETCH`] days.
const FIGURE_ODD: &str = "
create table figure_odd (
    part text not null,
    stretch bigint not null,
    matter text not null,
    first bigint not null,
    last bigint not null,
    primary key (part, stretch, matter)
);
create index figure_odd_matter on figure_odd (matter);
";

pub(super) const ALL: &[TableDef] = &[
    TableDef { name: "figure_day", ddl: FIGURE_DAY, order_by: "part, side, span, key" },
    TableDef { name: "figure_odd", ddl: FIGURE_ODD, order_by: "part, stretch, matter" },
];

/// Days found together.
const STRETCH: i64 = 8;
/// Rows read or written by one statement.
const TOGETHER: usize = 50;

/// A row of sums.
pub(super) type Place = (Option<By>, Side, i64, String);

/// The rows a step of that day is added to.
pub(super) fn spans(day: Date) -> [i64; 3] {
    let (year, month) = (i64::from(day.year()), i64::from(day.month()));
    [year, year * 100 + month, ymd(day)]
}

/// Adds to rows of sums; a row in which nothing is left is removed.
pub(super) fn write(tx: &mut Tx, added: &BTreeMap<Place, Signed>) -> Result<(), StoreError> {
    let places: Vec<(&Place, &Signed)> = added.iter().collect();
    for chunk in places.chunks(TOGETHER) {
        let known = read(tx, chunk)?;
        for (place, cells) in chunk {
            let mut sums = known.get(*place).cloned().unwrap_or_default();
            matters_rules::figures::days::add(&mut sums, cells, 1);
            sums.retain(|_, n| *n != 0);
            let (by, side, span, key) = place;
            if sums.is_empty() {
                tx.execute_later(
                    "delete from figure_day where part = $1 and side = $2 and span = $3 and key = $4",
                    params![part(*by), side_code(*side), *span, key],
                )?;
            } else {
                tx.execute_later(
                    "insert into figure_day (part, side, span, key, cells) values ($1, $2, $3, $4, $5) \
                     on conflict (part, side, span, key) do update set cells = excluded.cells",
                    params![part(*by), side_code(*side), *span, key, packed(&sums)],
                )?;
            }
        }
    }
    Ok(())
}

/// The rows as they stand.
fn read(tx: &mut Tx, places: &[(&Place, &Signed)]) -> Result<HashMap<Place, Signed>, StoreError> {
    // The same statement however few there are, so that it stays prepared.
    let mut values: Vec<Value> = Vec::with_capacity(TOGETHER * 4);
    for n in 0..TOGETHER {
        let ((by, side, span, key), _) = places[n.min(places.len() - 1)];
        values.extend(params![part(*by), side_code(*side), *span, key]);
    }
    let wanted: Vec<String> = (0..TOGETHER)
        .map(|n| {
            let [part, side, span, key] = [1, 2, 3, 4].map(|place| 4 * n + place);
            format!("(${part}, ${side}, cast(${span} as bigint), ${key})")
        })
        .collect();
    let sql = format!(
        "select part, side, span, key, cells from figure_day where (part, side, span, key) in (values {})",
        wanted.join(", ")
    );
    let mut known = HashMap::new();
    tx.query_each(&sql, &values, &mut |row| {
        let by = By::parse(row.str(0)?);
        let side = if row.str(1)? == side_code(Side::Whole) { Side::Whole } else { Side::Before };
        known.insert((by, side, row.int(2)?, row.text(3)?), unpacked(row.str(4)?)?);
        Ok(())
    })?;
    Ok(known)
}

/// The sums of all rows up to a day, the day included.
pub(super) fn until(
    q: &mut dyn Query,
    by: Option<By>,
    side: Side,
    day: Date,
) -> Result<BTreeMap<String, Signed>, StoreError> {
    let mut sums: BTreeMap<String, Signed> = BTreeMap::new();
    let [year, month, date] = spans(day);
    q.query_each(
        "select key, cells from figure_day where part = $1 and side = $2 and span >= 0 and span < $3 \
         union all select key, cells from figure_day where part = $1 and side = $2 and span > $4 and span < $5 \
         union all select key, cells from figure_day where part = $1 and side = $2 and span > $6 and span <= $7",
        &params![part(by), side_code(side), year, year * 100, month, month * 100, date],
        &mut |row| {
            let sum = sums.entry(row.text(0)?).or_default();
            for (slot, n) in slots(row.str(1)?) {
                *sum.entry(slot?).or_default() += n;
            }
            Ok(())
        },
    )?;
    Ok(sums)
}

/// What changed in the whole on each day after one and up to another.
pub(super) fn daily(
    q: &mut dyn Query,
    side: Side,
    after: Date,
    until: Date,
) -> Result<BTreeMap<i64, Signed>, StoreError> {
    let mut days = BTreeMap::new();
    q.query_each(
        "select span, cells from figure_day where part = '' and side = $1 and span > $2 and span <= $3",
        &params![side_code(side), ymd(after), ymd(until)],
        &mut |row| {
            days.insert(row.int(0)?, unpacked(row.str(1)?)?);
            Ok(())
        },
    )?;
    Ok(days)
}

/// Replaces what is said of odd days of a matter.
pub(super) fn write_odd(tx: &mut Tx, matter: &str, odd: &[Odd]) -> Result<(), StoreError> {
    tx.execute_later("delete from figure_odd where matter = $1", params![matter])?;
    for row in odd_rows(matter, odd) {
        tx.execute_later(
            "insert into figure_odd (part, stretch, matter, first, last) values ($1, $2, $3, $4, $5)",
            row,
        )?;
    }
    Ok(())
}

/// The rows of the odd days of a matter.
pub(super) fn odd_rows(matter: &str, odd: &[Odd]) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (by, first, last) in odd {
        for stretch in stretch(*first)..=stretch(*last) {
            rows.push(params![part(*by), stretch, matter, ymd(*first), ymd(*last)]);
        }
    }
    rows
}

/// The matters that are odd for periods beginning on one of these days.
pub(super) fn odd(
    q: &mut dyn Query,
    by: Option<By>,
    from: Date,
    to: Date,
) -> Result<Vec<String>, StoreError> {
    let rows = q.query(
        "select distinct matter from figure_odd where part = $1 and stretch >= $2 and stretch <= $3 \
         and first <= $4 and last >= $5",
        &params![part(by), stretch(from), stretch(to), ymd(to), ymd(from)],
    )?;
    rows.iter().map(|row: &Row| row.text(0)).collect()
}

/// `YYYYMMDD`
pub(super) fn ymd(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn stretch(day: Date) -> i64 {
    // Months of 31 days: only nearness counts.
    (i64::from(day.year()) * 372 + i64::from(day.month()) * 31 + i64::from(day.day())) / STRETCH
}

fn part(by: Option<By>) -> &'static str {
    by.map_or("", By::code)
}

fn side_code(side: Side) -> &'static str {
    match side {
        Side::Whole => "whole",
        Side::Before => "before",
    }
}

fn packed(cells: &Signed) -> String {
    let one = |((cell, strictly), n): (&Slot, &i64)| {
        format!("{}{}:{n}", cell.code(), if *strictly { "!" } else { "" })
    };
    cells.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn unpacked(text: &str) -> Result<Signed, StoreError> {
    slots(text).map(|(slot, n)| Ok((slot?, n))).collect()
}

fn slots(text: &str) -> impl Iterator<Item = (Result<Slot, StoreError>, i64)> + '_ {
    static CELLS: OnceLock<HashMap<String, Cell>> = OnceLock::new();
    let cells = CELLS.get_or_init(|| Cell::all().map(|cell| (cell.code(), cell)).collect());
    text.split(' ').filter(|part| !part.is_empty()).map(move |part| {
        let (code, n) = part.split_once(':').unwrap_or((part, "0"));
        let (code, strictly) = code.strip_suffix('!').map_or((code, false), |code| (code, true));
        let cell = cells.get(code).copied().ok_or_else(|| StoreError::Corrupt(format!("no cell: {code}")));
        (cell.map(|cell| (cell, strictly)), n.parse().unwrap_or(0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back() {
        let cells: Signed = [((Cell::Open, false), -3), ((Cell::Satisfied, true), 7)].into();
        assert_eq!(unpacked(&packed(&cells)).ok(), Some(cells));
        assert_eq!(unpacked("").ok(), Some(Signed::new()));
        assert!(unpacked("nonsense:1").is_err());
    }

    #[test]
    fn days_near_each_other_are_found_together() {
        let (first, last) = (Date::constant(2022, 6, 28), Date::constant(2022, 7, 2));
        let rows = odd_rows("m", &[(None, first, last)]);
        assert!((1..=2).contains(&rows.len()));
        assert_eq!(spans(first), [2022, 202_206, 20_220_628]);
    }
}
