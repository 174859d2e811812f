//! Measures for other systems of the office: what the pages do, in JSON.

use crate::pages::{self, CANCEL, FEEDBACK, Opened};
use crate::projection::{self, MeasureRow};
use crate::propose::propose;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::Failure;
use platform::ui::Form;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Measures in an answer: the latest.
const ROWS: usize = 100;
const ONE: &str = "/api/v1/accountability/{id}";

/// Which measures.
#[derive(Deserialize, IntoParams)]
struct MeasureQuery {
    /// About that unit only.
    unit: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of measures.
#[derive(Serialize, ToSchema)]
struct MeasurePage {
    rows: Vec<MeasureJson>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A measure in a list.
#[derive(Serialize, ToSchema)]
struct MeasureJson {
    id: String,
    /// `reminder`, `circular`, `talk`, `clue` or `tolerance`.
    kind: &'static str,
    /// Why: `delay`, `false_closing`, `shirking`, `pressure`, `redone`, `leak` or `other`.
    failing: &'static str,
    /// `proposed`, `refused`, `decided`, `answered` or `cancelled`.
    state: &'static str,
    unit: String,
    /// Year and running number of its kind, once decided.
    year: Option<i64>,
    serial: Option<i64>,
    /// Id of the rectification it became.
    rectification: Option<String>,
    proposed_at: String,
}

/// A measure with its words.
#[derive(Serialize, ToSchema)]
struct MeasureWhole {
    id: String,
    /// As in the list.
    kind: &'static str,
    failing: &'static str,
    state: Option<&'static str>,
    unit: String,
    year: Option<i16>,
    serial: Option<i64>,
    facts: String,
    /// The rule it rests on; of a tolerance its ground.
    basis: String,
    /// What is to be made good, and by which day.
    demand: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    rectification: Option<String>,
    /// Why it was taken, refused or cancelled.
    reason: Option<String>,
    /// The body a clue went to, and what it answered.
    body: Option<String>,
    answer: Option<String>,
}

/// A measure proposed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMeasure {
    /// `reminder`, `circular`, `talk`, `clue` or `tolerance`.
    #[schema(example = "reminder")]
    kind: String,
    /// Code of the unit.
    unit: String,
    /// Why: `delay`, `false_closing`, `shirking`, `pressure`, `redone`, `leak` or `other`.
    #[schema(example = "delay")]
    failing: String,
    facts: String,
    /// The rule it rests on; of a tolerance its ground.
    basis: String,
    /// What is to be made good: it becomes a rectification once the measure is taken.
    #[serde(default)]
    demand: String,
    /// By which day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// The competent body that a clue goes to.
    #[serde(default)]
    body: String,
    /// Id of the matter in which it failed.
    #[serde(default)]
    matter: String,
}

/// What is decided about a proposed measure, by a second person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeasureDecision {
    /// Whether it is taken.
    approve: bool,
    /// Needed where it is not.
    #[serde(default)]
    reason: String,
}

/// Words about a measure.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MeasureWords {
    /// What the competent body answered, or why it no longer stands.
    text: String,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::AccountabilityRead);
    let proposes = Access::Staff(Permission::AccountabilityPropose);
    let decides = Access::Staff(Permission::AccountabilityDecide);
    let get = |path, id: &str, about: &str| Endpoint::get(path, id, about).tag("supervision");
    let post = |path, id: &str, about: &str| Endpoint::post(path, id, about).tag("supervision");
    Routes::new()
        .endpoint(
            read,
            get("/api/v1/accountability", "measures", "Measures against units, the latest")
                .query::<MeasureQuery>()
                .answer::<MeasurePage>(200, "Those the asker may see; a unit what was decided about it")
                .fails(&[422]),
            list,
        )
        .endpoint(
            read,
            get(ONE, "measure", "One measure with its words").answer::<MeasureWhole>(200, "The measure"),
            show,
        )
        .endpoint(
            proposes,
            post("/api/v1/accountability", "proposeMeasure", "Propose a measure against a unit")
                .body::<NewMeasure>()
                .answer::<MeasureWhole>(201, "Proposed; another person decides"),
            add,
        )
        .endpoint(
            decides,
            post(
                "/api/v1/accountability/{id}/decision",
                "decideMeasure",
                "Take a proposed measure, or refuse it",
            )
            .body::<MeasureDecision>()
            .answer::<MeasureWhole>(200, "As it stands now"),
            decide,
        )
        .endpoint(
            proposes,
            post(
                "/api/v1/accountability/{id}/feedback",
                "answerMeasure",
                "Record what the competent body answered",
            )
            .body::<MeasureWords>()
            .answer::<MeasureWhole>(200, "As it stands now"),
            feedback,
        )
        .endpoint(
            decides,
            post("/api/v1/accountability/{id}/cancellation", "cancelMeasure", "Cancel a measure")
                .body::<MeasureWords>()
                .answer::<MeasureWhole>(200, "As it stands now"),
            cancel,
        )
}

