//! Attachments, for whoever may see their matter: as a download, never shown in the site's
//! own name; but photos, by a route of their own under a policy by which nothing can act.

use super::matter::load;
use crate::verbs::Place;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use kernel::permission::Permission;
use kernel::{BlobId, MatterId};
use matters::{Attachment, MatterView};
use platform::Failure;
use platform::web::{Access, Routes, Staff};

/// `GET /matters/{id}/files/{file}`.
pub fn routes() -> Routes {
    let access = Access::Staff(Permission::MatterRead);
    Routes::new().get("/matters/{id}/files/{file}", access, download).get(
        "/matters/{id}/files/{file}/picture",
        access,
        picture,
    )
}

async fn download(staff: Staff, Path(path): Path<(String, String)>) -> Result<Response, Failure> {
    let (attachment, bytes) = read(&staff, path).await?;
    answered(&attachment, &bytes, disposition(&attachment.name))
}

/// A photo to be shown on the page: only what was seen to be a picture by its content, and
/// under a policy by which nothing in it could act.
async fn picture(staff: Staff, Path(path): Path<(String, String)>) -> Result<Response, Failure> {
    let (attachment, bytes) = read(&staff, path).await?;
    if !is_picture(&attachment) {
        return Err(Failure::NotFound);
    }
    let mut response = answered(&attachment, &bytes, HeaderValue::from_static("inline"))?;
    let nothing = HeaderValue::from_static("default-src 'none'; sandbox");
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, nothing);
    Ok(response)
}

/// Whether a page may show it.
pub fn is_picture(attachment: &Attachment) -> bool {
    matches!(attachment.media_type.as_str(), "image/jpeg" | "image/png" | "image/gif" | "image/webp")
}

async fn read(staff: &Staff, (id, file): (String, String)) -> Result<(Attachment, Vec<u8>), Failure> {
    let id: MatterId = id.parse().map_err(|_| Failure::NotFound)?;
    let file: BlobId = file.parse().map_err(|_| Failure::NotFound)?;
    let view = load(staff, Place { id, node: None, other: None }).await?;
    if !shows(&view, file) {
        return Err(Failure::NotFound);
    }
    staff.app.read(move |snapshot, app| matters::attachments::read_attachment(snapshot, app, file)).await
}

fn answered(attachment: &Attachment, bytes: &[u8], disposition: HeaderValue) -> Result<Response, Failure> {
    let media_type = HeaderValue::try_from(&attachment.media_type)
        .map_err(|error| Failure::Internal(error.to_string()))?;
    let headers = [
        (CONTENT_TYPE, media_type),
        (CONTENT_DISPOSITION, disposition),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes.to_vec()).into_response())
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
