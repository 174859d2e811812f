//! `GET /track/attachments/{id}`: a file of the matter, as a download.

use super::{hold, send};
use crate::portal::shell::Detour;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::BlobId;
use matters::{MatterView, attachments};
use platform::Failure;
use platform::web::Ctx;

/// The file, if it is one the appellant's page lists.
///
/// # Errors
/// [`Failure::NotFound`] for any other; whatever the store says.
pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Detour> {
    let id: BlobId = id.parse().map_err(|_| Failure::NotFound)?;
    let view = send::view(&ctx, hold::held(&ctx).await?).await?;
    if !lists(&view, id) {
        return Err(Failure::NotFound.into());
    }
    let (file, bytes) = ctx.app.read(move |snapshot, app| attachments::read_attachment(snapshot, app, id)).await?;
    let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(&file.name));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(disposition).map_err(|_| Failure::NotFound)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

fn lists(view: &MatterView, id: BlobId) -> bool {
    let own = view.attachments.iter();
    let nodes = view.nodes.iter().flat_map(|node| &node.attachments);
    let later = view.timeline.iter().flat_map(|item| &item.attachments);
    own.chain(nodes).chain(later).any(|file| file.id == id)
}

/// RFC 5987: everything but letters, digits, dot, dash and underscore.
fn percent_encoded(name: &str) -> String {
    use std::fmt::Write;
    name.bytes().fold(String::with_capacity(name.len() * 3), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_encoded() {
        assert_eq!(percent_encoded("现场 1.jpg"), "%E7%8E%B0%E5%9C%BA%201.jpg");
    }
}
