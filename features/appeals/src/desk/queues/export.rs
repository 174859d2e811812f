//! `/desk/export`: the list as a workbook, with the same filters and columns as on the page;
//! all of it, or the rows that were ticked.

use super::columns::{Cells, Column};
use super::kept::Kept;
use super::look::Look;
use super::{offered_tab, subtitle};
use crate::download;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use matters::{Filter, Row, Tab};
use platform::web::{Access, Routes, Staff};
use platform::{App, Failure, slow};
use print::xlsx::{self, Cell, Heading, Table, workbook};
use std::collections::BTreeSet;

/// The most rows of a workbook; a note says where rows are left out.
const ROWS_MAX: usize = 20_000;
/// Rows read at once.
const CHUNK: usize = 1_000;

/// Both ways to ask.
pub fn routes() -> Routes {
    let read = Access::Staff(Permission::MatterRead);
    Routes::new().get("/desk/export", read, all).post("/desk/export", read, chosen)
}

async fn all(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    export(staff, look, None).await
}

async fn chosen(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let look = Look::of_fields(&sent);
    let ticks = sent.into_iter().filter(|(field, _)| field == "assignment");
    let ticked: BTreeSet<String> = ticks.map(|(_, row)| row).collect();
    if ticked.is_empty() {
        let tab = look.tab.as_deref().and_then(Tab::parse).unwrap_or_default();
        return Ok(super::super::page::go(&staff, &look.href("/desk", tab, None), "flash-none-chosen"));
    }
    export(staff, look, Some(ticked)).await
}

async fn export(staff: Staff, look: Look, ticked: Option<BTreeSet<String>>) -> Result<Response, Failure> {
    let tab = offered_tab(&staff.person.grants, &look).ok_or(Failure::NotFound)?;
    let filter = look.filter(tab);
    let person = staff.person.clone();
    let (rows, left_out, kept, categories) = staff
        .app
        .read(move |snapshot, app| {
            let (rows, left_out) = read(snapshot, app, &person.grants, &filter, ticked.as_ref())?;
            let kept = Kept::of(snapshot, &app.vault, person.account, super::kept::KEY)?;
            Ok((rows, left_out, kept, matters::categories::in_force(snapshot, app)?))
        })
        .await?;
    let page = staff.desk_page("desk-queues-title", super::super::QUEUES);
    let words = super::super::words::Words::of(&staff.app, &page);
    let title = page.t(&tab.key());
    let mut heading = Heading::new(title.clone()).note(page.t2(
        "desk-export-when",
        "at",
        words.moment(&staff.app.now()),
        "n",
        rows.len(),
    ));
    if let Some(line) = subtitle(&page, &look) {
        heading = heading.note(line);
    }
    if left_out {
        heading = heading.note(page.t1("desk-export-cut", "n", ROWS_MAX));
    }
    heading = heading.demo(page.site.demo.then(|| page.t("shell-demo")));
    let cells = Cells { page, words, categories };
    // Writing a large workbook takes a while: not on a thread that answers others.
    let columns = Column::chosen(&kept.columns);
    let bytes = slow::apart(move || write(&heading, &cells, &columns, &rows)).await?;
    download::response(&format!("{title}.xlsx"), bytes)
}

/// All rows under the filter, page by page; whether there were more than a workbook takes.
fn read(
    query: &mut dyn store::Query,
    app: &App,
    grants: &[kernel::permission::Grant],
    filter: &Filter,
    ticked: Option<&BTreeSet<String>>,
) -> Result<(Vec<Row>, bool), Failure> {
    let mut rows = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = matters::list(query, app, grants, filter, after.as_deref(), CHUNK)?;
        let wanted =
            page.rows.into_iter().filter(|row| ticked.is_none_or(|ticked| ticked.contains(&row_key(row))));
        rows.extend(wanted);
        after = page.next;
        if ticked.is_some_and(|ticked| rows.len() >= ticked.len()) || after.is_none() {
            return Ok((rows, false));
        }
        if rows.len() >= ROWS_MAX {
            return Ok((rows, true));
        }
    }
}

/// The value of a row's tick box: the matter, and the assignment where it is one.
pub fn row_key(row: &Row) -> String {
    row.node.map_or_else(|| row.id.to_string(), |node| format!("{}:{node}", row.id))
}

fn write(heading: &Heading, cells: &Cells, columns: &[Column], rows: &[Row]) -> Result<Vec<u8>, Failure> {
    let unwritable = |error: xlsx::XlsxError| Failure::Internal(error.to_string());
    let mut sheet = vec![
        xlsx::Column::text(cells.page.t("desk-col-number"), 16),
        xlsx::Column::text(cells.page.t("desk-col-matter"), 40),
    ];
    sheet.extend(columns.iter().flat_map(|column| column.sheet(&cells.page)));
    let mut table = Table::new(heading, sheet).map_err(unwritable)?;
    for row in rows {
        let mut line: Vec<Cell> = vec![row.number.as_str().into(), cells.title(row).into()];
        line.extend(columns.iter().flat_map(|column| cells.sheet(*column, row)));
        table.row(line).map_err(unwritable)?;
    }
    workbook([table]).map_err(unwritable)
}
