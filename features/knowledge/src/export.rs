//! The list as a workbook: the rows as asked, with the headers that an import takes again.

use crate::NAV;
use crate::import::COLUMNS;
use crate::list::Look;
use crate::names::Names;
use axum::extract::Query;
use axum::response::Response;
use knowledge::read;
use knowledge::rules::Content;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, download};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};

/// The most rows of a workbook.
const MOST: usize = 10_000;

/// `GET /desk/knowledge/table.xlsx`
pub(crate) async fn table(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let mut asked = look.asked();
    asked.after = None;
    let grants = staff.person.grants.clone();
    let (rows, names) = staff
        .app
        .read(move |q, app| {
            let today = app.config.zone.date_of(app.now());
            let (rows, _) = read::list(q, &grants, today, &asked, MOST)?;
            let contents = read::contents(q, rows.iter().map(|row| row.id))?;
            let names = Names::of(q, app, contents.values())?;
            let rows: Vec<(read::Line, Content)> = rows
                .into_iter()
                .filter_map(|row| Some((row.clone(), contents.get(&row.id)?.clone())))
                .collect();
            Ok((rows, names))
        })
        .await?;
    let page = staff.desk_page("know-title", NAV);
    let name = format!("{}.xlsx", page.t("know-title"));
    let bytes = platform::slow::apart(move || sheet(&page, &rows, &names).map_err(failed)).await?;
    download(&name, bytes)
}

fn sheet(page: &Page, rows: &[(read::Line, Content)], names: &Names) -> Result<Vec<u8>, XlsxError> {
    let heading = heading(page, &page.t("know-title"));
    let mut columns: Vec<Column> = COLUMNS.iter().map(|column| column.drawn(page)).collect();
    columns.push(Column::text(page.t("know-col-state"), 12));
    columns.push(Column::number(page.t("know-col-version")));
    columns.push(Column::number(page.t("know-col-quoted")));
    let mut table = Table::new(&heading, columns)?;
    for (row, content) in rows {
        let mut cells: Vec<Cell> = COLUMNS.iter().map(|column| column.cell(page, content, names)).collect();
        cells.push(page.t(row.state.key()).into());
        cells.push(i64::from(row.version).into());
        cells.push(row.quoted.into());
        table.row(cells)?;
    }
    workbook([table])
}

/// What stands above a table.
pub(crate) fn heading(page: &Page, title: &str) -> Heading {
    Heading::new(title).demo(page.site.demo.then(|| page.t("shell-demo")))
}

/// A table that is too large is told; anything else is a defect.
pub(crate) fn failed(error: XlsxError) -> Failure {
    Failure::Internal(error.to_string())
}
