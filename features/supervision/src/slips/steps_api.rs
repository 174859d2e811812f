//! Drafting a slip, revising it and taking its steps, for other systems of the office.

use super::draft::{Wanted, draft, keep};
use super::show::Shown;
use super::step::{take, words};
use crate::rules::slip::Command;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::permission::Permission;
use kernel::{MatterId, NodeId, SlipId};
use platform::Failure;
use platform::ui::Form;
use platform::web::{Access, ApiJson, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A slip to be drafted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSlip {
    /// The matter and its assignment that it is about.
    #[schema(value_type = String, format = "uuid")]
    matter: MatterId,
    #[schema(value_type = String, format = "uuid")]
    node: NodeId,
    /// `blue`, `yellow` or `red`.
    #[schema(example = "yellow")]
    colour: String,
    /// Working days to reply.
    #[schema(example = 3)]
    days: u32,
    /// What is demanded.
    demand: String,
}

/// A draft as it is to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SlipRevision {
    /// `blue`, `yellow` or `red`.
    #[schema(example = "red")]
    colour: String,
    /// Working days to reply.
    #[schema(example = 3)]
    days: u32,
    /// What is demanded.
    demand: String,
    /// The slip's `version` that was read; left out: whatever came since.
    #[serde(default)]
    version: Option<i64>,
}

/// A slip with its words.
#[derive(Serialize, ToSchema)]
struct SlipShown {
    #[schema(format = "uuid")]
    id: String,
    /// What a revision sends back as the version it was made from.
    version: i64,
    /// `drafted`, `checked`, `issued`, `replied`, `settled` or `cancelled`.
    state: &'static str,
    /// `blue`, `yellow` or `red`.
    colour: &'static str,
    /// Working days to reply.
    days: i64,
    /// What is demanded; empty where nothing is yet.
    demand: String,
    /// The unit's replies, in order.
    replies: Vec<SlipReply>,
}

/// A reply to a slip.
#[derive(Serialize, ToSchema)]
struct SlipReply {
    at: String,
    text: String,
}

/// A slip as drafted.
#[derive(Serialize, ToSchema)]
struct DraftedSlip {
    #[schema(format = "uuid")]
    id: String,
}

/// Whether a slip passes, and why not.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SlipVerdict {
    /// Whether the draft, or the reply, is accepted.
    accept: bool,
    /// Needed where it is not.
    #[serde(default)]
    reason: String,
}

/// Words of a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SlipWords {
    /// The reply, or why it is cancelled.
    text: String,
}

pub(super) fn routes() -> Routes {
    let post = |path, id: &str, about: &str| Endpoint::post(path, id, about).tag("supervision");
    let drafts = Access::Staff(Permission::SlipDraft);
    Routes::new()
        .endpoint(
            drafts,
            post("/api/v1/slips", "draftSlip", "Draft a supervision slip")
                .body::<NewSlip>()
                .answer::<DraftedSlip>(201, "Drafted; somebody else checks it"),
            add,
        )
        .endpoint(
            Access::Staff(Permission::SupervisionRead),
            Endpoint::get("/api/v1/slips/{slip}", "slip", "A slip with what it demands")
                .tag("supervision")
                .answer::<SlipShown>(200, "The slip")
                .fails(&[400]),
            show,
        )
        .endpoint(
            drafts,
            post("/api/v1/slips/{slip}/revision", "reviseSlip", "Change a draft that nobody approved yet")
                .body::<SlipRevision>()
                .done("Kept; it is checked as it stands now")
                .fails(&[409]),
            revise,
        )
        .endpoint(
            Access::Staff(Permission::SlipCheck),
            post("/api/v1/slips/{slip}/check", "checkSlip", "Approve a draft, or send it back")
                .body::<SlipVerdict>()
                .done("Checked"),
            check,
        )
        .endpoint(
            Access::Staff(Permission::SlipIssue),
            post("/api/v1/slips/{slip}/issue", "issueSlip", "Give a checked slip its number and send it out")
                .done("Issued")
                .fails(&[409, 422]),
            issue,
        )
        .endpoint(
            Access::Staff(Permission::SlipReply),
            post("/api/v1/slips/{slip}/reply", "replySlip", "The unit's reply")
                .body::<SlipWords>()
                .done("Replied"),
            reply,
        )
        .endpoint(
            drafts,
            post("/api/v1/slips/{slip}/settlement", "settleSlip", "Accept the reply, or send it back")
                .body::<SlipVerdict>()
                .done("Settled"),
            settle,
        )
        .endpoint(
            drafts,
            post("/api/v1/slips/{slip}/cancellation", "cancelSlip", "Take a slip back")
                .body::<SlipWords>()
                .done("Cancelled"),
            cancel,
        )
}

