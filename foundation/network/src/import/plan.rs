//! From validated rows to one transaction.

use super::report::{Problem, Report};
use crate::rules::area::{Area, AreaCommand};
use crate::rules::duty::{DutyCommand, DutyItem};
use crate::rules::unit::{Unit, UnitCommand};
use platform::{App, By, Failure, Work};
use std::sync::Arc;

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Take the good rows and leave the bad ones.
    pub skip_bad: bool,
    /// Look, but write nothing.
    pub dry_run: bool,
}

/// A file after its one validation pass.
#[derive(Default)]
pub(super) struct Plan {
    /// What will be said.
    pub(super) report: Report,
    /// What will be done, parents before children.
    pub(super) steps: Vec<Step>,
}

/// One command on one stream.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// An area.
    Area(String, AreaCommand),
    /// A unit.
    Unit(String, UnitCommand),
    /// An item of the duty list.
    Duty(String, DutyCommand),
}

/// What a validated row comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not known before.
    New,
    /// Known otherwise.
    Changed,
    /// Known just so.
    Unchanged,
}

/// Rows per transaction. Up to so many rows the import is one transaction, all or nothing;
/// a larger file (a whole province) is validated as a whole first and then written piece
/// by piece, so that other writers get their turn. A piece that fails leaves those before
/// it, and importing the file again goes on from there.
const ROWS_PER_TRANSACTION: usize = 10_000;

impl Plan {
    pub(super) fn take(&mut self, verdict: Verdict, steps: impl IntoIterator<Item = Step>) {
        match verdict {
            Verdict::New => self.report.new += 1,
            Verdict::Changed => self.report.changed += 1,
            Verdict::Unchanged => self.report.unchanged += 1,
        }
        if verdict != Verdict::Unchanged {
            self.steps.extend(steps);
        }
    }

    /// A closing comes after all other steps; it counts as a change where nothing else did.
    pub(super) fn close(&mut self, verdict: Verdict, step: Step) {
        if verdict == Verdict::Unchanged {
            self.report.unchanged -= 1;
            self.report.changed += 1;
        }
        self.steps.push(step);
    }

    pub(super) fn refuse(&mut self, problem: Problem) {
        self.report.bad.push(problem);
    }
}

/// Writes what was planned, unless it is a dry run or bad rows stand in the way.
pub(super) async fn carry_out(
    app: &App,
    by: &By,
    plan: Plan,
    options: ImportOptions,
) -> Result<Report, Failure> {
    let Plan { mut report, steps } = plan;
    report.bad.sort_by_key(|problem| problem.line);
    if options.dry_run || (!report.bad.is_empty() && !options.skip_bad) {
        return Ok(report);
    }
    for piece in steps.chunks(ROWS_PER_TRANSACTION) {
        let piece: Arc<[Step]> = piece.into();
        let by = by.clone();
        app.write(move |work| piece.iter().try_for_each(|step| step.carry_out(work, &by))).await?;
    }
    report.written = true;
    Ok(report)
}

impl Step {
    fn carry_out(&self, work: &mut Work<'_>, by: &By) -> Result<(), Failure> {
        match self {
            Self::Area(code, command) => work.act::<Area>(code, by, None, command).map(drop),
            Self::Unit(code, command) => work.act::<Unit>(code, by, None, command).map(drop),
            Self::Duty(code, command) => work.act::<DutyItem>(code, by, None, command).map(drop),
        }
    }
}
