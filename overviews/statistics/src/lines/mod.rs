//! A breakdown as people read it: rows with names, in the order of the list or tree they
//! belong to, branches with what stands below them added up.

mod names;
mod series;
mod tree;

pub(crate) use names::keys_below;

use kernel::Level;
use kernel::permission::Grant;
use kernel::time::Date;
use matters::figures::{Asked, counted};
use matters_rules::figures::{By, Figures};
use platform::ui::Translator;
use platform::{App, Failure};

/// The key of what has none: not classified, no line.
pub(crate) const NONE: &str = "-";

/// A row.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Code of what it is of; [`NONE`] where there is none.
    pub key: String,
    /// Its name in the reader's language.
    pub name: String,
    /// How many rows stand above it in the tree.
    pub depth: usize,
    /// Level of a unit or an area.
    pub level: Option<Level>,
    /// Its own figures.
    pub own: Figures,
    /// With those of the rows below it.
    pub sum: Figures,
    /// Whether anything stands below it.
    pub branch: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// By what.
    pub by: By,
    /// As of the end of which day.
    pub as_of: Date,
    /// First day of the period.
    pub from: Option<Date>,
    /// Its rows.
    pub lines: Vec<Line>,
    /// The whole.
    pub total: Figures,
}

impl Lines {
    /// Whether what the rows hold is the whole: the check that is printed. Not asked of
    /// lines of which a matter may have several.
    pub fn adds_up(&self) -> bool {
        let mut sum = Figures::new(self.as_of, self.from);
        self.lines.iter().for_each(|line| sum.merge(&line.own));
        let same = |cells: &[matters_rules::figures::Cell]| {
            cells.iter().all(|cell| sum.count(*cell) == self.total.count(*cell))
        };
        use matters_rules::figures::Cell;
        match self.by {
            By::Unit => same(&[Cell::Assignments, Cell::AssignmentsFinished, Cell::AssignmentsOpen]),
            By::Closing => same(&[Cell::Closed]),
            By::Line => true,
            by if by.is_series() => {
                let last = self.lines.last().map_or(0, |line| line.own.count(Cell::Open));
                last == self.total.count(Cell::Open) && same(&[Cell::PeriodReceived, Cell::PeriodAccepted])
            }
            _ => sum == self.total,
        }
    }
}

/// The table of what someone may count (everything, where no grants are given).
///
/// # Errors
/// [`Failure::NotFound`] for an unknown unit.
pub(crate) fn lines(
    q: &mut dyn store::Query,
    app: &App,
    words: &Translator,
    asked: &Asked,
    by: By,
    grants: Option<&[Grant]>,
) -> Result<Lines, Failure> {
    let asked = series::with_period(app, asked, by);
    let breakdown = counted(q, app, &asked, Some(by), grants)?;
    let total = counted(q, app, &asked, None, grants)?.sum();
    let lines = match by {
        By::Unit => tree::units(q, words, &breakdown, app.config.zone.date_of(app.now()))?,
        By::Area => tree::areas(q, words, &breakdown)?,
        By::Category => tree::categories(q, app, words, &breakdown)?,
        by if by.is_series() => series::lines(words, &breakdown, &total),
        _ => names::coded(words, &breakdown),
    };
    Ok(Lines { by, as_of: breakdown.as_of, from: breakdown.from, lines, total })
}
