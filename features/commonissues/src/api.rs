//! Common issues and hot topics for other systems.

use crate::issues::{self, All, IssueRow, Wanted, act, answer_all, answer_of, load, said};
use crate::rules::issue::Command;
use crate::topics::{self, TopicRow};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::permission::Permission;
use kernel::{AreaId, MatterId, UnitId};
use matters_rules::Outcome;
use platform::paging::After;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use platform::{Failure, Work};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Rows of a page.
const ROWS: usize = 100;

/// A page of issues.
#[derive(Serialize, ToSchema)]
struct CommonIssuePage {
    rows: Vec<CommonIssue>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// An issue in a list.
#[derive(Serialize, ToSchema)]
struct CommonIssue {
    id: String,
    number: String,
    title: String,
    /// Code of the unit that answers for it.
    unit: String,
    /// `open` or `closed`.
    state: &'static str,
    opened_at: String,
    /// Newest version of the special report that is written, and that is signed; 0 for none.
    report_written: i64,
    report_signed: i64,
    members: i64,
    /// Of these: not over yet.
    members_open: i64,
}

/// An issue whole.
#[derive(Serialize, ToSchema)]
struct CommonIssueShown {
    id: String,
    number: String,
    title: String,
    unit: String,
    category: Option<String>,
    area: Option<String>,
    /// Why these matters are one issue.
    grounds: String,
    /// The last answer sent to all; empty while there is none.
    answer: String,
    /// What came of it; empty while it is open.
    result: String,
    /// Ids of its matters.
    members: Vec<String>,
}

/// A new issue.
#[derive(Deserialize, ToSchema)]
struct NewCommonIssue {
    title: String,
    /// Code of the unit that answers for it.
    unit: String,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    area: Option<String>,
    grounds: String,
    /// Ids of the matters.
    #[schema(value_type = Vec<String>)]
    matters: Vec<MatterId>,
    /// The hot topic it comes from, which is settled with it.
    #[serde(default)]
    topic: Option<String>,
}

/// Where something new stands.
#[derive(Serialize, ToSchema)]
struct CommonIssueCreated {
    id: String,
}

/// Matters that come to it.
#[derive(Deserialize, ToSchema)]
struct NewMembers {
    #[schema(value_type = Vec<String>)]
    matters: Vec<MatterId>,
}

/// One answer for all.
#[derive(Deserialize, ToSchema)]
struct CommonAnswer {
    answer: String,
    /// What it makes of each demand of the matters it answers directly; none: these are written to.
    #[serde(default)]
    outcome: Option<String>,
}

/// How far one answer went.
#[derive(Serialize, ToSchema)]
struct CommonAnswerSent {
    /// Matters that it answered directly.
    answered: Vec<String>,
    /// Matters whose appellants were written to.
    written: Vec<String>,
}

/// What came of an issue.
#[derive(Deserialize, ToSchema)]
struct CommonResult {
    result: String,
}

/// A page of hot topics.
#[derive(Serialize, ToSchema)]
struct HotTopicPage {
    rows: Vec<HotTopic>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A hot topic.
#[derive(Serialize, ToSchema)]
struct HotTopic {
    id: String,
    /// Code of the rule that found it.
    rule: String,
    /// Code of the group of categories.
    group: String,
    /// Code of the place.
    place: String,
    /// `open`, `noted`, `dismissed` or `grouped`.
    state: &'static str,
    matters: i64,
    /// Matters of the same hours in the weeks before, and how many weeks.
    before: i64,
    weeks: i64,
    hours: i64,
    /// The end of these hours.
    until: String,
}

/// What becomes of a hot topic.
#[derive(Deserialize, ToSchema)]
struct TopicVerdict {
    /// `note` or `dismiss`.
    verdict: String,
    words: String,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::IssueRead);
    let manage = Access::Staff(Permission::IssueManage);
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("common issues");
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("common issues");
    Routes::new()
        .endpoint(
            read,
            get(
                "/api/v1/common-issues",
                "commonIssues",
                "Common issues, those under way and the newest first",
            )
            .query::<After>()
            .answer::<CommonIssuePage>(200, "A page of issues")
            .fails(&[422]),
            list,
        )
        .endpoint(
            manage,
            post("/api/v1/common-issues", "openCommonIssue", "Make matters with one cause one issue")
                .body::<NewCommonIssue>()
                .answer::<CommonIssueCreated>(201, "Opened"),
            create,
        )
        .endpoint(
            read,
            get("/api/v1/common-issues/{issue}", "commonIssue", "One issue with its matters and its answer")
                .answer::<CommonIssueShown>(200, "The issue"),
            one,
        )
        .endpoint(
            manage,
            post("/api/v1/common-issues/{issue}/members", "addToCommonIssue", "Add matters the sender sees")
                .body::<NewMembers>()
                .done("Added"),
            add,
        )
        .endpoint(
            manage,
            post("/api/v1/common-issues/{issue}/answer", "answerCommonIssue", "One answer for all members")
                .body::<CommonAnswer>()
                .answer::<CommonAnswerSent>(200, "How far it went"),
            answer,
        )
        .endpoint(
            manage,
            post("/api/v1/common-issues/{issue}/closing", "closeCommonIssue", "Close it with its result")
                .body::<CommonResult>()
                .done("Closed"),
            close,
        )
        .endpoint(
            read,
            get("/api/v1/hot-topics", "hotTopics", "Hot topics, those to be settled and the newest first")
                .query::<After>()
                .answer::<HotTopicPage>(200, "A page of hot topics")
                .fails(&[422]),
            hot,
        )
        .endpoint(
            Access::Staff(Permission::TopicSettle),
            post("/api/v1/hot-topics/{topic}/settlement", "settleHotTopic", "Note or dismiss a hot topic")
                .body::<TopicVerdict>()
                .done("Settled"),
            settle,
        )
}

fn invalid(field: &str, code: &str) -> Failure {
    Failure::Invalid(vec![FieldError::new(field, code)])
}

async fn list(staff: Staff, ApiQuery(asked): ApiQuery<After>) -> Result<Json<CommonIssuePage>, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, next) = staff
        .app
        .read(move |snapshot, _| issues::issues(snapshot, &grants, asked.after.as_deref(), ROWS))
        .await?;
    let told = |row: IssueRow| CommonIssue {
        id: row.id,
        number: row.number,
        title: row.title,
        unit: row.unit.to_string(),
        state: row.state.code(),
        opened_at: row.at.to_string(),
        report_written: row.report.0,
        report_signed: row.report.1,
        members: row.members.0,
        members_open: row.members.1,
    };
    Ok(Json(CommonIssuePage { rows: rows.into_iter().map(told).collect(), next }))
}

