//! The pages' numbers as workbooks: `/statistics.xlsx`, `/statistics/by/{by}/table.xlsx`.

use super::ask::Fields;
use super::by::notes;
use crate::export;
use crate::lines::lines;
use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use matters_rules::figures::By;
use platform::Failure;
use platform::web::Staff;

/// A breakdown with all its columns.
pub(super) async fn by(
    staff: Staff,
    Path(by): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let by = By::parse(&by).ok_or(Failure::NotFound)?;
    let (asked, _) = fields.read();
    let page = staff.desk_page("statistics-title", "nav-statistics");
    let (grants, words) = (staff.person.grants.clone(), page.translator().clone());
    let found =
        staff.app.read(move |snapshot, app| lines(snapshot, app, &words, &asked, by, Some(&grants))).await?;
    let bytes = export::breakdown(&staff, &page, &found, &notes(&page, &found))?;
    Ok(file(&format!("statistics-{}-{}.xlsx", by.code(), found.as_of), bytes))
}

/// All figures.
pub(super) async fn overview(staff: Staff, Query(fields): Query<Fields>) -> Result<Response, Failure> {
    let (asked, _) = fields.read();
    let page = staff.desk_page("statistics-title", "nav-statistics");
    let grants = staff.person.grants.clone();
    let figures = staff
        .app
        .read(move |snapshot, app| {
            Ok(matters::figures::counted(snapshot, app, &asked, None, Some(&grants))?.sum())
        })
        .await?;
    let bytes = export::overview(&staff, &page, &figures)?;
    Ok(file(&format!("statistics-{}.xlsx", figures.as_of), bytes))
}

/// A workbook to keep, for this reader alone.
pub(super) fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, print::xlsx::CONTENT_TYPE.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
