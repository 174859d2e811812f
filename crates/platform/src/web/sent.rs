//! A form that came with files.

use super::Staff;
use crate::error::Failure;
use crate::ui::Form;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// The field it came in.
    pub field: String,
    /// Its name, without a path.
    pub name: String,
    /// What it holds; never nothing.
    pub bytes: Vec<u8>,
}

/// The fields of a form and the files chosen, each of at most `most` bytes and all of them of
/// at most `all`.
///
/// # Errors
/// [`Failure::TooLarge`], [`Failure::Malformed`].
pub async fn sent(
    staff: &Staff,
    mut request: Request,
    most: usize,
    all: usize,
) -> Result<(Form, Vec<SentFile>), Failure> {
    DefaultBodyLimit::max(all).apply(&mut request);
    let malformed = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Failure::TooLarge,
        _ => Failure::Malformed(error.body_text()),
    };
    let mut parts = Multipart::from_request(request, &staff.app)
        .await
        .map_err(|error| Failure::Malformed(error.body_text()))?;
    let (mut form, mut files) = (Form::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(kernel::text::file_name) {
            None => form = form.with(&field, part.text().await.map_err(malformed)?),
            Some(name) => {
                let bytes = part.bytes().await.map_err(malformed)?;
                if bytes.len() > most {
                    return Err(Failure::TooLarge);
                }
                if !bytes.is_empty() {
                    files.push(SentFile { field, name, bytes: bytes.to_vec() });
                }
            }
        }
    }
    Ok((form, files))
}