async fn create(
    staff: Staff,
    ApiJson(new): ApiJson<NewCommonIssue>,
) -> Result<(StatusCode, Json<CommonIssueCreated>), Failure> {
    for (field, text) in [("title", &new.title), ("unit", &new.unit), ("grounds", &new.grounds)] {
        if text.trim().is_empty() {
            return Err(invalid(field, "issue-empty"));
        }
    }
    let wanted = Wanted {
        title: new.title,
        unit: UnitId(new.unit),
        category: new.category,
        area: new.area.map(AreaId),
        grounds: new.grounds,
        matters: new.matters,
        topic: new.topic,
    };
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    let id = staff
        .app
        .write(move |work| {
            let mut wanted = wanted.clone();
            wanted.matters = seen(work, &grants, &wanted.matters)?;
            issues::open(work, &by, &wanted)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(CommonIssueCreated { id })))
}

/// Only what the sender sees can be grouped.
fn seen(
    work: &mut Work<'_>,
    grants: &[kernel::permission::Grant],
    matters: &[MatterId],
) -> Result<Vec<MatterId>, Failure> {
    let app = work.app();
    let rows = matters::read::rows(work.tx, app, grants, matters)?;
    Ok(matters.iter().copied().filter(|matter| rows.iter().any(|row| row.id == *matter)).collect())
}

async fn one(staff: Staff, Path(id): Path<String>) -> Result<Json<CommonIssueShown>, Failure> {
    let grants = staff.person.grants.clone();
    let told = staff
        .app
        .read(move |snapshot, app| {
            let opening = load(snapshot, app, &grants, &id)?;
            let answer = answer_of(snapshot, app, &grants, &id)?.unwrap_or_default();
            let about = opening.opened;
            Ok(CommonIssueShown {
                id: id.clone(),
                number: about.number,
                title: about.title,
                unit: about.unit.to_string(),
                category: about.category,
                area: about.area.map(|area| area.to_string()),
                grounds: opening.grounds,
                answer,
                result: opening.result,
                members: opening.issue.members.iter().map(ToString::to_string).collect(),
            })
        })
        .await?;
    Ok(Json(told))
}

async fn add(
    staff: Staff,
    Path(id): Path<String>,
    ApiJson(new): ApiJson<NewMembers>,
) -> Result<StatusCode, Failure> {
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    staff
        .app
        .write(move |work| {
            let matters = seen(work, &grants, &new.matters)?;
            act(work, &by, &id, &Command::Add { matters })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn answer(
    staff: Staff,
    Path(id): Path<String>,
    ApiJson(new): ApiJson<CommonAnswer>,
) -> Result<Json<CommonAnswerSent>, Failure> {
    let text = new.answer.trim().to_owned();
    if text.is_empty() {
        return Err(invalid("answer", "issue-empty"));
    }
    let outcome = match &new.outcome {
        Some(code) => Some(Outcome::parse(code).ok_or_else(|| invalid("outcome", "entry-not-chosen"))?),
        None => None,
    };
    let sent = answer_all(&staff.app, &staff.by(), &staff.person, &id, &All { text, outcome }).await?;
    let ids = |matters: &[MatterId]| matters.iter().map(ToString::to_string).collect();
    Ok(Json(CommonAnswerSent { answered: ids(&sent.answered), written: ids(&sent.written) }))
}

async fn close(
    staff: Staff,
    Path(id): Path<String>,
    ApiJson(new): ApiJson<CommonResult>,
) -> Result<StatusCode, Failure> {
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            let result = said(work, &id, &new.result)?;
            act(work, &by, &id, &Command::Close { result })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn hot(staff: Staff, ApiQuery(asked): ApiQuery<After>) -> Result<Json<HotTopicPage>, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, next) = staff
        .app
        .read(move |snapshot, _| topics::topics(snapshot, &grants, asked.after.as_deref(), ROWS))
        .await?;
    let told = |row: TopicRow| HotTopic {
        id: row.id,
        rule: row.rule,
        group: row.group,
        place: row.place,
        state: row.state.code(),
        matters: row.matters,
        before: row.before.0,
        weeks: row.before.1,
        hours: row.hours,
        until: row.until.to_string(),
    };
    Ok(Json(HotTopicPage { rows: rows.into_iter().map(told).collect(), next }))
}

async fn settle(
    staff: Staff,
    Path(id): Path<String>,
    ApiJson(new): ApiJson<TopicVerdict>,
) -> Result<StatusCode, Failure> {
    let notes = match new.verdict.as_str() {
        "note" => true,
        "dismiss" => false,
        _ => return Err(invalid("verdict", "entry-not-chosen")),
    };
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            let words = new.words.trim();
            if notes { topics::note(work, &by, &id, words) } else { topics::dismiss(work, &by, &id, words) }
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