async fn add(staff: Staff, ApiJson(new): ApiJson<NewSlip>) -> Result<Response, Failure> {
    let form = Form::new().with("colour", new.colour).with("days", new.days).with("demand", new.demand);
    let wanted = Wanted::of(&form).map_err(|mut wrong| wrong.remove(0))?;
    let by = staff.by();
    let id = staff.app.write(move |work| draft(work, &by, new.matter, new.node, &wanted, None)).await?;
    Ok((StatusCode::CREATED, Json(DraftedSlip { id: id.to_string() })).into_response())
}

async fn show(staff: Staff, Path(id): Path<SlipId>) -> Result<Json<SlipShown>, Failure> {
    let shown = Shown::load(&staff, id).await?;
    let reply = |(at, text): (kernel::time::Instant, String)| SlipReply { at: at.to_string(), text };
    Ok(Json(SlipShown {
        id: id.to_string(),
        version: shown.version,
        state: shown.row.state.code(),
        colour: shown.row.colour.code(),
        days: shown.row.days,
        demand: shown.demand,
        replies: shown.replies.into_iter().map(reply).collect(),
    }))
}

async fn revise(
    staff: Staff,
    Path(id): Path<SlipId>,
    ApiJson(new): ApiJson<SlipRevision>,
) -> Result<StatusCode, Failure> {
    let form = Form::new().with("colour", new.colour).with("days", new.days).with("demand", new.demand);
    let wanted = Wanted::of(&form).map_err(|mut wrong| wrong.remove(0))?;
    keep(&staff, id, new.version, wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn check(
    staff: Staff,
    Path(id): Path<SlipId>,
    ApiJson(verdict): ApiJson<SlipVerdict>,
) -> Result<StatusCode, Failure> {
    let approve = verdict.accept;
    step(&staff, id, &verdict.reason, "reason", !approve, move |text| {
        Some(Command::Check { approve, reason: text })
    })
    .await
}

async fn issue(staff: Staff, Path(id): Path<SlipId>) -> Result<StatusCode, Failure> {
    step(&staff, id, "", "", false, |_| Some(Command::Issue)).await
}

async fn reply(
    staff: Staff,
    Path(id): Path<SlipId>,
    ApiJson(said): ApiJson<SlipWords>,
) -> Result<StatusCode, Failure> {
    step(&staff, id, &said.text, "text", true, |text| Some(Command::Reply { text: text? })).await
}

async fn settle(
    staff: Staff,
    Path(id): Path<SlipId>,
    ApiJson(verdict): ApiJson<SlipVerdict>,
) -> Result<StatusCode, Failure> {
    let accept = verdict.accept;
    step(&staff, id, &verdict.reason, "reason", !accept, move |text| {
        Some(Command::Settle { accept, reason: text })
    })
    .await
}

async fn cancel(
    staff: Staff,
    Path(id): Path<SlipId>,
    ApiJson(said): ApiJson<SlipWords>,
) -> Result<StatusCode, Failure> {
    step(&staff, id, &said.text, "text", true, |text| Some(Command::Cancel { reason: text? })).await
}

async fn step(
    staff: &Staff,
    id: SlipId,
    typed: &str,
    field: &'static str,
    needed: bool,
    command: impl Fn(Option<matters_rules::command::Text>) -> Option<Command> + Send + Sync + 'static,
) -> Result<StatusCode, Failure> {
    let typed = Some(typed.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    words(field, typed.as_deref(), needed)?;
    take(staff, id, None, typed, command).await?;
    Ok(StatusCode::NO_CONTENT)
}
