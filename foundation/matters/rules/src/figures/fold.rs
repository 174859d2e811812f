//! The fold itself: facts of all matters, and a question, to figures.

use super::cell::Cell;
use super::facts::Fact;
use super::life::{Life, Tally};
use super::rates::{Rate, RateDef};
use crate::codes::ClosingType;
use kernel::UnitId;
use kernel::time::{Date, Instant, Zone};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// First local day of the period, for flows; none asks for the state alone.
    pub from: Option<Date>,
    /// The local day whose end the figures are of, the whole day included.
    pub as_of: Date,
    /// The units of a subtree; none is everybody.
    pub units: Option<BTreeSet<UnitId>>,
    /// Whose local days.
    pub zone: Zone,
    /// Limits that run out later than this are not overdue yet: the time of asking, which
    /// only matters where `as_of` is not over.
    pub now: Instant,
    /// Whether 基本满意 counts as satisfied.
    pub fairly_satisfied_counts: bool,
}

impl Query {
    /// Everything, as of a day.
    pub fn as_of(as_of: Date, zone: Zone, now: Instant) -> Self {
        Self { from: None, as_of, units: None, zone, now, fairly_satisfied_counts: true }
    }

    /// The moment limits are judged at: the end of the day asked for, or now before that.
    pub fn judged_at(&self) -> Instant {
        self.zone.end_of_day(self.as_of).min(self.now)
    }

    pub(super) fn includes(&self, unit: &UnitId) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(unit))
    }
}

/// The cells one matter counts in. `facts` are those of that matter, in any order.
pub fn tally(facts: &[Fact], query: &Query) -> Tally {
    life(facts, query).tally(query, start(facts, query).as_ref())
}

/// The matter at the end of the day asked for.
pub(super) fn life<'a>(facts: &'a [Fact], query: &Query) -> Life<'a> {
    Life::at(facts, query.zone.end_of_day(query.as_of)).judged_at(query.now)
}

/// The matter when the period began, where one is asked for.
pub(super) fn start<'a>(facts: &'a [Fact], query: &Query) -> Option<Life<'a>> {
    let end = query.zone.end_of_day(query.as_of);
    query.from.map(|from| Life::at(facts, query.zone.start_of_day(from).min(end)))
}

/// The figures of all matters. `facts` are grouped by matter.
pub fn figures<'a>(facts: impl IntoIterator<Item = &'a [Fact]>, query: &Query) -> Figures {
    let mut figures = Figures::new(query.as_of, query.from);
    for matter in facts {
        figures.add(&tally(matter, query));
    }
    figures
}

/// What the cells come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The day they are of.
    pub as_of: Date,
    /// First day of the period, where one was asked for.
    pub from: Option<Date>,
    counts: Tally,
}

impl Figures {
    /// Nothing counted yet.
    pub fn new(as_of: Date, from: Option<Date>) -> Self {
        Self { as_of, from, counts: Tally::new() }
    }

    /// Adds a matter.
    pub fn add(&mut self, tally: &Tally) {
        for (cell, n) in tally {
            *self.counts.entry(*cell).or_default() += n;
        }
    }

    /// Takes a matter out again that was added with the same tally.
    pub fn take_out(&mut self, tally: &Tally) {
        for (cell, n) in tally {
            if let Some(count) = self.counts.get_mut(cell) {
                *count = count.saturating_sub(*n);
            }
        }
        self.counts.retain(|_, n| *n > 0);
    }

    /// Adds other figures, a part's to its whole.
    pub fn merge(&mut self, other: &Figures) {
        self.add(&other.counts);
    }

    /// Whether nothing is counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The count of a cell.
    pub fn count(&self, cell: Cell) -> u64 {
        self.counts.get(&cell).copied().unwrap_or(0)
    }

    /// A rate.
    pub fn rate(&self, def: &'static RateDef) -> Rate {
        Rate { def, n: self.count(def.n), of: self.count(def.of) }
    }

