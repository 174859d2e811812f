//! What a keeper does to an item beside its words: the files of its document, a draft thrown
//! away, a report of a wrong answer settled.

use super::act;
use axum::extract::Path;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::BlobId;
use kernel::permission::Permission;
use knowledge::rules::{Command, Outcome, ReportId};
use matters::attachments::Upload;
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiJson, Endpoint, Routes, Staff};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A file of the document that an item rests on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewKnowledgeFile {
    /// That of a document, of no person.
    name: String,
    /// The file as base64: PDF, Word, Excel or a picture.
    content: String,
    /// The item's `stream` that was read; left out: whatever came since.
    #[serde(default)]
    stream: Option<i64>,
}

/// Why an answer that was reported is right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KnowledgeSettlement {
    reason: String,
}

pub(super) fn routes() -> Routes {
    let write = Access::Staff(Permission::KnowledgeWrite);
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("knowledge");
    Routes::new()
        .endpoint(
            write,
            post(
                "/api/v1/knowledge/{id}/files",
                "attachKnowledgeFile",
                "Put a file of its document into the draft",
            )
            .body::<NewKnowledgeFile>()
            .done("In the draft, which is reviewed")
            .fails(&[409]),
            attach,
        )
        .endpoint(
            write,
            post(
                "/api/v1/knowledge/{id}/files/{file}/removal",
                "removeKnowledgeFile",
                "Take a file out of the draft; the version in force keeps it until the review",
            )
            .fails(&[400, 422])
            .done("Taken out"),
            detach,
        )
        .endpoint(
            write,
            post("/api/v1/knowledge/{id}/discard", "discardKnowledge", "Throw the draft away")
                .fails(&[400, 422])
                .done("Thrown away"),
            discard,
        )
        .endpoint(
            write,
            post(
                "/api/v1/knowledge/{id}/reports/{report}/settlement",
                "settleKnowledgeReport",
                "Say why a reported answer is right",
            )
            .body::<KnowledgeSettlement>()
            .done("Settled"),
            settle,
        )
}

async fn attach(
    staff: Staff,
    Path(id): Path<Uuid>,
    ApiJson(new): ApiJson<NewKnowledgeFile>,
) -> Result<StatusCode, Failure> {
    let wrong =
        |error: FieldError| Failure::Invalid(vec![FieldError { field: Some("content".to_owned()), ..error }]);
    let bytes = STANDARD.decode(new.content.trim());
    let bytes = bytes.map_err(|_| wrong(FieldError::new("content", "attachment-type")))?;
    match crate::files::keep(&staff, id, new.stream, Upload { name: new.name, bytes }).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(Failure::Refused(refusal)) => Err(wrong(FieldError::from(&refusal))),
        Err(failure) => Err(failure),
    }
}

async fn detach(staff: Staff, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<StatusCode, Failure> {
    act(&staff, id, None, Command::Detach(BlobId(file))).await
}

async fn discard(staff: Staff, Path(id): Path<Uuid>) -> Result<StatusCode, Failure> {
    act(&staff, id, None, Command::Discard).await
}

async fn settle(
    staff: Staff,
    Path((id, report)): Path<(Uuid, Uuid)>,
    ApiJson(KnowledgeSettlement { reason }): ApiJson<KnowledgeSettlement>,
) -> Result<StatusCode, Failure> {
    let report = ReportId(report);
    act(&staff, id, None, Command::Settle { report, outcome: Outcome::Upheld, reason: Some(reason) }).await
}
