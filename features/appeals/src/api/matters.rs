//! Matters for staff and their systems: the list within the reader's scope, one matter
//! whole, and registering for a caller or visitor.

use super::files::{self, NewFile};
use super::intake::{ReceiptJson, created, told};
use super::verbs::etag;
use super::view::{Matter, Named, rfc3339};
use super::{Private, known, private};
use crate::verbs::Register;
use axum::extract::{Path, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::MatterId;
use kernel::permission::Permission;
use kernel::time::{Date, Light};
use matters::{Filter, Row, Tab, Viewer};
use matters_rules::{AppealType, Channel, ClosingType, ExpressLine, MatterKind, Phase, Urgency};
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff, json_with_files};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page where nothing else is asked for.
const ROWS: usize = 50;
/// The most rows of a page.
const ROWS_MAX: usize = 200;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
struct Looked {
    /// One of the desk's tabs, e.g. `review`, `to_sign` or `call_back`; `all` otherwise.
    tab: Option<String>,
    /// Words of title, text or answers; the number, its day or its last digits.
    text: Option<String>,
    /// Exactly that number.
    number: Option<String>,
    /// In that phase.
    #[param(value_type = Option<String>)]
    phase: Option<Phase>,
    /// Of that kind: `appeal`, `task`, `rectification` or `instruction`.
    #[param(value_type = Option<String>)]
    kind: Option<MatterKind>,
    /// Of that type.
    #[param(value_type = Option<String>)]
    appeal_type: Option<AppealType>,
    /// Closed so.
    #[param(value_type = Option<String>)]
    closing: Option<ClosingType>,
    /// Come in that way.
    #[param(value_type = Option<String>)]
    channel: Option<Channel>,
    /// Under that label.
    #[param(value_type = Option<String>)]
    express_line: Option<ExpressLine>,
    /// Code of a unit that has it, or of one above.
    unit: Option<String>,
    /// Code of an area it is about, or of one around it.
    area: Option<String>,
    /// Code of a category or of a group.
    category: Option<String>,
    /// `general`, `urgent`, `critical` or `complex`.
    #[param(value_type = Option<String>)]
    urgency: Option<Urgency>,
    /// `green`, `yellow`, `red` (everything overdue) or `gross`.
    #[param(value_type = Option<String>)]
    light: Option<Light>,
    /// Filed on that local day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Filed on that local day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// What is next is due on that local day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    due_to: Option<Date>,
    /// The `next` of an earlier page.
    after: Option<String>,
    /// Rows of a page: 50, at most 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
struct Matters {
    /// Matters newest first, assignments by their limit.
    rows: Vec<MatterRow>,
    /// What to give as `after` for the next page; null on the last.
    next: Option<String>,
}

/// A matter, or on some tabs an assignment of one.
#[derive(Serialize, ToSchema)]
struct MatterRow {
    #[schema(format = "uuid")]
    id: String,
    /// The assignment, on the tabs that list assignments.
    #[schema(format = "uuid")]
    node: Option<String>,
    role: Option<&'static str>,
    /// State of the assignment.
    state: Option<String>,
    number: String,
    /// None where it is shielded or erased.
    title: Option<String>,
    shielded: bool,
    phase: Option<&'static str>,
    kind: &'static str,
    appeal_type: Option<&'static str>,
    /// Code of the category.
    category: Option<String>,
    urgency: Option<&'static str>,
    channel: Option<&'static str>,
    /// Labels.
    express_lines: Vec<&'static str>,
    area: Option<Named>,
    /// Who has it, or whose assignment it is.
    unit: Option<Named>,
    #[schema(format = DateTime)]
    filed_at: String,
    /// When what is next is due.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    closing: Option<&'static str>,
    #[schema(format = DateTime)]
    closed_at: Option<String>,
}

/// A new appeal as an officer writes it down.
#[derive(Deserialize, ToSchema)]
struct RegisterWithFiles {
    /// What is written down.
    appeal: Register,
    /// Photos and papers.
    #[serde(default)]
    attachments: Vec<NewFile>,
}

pub(super) fn routes() -> Routes {
    let read = Access::Staff(Permission::MatterRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::get("/api/v1/matters", "matters", "Matters within the reader's scope")
                .tag("matters")
                .query::<Looked>()
                .answer::<Matters>(200, "A page")
                .fails(&[422]),
            list,
        )
        .endpoint(
            read,
            Endpoint::get(
                "/api/v1/matters/{id}",
                "matter",
                "A matter with its limits, tree, timeline and actions",
            )
            .tag("matters")
            .answer_with::<Matter>(
                200,
                "The matter as the reader may see it",
                &[("ETag", "Its version")],
            ),
            show,
        )
        .endpoint(
            Access::Staff(Permission::MatterFile),
            Endpoint::post("/api/v1/matters", "registerAppeal", "Register an appeal for a caller or visitor")
                .tag("matters")
                .body::<RegisterWithFiles>()
                .answer_with::<ReceiptJson>(
                    201,
                    "Registered",
                    &[("Location", "Where the appellant follows it")],
                ),
            register,
        )
}

async fn list(staff: Staff, ApiQuery(looked): ApiQuery<Looked>) -> Result<Private<Matters>, Failure> {
    let limit = looked.limit.unwrap_or(ROWS).clamp(1, ROWS_MAX);
    let after = looked.after.clone();
    let filter = looked.filter()?;
    let grants = staff.person.grants.clone();
    let page = staff
        .app
        .read(move |snapshot, app| matters::list(snapshot, app, &grants, &filter, after.as_deref(), limit))
        .await?;
    Ok(private(Matters { rows: page.rows.into_iter().map(MatterRow::from).collect(), next: page.next }))
}

async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let person = staff.person.clone();
    let view =
        staff.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Staff(&person))).await?;
    let tag = etag(view.version);
    Ok(([(header::ETAG, tag)], private(Matter::from(view))).into_response())
}

