//! Figures that a feature offers to the reports an office makes, so that reports know no
//! feature and a feature no report.

use crate::app::App;
use crate::error::Failure;
use crate::ui::Page;
use kernel::time::Date;
use store::Query;

/// What a template of a report may name, beside the figures of the loop.
pub trait ReportFigures: Send + Sync + 'static {
    /// The names, of small letters and underscores. What each is called stands in the locale
    /// files under `figure-<name>`.
    fn names(&self) -> &'static [&'static str];

    /// What they stand for from the first to the last local day of a period, as printed, in
    /// the order of the names.
    ///
    /// # Errors
    /// Whatever the store says.
    fn of_period(
        &self,
        query: &mut dyn Query,
        app: &App,
        page: &Page,
        period: (Date, Date),
    ) -> Result<Vec<String>, Failure>;
}
