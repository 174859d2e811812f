//! Reports for other systems: which there are, and making one.

use crate::rules::period::Kind;
use crate::rules::report;
use crate::rules::word::Command;
use crate::show::{Loaded, load};
use crate::{make, read, shell, values, word};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::permission::Permission;
use kernel::time::Date;
use matters::attachments::Upload;
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
    /// Rises with each change; a change may name it.
    version: i64,
    text: String,
    issued_at: Option<String>,
    /// When a document changed by hand came, which is issued in place of the computed one.
    by_hand_at: Option<String>,
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

/// Other words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportText {
    text: String,
    /// The version that was read; left out: whatever came since.
    #[serde(default)]
    version: Option<i64>,
}

/// A step that needs no words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportStep {
    /// The version that was read; left out: whatever came since.
    #[serde(default)]
    version: Option<i64>,
}

/// A Word document that somebody changed by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    name: String,
    /// The .docx file as base64.
    content: String,
    /// The version that was read; left out: whatever came since.
    #[serde(default)]
    version: Option<i64>,
}

/// Another text of a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTemplateText {
    text: String,
}

/// Where a new report stands.
#[derive(Serialize, ToSchema)]
struct ReportCreated {
    id: String,
}

/// The templates of a kind, and what they may name.
#[derive(Serialize, ToSchema)]
struct ReportTemplate {
    /// The text in force.
    text: String,
    /// How often it was changed; 0: as delivered.
    text_version: u32,
    /// Version of the Word template in use; none: the text's plain layout.
    word: Option<u32>,
    /// Word templates that were uploaded, the oldest first.
    words: Vec<WordVersion>,
    /// What each name is called.
    names: BTreeMap<String, String>,
}

/// A Word template that was uploaded.
#[derive(Serialize, ToSchema)]
struct WordVersion {
    version: u32,
    at: String,
    /// Whether it has a place for the words that are edited on the page.
    body: bool,
}

/// A Word template to be kept.
#[derive(Deserialize, ToSchema)]
struct NewWord {
    name: String,
    /// The .docx file as base64.
    content: String,
}

/// Number of a version.
#[derive(Serialize, ToSchema)]
struct WordKept {
    version: u32,
}

/// Which Word template is used from now on.
#[derive(Deserialize, ToSchema)]
struct WordChoice {
    /// Its version; none: the text's plain layout.
    version: Option<u32>,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::ReportRead);
    let (issue, template) =
        (Access::Staff(Permission::ReportIssue), Access::Staff(Permission::ReportTemplate));
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("reports");
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
            .answer::<ReportPage>(200, "A page of reports")
            .fails(&[422]),
            list,
        )
        .endpoint(
            issue,
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
                .answer::<ReportShown>(200, "The report")
                .fails(&[400]),
            one,
        )
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/reports/{id}/document",
                "reportDocument",
                "What is issued as a Word document",
            )
            .tag("reports")
            .about("The computed one, or the one that somebody changed by hand.")
            .answer_raw(200, "application/octet-stream", "The .docx file"),
            crate::files::word,
        )
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/reports/{id}/computed",
                "computedReport",
                "The computed Word document, whatever is issued",
            )
            .tag("reports")
            .answer_raw(200, "application/octet-stream", "The .docx file"),
            crate::files::computed,
        )
        .endpoint(
            issue,
            post("/api/v1/reports/{id}/text", "editReport", "Change the words of a report not yet issued")
                .body::<ReportText>()
                .done("Changed")
                .fails(&[409]),
            edit,
        )
        .endpoint(
            issue,
            post(
                "/api/v1/reports/{id}/document",
                "uploadReport",
                "Put a Word document changed by hand in place of the computed one",
            )
            .body::<NewDocument>()
            .done("Kept beside the computed one")
            .fails(&[409]),
            by_hand,
        )
        .endpoint(
            issue,
            post(
                "/api/v1/reports/{id}/document/withdrawal",
                "withdrawReportDocument",
                "Leave the document changed by hand",
            )
            .body::<ReportStep>()
            .done("The computed one counts again")
            .fails(&[409]),
            leave_by_hand,
        )
        .endpoint(
            issue,
            post("/api/v1/reports/{id}/issue", "issueReport", "Issue a report; it stays as it is")
                .body::<ReportStep>()
                .done("Issued")
                .fails(&[409]),
            issued,
        )
        .endpoint(
            template,
            post(
                "/api/v1/reports/templates/{kind}/text",
                "changeReportTemplate",
                "Change the text of a template; reports already made stay as they are",
            )
            .body::<NewTemplateText>()
            .done("Kept"),
            change,
        )
        .endpoint(
            template,
            Endpoint::get(
                "/api/v1/reports/templates/{kind}",
                "reportTemplate",
                "The templates of daily, weekly or monthly reports",
            )
            .tag("reports")
            .answer::<ReportTemplate>(200, "The templates"),
            templates,
        )
        .endpoint(
            template,
            Endpoint::post(
                "/api/v1/reports/templates/{kind}/word",
                "uploadReportTemplate",
                "Check a Word file and keep it as the next version; everything wrong with it is said",
            )
            .tag("reports")
            .body::<NewWord>()
            .answer::<WordKept>(201, "Kept, not yet in use"),
            upload,
        )
        .endpoint(
            template,
            Endpoint::post(
                "/api/v1/reports/templates/{kind}/word/choice",
                "chooseReportTemplate",
                "Choose the Word template that reports are made with from now on",
            )
            .tag("reports")
            .body::<WordChoice>()
            .done("Chosen"),
            choose,
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
    let Loaded { report, version, .. } = load(&staff, id).await?;
    Ok(Json(ReportShown {
        id: id.to_string(),
        version,
        text: report.text,
        issued_at: report.issued.map(|(at, _)| at.to_string()),
        by_hand_at: report.by_hand.map(|by_hand| by_hand.at.to_string()),
        figures: report.values.into_iter().collect(),
    }))
}

