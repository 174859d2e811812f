//! Draws and anomalies for other systems. Exclusions are verbs of a matter:
//! `POST /api/v1/matters/{id}/nodes/{node}/exclusion` and `…/exclusion-judgement`.

use crate::anomalies::{find, look, marked};
use crate::draws::{self, draw, load, rows_of, standing_of};
use crate::rules::draw::{Plan, Population};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::permission::{Permission, permit};
use kernel::{Refusal, UnitId};
use matters_rules::sampling::{Extent, extent};
use platform::Failure;
use platform::paging::After;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, ApiQuery, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Draws of a page.
const ROWS: usize = 100;

/// A page of draws.
#[derive(Serialize, ToSchema)]
struct EvaluationDrawPage {
    rows: Vec<EvaluationDraw>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// A draw in a list.
#[derive(Serialize, ToSchema)]
struct EvaluationDraw {
    id: String,
    /// Of what it was drawn: a code as a new draw takes it.
    of: String,
    /// Closed from that local day …
    from: String,
    /// … to that one.
    to: String,
    at: String,
    /// How many there were.
    population: u64,
    drawn: u64,
    checked: u64,
    /// Of these: closed falsely.
    false_closings: u64,
    /// Of these: answered incompletely.
    incomplete: u64,
}

/// A draw with what anyone needs to draw it anew.
#[derive(Serialize, ToSchema)]
struct EvaluationDrawn {
    id: String,
    /// Code of the office whose matters they are.
    office: String,
    from: String,
    to: String,
    /// When the population stood.
    as_of: Option<String>,
    /// Hex; a matter's rank is the SHA-256 of seed and id.
    seed: String,
    population: u64,
    /// SHA-256 of the ids of the population.
    digest: String,
    matters: Vec<DrawnMatter>,
}

/// A drawn matter.
#[derive(Serialize, ToSchema)]
struct DrawnMatter {
    matter: String,
    /// What was found: none while nobody has looked.
    finding: Option<&'static str>,
    checked_at: Option<String>,
}

/// What is to be drawn.
#[derive(Deserialize, ToSchema)]
struct NewEvaluationDraw {
    /// Of what, e.g. `both`: closed after assignment and answered directly.
    of: String,
    /// First local day on which they were closed, `2026-11-01`.
    from: String,
    /// The last.
    to: String,
    /// Code of the office whose matters they are.
    office: String,
    /// `share` (per cent) or `number`.
    size: String,
    amount: u32,
}

/// Where something new stands.
#[derive(Serialize, ToSchema)]
struct EvaluationDrawCreated {
    id: String,
}

/// Something out of the ordinary. A telephone and an officer stand in it as numbers only.
#[derive(Serialize, ToSchema)]
struct AnomalyFound {
    /// By what it is told from others of its kind; says nothing of a person.
    key: String,
    kind: &'static str,
    /// Code of the unit whose answers it is about.
    unit: Option<String>,
    /// Out of how many ratings.
    of: Option<usize>,
    /// How many appellants.
    appellants: Option<usize>,
    matters: Vec<String>,
    /// When somebody last looked at it, and at how many matters.
    looked_at: Option<String>,
    looked_count: Option<u64>,
}

/// What an anomaly is, in the words of whoever looked.
#[derive(Deserialize, ToSchema)]
struct AnomalyWords {
    words: String,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::EvaluationRead);
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("evaluation");
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("evaluation");
    Routes::new()
        .endpoint(
            read,
            get("/api/v1/evaluation/draws", "evaluationDraws", "Draws of closed matters, the newest first")
                .query::<After>()
                .answer::<EvaluationDrawPage>(200, "A page of draws")
                .fails(&[422]),
            list,
        )
        .endpoint(
            Access::Staff(Permission::SampleDraw),
            post("/api/v1/evaluation/draws", "drawMatters", "Draw closed matters to be checked again")
                .body::<NewEvaluationDraw>()
                .answer::<EvaluationDrawCreated>(201, "Drawn"),
            create,
        )
        .endpoint(
            read,
            get("/api/v1/evaluation/draws/{id}", "evaluationDraw", "One draw with what was found")
                .answer::<EvaluationDrawn>(200, "The draw"),
            one,
        )
        .endpoint(
            read,
            get("/api/v1/evaluation/anomalies", "anomalies", "What is out of the ordinary now")
                .answer_list::<AnomalyFound>("By kind, those with the most matters first"),
            anomalies,
        )
        .endpoint(
            Access::Staff(Permission::AnomalyMark),
            post("/api/v1/evaluation/anomalies/{anomaly}", "markAnomaly", "Mark an anomaly as looked at")
                .body::<AnomalyWords>()
                .done("Marked"),
            mark,
        )
}

