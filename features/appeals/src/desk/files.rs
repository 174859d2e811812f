//! Attachments, for whoever may see their matter: always as a download, never shown in the
//! site's own name.

use super::matter::load;
use crate::verbs::Place;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use kernel::permission::Permission;
use kernel::{BlobId, MatterId};
use matters::MatterView;
use platform::Failure;
use platform::web::{Access, Routes, Staff};

/// `GET /matters/{id}/files/{file}`.
pub fn routes() -> Routes {
    Routes::new().get("/matters/{id}/files/{file}", Access::Staff(Permission::MatterRead), download)
}

async fn download(staff: Staff, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let file: BlobId = file.parse().map_err(|_| Failure::NotFound)?;
    let view = load(&staff, Place { id, node: None, other: None }).await?;
    if !shows(&view, file) {
        return Err(Failure::NotFound);
    }
    let (attachment, bytes) = staff
        .app
        .read(move |snapshot, app| matters::attachments::read_attachment(snapshot, app, file))
        .await?;
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::try_from(attachment.media_type)
                .map_err(|error| Failure::Internal(error.to_string()))?,
        ),
        (CONTENT_DISPOSITION, disposition(&attachment.name)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// Whether the file is one that this view lists: what is withheld from the viewer is not.
fn shows(view: &MatterView, file: BlobId) -> bool {
    let of_nodes = view.nodes.iter().flat_map(|node| &node.attachments);
    let of_story = view.timeline.iter().flat_map(|item| &item.attachments);
    view.attachments.iter().chain(of_nodes).chain(of_story).any(|attachment| attachment.id == file)
}

/// RFC 6266 with the name in UTF-8.
fn disposition(name: &str) -> HeaderValue {
    let name = super::choices::escaped(if name.is_empty() { "file" } else { name });
    HeaderValue::try_from(format!("attachment; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
