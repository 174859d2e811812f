//! The figures counted apart: by unit, by what matters are about, by when things happened.
//! The same fold, its cells put into rows; a property test holds that rows add up to the
//! whole wherever a matter stands in one row only.

use super::cell::Cell;
use super::facts::{Fact, FactKind, Traits};
use super::fold::{Figures, Query, life, start, tally};
use super::life::{Life, Tally};
use kernel::time::{Date, Instant};
use std::collections::{BTreeMap, BTreeSet};

kernel::codes! {
    /// By what figures are counted apart.
    By, "figures-by" {
        /// Unit: assignments 件次, each in the row of the unit it was given to.
        Unit = "unit",
        /// Category, as classified at the time.
        Category = "category",
        /// Area it is about.
        Area = "area",
        /// Channel it came over.
        Channel = "channel",
        /// Express line 直通; a matter may carry several and then stands in several rows.
        Line = "line",
        /// Urgency.
        Urgency = "urgency",
        /// Type of appeal.
        Type = "type",
        /// Closing type; what is not closed stands in no row.
        Closing = "closing",
        /// Local day; only what came and went then.
        Day = "day",
        /// Week, from Monday on.
        Week = "week",
        /// Month.
        Month = "month",
    }
}

impl By {
    /// Whether rows are stretches of time.
    pub fn is_series(self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month)
    }

    /// Whether each matter stands in one row at most, so that rows add up.
    pub fn adds_up(self) -> bool {
        self != Self::Line
    }
}

/// What came and went within a stretch of time.
pub const FLOWS: [Cell; 7] = [
    Cell::PeriodReceived,
    Cell::PeriodDeclined,
    Cell::PeriodAccepted,
    Cell::PeriodAssigned,
    Cell::PeriodAnsweredDirectly,
    Cell::PeriodReopened,
    Cell::PeriodClosed,
];

/// The cells one matter counts in, by row. A row's key is the code of what it is of (a
/// stretch of time: its first day); the empty key holds what has none yet. Without `by`
/// there is one row with the empty key.
pub fn parts(facts: &[Fact], query: &Query, by: Option<By>) -> Vec<(String, Tally)> {
    let rows = match by {
        Some(By::Unit) => {
            let units = life(facts, query).tally_by_unit(query);
            units.into_iter().map(|(unit, tally)| (unit.as_str().to_owned(), tally)).collect()
        }
        Some(by) if by.is_series() => flows(facts, query, by),
        _ => {
            let life = life(facts, query);
            let tally = life.tally(query, start(facts, query).as_ref());
            keys_of(&life, by).into_iter().map(|key| (key, tally.clone())).collect::<Vec<_>>()
        }
    };
    rows.into_iter().filter(|(_, tally)| !tally.is_empty()).collect()
}

/// The rows a matter stands in, where they are not stretches of time or units.
pub(super) fn keys_of(life: &Life<'_>, by: Option<By>) -> Vec<String> {
    match by {
        None => vec![String::new()],
        Some(By::Closing) => life.closing().map(|closing| closing.code().to_owned()).into_iter().collect(),
        Some(by) => keys(life.traits().unwrap_or(&Traits::default()), by),
    }
}

fn keys(traits: &Traits, by: By) -> Vec<String> {
    let one = |code: Option<&str>| vec![code.unwrap_or_default().to_owned()];
    match by {
        By::Category => one(traits.category.as_deref()),
        By::Area => one(traits.area.as_ref().map(|area| area.as_str())),
        By::Channel => one(traits.channel.map(|channel| channel.code())),
        By::Urgency => one(traits.urgency.map(|urgency| urgency.code())),
        By::Type => one(traits.appeal_type.map(|kind| kind.code())),
        By::Line if traits.lines.is_empty() => one(None),
        By::Line => {
            let lines: BTreeSet<&str> = traits.lines.iter().map(|line| line.code()).collect();
            lines.into_iter().map(str::to_owned).collect()
        }
        By::Unit | By::Closing | By::Day | By::Week | By::Month => Vec::new(),
    }
}

/// Only stretches in which something happened to the matter can hold flows of it.
fn flows(facts: &[Fact], query: &Query, by: By) -> Vec<(String, Tally)> {
    let Some(from) = query.from else {
        return Vec::new();
    };
    let days = facts.iter().map(|fact| query.zone.date_of(fact.at));
    let firsts: BTreeSet<Date> =
        days.filter(|day| (from..=query.as_of).contains(day)).map(|day| bucket(by, day).0).collect();
    let within = |first: Date| {
        let last = bucket(by, first).1;
        let part = Query { from: Some(first.max(from)), as_of: last.min(query.as_of), ..query.clone() };
        let mut flows = tally(facts, &part);
        flows.retain(|cell, _| FLOWS.contains(cell));
        (first.to_string(), flows)
    };
    firsts.into_iter().map(within).collect()
}

/// First and last day of the stretch that holds the day.
pub fn bucket(by: By, day: Date) -> (Date, Date) {
    match by {
        By::Week => {
            let since_monday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            let back = std::iter::successors(Some(day), |day| day.yesterday().ok());
            let first = back.take(since_monday + 1).last().unwrap_or(day);
            let ahead = std::iter::successors(Some(first), |day| day.tomorrow().ok());
            (first, ahead.take(7).last().unwrap_or(day))
        }
        By::Month => (day.first_of_month(), day.last_of_month()),
        _ => (day, day),
    }
}

/// The moments at which a matter's cells may change though nothing happens: its limits.
pub fn turning_points(kind: &FactKind) -> BTreeSet<Instant> {
    match kind {
        FactKind::NodeAssigned { sign_by, contact_by, limit, .. } => {
            [*sign_by, limit.due, limit.fair].into_iter().chain(*contact_by).collect()
        }
        FactKind::NodeLimit { first, limit, .. } => {
            [first.due, first.fair, limit.due, limit.fair].into_iter().collect()
        }
        _ => BTreeSet::new(),
    }
}

/// Figures in rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// What they are counted by; the whole alone where not.
    pub by: Option<By>,
    /// The day they are of.
    pub as_of: Date,
    /// First day of the period, where one was asked for.
    pub from: Option<Date>,
    rows: BTreeMap<String, Figures>,
}

impl Breakdown {
    /// Nothing counted yet.
    pub fn new(by: Option<By>, query: &Query) -> Self {
        Self { by, as_of: query.as_of, from: query.from, rows: BTreeMap::new() }
    }

    /// Adds a matter.
    pub fn add(&mut self, parts: &[(String, Tally)]) {
        for (key, tally) in parts {
            let row = self.rows.entry(key.clone()).or_insert_with(|| Figures::new(self.as_of, self.from));
            row.add(tally);
        }
    }

    /// Takes a matter out again that was added with the same parts.
    pub fn take_out(&mut self, parts: &[(String, Tally)]) {
        for (key, tally) in parts {
            if let Some(row) = self.rows.get_mut(key) {
                row.take_out(tally);
                if row.is_empty() {
                    self.rows.remove(key);
                }
            }
        }
    }

    /// The rows by key.
    pub fn rows(&self) -> &BTreeMap<String, Figures> {
        &self.rows
    }

    /// All rows added up: the whole, where each matter stands in one row.
    pub fn sum(&self) -> Figures {
        let mut sum = Figures::new(self.as_of, self.from);
        self.rows.values().for_each(|row| sum.merge(row));
        sum
    }
}
