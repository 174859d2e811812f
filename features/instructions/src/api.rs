//! `POST /api/v1/instructions`: what a leader instructed, recorded by another system of the office.

use crate::record::record;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::permission::Permission;
use kernel::time::Date;
use matters_rules::Urgency;
use platform::Failure;
use platform::ui::Form;
use platform::web::{Access, ApiJson, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was instructed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInstruction {
    /// The leader's post, never a name.
    post: String,
    /// The day it was given.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// How: `written`, `spoken` or `text`.
    #[schema(example = "written")]
    medium: String,
    title: String,
    /// Its wording.
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
    /// The number of the paper it was written on.
    #[serde(default)]
    paper: String,
    /// Codes of the units that have it at once: one is the lead, several have their own part each.
    #[serde(default)]
    to: Vec<String>,
    /// Id of the matter it is about.
    #[serde(default)]
    about: String,
    /// Id of the sheet it was written on.
    #[serde(default)]
    brief: String,
}

/// An instruction as recorded.
#[derive(Serialize, ToSchema)]
struct RecordedInstruction {
    /// Its name in addresses: `/api/v1/matters/{id}`.
    #[schema(format = "uuid")]
    id: String,
}

pub(crate) fn routes() -> Routes {
    let record = Endpoint::post("/api/v1/instructions", "recordInstruction", "Record a leader's instruction")
        .tag("matters")
        .about("It runs as a matter and comes back as one page; its original is added on its page.")
        .body::<NewInstruction>()
        .answer::<RecordedInstruction>(201, "Recorded");
    Routes::new().endpoint(Access::Staff(Permission::InstructionRecord), record, handle)
}

async fn handle(staff: Staff, ApiJson(new): ApiJson<NewInstruction>) -> Result<Response, Failure> {
    let form = Form::new()
        .with("post", new.post)
        .with("on", new.on)
        .with("medium", new.medium)
        .with("title", new.title)
        .with("text", new.text)
        .with("demands", new.demands.join("\n"))
        .with("urgency", new.urgency.as_deref().unwrap_or(Urgency::General.code()))
        .with("due", new.due.map(|due| due.to_string()).unwrap_or_default())
        .with("paper", new.paper)
        .with("about", new.about)
        .with("brief", new.brief);
    let units = new.to.iter().zip(1..);
    let form = units.fold(form, |form, (unit, n)| form.with(&format!("unit-{n}"), unit));
    let id = record(&staff, &form, Vec::new()).await?;
    Ok((StatusCode::CREATED, Json(RecordedInstruction { id: id.to_string() })).into_response())
}
