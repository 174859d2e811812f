//! `/api/v1/instructions`: what leaders instructed, with the originals, for other systems of the
//! office.

use crate::list::found;
use crate::record::record;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::permission::Permission;
use kernel::time::Date;
use kernel::{BlobId, MatterId};
use matters::{Attachment, Row, Viewer, attachments};
use matters_rules::{MatterKind, Urgency};
use platform::Failure;
use platform::paging::After;
use platform::ui::{FieldError, Form};
use platform::web::{Access, ApiQuery, Endpoint, Routes, SentFile, Staff, download, json_with_files};
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
    /// The original: photos of what was written, what was said as sound; six at most.
    #[serde(default)]
    files: Vec<NewOriginal>,
}

/// A file of an instruction on its way in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOriginal {
    /// What it is called; what it is, is seen from its content.
    #[schema(example = "original.jpg")]
    name: String,
    /// Its content in base64 (RFC 4648 §4).
    #[schema(content_encoding = "base64")]
    content: String,
}

/// An instruction as recorded.
#[derive(Serialize, ToSchema)]
struct RecordedInstruction {
    /// Its name in addresses: `/api/v1/matters/{id}`.
    #[schema(format = "uuid")]
    id: String,
}

/// A page of instructions.
#[derive(Serialize, ToSchema)]
struct InstructionPage {
    rows: Vec<InstructionRow>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// An instruction in a list.
#[derive(Serialize, ToSchema)]
struct InstructionRow {
    #[schema(format = "uuid")]
    id: String,
    number: String,
    /// None where the asker may not read it.
    title: Option<String>,
    /// Code of how far it is, as of a matter.
    phase: Option<&'static str>,
    /// Code of the unit that has it.
    unit: Option<String>,
    /// Until when it has.
    due: Option<String>,
}

/// A file of an instruction.
#[derive(Serialize, ToSchema)]
struct Original {
    #[schema(format = "uuid")]
    id: String,
    name: String,
    media_type: String,
    /// Bytes as kept.
    size: i64,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::InstructionRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/instructions",
                "instructions",
                "What leaders instructed, the newest first",
            )
            .tag("matters")
            .query::<After>()
            .answer::<InstructionPage>(200, "A page of instructions")
            .fails(&[422]),
            list,
        )
        .endpoint(
            Access::Staff(Permission::InstructionRecord),
            Endpoint::post("/api/v1/instructions", "recordInstruction", "Record a leader's instruction")
                .tag("matters")
                .about("It runs as a matter and comes back as one page.")
                .body::<NewInstruction>()
                .answer::<RecordedInstruction>(201, "Recorded"),
            add,
        )
        .endpoint(
            read,
            Endpoint::get("/api/v1/instructions/{id}/files", "originals", "The originals of an instruction")
                .tag("matters")
                .answer_list::<Original>("As they came in"),
            files,
        )
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/instructions/{id}/files/{file}",
                "original",
                "A photo, recording or paper of an instruction",
            )
            .tag("matters")
            .answer_raw(200, "application/octet-stream", "Its content, as a download"),
            file,
        )
}

async fn list(staff: Staff, ApiQuery(look): ApiQuery<After>) -> Result<Json<InstructionPage>, Failure> {
    let page = found(&staff, look.after).await?;
    let rows = page.rows.iter().map(InstructionRow::from).collect();
    Ok(Json(InstructionPage { rows, next: page.next }))
}

async fn add(staff: Staff, request: Request) -> Result<Response, Failure> {
    let new: NewInstruction = json_with_files(&staff.app, request).await?;
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
    let id = record(&staff, &form, decoded(new.files)?).await?;
    Ok((StatusCode::CREATED, Json(RecordedInstruction { id: id.to_string() })).into_response())
}

/// The files as a form brings them.
fn decoded(files: Vec<NewOriginal>) -> Result<Vec<SentFile>, Failure> {
    let mut wrong = Vec::new();
    let mut sent = Vec::with_capacity(files.len());
    for (n, file) in files.into_iter().enumerate() {
        match STANDARD.decode(file.content.trim()) {
            Ok(bytes) => sent.push(SentFile { field: "files".to_owned(), name: file.name, bytes }),
            Err(_) => wrong.push(FieldError::new(&format!("files/{n}/content"), "attachment-type")),
        }
    }
    if wrong.is_empty() { Ok(sent) } else { Err(Failure::Invalid(wrong)) }
}

async fn files(staff: Staff, Path(id): Path<String>) -> Result<Json<Vec<Original>>, Failure> {
    let person = staff.person.clone();
    let found = staff.app.read(move |snapshot, app| originals(snapshot, app, &person, &id)).await?;
    Ok(Json(found.into_iter().map(Original::from).collect()))
}

async fn file(staff: Staff, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let file: BlobId = file.parse().map_err(|_| Failure::NotFound)?;
    let person = staff.person.clone();
    let (about, content) = staff
        .app
        .read(move |snapshot, app| {
            let known = originals(snapshot, app, &person, &id)?;
            if !known.iter().any(|known| known.id == file) {
                return Err(Failure::NotFound);
            }
            attachments::read_attachment(snapshot, app, file)
        })
        .await?;
    download(&about.name, content)
}

/// The files of an instruction that this reader may see.
fn originals(
    query: &mut dyn store::Query,
    app: &platform::App,
    person: &platform::directory::SignedIn,
    id: &str,
) -> Result<Vec<Attachment>, Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let view = matters::view(query, app, id, Viewer::Staff(person))?;
    if view.kind == MatterKind::Instruction { Ok(view.attachments) } else { Err(Failure::NotFound) }
}

impl From<&Row> for InstructionRow {
    fn from(row: &Row) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            title: row.title.clone(),
            phase: row.phase.map(|phase| phase.code()),
            unit: row.unit.as_ref().map(|unit| unit.id.to_string()),
            due: row.promise_due.map(|due| due.to_string()),
        }
    }
}

impl From<Attachment> for Original {
    fn from(file: Attachment) -> Self {
        Self { id: file.id.to_string(), name: file.name, media_type: file.media_type, size: file.size }
    }
}
