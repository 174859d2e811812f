//! The knowledge base for other systems: what is offered, items of one's own department, and
//! the verbs of their life.

mod keeping;

use crate::services;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use kernel::permission::Permission;
use kernel::time::Date;
use kernel::{AreaId, MatterId, UnitId};
use knowledge::find::{Wanted, find};
use knowledge::read::Offered;
use knowledge::rules::{Command, Content, Document, Item, Kind, Offer, ReportId};
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, ApiQuery, Ctx, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Items of one answer.
const MOST: usize = 50;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
struct KnowledgeQuery {
    /// Words, pinyin initials or syllables.
    #[serde(default)]
    q: String,
    /// `answer`, `policy` or `finance`; any if not said.
    #[serde(default)]
    kind: String,
}

/// What an item says, as it is sent and as it is answered: the same members under two names,
/// for what is sent is read strictly and the document says so.
macro_rules! content {
    ($content:ident, $source:ident, $offer:ident, $serde:ident) => {
        /// What an item says.
        #[derive(Clone, $serde, ToSchema)]
        struct $content {
            /// `answer`, `policy` or `finance`.
            kind: String,
            title: String,
            /// Other ways to ask for it.
            #[serde(default)]
            questions: Vec<String>,
            answer: String,
            /// Code of the department that owns it.
            unit: String,
            source: $source,
            /// Code of the area where it holds; everywhere if not said.
            #[serde(default)]
            area: Option<String>,
            /// Code of its category.
            #[serde(default)]
            category: Option<String>,
            /// The first day on which it is offered, `2026-01-31`.
            from: String,
            /// The last.
            until: String,
            /// Of a policy or a finance product.
            #[serde(default)]
            offer: Option<$offer>,
        }

        /// The document it rests on.
        #[derive(Clone, $serde, ToSchema)]
        struct $source {
            title: String,
            /// E.g. `娄政办发〔2022〕5号`.
            #[serde(default)]
            number: String,
            #[serde(default)]
            url: String,
        }

        /// What is offered, and how one gets it.
        #[derive(Clone, $serde, ToSchema)]
        struct $offer {
            conditions: String,
            #[serde(default)]
            procedure: String,
            /// The last day to apply.
            #[serde(default)]
            apply_until: Option<String>,
            /// The most money, in fen.
            #[serde(default)]
            most_fen: Option<i64>,
            /// Telephone of the desk.
            phone: String,
        }
    };
}

content!(NewKnowledge, NewKnowledgeSource, NewKnowledgeOffer, Deserialize);
content!(KnowledgeContent, KnowledgeSource, KnowledgeOffer, Serialize);

/// An item that is offered today.
#[derive(Serialize, ToSchema)]
struct KnowledgeOffered {
    id: String,
    /// To be named when it is quoted.
    version: u32,
    /// Files of the document it rests on.
    files: Vec<KnowledgeFile>,
    #[serde(flatten)]
    content: KnowledgeContent,
}

/// A file of the document an item rests on.
#[derive(Serialize, ToSchema)]
struct KnowledgeFile {
    id: String,
    name: String,
    /// In bytes, as sent.
    size: i64,
}

/// An item with its life.
#[derive(Serialize, ToSchema)]
struct KnowledgeItem {
    id: String,
    /// Version of the stream, to be sent along with a change.
    stream: i64,
    /// `drafted`, `submitted`, `in_force` or `withdrawn`.
    state: &'static str,
    /// The version in force; 0 before the first.
    version: u32,
    /// Files of the version in force.
    files: Vec<KnowledgeFile>,
    content: Option<KnowledgeContent>,
    draft: Option<KnowledgeContent>,
    /// Reports that are open.
    open_reports: usize,
}

/// Where something new stands.
#[derive(Serialize, ToSchema)]
struct KnowledgeCreated {
    id: String,
}

/// The next version of an item.
#[derive(Deserialize, ToSchema)]
struct KnowledgeDraft {
    /// Version of the stream that the sender saw.
    stream: i64,
    content: NewKnowledge,
}

/// A reviewer's verdict.
#[derive(Deserialize, ToSchema)]
struct KnowledgeReview {
    /// Version of the stream that the reviewer saw.
    stream: i64,
    approve: bool,
    /// Why not.
    #[serde(default)]
    reason: Option<String>,
}

/// A step that needs a reason.
#[derive(Deserialize, ToSchema)]
struct KnowledgeReason {
    reason: String,
}

/// A report that an answer is wrong.
#[derive(Deserialize, ToSchema)]
struct KnowledgeReport {
    /// What is wrong with it.
    text: String,
    /// The matter it was met in.
    #[serde(default)]
    matter: Option<String>,
}

pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::KnowledgeRead);
    let write = Access::Staff(Permission::KnowledgeWrite);
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("knowledge");
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("knowledge");
    Routes::new()
        .endpoint(
            Access::Public,
            get("/api/v1/services", "services", "Policies and finance products that are open today")
                .query::<KnowledgeQuery>()
                .answer_list::<KnowledgeOffered>(
                    "The nearest deadline first; the best fit where words were sent",
                ),
            open_services,
        )
        .endpoint(
            Access::Public,
            get("/api/v1/services/{id}/files/{file}", "serviceFile", "A file of a policy or finance product")
                .answer_raw(200, "application/octet-stream", "The file")
                .fails(&[400]),
            crate::files::of_public,
        )
        .endpoint(
            read,
            get(
                "/api/v1/knowledge/{id}/files/{file}",
                "knowledgeFile",
                "A file of the document an item rests on",
            )
            .answer_raw(200, "application/octet-stream", "The file")
            .fails(&[400]),
            crate::files::of_staff,
        )
        .endpoint(
            read,
            get("/api/v1/knowledge", "knowledge", "Items offered today that fit the words, the best first")
                .query::<KnowledgeQuery>()
                .answer_list::<KnowledgeOffered>("At most fifty"),
            search,
        )
        .endpoint(
            write,
            post("/api/v1/knowledge", "draftKnowledge", "Draft a new item")
                .body::<NewKnowledge>()
                .answer::<KnowledgeCreated>(201, "Drafted"),
            create,
        )
        .endpoint(
            read,
            get("/api/v1/knowledge/{id}", "knowledgeItem", "One item")
                .answer::<KnowledgeItem>(200, "The item"),
            one,
        )
        .endpoint(
            write,
            post("/api/v1/knowledge/{id}/draft", "changeKnowledge", "Draft the next version")
                .body::<KnowledgeDraft>()
                .fails(&[409])
                .done("Drafted"),
            change,
        )
        .endpoint(
            write,
            post("/api/v1/knowledge/{id}/submission", "submitKnowledge", "Send the draft to the reviewer")
                .fails(&[422])
                .done("Submitted"),
            submit,
        )
        .endpoint(
            Access::Staff(Permission::KnowledgeReview),
            post(
                "/api/v1/knowledge/{id}/review",
                "reviewKnowledge",
                "Approve what another drafted, or send it back",
            )
            .body::<KnowledgeReview>()
            .fails(&[409])
            .done("Reviewed"),
            review,
        )
        .endpoint(
            write,
            post("/api/v1/knowledge/{id}/withdrawal", "withdrawKnowledge", "Offer it no longer")
                .body::<KnowledgeReason>()
                .done("Withdrawn"),
            withdraw,
        )
        .endpoint(
            Access::Staff(Permission::KnowledgeReport),
            post("/api/v1/knowledge/{id}/reports", "reportKnowledge", "Say that it is wrong")
                .body::<KnowledgeReport>()
                .answer::<KnowledgeCreated>(201, "Reported"),
            report,
        )
        .merge(keeping::routes())
}

async fn open_services(
    ctx: Ctx,
    ApiQuery(asked): ApiQuery<KnowledgeQuery>,
) -> Result<Json<Vec<KnowledgeOffered>>, Failure> {
    let look = services::Look::new(asked.q, asked.kind);
    let rows = ctx.app.read(move |q, app| services::found(q, app, &look)).await?;
    Ok(Json(rows.into_iter().map(KnowledgeOffered::from).collect()))
}

async fn search(
    staff: Staff,
    ApiQuery(asked): ApiQuery<KnowledgeQuery>,
) -> Result<Json<Vec<KnowledgeOffered>>, Failure> {
    let kinds = Kind::parse(&asked.kind).into_iter().collect();
    let wanted = Wanted { text: asked.q, kinds, ..Wanted::default() };
    let rows = staff.app.read(move |q, app| find(q, app, &wanted, MOST)).await?;
    Ok(Json(rows.into_iter().map(KnowledgeOffered::from).collect()))
}

async fn one(staff: Staff, Path(id): Path<Uuid>) -> Result<Json<KnowledgeItem>, Failure> {
    let opened = crate::show::opened(&staff, id).await?;
    let keeps = staff.person.may_ever(Permission::KnowledgeWrite);
    Ok(Json(KnowledgeItem::of(id, opened.version, &opened.state, keeps)))
}

async fn create(
    staff: Staff,
    ApiJson(content): ApiJson<NewKnowledge>,
) -> Result<(StatusCode, Json<KnowledgeCreated>), Failure> {
    let id = staff.app.fresh().uuid();
    act(&staff, id, None, Command::Draft(Box::new(content.read()?))).await?;
    Ok((StatusCode::CREATED, Json(KnowledgeCreated { id: id.to_string() })))
}

async fn change(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(draft): ApiJson<KnowledgeDraft>,
) -> Result<StatusCode, Failure> {
    let content = draft.content.read()?;
    act(&staff, id, Some(draft.stream), Command::Draft(Box::new(content))).await
}

async fn submit(staff: Staff, Path(id): Path<Uuid>) -> Result<StatusCode, Failure> {
    act(&staff, id, None, Command::Submit).await
}