async fn act(
    staff: &Staff,
    id: Uuid,
    version: Option<i64>,
    command: report::Command,
) -> Result<StatusCode, Failure> {
    let by = staff.by();
    staff.app.write(move |work| shell::act(work, &by, id, version, &command)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn edit(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(new): ApiJson<ReportText>,
) -> Result<StatusCode, Failure> {
    act(&staff, id, new.version, report::Command::Edit { text: new.text }).await
}

async fn issued(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(step): ApiJson<ReportStep>,
) -> Result<StatusCode, Failure> {
    act(&staff, id, step.version, report::Command::Issue).await
}

async fn leave_by_hand(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(step): ApiJson<ReportStep>,
) -> Result<StatusCode, Failure> {
    act(&staff, id, step.version, report::Command::Computed).await
}

async fn by_hand(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(new): ApiJson<NewDocument>,
) -> Result<StatusCode, Failure> {
    let upload = Upload { name: new.name, bytes: decoded(&new.content)? };
    word::keep_by_hand(&staff.app, &staff.by(), id, new.version, upload).await.map_err(on_content)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change(
    staff: Staff,
    Path(kind): Path<String>,
    ApiJson(new): ApiJson<NewTemplateText>,
) -> Result<StatusCode, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let by = staff.by();
    staff.app.write(move |work| shell::change(work, &by, kind, &new.text)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn decoded(content: &str) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure::Invalid(vec![FieldError::new("content", "report-word-unreadable")]);
    STANDARD.decode(content.trim()).map_err(|_| unreadable())
}

/// What is wrong with a file is said of the member that holds it.
fn on_content(failure: Failure) -> Failure {
    match failure {
        Failure::Invalid(errors) => {
            let content = |error| FieldError { field: Some("content".to_owned()), ..error };
            Failure::Invalid(errors.into_iter().map(content).collect())
        }
        failure => failure,
    }
}

async fn templates(staff: Staff, Path(kind): Path<String>) -> Result<Json<ReportTemplate>, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let grants = staff.person.grants.clone();
    let page = values::written_page(&staff.app);
    let told = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let (template, words) = (read::template(q, kind)?, word::load(q, kind)?);
            let names =
                values::names(app).into_iter().map(|name| (name.clone(), values::label(&page, &name)));
            let version = |version: &crate::rules::word::Version| WordVersion {
                version: version.number,
                at: version.at.to_string(),
                body: version.word.body,
            };
            Ok(ReportTemplate {
                text: template.text,
                text_version: template.version,
                word: words.chosen,
                words: words.versions.iter().map(version).collect(),
                names: names.collect(),
            })
        })
        .await?;
    Ok(Json(told))
}

async fn upload(
    staff: Staff,
    Path(kind): Path<String>,
    ApiJson(new): ApiJson<NewWord>,
) -> Result<(StatusCode, Json<WordKept>), Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let upload = Upload { name: new.name, bytes: decoded(&new.content)? };
    let version = word::keep(&staff.app, &staff.by(), kind, upload).await.map_err(on_content)?;
    Ok((StatusCode::CREATED, Json(WordKept { version })))
}

async fn choose(
    staff: Staff,
    Path(kind): Path<String>,
    ApiJson(choice): ApiJson<WordChoice>,
) -> Result<StatusCode, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let (by, command) = (staff.by(), Command::Choose(choice.version));
    staff.app.write(move |work| shell::change_word(work, &by, kind, &command)).await?;
    Ok(StatusCode::NO_CONTENT)
}
