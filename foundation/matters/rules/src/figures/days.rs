//! A matter's share of the figures of every day: what has to be added up, day by day, so that
//! the figures of any period come from sums over days instead of a fold over matters.
//!
//! Between two of its days a matter counts the same. For a period that ends on day D and began
//! after day B it counts [`Side::Whole`] as of D, which is what it would count had the period
//! begun before everything, and [`Side::Before`] as of B, which takes out of that what was there
//! already. Both are sums over days. Matters for which the two do not come to what the fold
//! gives (classified anew or reopened in the period) are *odd* for the first days in question:
//! whoever adds up asks for those one by one. A property test holds sums and odd ones together
//! equal to the fold.

use super::cell::Cell;
use super::facts::Fact;
use super::fold::{Query, life, start};
use super::life::Tally;
use super::parts::{By, FLOWS, keys_of, turning_points};
use kernel::time::{Date, Instant, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// By what sums are kept: the whole, and all that counts matters or assignments as of a day.
/// Stretches of time are made of the whole's.
pub const KEPT: [Option<By>; 9] = [
    None,
    Some(By::Unit),
    Some(By::Category),
    Some(By::Area),
    Some(By::Channel),
    Some(By::Line),
    Some(By::Urgency),
    Some(By::Type),
    Some(By::Closing),
];

/// Whether sums and odd matters answer a question by this for a period. By closing type they
/// do not: a matter under way stands in no row, so that every one of them is odd.
pub fn answers(by: Option<By>, period: bool) -> bool {
    by != Some(By::Closing) || !period
}

/// Which of the two sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// As of the last day, all of it within the period.
    Whole,
    /// As of the day before the period: what of that was there already.
    Before,
}

/// A cell, counted with 基本满意 taken for satisfied or strictly without.
pub type Slot = (Cell, bool);

/// Counts that may be taken out as well as added.
pub type Signed = BTreeMap<Slot, i64>;

/// What changes on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// By what; none is the whole.
    pub by: Option<By>,
    /// The row; empty where it has none.
    pub key: String,
    /// Which sum.
    pub side: Side,
    /// From that day on.
    pub day: Date,
    /// By how much.
    pub cells: Signed,
}

/// First days of a period for which a matter is odd, the first and the last of them.
pub type Odd = (Option<By>, Date, Date);

/// A matter's course through the days.
pub struct Course<'a> {
    facts: &'a [Fact],
    zone: &'a Zone,
    days: Vec<Point>,
}

/// The matter from a day on until the next.
struct Point {
    day: Date,
    whole: Signed,
    before: Signed,
    keys: Vec<(Option<By>, Vec<String>)>,
    units: BTreeMap<String, Signed>,
}

impl<'a> Course<'a> {
    /// The course of one matter. `facts` are those of that matter, in any order.
    pub fn of(facts: &'a [Fact], zone: &'a Zone) -> Self {
        let turns = facts.iter().flat_map(|fact| turning_points(&fact.kind));
        let moments = facts.iter().map(|fact| fact.at).chain(turns);
        let days: BTreeSet<Date> = moments.map(|at| zone.date_of(at)).collect();
        let mut course = Self { facts, zone, days: Vec::new() };
        course.days = days.into_iter().map(|day| course.point(day)).collect();
        course
    }