async fn list(staff: Staff, ApiQuery(asked): ApiQuery<MeasureQuery>) -> Result<Json<MeasurePage>, Failure> {
    let (grants, unit, after) = (staff.person.grants.clone(), asked.unit.map(UnitId), asked.after);
    let (rows, next) = staff
        .app
        .read(move |q, _| projection::latest(q, &grants, unit.as_ref(), after.as_deref(), ROWS))
        .await?;
    Ok(Json(MeasurePage { rows: rows.iter().map(MeasureJson::from).collect(), next }))
}

async fn show(staff: Staff, Path(id): Path<Uuid>) -> Result<Json<MeasureWhole>, Failure> {
    let (opened, _) = pages::load(&staff, id).await?;
    Ok(Json(opened.into()))
}

async fn add(staff: Staff, ApiJson(new): ApiJson<NewMeasure>) -> Result<Response, Failure> {
    let form = Form::new()
        .with("kind", new.kind)
        .with("unit", new.unit)
        .with("failing", new.failing)
        .with("facts", new.facts)
        .with("basis", new.basis)
        .with("demand", new.demand)
        .with("due", new.due.map(|due| due.to_string()).unwrap_or_default())
        .with("body", new.body)
        .with("matter", new.matter);
    let id = propose(&staff, &form).await?;
    let id = id.parse().map_err(|_| Failure::Internal("a fresh id is a UUID".into()))?;
    Ok((StatusCode::CREATED, show(staff, Path(id)).await?).into_response())
}

async fn decide(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(decision): ApiJson<MeasureDecision>,
) -> Result<Json<MeasureWhole>, Failure> {
    pages::decided(&staff, id, decision.approve, &decision.reason).await?;
    show(staff, Path(id)).await
}

async fn feedback(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(words): ApiJson<MeasureWords>,
) -> Result<Json<MeasureWhole>, Failure> {
    pages::said(&staff, id, "text", &words.text, FEEDBACK).await?;
    show(staff, Path(id)).await
}

async fn cancel(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(words): ApiJson<MeasureWords>,
) -> Result<Json<MeasureWhole>, Failure> {
    pages::said(&staff, id, "text", &words.text, CANCEL).await?;
    show(staff, Path(id)).await
}

impl From<&MeasureRow> for MeasureJson {
    fn from(row: &MeasureRow) -> Self {
        Self {
            id: row.id.clone(),
            kind: row.kind.code(),
            failing: row.failing.code(),
            state: row.state.code(),
            unit: row.unit.to_string(),
            year: row.number.map(|(year, _)| year),
            serial: row.number.map(|(_, serial)| serial),
            rectification: row.rectification.as_ref().map(|(id, ..)| id.clone()),
            proposed_at: row.at.to_string(),
        }
    }
}

impl From<Opened> for MeasureWhole {
    fn from(opened: Opened) -> Self {
        let Opened { id, measure, proposed, unit, facts, basis, demand, reason, answer } = opened;
        let said = |words: String| Some(words).filter(|words| !words.is_empty());
        Self {
            id: id.to_string(),
            kind: proposed.kind.code(),
            failing: proposed.failing.code(),
            state: measure.state.map(|state| state.code()),
            unit: unit.id.to_string(),
            year: measure.number.map(|(year, _)| year),
            serial: measure.number.map(|(_, serial)| serial),
            facts,
            basis,
            demand: said(demand),
            due: proposed.rectify.map(|(_, due)| due),
            rectification: measure.rectification.map(|matter| matter.to_string()),
            reason: said(reason),
            body: said(proposed.body),
            answer: said(answer),
        }
    }
}
