//! Files in JSON: sent as base64 beside their name, fetched as they are. A file of staff is
//! stored first and named by its id in the verb it belongs to.

use super::view::File;
use crate::download;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::permission::Permission;
use kernel::{BlobId, MatterId};
use matters::attachments::{self, keep};
use matters::{TextSealer, Upload, Viewer};
use platform::ui::FieldError;
use platform::web::{Access, Endpoint, Routes, Staff, json_with_files};
use platform::{App, Failure};
use serde::Deserialize;
use utoipa::ToSchema;

/// A file on its way in.
#[derive(Clone, Deserialize, ToSchema)]
pub struct NewFile {
    /// What it is called; what it is, is seen from its content.
    #[schema(example = "photo.jpg")]
    pub name: String,
    /// Its content in base64 (RFC 4648 §4).
    #[schema(content_encoding = "base64")]
    pub content: String,
}

pub(super) fn routes() -> Routes {
    let read = Access::Staff(Permission::MatterRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::post(
                "/api/v1/matters/{id}/attachments",
                "storeAttachment",
                "Store a file for a matter",
            )
            .tag("matters")
            .about(
                "Its id then stands under `attachments` in the verb it belongs to (submission, material). \
                     By itself it shows nowhere.",
            )
            .body::<NewFile>()
            .answer::<File>(201, "Stored"),
            store,
        )
        .endpoint(
            read,
            Endpoint::get("/api/v1/matters/{id}/attachments/{file}", "attachment", "A file of a matter")
                .tag("matters")
                .answer_raw(200, "application/octet-stream", "Its content, as a download"),
            fetch,
        )
}

/// The files of a request, decoded.
///
/// # Errors
/// `file-base64` and `file-count` on the member that is wrong.
pub(super) fn decode(app: &App, files: Vec<NewFile>) -> Result<Vec<Upload>, Failure> {
    let most = app.config.attachments_max;
    if files.len() > most {
        return Err(Failure::Invalid(vec![FieldError::new("attachments", "file-count").with("max", most)]));
    }
    let mut errors = Vec::new();
    let mut uploads = Vec::with_capacity(files.len());
    for (n, file) in files.into_iter().enumerate() {
        match STANDARD.decode(&file.content) {
            Ok(bytes) => uploads.push(Upload { name: file.name, bytes }),
            Err(_) => errors.push(FieldError::new(&format!("attachments/{n}/content"), "file-base64")),
        }
    }
    if errors.is_empty() { Ok(uploads) } else { Err(Failure::Invalid(errors)) }
}

async fn store(
    staff: Staff,
    Path(id): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<File>), Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let file: NewFile = json_with_files(&staff.app, request).await?;
    let bytes = STANDARD
        .decode(&file.content)
        .map_err(|_| Failure::Invalid(vec![FieldError::new("content", "file-base64")]))?;
    let upload = Upload { name: file.name, bytes };
    let (name, size) = (upload.name.clone(), upload.bytes.len());
    let sealed = attachments::seal(&staff.app, upload).await?;
    let media_type = sealed.media_type().as_str().to_owned();
    let person = staff.person.clone();
    // Whoever may not see the matter may not write beside it either.
    staff.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Staff(&person))).await?;
    let blob = staff
        .app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            keep(work, sealer.key(), &sealed)
        })
        .await?;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    Ok((StatusCode::CREATED, Json(File { id: blob.to_string(), name, media_type, size })))
}

async fn fetch(staff: Staff, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let file: BlobId = file.parse().map_err(|_| Failure::NotFound)?;
    let person = staff.person.clone();
    let found = staff
        .app
        .read(move |snapshot, app| {
            let view = matters::view(snapshot, app, id, Viewer::Staff(&person))?;
            if !download::lists(&view, file) {
                return Err(Failure::NotFound);
            }
            attachments::read_attachment(snapshot, app, file)
        })
        .await?;
    download::response(&found.0.name, found.1)
}
