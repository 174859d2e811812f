//! `GET /track/attachments/{id}`: a file of the matter, as a download.

use super::{hold, send};
use crate::download;
use crate::portal::shell::Detour;
use axum::extract::Path;
use axum::response::Response;
use kernel::BlobId;
use matters::attachments;
use platform::Failure;
use platform::web::Ctx;

/// The file, if it is one the appellant's page lists.
///
/// # Errors
/// [`Failure::NotFound`] for any other; whatever the store says.
pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Detour> {
    let id: BlobId = id.parse().map_err(|_| Failure::NotFound)?;
    let view = send::view(&ctx, hold::held(&ctx).await?).await?;
    if !download::lists(&view, id) {
        return Err(Failure::NotFound.into());
    }
    let (file, bytes) =
        ctx.app.read(move |snapshot, app| attachments::read_attachment(snapshot, app, id)).await?;
    Ok(download::response(&file.name, bytes)?)
}
