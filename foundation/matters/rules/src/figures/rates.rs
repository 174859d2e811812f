//! The rates of PRODUCT §3, each with what it divides by what. The formula in words stands
//! in the locale files under `formula-<name>`.

use super::cell::Cell;

/// A rate's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateDef {
    /// Its name in JSON and in the keys `rate-<name>` and `formula-<name>`.
    pub name: &'static str,
    /// What is counted.
    pub n: Cell,
    /// Out of what.
    pub of: Cell,
}

impl RateDef {
    /// Every rate, in the order pages show them.
    pub const ALL: &'static [Self] = &[
        rate("direct_answer", Cell::AnsweredDirectly, Cell::Accepted),
        rate("signed_in_time", Cell::SignedInTime, Cell::SigningDue),
        rate("contacted_in_time", Cell::ContactedInTime, Cell::ContactDue),
        rate("on_time", Cell::OnTime, Cell::FirstLimitDue),
        rate("on_time_extended", Cell::OnTimeExtended, Cell::ExtendedLimitDue),
        rate("closed", Cell::Closed, Cell::Accepted),
        rate("closed_of_assigned", Cell::ClosedOfAssigned, Cell::Assigned),
        rate("solved", Cell::Solved, Cell::Rated),
        rate("satisfied", Cell::Satisfied, Cell::Rated),
        rate("satisfied_after_exclusions", Cell::SatisfiedAfterExclusions, Cell::RatedAfterExclusions),
        rate("rated", Cell::Rated, Cell::Closed),
        rate("redo", Cell::Redone, Cell::ResultGiven),
        rate("objection", Cell::AssignmentsObjected, Cell::Assignments),
        rate("reassign", Cell::AssignmentsReassigned, Cell::Assignments),
        rate("merge", Cell::Merged, Cell::Accepted),
        rate("extension", Cell::AssignmentsExtended, Cell::Assignments),
        rate("overdue", Cell::AssignmentsOverdue, Cell::AssignmentsOpen),
    ];

    /// The rate of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|def| def.name == name)
    }
}

const fn rate(name: &'static str, n: Cell, of: Cell) -> RateDef {
    RateDef { name, n, of }
}

/// A rate as computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What it is.
    pub def: &'static RateDef,
    /// Numerator.
    pub n: u64,
    /// Denominator.
    pub of: u64,
}

impl Rate {
    /// The rate from 0 to 1; none where there is nothing to divide by.
    pub fn value(&self) -> Option<f64> {
        (self.of > 0).then(|| self.n as f64 / self.of as f64)
    }

    /// The rate in percent with one decimal, rounded half up by whole numbers, e.g.
    /// `96.8`; none where there is nothing to divide by.
    pub fn percent(&self) -> Option<String> {
        if self.of == 0 {
            return None;
        }
        let (n, of) = (u128::from(self.n), u128::from(self.of));
        let tenths = (n * 2000 + of) / (2 * of);
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }
}
