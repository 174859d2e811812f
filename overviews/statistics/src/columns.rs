//! What stands in the columns of a table: counts and rates, in views that answer one
//! question each.

use matters_rules::figures::{By, Cell, Figures, RateDef};
use std::cmp::Ordering;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// How many.
    Count(Cell),
    /// What part.
    Rate(&'static RateDef),
}

impl Column {
    /// The stable code, by which addresses name it.
    pub fn code(self) -> String {
        match self {
            Self::Count(cell) => cell.code(),
            Self::Rate(def) => def.name.to_owned(),
        }
    }

    /// Key of its name.
    pub fn key(self) -> String {
        match self {
            Self::Count(cell) => format!("cell-{}", cell.code()),
            Self::Rate(def) => format!("rate-{}", def.name),
        }
    }

    /// Key of the formula, of rates.
    pub fn formula(self) -> Option<String> {
        match self {
            Self::Count(_) => None,
            Self::Rate(def) => Some(format!("formula-{}", def.name)),
        }
    }

    /// The cell whose rows a number of this column leads to.
    pub fn cell(self) -> Cell {
        match self {
            Self::Count(cell) => cell,
            Self::Rate(def) => def.n,
        }
    }

    /// The number of a row, and the number it is a part of.
    pub fn of(self, figures: &Figures) -> (u64, Option<u64>) {
        match self {
            Self::Count(cell) => (figures.count(cell), None),
            Self::Rate(def) => (figures.count(def.n), Some(figures.count(def.of))),
        }
    }

    /// For drawing: the count, or the part from 0 to 1; none where nothing is divided.
    pub fn value(self, figures: &Figures) -> Option<f64> {
        match self.of(figures) {
            (n, None) => Some(n as f64),
            (_, Some(0)) => None,
            (n, Some(of)) => Some(n as f64 / of as f64),
        }
    }

    /// Which of two rows has less; a rate of nothing comes first.
    pub fn order(self, one: &Figures, other: &Figures) -> Ordering {
        self.value(one).partial_cmp(&self.value(other)).unwrap_or(Ordering::Equal)
    }
}

/// Columns that answer one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What came in and what became of it: both identities.
    Counts,
    /// What came and went in the period.
    Flow,
    /// Whether it was done in time.
    Time,
    /// What was achieved and how it was rated.
    Result,
}

impl View {
    /// The views a breakdown has; the first is shown unless another is asked for.
    pub fn of(by: By, period: bool) -> &'static [Self] {
        match (by, period) {
            (By::Unit, _) => &[Self::Counts, Self::Time],
            (by, _) if by.is_series() => &[Self::Flow],
            (_, true) => &[Self::Counts, Self::Flow, Self::Time, Self::Result],
            (_, false) => &[Self::Counts, Self::Time, Self::Result],
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Flow => "flow",
            Self::Time => "time",
            Self::Result => "result",
        }
    }

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Counts => "statistics-view-counts",
            Self::Flow => "statistics-view-flow",
            Self::Time => "statistics-view-time",
            Self::Result => "statistics-view-result",
        }
    }

    /// Its columns.
    pub fn columns(self, by: By) -> Vec<Column> {
        let counts = |cells: &[Cell]| cells.iter().copied().map(Column::Count).collect::<Vec<_>>();
        let rates = |names: &[&str]| {
            names.iter().filter_map(|name| RateDef::named(name)).map(Column::Rate).collect::<Vec<_>>()
        };
        match (self, by) {
            (Self::Counts, By::Unit) => counts(&[
                Cell::Assignments,
                Cell::AssignmentsFinished,
                Cell::AssignmentsOpen,
                Cell::AssignmentsEnded,
                Cell::AssignmentsOverdue,
                Cell::AssignmentsObjected,
                Cell::AssignmentsReassigned,
                Cell::AssignmentsExtended,
            ]),
            (Self::Counts, _) => {
                let first = [Cell::Received];
                let parts = first.iter().chain(&Figures::RECEIVED).chain(&Figures::ACCEPTED);
                let cells: Vec<Cell> = parts.copied().chain([Cell::Closed, Cell::Open]).collect();
                counts(&cells)
            }
            (Self::Flow, _) => counts(&[
                Cell::CarriedOver,
                Cell::PeriodReceived,
                Cell::PeriodDeclined,
                Cell::PeriodAccepted,
                Cell::PeriodReopened,
                Cell::PeriodAssigned,
                Cell::PeriodAnsweredDirectly,
                Cell::PeriodClosed,
                Cell::Open,
            ]),
            (Self::Time, _) => counts(&[Cell::Assignments])
                .into_iter()
                .chain(rates(&[
                    "signed_in_time",
                    "contacted_in_time",
                    "on_time",
                    "on_time_extended",
                    "overdue",
                    "objection",
                    "reassign",
                    "extension",
                ]))
                .collect(),
            (Self::Result, _) => rates(&[
                "closed",
                "closed_of_assigned",
                "direct_answer",
                "merge",
                "rated",
                "solved",
                "satisfied",
                "satisfied_after_exclusions",
                "redo",
            ]),
        }
    }
}

/// Every column of a breakdown, view by view, each once: what an export holds.
pub(crate) fn all(by: By, period: bool) -> Vec<Column> {
    let mut all: Vec<Column> = Vec::new();
    for column in View::of(by, period).iter().flat_map(|view| view.columns(by)) {
        if !all.contains(&column) {
            all.push(column);
        }
    }
    all
}
