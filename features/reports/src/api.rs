//! Reports for other systems: which there are, and making one.

use crate::rules::period::Kind;
use crate::show::load;
use crate::{make, read, shell};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Reports of an answer.
const ROWS: usize = 100;

/// Which reports.
#[derive(Deserialize, IntoParams)]
struct ReportQuery {
    /// `daily`, `weekly` or `monthly`; all if not said.
    #[serde(default)]
    kind: String,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of reports.
#[derive(Serialize, ToSchema)]
struct ReportPage {
    rows: Vec<ReportLine>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A report in a list.
#[derive(Serialize, ToSchema)]
struct ReportLine {
    id: String,
    /// `daily`, `weekly` or `monthly`.
    kind: &'static str,
    from: String,
    until: String,
    made_at: String,
    issued_at: Option<String>,
}

/// A report with its words and figures.
#[derive(Serialize, ToSchema)]
struct ReportShown {
    id: String,
    text: String,
    /// Every figure by name, as printed.
    figures: BTreeMap<String, String>,
}

/// What is to be made.
#[derive(Deserialize, ToSchema)]
struct NewReport {
    /// `daily`, `weekly` or `monthly`.
    kind: String,
    /// A day of the period, `2026-11-27`.
    day: String,
}

/// Where a new report stands.
#[derive(Serialize, ToSchema)]
struct ReportCreated {
    id: String,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::ReportRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/reports",
                "reports",
                "Daily, weekly and monthly reports, the newest first",
            )
            .tag("reports")
            .query::<ReportQuery>()
            .answer::<ReportPage>(200, "A page of reports"),
            list,
        )
        .endpoint(
            Access::Staff(Permission::ReportIssue),
            Endpoint::post("/api/v1/reports", "makeReport", "Make the report of the period that holds a day")
                .tag("reports")
                .body::<NewReport>()
                .answer::<ReportCreated>(201, "Made"),
            create,
        )
        .endpoint(
            read,
            Endpoint::get("/api/v1/reports/{id}", "report", "One report with its figures")
                .tag("reports")
                .answer::<ReportShown>(200, "The report"),
            one,
        )
}

async fn list(staff: Staff, ApiQuery(asked): ApiQuery<ReportQuery>) -> Result<Json<ReportPage>, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, next) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportRead)? {
                return Err(Failure::NotPermitted);
            }
            read::list(q, Kind::parse(&asked.kind), asked.after.as_deref(), ROWS)
        })
        .await?;
    let told = |row: read::Line| ReportLine {
        id: row.id.to_string(),
        kind: row.kind.code(),
        from: row.from.to_string(),
        until: row.until.to_string(),
        made_at: row.made_at.to_string(),
        issued_at: row.issued.map(|(at, _)| at.to_string()),
    };
    Ok(Json(ReportPage { rows: rows.into_iter().map(told).collect(), next }))
}

async fn create(
    staff: Staff,
    ApiJson(new): ApiJson<NewReport>,
) -> Result<(StatusCode, Json<ReportCreated>), Failure> {
    let invalid = |field: &str, code: &str| Failure::Invalid(vec![FieldError::new(field, code)]);
    let kind = Kind::parse(&new.kind).ok_or_else(|| invalid("kind", "entry-not-chosen"))?;
    let day: Date = new.day.parse().map_err(|_| invalid("day", "report-day-missing"))?;
    let today = staff.app.config.zone.date_of(staff.app.now());
    if day > today {
        return Err(invalid("day", "report-day-ahead"));
    }
    let (from, until) = kind.around(day);
    let id = make::make(&staff.app, &staff.by(), kind, from, until.min(today)).await?;
    Ok((StatusCode::CREATED, Json(ReportCreated { id: id.to_string() })))
}

async fn one(staff: Staff, Path(id): Path<Uuid>) -> Result<Json<ReportShown>, Failure> {
    let report = load(&staff, id).await?.report;
    let figures = report.values.into_iter().collect();
    Ok(Json(ReportShown { id: id.to_string(), text: report.text, figures }))
}