async fn review(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(verdict): ApiJson<KnowledgeReview>,
) -> Result<StatusCode, Failure> {
    let command = Command::Review { approve: verdict.approve, reason: verdict.reason };
    act(&staff, id, Some(verdict.stream), command).await
}

async fn withdraw(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(KnowledgeReason { reason }): ApiJson<KnowledgeReason>,
) -> Result<StatusCode, Failure> {
    act(&staff, id, None, Command::Withdraw { reason }).await
}

async fn report(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(wrong): ApiJson<KnowledgeReport>,
) -> Result<(StatusCode, Json<KnowledgeCreated>), Failure> {
    let report = staff.app.fresh().uuid();
    let matter = match &wrong.matter {
        None => None,
        Some(id) => Some(id.parse::<MatterId>().map_err(|_| invalid("matter", "know-matter-unknown"))?),
    };
    act(&staff, id, None, Command::Report { report: ReportId(report), text: wrong.text, matter }).await?;
    Ok((StatusCode::CREATED, Json(KnowledgeCreated { id: report.to_string() })))
}

async fn act(
    staff: &Staff,
    id: Uuid,
    expected: Option<i64>,
    command: Command,
) -> Result<StatusCode, Failure> {
    let by = staff.by();
    staff.app.write(move |work| knowledge::act(work, &by, id, expected, &command).map(drop)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn invalid(field: &str, code: &str) -> Failure {
    Failure::Invalid(vec![FieldError::new(field, code)])
}

impl NewKnowledge {
    fn read(self) -> Result<Content, Failure> {
        let day =
            |field: &str, text: &str| text.parse::<Date>().map_err(|_| invalid(field, "know-date-malformed"));
        let offer = match self.offer {
            None => None,
            Some(offer) => Some(Offer {
                conditions: offer.conditions,
                procedure: offer.procedure,
                apply_until: match &offer.apply_until {
                    None => None,
                    Some(text) => Some(day("apply_until", text)?),
                },
                most: offer.most_fen,
                phone: offer.phone,
            }),
        };
        Ok(Content {
            kind: Kind::parse(&self.kind).ok_or_else(|| invalid("kind", "entry-not-chosen"))?,
            title: kernel::text::plain_line(&self.title),
            questions: self.questions.iter().map(|question| kernel::text::plain_line(question)).collect(),
            answer: kernel::text::plain(&self.answer),
            unit: UnitId(self.unit),
            source: Document {
                title: kernel::text::plain_line(&self.source.title),
                number: self.source.number,
                url: self.source.url,
                ..Document::default()
            },
            area: self.area.map(AreaId),
            category: self.category,
            from: day("from", &self.from)?,
            until: day("until", &self.until)?,
            offer,
        })
    }
}

impl From<&Content> for KnowledgeContent {
    fn from(content: &Content) -> Self {
        let offer = content.offer.as_ref().map(|offer| KnowledgeOffer {
            conditions: offer.conditions.clone(),
            procedure: offer.procedure.clone(),
            apply_until: offer.apply_until.map(|day| day.to_string()),
            most_fen: offer.most,
            phone: offer.phone.clone(),
        });
        Self {
            kind: content.kind.code().to_owned(),
            title: content.title.clone(),
            questions: content.questions.clone(),
            answer: content.answer.clone(),
            unit: content.unit.to_string(),
            source: KnowledgeSource {
                title: content.source.title.clone(),
                number: content.source.number.clone(),
                url: content.source.url.clone(),
            },
            area: content.area.as_ref().map(ToString::to_string),
            category: content.category.clone(),
            from: content.from.to_string(),
            until: content.until.to_string(),
            offer,
        }
    }
}

fn files(content: &Content) -> Vec<KnowledgeFile> {
    let file = |file: &knowledge::rules::DocumentFile| KnowledgeFile {
        id: file.file.to_string(),
        name: file.name.clone(),
        size: file.size,
    };
    content.source.files.iter().map(file).collect()
}

impl From<Offered> for KnowledgeOffered {
    fn from(row: Offered) -> Self {
        Self {
            id: row.quoted.item.to_string(),
            version: row.quoted.version,
            files: files(&row.content),
            content: KnowledgeContent::from(&row.content),
        }
    }
}

impl KnowledgeItem {
    fn of(id: Uuid, stream: i64, item: &Item, keeps: bool) -> Self {
        let draft = item.draft.as_ref().filter(|_| keeps);
        Self {
            id: id.to_string(),
            stream,
            state: item.state().code(),
            version: item.current().map_or(0, |version| version.number),
            files: item.current().map(|version| files(&version.content)).unwrap_or_default(),
            content: item.current().map(|version| KnowledgeContent::from(&version.content)),
            draft: draft.map(|draft| KnowledgeContent::from(&draft.content)),
            open_reports: item.reports.iter().filter(|report| report.settled.is_none()).count(),
        }
    }
}