    /// All rates, in the order pages show them.
    pub fn rates(&self) -> impl Iterator<Item = Rate> + '_ {
        RateDef::ALL.iter().map(|def| self.rate(def))
    }

    /// Closed, by closing type; every type, also those with none.
    pub fn closed_by_type(&self) -> impl Iterator<Item = (ClosingType, u64)> + '_ {
        ClosingType::ALL.iter().map(|closing| (*closing, self.count(Cell::ClosedAs(*closing))))
    }

    /// Whether every matter stands in exactly one cell of each identity (PRODUCT §3), and
    /// every assignment in one of its own.
    pub fn adds_up(&self) -> bool {
        let sum = |cells: &[Cell]| cells.iter().map(|cell| self.count(*cell)).sum::<u64>();
        let by_type: u64 = self.closed_by_type().map(|(_, n)| n).sum();
        self.count(Cell::Received) == sum(&Self::RECEIVED)
            && self.count(Cell::Accepted) == sum(&Self::ACCEPTED)
            && self.count(Cell::Accepted) == self.count(Cell::Closed) + self.count(Cell::Open)
            && self.count(Cell::Closed) == by_type
            && self.count(Cell::Assignments) == sum(&Self::ASSIGNMENTS)
            && (self.from.is_none()
                || sum(&Self::PERIOD) == self.count(Cell::PeriodClosed) + self.count(Cell::Open))
    }

    /// The parts of what was received.
    pub const RECEIVED: [Cell; 4] =
        [Cell::Accepted, Cell::Declined, Cell::LeftBeforeAcceptance, Cell::Pending];
    /// The parts of what was accepted.
    pub const ACCEPTED: [Cell; 5] =
        [Cell::AnsweredDirectly, Cell::Assigned, Cell::Unassigned, Cell::Merged, Cell::LeftBeforeAssignment];
    /// The parts of what was assigned, in assignments.
    pub const ASSIGNMENTS: [Cell; 3] =
        [Cell::AssignmentsFinished, Cell::AssignmentsOpen, Cell::AssignmentsEnded];
    /// What had to be dealt with in a period: closed in it, or open at its end.
    pub const PERIOD: [Cell; 3] = [Cell::CarriedOver, Cell::PeriodAccepted, Cell::PeriodReopened];

    /// As the command line and the API print them. `unit` names the subtree asked for.
    pub fn json(&self, unit: Option<&UnitId>) -> Value {
        let mut out = Map::new();
        out.insert("as_of".into(), json!(self.as_of.to_string()));
        out.insert("from".into(), json!(self.from.map(|from| from.to_string())));
        out.insert("unit".into(), json!(unit.map(UnitId::as_str)));
        for cell in TOP_LEVEL {
            out.insert(cell.code(), json!(self.count(cell)));
        }
        let by_type: Map<String, Value> =
            self.closed_by_type().map(|(closing, n)| (closing.code().to_owned(), json!(n))).collect();
        out.insert("closed_by_type".into(), by_type.into());
        let rates: Map<String, Value> = self
            .rates()
            .map(|rate| (rate.def.name.to_owned(), json!({"n": rate.n, "of": rate.of, "rate": rate.value()})))
            .collect();
        out.insert("rates".into(), rates.into());
        out.insert(
            "assignments".into(),
            json!({
                "total": self.count(Cell::Assignments),
                "finished": self.count(Cell::AssignmentsFinished),
                "open": self.count(Cell::AssignmentsOpen),
                "ended": self.count(Cell::AssignmentsEnded),
                "overdue": self.count(Cell::AssignmentsOverdue),
            }),
        );
        if self.from.is_some() {
            out.insert(
                "period".into(),
                json!({
                    "carried_over": self.count(Cell::CarriedOver),
                    "received": self.count(Cell::PeriodReceived),
                    "declined": self.count(Cell::PeriodDeclined),
                    "accepted": self.count(Cell::PeriodAccepted),
                    "assigned": self.count(Cell::PeriodAssigned),
                    "answered_directly": self.count(Cell::PeriodAnsweredDirectly),
                    "reopened": self.count(Cell::PeriodReopened),
                    "closed": self.count(Cell::PeriodClosed),
                    "open": self.count(Cell::Open),
                }),
            );
        }
        out.into()
    }
}

/// The integer keys of the JSON form, in order.
const TOP_LEVEL: [Cell; 15] = [
    Cell::Received,
    Cell::Pending,
    Cell::Declined,
    Cell::LeftBeforeAcceptance,
    Cell::Accepted,
    Cell::AnsweredDirectly,
    Cell::Assigned,
    Cell::Unassigned,
    Cell::Merged,
    Cell::LeftBeforeAssignment,
    Cell::Closed,
    Cell::Open,
    Cell::CarriedOver,
    Cell::Rated,
    Cell::Satisfied,
];