async fn register(staff: Staff, request: Request) -> Result<Response, Failure> {
    let sent: RegisterWithFiles = json_with_files(&staff.app, request).await?;
    known::check(&staff.app, "appeal/", sent.appeal.category.as_deref(), sent.appeal.area.as_ref()).await?;
    let uploads = files::decode(&staff.app, sent.attachments)?;
    let office = staff.app.config.intake_office.clone();
    let office = office.ok_or_else(|| Failure::Internal("no intake office is set".into()))?;
    let receipt = sent.appeal.file(&staff.app, staff.by(), office, uploads).await?;
    let receipt = staff.app.write(move |work| told(work, receipt.clone())).await?;
    Ok(created(receipt))
}

impl Looked {
    fn filter(self) -> Result<Filter, Failure> {
        let unknown = || Failure::Invalid(vec![FieldError::new("tab", "entry-unknown")]);
        Ok(Filter {
            tab: self.tab.map_or(Ok(Tab::All), |code| Tab::parse(&code).ok_or_else(unknown))?,
            text: self.text,
            number: self.number,
            phase: self.phase,
            unit: self.unit.map(Into::into),
            area: self.area.map(Into::into),
            category: self.category,
            urgency: self.urgency,
            light: self.light,
            from: self.from,
            to: self.to,
            due_to: self.due_to,
            kind: self.kind,
            appeal_type: self.appeal_type,
            closing: self.closing,
            channel: self.channel,
            express_line: self.express_line,
            ..Filter::default()
        })
    }
}

impl From<Row> for MatterRow {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.to_string(),
            node: row.node.map(|id| id.to_string()),
            role: row.role.map(|code| code.code()),
            state: row.node_state,
            number: row.number,
            title: row.title,
            shielded: row.shielded,
            phase: row.phase.map(Phase::code),
            kind: row.kind.code(),
            appeal_type: row.appeal_type.map(|code| code.code()),
            category: row.category,
            urgency: row.urgency.map(|code| code.code()),
            channel: row.channel.map(|code| code.code()),
            express_lines: row.express_lines.iter().map(|line| line.code()).collect(),
            area: row.area.map(Named::from),
            unit: row.unit.map(Named::from),
            filed_at: rfc3339(row.filed_at),
            due_at: row.due_at.map(rfc3339),
            light: row.light,
            closing: row.closing.map(|code| code.code()),
            closed_at: row.closed_at.map(rfc3339),
        }
    }
}
