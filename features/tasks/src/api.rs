//! `POST /api/v1/tasks`: a task or a rectification, raised by another system of the office.

use crate::{KINDS, RAISE};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::time::Date;
use kernel::{Refusal, UnitId};
use matters::raising::{self, AssignedTo, RaiseRequest, raise};
use matters_rules::kind::Raised;
use matters_rules::{MatterKind, Urgency};
use platform::Failure;
use platform::web::{ApiJson, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is to be done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTask {
    /// `task`, or `rectification` for what was found wrong.
    #[schema(example = "task")]
    kind: String,
    /// One line.
    title: String,
    /// The whole story.
    text: String,
    /// What is to be done, each thing by itself; left out: what the title says.
    #[serde(default)]
    demands: Vec<String>,
    /// `general`, `urgent`, `critical` or `complex`.
    #[serde(default)]
    #[schema(example = "general")]
    urgency: Option<String>,
    /// The last day it has; left out: what the procedure gives.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Codes of the units that have it at once: one is the lead, several have their own part each.
    #[serde(default)]
    to: Vec<String>,
    /// Id of the matter it is about.
    #[serde(default)]
    #[schema(format = "uuid")]
    about: String,
}

/// A task as raised.
#[derive(Serialize, ToSchema)]
struct RaisedTask {
    /// Its name in addresses: `/api/v1/matters/{id}`.
    #[schema(format = "uuid")]
    id: String,
    /// Its public number.
    number: String,
}

pub(crate) fn routes() -> Routes {
    let raise = Endpoint::post("/api/v1/tasks", "raiseTask", "Raise a task or a rectification")
        .tag("matters")
        .about("It is a matter from then on, with a clock of its own; in no figure of appeals.")
        .body::<NewTask>()
        .answer::<RaisedTask>(201, "Raised")
        .fails(&[422]);
    Routes::new().endpoint(RAISE, raise, handle)
}

async fn handle(staff: Staff, ApiJson(new): ApiJson<NewTask>) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let kind = MatterKind::parse(&new.kind).filter(|kind| KINDS.contains(kind));
    let kind = kind.ok_or_else(|| Refusal::field("kind", "task-kind"))?;
    let urgency = match new.urgency.as_deref() {
        None => Urgency::General,
        Some(code) => Urgency::parse(code).ok_or_else(|| Refusal::field("urgency", "task-urgency"))?,
    };
    if new.due.is_some_and(|due| due < staff.app.config.zone.date_of(staff.app.now())) {
        return Err(Refusal::field("due", "task-due-past").into());
    }
    let about = raising::sent_matter(&staff, "about", &new.about).await?;
    let request = RaiseRequest {
        title: new.title,
        text: new.text,
        demands: new.demands.join("\n"),
        urgency,
        raised: Raised { due: new.due, about, ..Raised::default() },
        to: new
            .to
            .iter()
            .map(|unit| AssignedTo { unit: UnitId::from(unit.as_str()), duty_item: None })
            .collect(),
        ..RaiseRequest::new(kind, office)
    };
    let by = staff.by();
    let raised = staff.app.write(move |work| raise(work, &by, &request)).await?;
    let raised = RaisedTask { id: raised.id.to_string(), number: raised.number };
    Ok((StatusCode::CREATED, Json(raised)).into_response())
}
