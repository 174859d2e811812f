//! `/desk/supervision/heat`: how many assignments of each unit went late in each week. Every
//! number leads to its rows; the same as a workbook with `?as=xlsx`.

use super::{Look, View};
use crate::BOARD;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::time::Date;
use matters::read::{Heat, HeatRow, heat};
use matters::words::Words;
use platform::ui::Page;
use platform::web::reply;
use platform::web::{Staff, download};
use platform::{Failure, slow};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};
use serde::Deserialize;

/// Units shown.
const UNITS: usize = 60;

#[derive(Template)]
#[template(path = "supervision/heat.html")]
struct Shown {
    page: Page,
    words: Words,
    heat: Heat,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "as", default)]
    form: String,
}

pub(super) async fn show(staff: Staff, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let heat = staff.app.read(move |snapshot, app| heat(snapshot, app, &person.grants, UNITS)).await?;
    let page = staff.desk_page("supervision-heat-title", BOARD);
    let words = Words::of(&staff.app, &page);
    let shown = Shown { page, words, heat };
    if wanted.form != "xlsx" {
        return reply::page(&shown, None);
    }
    let name = format!("{}.xlsx", shown.page.t("supervision-heat-title"));
    let bytes =
        slow::apart(move || shown.sheet().map_err(|error| Failure::Internal(error.to_string()))).await?;
    download(&name, bytes)
}

impl Shown {
    /// The rows behind a number.
    fn href(&self, row: &HeatRow, monday: &Date) -> String {
        let look = Look {
            view: View::WentLate.code().to_owned(),
            unit: row.unit.id.to_string(),
            week: monday.to_string(),
            ..Look::default()
        };
        look.href(super::PATH, None)
    }

    /// How warm a cell is, from 0 to 4: by its share of the warmest.
    fn warmth(&self, n: &u64) -> u64 {
        let most = self.heat.units.iter().flat_map(|row| &row.counts).copied().max().unwrap_or(0);
        if *n == 0 { 0 } else { (n * 4).div_ceil(most.max(1)) }
    }

    fn sums(&self) -> Vec<u64> {
        (0..self.heat.weeks.len())
            .map(|week| self.heat.units.iter().map(|row| row.counts[week]).sum())
            .collect()
    }

    fn sheet(&self) -> Result<Vec<u8>, XlsxError> {
        let page = &self.page;
        let heading = Heading::new(page.t("supervision-heat-title"))
            .note(page.t("supervision-heat-formula"))
            .demo(page.site.demo.then(|| page.t("shell-demo")));
        let mut columns = vec![Column::text(page.t("supervision-col-unit"), 24)];
        columns.extend(self.heat.weeks.iter().map(|monday| Column::number(page.short_date(monday))));
        columns.push(Column::number(page.t("supervision-heat-total")));
        let mut table = Table::new(&heading, columns)?;
        for row in &self.heat.units {
            let mut cells: Vec<Cell> = vec![self.words.name(&row.unit).into()];
            cells.extend(row.counts.iter().map(|n| Cell::from(*n)));
            cells.push(Cell::from(row.total()));
            table.row(cells)?;
        }
        workbook([table])
    }
}
