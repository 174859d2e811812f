//! What reports may name: how many calls were checked, and how they did.

use crate::read;
use crate::rules::figures::figures;
use crate::web::points;
use kernel::time::Date;
use matters::configuration::call_quality;
use platform::report_figures::ReportFigures;
use platform::ui::Page;
use platform::{App, Failure};
use store::Query;

/// Checks of calls that began in a period.
pub(crate) struct Checks;

impl ReportFigures for Checks {
    fn names(&self) -> &'static [&'static str] {
        &["call_checks", "call_checks_mean", "call_checks_answered", "call_checks_changed"]
    }

    fn of_period(
        &self,
        query: &mut dyn Query,
        app: &App,
        page: &Page,
        period: (Date, Date),
    ) -> Result<Vec<String>, Failure> {
        let sheet = call_quality::in_force(query, app)?;
        let found = figures(&read::counted(query, app, None, &sheet, period)?);
        Ok(vec![
            page.number(found.all.n),
            points(found.all.tenths()),
            page.number(found.answered),
            page.number(found.changed),
        ])
    }
}
