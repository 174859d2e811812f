//! `/api/v1/briefs`: sheets put before leaders and the links by which one is read, for other
//! systems of the office.

use crate::briefs::{Sent, act, compose, load, sent, word};
use crate::projection::{self, BriefRow};
use crate::rules::Command;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::permission::Permission;
use platform::Failure;
use platform::paging::After;
use platform::ui::Form;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Sheets of a page.
const ROWS: usize = 100;

/// A sheet to be written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBrief {
    /// `submission` (呈批单) or `digest` (要情).
    #[schema(example = "submission")]
    kind: String,
    /// The post it is put before, never a name.
    post: String,
    title: String,
    /// The facts, on one page.
    text: String,
    /// The opinion proposed; a submission has one, a digest none.
    #[serde(default)]
    opinion: String,
    /// Id of the matter it is about.
    #[serde(default)]
    about: String,
}

/// A sheet as written.
#[derive(Serialize, ToSchema)]
struct WrittenBrief {
    #[schema(format = "uuid")]
    id: String,
}

/// A page of sheets.
#[derive(Serialize, ToSchema)]
struct BriefPage {
    rows: Vec<BriefSummary>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A sheet in a list.
#[derive(Serialize, ToSchema)]
struct BriefSummary {
    #[schema(format = "uuid")]
    id: String,
    /// `submission` or `digest`.
    kind: &'static str,
    number: String,
    /// The post it was put before.
    post: String,
    written_at: String,
    /// How many links were given, and how often it was looked at by them.
    links: i64,
    looks: i64,
    /// Id of the matter that was instructed on it last.
    instructed: Option<String>,
}

/// A sheet with its words and links.
#[derive(Serialize, ToSchema)]
struct BriefJson {
    #[schema(format = "uuid")]
    id: String,
    /// `submission` or `digest`.
    kind: &'static str,
    number: String,
    post: String,
    title: String,
    text: String,
    /// Empty on a digest.
    opinion: String,
    /// Id of the matter it is about.
    about: Option<String>,
    /// Ids of the matters that were instructed on it.
    instructed: Vec<String>,
    /// The latest first.
    links: Vec<BriefLink>,
}

/// How long a link holds.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewBriefLink {
    /// From 1 to 72.
    #[schema(example = 24)]
    hours: u32,
}

/// A link that shows a sheet without a log-in.
#[derive(Serialize, ToSchema)]
struct BriefLink {
    /// Its number on the sheet.
    link: u32,
    /// What to send to whoever is to read it; whoever holds it reads the sheet.
    address: String,
    /// Until when it holds.
    until: String,
    /// Whether it shows the sheet now: not over, and not taken back.
    open: bool,
    /// How often it was looked at, and when last.
    looks: u32,
    last: Option<String>,
}

pub(crate) fn routes() -> Routes {
    let write = Access::Staff(Permission::InstructionRecord);
    Routes::new()
        .endpoint(
            write,
            Endpoint::get("/api/v1/briefs", "briefs", "Sheets put before leaders, the newest first")
                .tag("matters")
                .query::<After>()
                .answer::<BriefPage>(200, "A page of sheets")
                .fails(&[422]),
            list,
        )
        .endpoint(
            write,
            Endpoint::post("/api/v1/briefs", "writeBrief", "Write a submission 呈批单 or a digest 要情")
                .tag("matters")
                .body::<NewBrief>()
                .answer::<WrittenBrief>(201, "Written, with its number"),
            add,
        )
        .endpoint(
            write,
            Endpoint::get("/api/v1/briefs/{id}", "brief", "A sheet with its links")
                .tag("matters")
                .answer::<BriefJson>(200, "The sheet")
                .fails(&[400]),
            one,
        )
        .endpoint(
            write,
            Endpoint::get("/api/v1/briefs/{id}/document", "briefDocument", "The sheet to be printed")
                .tag("matters")
                .answer_raw(200, "application/octet-stream", "The .docx file")
                .fails(&[400]),
            word,
        )
        .endpoint(
            write,
            Endpoint::post("/api/v1/briefs/{id}/links", "giveBriefLink", "A signed link that ends by itself")
                .tag("matters")
                .body::<NewBriefLink>()
                .answer::<BriefLink>(201, "Given"),
            give_link,
        )
        .endpoint(
            write,
            Endpoint::post(
                "/api/v1/briefs/{id}/links/{link}/removal",
                "takeBackBriefLink",
                "Take a link back before its time",
            )
            .tag("matters")
            .done("It shows nothing any more")
            .fails(&[400, 422]),
            take_back_link,
        )
}

async fn list(staff: Staff, ApiQuery(look): ApiQuery<After>) -> Result<Json<BriefPage>, Failure> {
    let (rows, next) =
        staff.app.read(move |snapshot, _| projection::latest(snapshot, look.after.as_deref(), ROWS)).await?;
    Ok(Json(BriefPage { rows: rows.into_iter().map(BriefSummary::from).collect(), next }))
}

async fn add(
    staff: Staff,
    ApiJson(new): ApiJson<NewBrief>,
) -> Result<(StatusCode, Json<WrittenBrief>), Failure> {
    let form = Form::new()
        .with("kind", new.kind)
        .with("post", new.post)
        .with("title", new.title)
        .with("text", new.text)
        .with("opinion", new.opinion)
        .with("about", new.about);
    let id = compose(&staff, &form).await?;
    Ok((StatusCode::CREATED, Json(WrittenBrief { id: id.to_string() })))
}

async fn one(staff: Staff, Path(id): Path<Uuid>) -> Result<Json<BriefJson>, Failure> {
    let opened = load(&staff.app, id).await?;
    let links = sent(&staff.app, id, &opened.brief).into_iter().map(BriefLink::from).collect();
    Ok(Json(BriefJson {
        id: id.to_string(),
        kind: opened.written.kind.code(),
        number: opened.written.number,
        post: opened.written.post,
        title: opened.title,
        text: opened.text,
        opinion: opened.opinion,
        about: opened.written.about.map(|about| about.to_string()),
        instructed: opened.brief.instructed.iter().map(ToString::to_string).collect(),
        links,
    }))
}

async fn give_link(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(new): ApiJson<NewBriefLink>,
) -> Result<(StatusCode, Json<BriefLink>), Failure> {
    load(&staff.app, id).await?;
    act(&staff, id, Command::GiveLink { hours: new.hours }).await?;
    let brief = load(&staff.app, id).await?.brief;
    let given = sent(&staff.app, id, &brief).into_iter().next().ok_or(Failure::NotFound)?;
    Ok((StatusCode::CREATED, Json(given.into())))
}

async fn take_back_link(staff: Staff, Path((id, link)): Path<(Uuid, u32)>) -> Result<StatusCode, Failure> {
    load(&staff.app, id).await?;
    act(&staff, id, Command::TakeBackLink { link }).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<BriefRow> for BriefSummary {
    fn from(row: BriefRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind.code(),
            number: row.number,
            post: row.post,
            written_at: row.at.to_string(),
            links: row.links,
            looks: row.looks,
            instructed: row.instructed,
        }
    }
}

impl From<Sent> for BriefLink {
    fn from(sent: Sent) -> Self {
        Self {
            link: sent.link.link,
            address: sent.href,
            until: sent.link.until.to_string(),
            open: sent.open,
            looks: sent.link.looks,
            last: sent.link.last.map(|at| at.to_string()),
        }
    }
}
