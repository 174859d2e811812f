//! A list of units that an office brings to the console: what is new in it or other takes effect
//! by an order, in the caller's own transaction. It closes nothing: who ends names a successor.

use super::plan::{Plan, Step};
use super::report::Problem;
use super::table::{Row, Table, TableError};
use super::units::{self, Known};
use crate::rules::dated::Dated;
use crate::rules::unit::{Unit, UnitCommand, UnitDetails};
use kernel::{Refusal, UnitId};
use platform::{By, Failure, Work};
use std::collections::BTreeSet;
use store::Query;

/// What a list comes to.
#[derive(Clone, Debug, Default)]
pub struct Ordered {
    /// What is new or other, parents before children.
    pub changes: Vec<Changed>,
    /// Rows that cannot be taken.
    pub bad: Vec<Problem>,
    /// Rows that say what is known already.
    pub unchanged: usize,
}

/// A unit that is new, or other than it was.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its code.
    pub code: UnitId,
    /// As it stands; none: it is new.
    pub before: Option<UnitDetails>,
    /// As the list has it.
    pub after: UnitDetails,
}

impl Ordered {
    /// Looks at rows (the row of the sheet and its cells) under these column names, those of
    /// [`super::units`] but `open`.
    ///
    /// # Errors
    /// [`Failure::Internal`] where columns are missing: the caller has looked.
    pub fn of(
        q: &mut dyn Query,
        head: &[&str],
        rows: impl IntoIterator<Item = (u64, Vec<String>)>,
    ) -> Result<Self, Failure> {
        let known = Known::load(q)?;
        let rows = rows.into_iter().map(|(line, cells)| Row { line, cells }).collect();
        let head = head.iter().map(|name| (*name).to_owned()).collect();
        let unfit = |error: TableError| Failure::Internal(error.to_string());
        let mut table = Table::of(head, rows, units::COLUMNS).map_err(unfit)?;
        let is_closed =
            |row: &Row| known.unit(&table.cell(row, "code").into()).is_some_and(|(_, open)| !open);
        let (closed, open): (Vec<Row>, Vec<Row>) = table.rows.iter().cloned().partition(is_closed);
        table.rows = open;
        let Plan { report, steps } = units::plan(&table, &known);
        let mut bad = report.bad;
        let refusal = || Refusal::field("code", "unit-closed-already");
        bad.extend(closed.iter().map(|row| Problem::new(&table, row, refusal())));
        let changes = steps.into_iter().filter_map(|step| match step {
            Step::Unit(_, UnitCommand::Put { code, details }) => {
                let before = known.unit(&code).map(|(before, _)| before.clone());
                Some(Changed { code, before, after: details })
            }
            _ => None,
        });
        Ok(Self { changes: changes.collect(), bad, unchanged: report.unchanged })
    }

    /// The part of it that these units need to be there: they themselves and those above them.
    pub fn for_units(&self, units: &BTreeSet<UnitId>) -> Self {
        let mut needed = units.clone();
        // Parents come before children, so one way back finds all that stand above.
        for change in self.changes.iter().rev().filter(|change| change.before.is_none()) {
            if needed.contains(&change.code) {
                needed.extend(change.after.parent.clone());
            }
        }
        let changes = self.changes.iter().filter(|change| needed.contains(&change.code)).cloned();
        Self { changes: changes.collect(), ..Self::default() }
    }

    /// Carries it out by an order.
    ///
    /// # Errors
    /// What the rules of a unit refuse, of the order as well.
    pub fn carry_out(&self, work: &mut Work<'_>, by: &By, dated: &Dated) -> Result<(), Failure> {
        for Changed { code, before, after } in &self.changes {
            let (details, dated) = (after.clone(), dated.clone());
            let command = match before {
                Some(_) => UnitCommand::Change { details, dated },
                None => UnitCommand::Open { code: code.clone(), details, split_from: None, dated },
            };
            work.act::<Unit>(code.as_str(), by, None, &command)?;
        }
        Ok(())
    }
}