async fn list(staff: Staff, ApiQuery(asked): ApiQuery<After>) -> Result<Json<EvaluationDrawPage>, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, next) = staff
        .app
        .read(move |snapshot, _| draws::draws(snapshot, &grants, asked.after.as_deref(), ROWS))
        .await?;
    let told = |row: draws::DrawRow| EvaluationDraw {
        id: row.id,
        of: row.kind,
        from: row.from.to_string(),
        to: row.to.to_string(),
        at: row.at.to_string(),
        population: row.population,
        drawn: row.drawn,
        checked: row.checked,
        false_closings: row.false_closings,
        incomplete: row.incomplete,
    };
    Ok(Json(EvaluationDrawPage { rows: rows.into_iter().map(told).collect(), next }))
}

async fn create(
    staff: Staff,
    ApiJson(new): ApiJson<NewEvaluationDraw>,
) -> Result<(StatusCode, Json<EvaluationDrawCreated>), Failure> {
    let plan = new.plan()?;
    let by = staff.by();
    let id = staff.app.write(move |work| draw(work, &by, &plan)).await?;
    Ok((StatusCode::CREATED, Json(EvaluationDrawCreated { id })))
}

impl NewEvaluationDraw {
    fn plan(self) -> Result<Plan, Failure> {
        let of = Population::parse(&self.of)
            .ok_or_else(|| Failure::Invalid(vec![FieldError::new("of", "entry-not-chosen")]))?;
        let extent = extent(&self.from, &self.to, &self.size, &self.amount.to_string());
        let Extent { from, to, size, amount } = extent.map_err(invalid)?;
        Ok(Plan { of, from, to, office: UnitId(self.office), size, amount })
    }
}

fn invalid(wrong: Vec<Refusal>) -> Failure {
    Failure::Invalid(wrong.iter().map(FieldError::from).collect())
}

async fn one(staff: Staff, Path(id): Path<String>) -> Result<Json<EvaluationDrawn>, Failure> {
    let grants = staff.person.grants.clone();
    let told = staff
        .app
        .read(move |snapshot, _| {
            let (draw, plan) = load(snapshot, &id)?;
            let standing = standing_of(snapshot, &plan.office)?;
            permit(&grants, Permission::EvaluationRead, &standing).ok_or(Failure::NotFound)?;
            let matter = |row: draws::DrawnRow| DrawnMatter {
                matter: row.matter.to_string(),
                finding: row.found.map(|(finding, _)| finding.code()),
                checked_at: row.found.map(|(_, at)| at.to_string()),
            };
            let matters = rows_of(snapshot, &id)?.into_iter().map(matter).collect();
            Ok(EvaluationDrawn {
                id: id.clone(),
                office: plan.office.to_string(),
                from: plan.from.to_string(),
                to: plan.to.to_string(),
                as_of: draw.as_of.map(|at| at.to_string()),
                seed: draw.seed,
                population: draw.population,
                digest: draw.digest,
                matters,
            })
        })
        .await?;
    Ok(Json(told))
}

async fn anomalies(staff: Staff) -> Result<Json<Vec<AnomalyFound>>, Failure> {
    let grants = staff.person.grants.clone();
    let found = staff
        .app
        .read(move |snapshot, app| {
            let mut marks = marked(snapshot, app)?;
            let told = |anomaly: crate::anomalies::Anomaly| {
                let mark = marks.remove(&anomaly.key);
                AnomalyFound {
                    kind: anomaly.kind.code(),
                    unit: anomaly.unit.map(|unit| unit.to_string()),
                    of: anomaly.of,
                    appellants: anomaly.appellants,
                    matters: anomaly.matters.iter().map(ToString::to_string).collect(),
                    looked_at: mark.as_ref().map(|mark| mark.at.to_string()),
                    looked_count: mark.map(|mark| mark.count),
                    key: anomaly.key,
                }
            };
            Ok(find(snapshot, app, &grants)?.into_iter().map(told).collect())
        })
        .await?;
    Ok(Json(found))
}

async fn mark(
    staff: Staff,
    Path(anomaly): Path<String>,
    ApiJson(said): ApiJson<AnomalyWords>,
) -> Result<StatusCode, Failure> {
    let words = said.words.trim().to_owned();
    if words.is_empty() {
        return Err(Failure::Invalid(vec![FieldError::new("words", "entry-missing")]));
    }
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    staff
        .app
        .write(move |work| {
            let app = work.app();
            // Only what is found now, within the sender's scope, can be marked.
            let found = find(work.tx, app, &grants)?;
            let known = found.iter().find(|known| known.key == anomaly).ok_or(Failure::NotFound)?;
            look(work, &by, &anomaly, known.matters.len() as u64, &words)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
