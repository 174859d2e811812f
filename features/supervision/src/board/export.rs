//! `/desk/supervision/export`: the view as a workbook, with the same filters as on the page.

use super::Look;
use crate::BOARD;
use crate::words::marks;
use axum::extract::Query;
use axum::response::Response;
use matters::Row;
use matters::words::Words;
use platform::ui::Page;
use platform::web::{Staff, download};
use platform::{Failure, slow};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};

/// The most rows of a workbook; a note says where rows are left out.
const MOST: usize = 20_000;
/// Rows read at once.
const CHUNK: usize = 1_000;

pub(super) async fn write(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let filter = look.filter(&staff.app.config.zone);
    let (rows, more) = staff
        .app
        .read(move |snapshot, app| {
            let mut rows = Vec::new();
            let mut after: Option<String> = None;
            loop {
                let page = matters::list(snapshot, app, &person.grants, &filter, after.as_deref(), CHUNK)?;
                rows.extend(page.rows);
                after = page.next;
                if after.is_none() || rows.len() >= MOST {
                    return Ok((rows, after.is_some()));
                }
            }
        })
        .await?;
    let page = staff.desk_page("supervision-title", BOARD);
    let words = Words::of(&staff.app, &page);
    let title = page.t(&look.view().key());
    let mut heading = Heading::new(title.clone()).note(page.t2(
        "supervision-export-when",
        "at",
        words.moment(&staff.app.now()),
        "n",
        rows.len(),
    ));
    if more {
        heading = heading.note(page.t1("supervision-export-cut", "n", MOST));
    }
    heading = heading.demo(page.site.demo.then(|| page.t("shell-demo")));
    let bytes = slow::apart(move || {
        sheet(&heading, &page, &words, &rows).map_err(|error| Failure::Internal(error.to_string()))
    })
    .await?;
    download(&format!("{title}.xlsx"), bytes)
}

fn sheet(heading: &Heading, page: &Page, words: &Words, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let text = |key: &str, width| Column::text(page.t(key), width);
    let columns = vec![
        text("supervision-col-number", 16),
        text("supervision-col-matter", 40),
        text("supervision-col-unit", 22),
        text("supervision-col-state", 14),
        Column::datetime(page.t("supervision-col-due")),
        text("supervision-col-left", 20),
        Column::datetime(page.t("supervision-col-moved")),
        text("supervision-col-marks", 36),
    ];
    let at = |at: Option<kernel::time::Instant>| Cell::from(at.map(|at| page.site.zone.local(at)));
    let mut table = Table::new(heading, columns)?;
    for row in rows {
        let marks: Vec<String> = marks(page, row).into_iter().map(|(mark, _)| mark).collect();
        table.row([
            row.number.as_str().into(),
            words.title(row).into(),
            words.unit(row).into(),
            words.state(row).into(),
            at(row.due_at),
            row.remaining.as_ref().map(|left| words.remaining(left)).into(),
            at(row.watched.moved_at),
            marks.join(&page.t("watch-join")).into(),
        ])?;
    }
    workbook([table])
}