    /// All its steps.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let nothing = Point::before_everything();
        for (index, point) in self.days.iter().enumerate() {
            let last = index.checked_sub(1).map_or(&nothing, |last| &self.days[last]);
            for by in KEPT {
                for side in [Side::Whole, Side::Before] {
                    let mut rows = point.rows(by, side);
                    for (key, cells) in last.rows(by, side) {
                        add(rows.entry(key).or_default(), &cells, -1);
                    }
                    for (key, mut cells) in rows {
                        cells.retain(|_, n| *n != 0);
                        if !cells.is_empty() {
                            steps.push(Step { by, key, side, day: point.day, cells });
                        }
                    }
                }
            }
        }
        steps
    }

    /// For which first days of a period the sums do not hold.
    pub fn odd(&self) -> Vec<Odd> {
        let mut odd: BTreeMap<Option<By>, (Date, Date)> = BTreeMap::new();
        for (index, begun) in self.days.iter().enumerate() {
            let Some(next) = self.days.get(index + 1) else { break };
            let later = &self.days[index + 1..];
            let uneven = later.iter().any(|point| !self.adds_up(begun, point));
            for by in KEPT.into_iter().filter(|by| *by != Some(By::Unit) && answers(*by, true)) {
                let moved = || {
                    !begun.before.is_empty()
                        && later.iter().any(|point| point.keys_by(by) != begun.keys_by(by))
                };
                if uneven || moved() {
                    let first = begun.day.tomorrow().unwrap_or(begun.day);
                    let span = odd.entry(by).or_insert((first, next.day));
                    *span = (span.0.min(first), span.1.max(next.day));
                }
            }
        }
        odd.into_iter().map(|(by, (first, last))| (by, first, last)).collect()
    }

    /// What the sums make of it for a question, by row: what has to be taken out where it is odd.
    pub fn in_sums(&self, query: &Query, by: Option<By>) -> BTreeMap<String, Signed> {
        let mut rows = BTreeMap::new();
        if let Some(point) = self.at(query.as_of) {
            rows = point.rows(by, Side::Whole);
        }
        match query.from {
            Some(from) => {
                let begun = from.yesterday().unwrap_or(from).min(query.as_of);
                if let Some(point) = self.at(begun) {
                    for (key, cells) in point.rows(by, Side::Before) {
                        add(rows.entry(key).or_default(), &cells, 1);
                    }
                }
            }
            None => rows.values_mut().for_each(without_period),
        }
        rows
    }

    fn at(&self, day: Date) -> Option<&Point> {
        self.days.iter().rev().find(|point| point.day <= day)
    }

    fn point(&self, day: Date) -> Point {
        let whole = self.counted(EARLIEST, day);
        let mut before = self.counted(day.tomorrow().unwrap_or(day), day);
        add(&mut before, &whole, -1);
        before.retain(|_, n| *n != 0);
        let query = Query::as_of(day, self.zone.clone(), Instant::MAX);
        let life = life(self.facts, &query);
        let counts = !whole.is_empty();
        let keys = KEPT.into_iter().filter(|by| counts && *by != Some(By::Unit));
        let units = life.tally_by_unit(&query).into_iter();
        Point {
            day,
            whole,
            before,
            keys: keys.map(|by| (by, keys_of(&life, by))).collect(),
            units: units.map(|(unit, tally)| (unit.as_str().to_owned(), signed(&tally))).collect(),
        }
    }

    /// The cells of a period, strictly and not.
    fn counted(&self, from: Date, as_of: Date) -> Signed {
        let ask = |fairly| {
            let query = Query {
                from: Some(from),
                fairly_satisfied_counts: fairly,
                ..Query::as_of(as_of, self.zone.clone(), Instant::MAX)
            };
            life(self.facts, &query).tally(&query, start(self.facts, &query).as_ref())
        };
        let fairly = ask(true);
        let mut cells = signed(&fairly);
        if fairly.contains_key(&Cell::Rated) {
            let strictly = ask(false).into_iter().filter(|(cell, _)| turns_on_fairly(*cell));
            cells.extend(strictly.map(|(cell, n)| ((cell, true), count(n))));
        }
        cells
    }

    /// Whether the sums hold for a period that began in one of its days and ended in a later.
    fn adds_up(&self, begun: &Point, ended: &Point) -> bool {
        let mut sums = ended.whole.clone();
        add(&mut sums, &begun.before, 1);
        add(&mut sums, &self.counted(begun.day.tomorrow().unwrap_or(begun.day), ended.day), -1);
        sums.values().all(|n| *n == 0)
    }
}

impl Point {
    fn before_everything() -> Self {
        Self {
            day: EARLIEST,
            whole: Signed::new(),
            before: Signed::new(),
            keys: Vec::new(),
            units: BTreeMap::new(),
        }
    }

    fn keys_by(&self, by: Option<By>) -> &[String] {
        self.keys.iter().find(|(known, _)| *known == by).map_or(&[], |(_, keys)| keys)
    }

    fn rows(&self, by: Option<By>, side: Side) -> BTreeMap<String, Signed> {
        match (by, side) {
            (Some(By::Unit), Side::Whole) => self.units.clone(),
            (Some(By::Unit), Side::Before) => BTreeMap::new(),
            (by, side) => {
                let cells = if side == Side::Whole { &self.whole } else { &self.before };
                self.keys_by(by).iter().map(|key| (key.clone(), cells.clone())).collect()
            }
        }
    }
}

/// Before everything that is in a journal.
const EARLIEST: Date = Date::constant(1900, 1, 1);

/// Adds `n` times.
pub fn add(sums: &mut Signed, cells: &Signed, n: i64) {
    for (slot, count) in cells {
        *sums.entry(*slot).or_default() += n * count;
    }
}

/// Leaves out what only a period has.
pub fn without_period(cells: &mut Signed) {
    cells.retain(|(cell, _), _| !FLOWS.contains(cell) && *cell != Cell::CarriedOver);
}

/// The cells of a question: those counted as it says; none where any is less than nothing,
/// which cannot be.
pub fn tally_of(cells: &Signed, fairly_satisfied_counts: bool) -> Option<Tally> {
    let wanted = cells.iter().filter(|((cell, strictly), n)| {
        **n != 0 && *strictly == (turns_on_fairly(*cell) && !fairly_satisfied_counts)
    });
    wanted.map(|((cell, _), n)| Some((*cell, u64::try_from(*n).ok()?))).collect()
}

/// A tally of a question as slots.
pub fn slots(tally: &Tally, fairly_satisfied_counts: bool) -> Signed {
    let slot =
        |(cell, n): (&Cell, &u64)| ((*cell, turns_on_fairly(*cell) && !fairly_satisfied_counts), count(*n));
    tally.iter().map(slot).collect()
}

fn turns_on_fairly(cell: Cell) -> bool {
    matches!(cell, Cell::Satisfied | Cell::SatisfiedAfterExclusions)
}

fn signed(tally: &Tally) -> Signed {
    tally.iter().map(|(cell, n)| ((*cell, false), count(*n))).collect()
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
