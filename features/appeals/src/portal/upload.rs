//! A form with files, as any browser sends it: read within limits, each file taken or told
//! why not.

use super::stage::{NotTaken, Stage, Staged};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use kernel::text::file_name;
use matters::{Upload, attachments};
use platform::ui::{FieldError, Form};
use platform::{App, Failure};

/// What was sent: fields, the files that are taken, and for each other file why not.
#[derive(Default)]
pub struct Sent {
    /// Fields.
    pub form: Form,
    /// Files.
    pub files: Vec<Upload>,
    /// What is wrong with the others; each names its file.
    pub errors: Vec<FieldError>,
}

/// For the `accept` attribute: what phones offer when choosing a file. What a file really
/// is, is seen from its content.
pub const ACCEPT: &str =
    "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,audio/*,.amr,.m4a,video/mp4,video/quicktime";

/// A form whose files were sent ahead.
#[derive(Default)]
pub struct Ahead {
    /// Fields.
    pub form: Form,
    /// What is wrong with files that were not taken; each names its file.
    pub errors: Vec<FieldError>,
}

/// Bytes for all other fields and the form's own marks.
const FIELDS_MAX: usize = 256 * 1024;

/// Reads the form; `room` is how many files may still come.
///
/// # Errors
/// [`Failure::TooLarge`] for a body beyond all limits, [`Failure::Malformed`] for one that
/// is no such form.
pub async fn read(app: &App, mut request: Request, room: usize) -> Result<Sent, Failure> {
    // These lie in memory until they are sealed: in sum as much as the largest may weigh.
    let most = app.config.attachment_max;
    DefaultBodyLimit::max(most.saturating_add(FIELDS_MAX)).apply(&mut request);
    let mut parts =
        Multipart::from_request(request, app).await.map_err(|error| Failure::Malformed(error.body_text()))?;
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.map_err(failure)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(file_name) {
            None => {
                let text = part.text().await.map_err(failure)?;
                sent.form = std::mem::take(&mut sent.form).with(&field, text);
            }
            Some(name) => {
                let bytes = part.bytes().await.map_err(failure)?.to_vec();
                sent.take(&field, Upload { name, bytes }, app.config.attachment_max, room);
            }
        }
    }
    Ok(sent)
}

/// Who is told of each file that has come whole.
pub trait Keep: Send {
    /// Keeps it.
    fn keep(&mut self, app: &App, file: Staged) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Reads a form, handing over each file as soon as it has come whole, in order. Nothing is held in memory but the part at hand.
///
/// # Errors
/// As [`read`]; those of `keep`.
pub async fn ahead(
    app: &App,
    mut request: Request,
    stage: &Stage,
    room: usize,
    keep: &mut impl Keep,
) -> Result<Ahead, Failure> {
    let most = app.config.attachment_max.saturating_mul(room.max(1));
    DefaultBodyLimit::max(most.saturating_add(FIELDS_MAX)).apply(&mut request);
    let mut parts =
        Multipart::from_request(request, app).await.map_err(|error| Failure::Malformed(error.body_text()))?;
    let (mut sent, mut taken) = (Ahead::default(), 0);
    while let Some(part) = parts.next_field().await.map_err(failure)? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name() {
            None => {
                let text = part.text().await.map_err(failure)?;
                sent.form = std::mem::take(&mut sent.form).with(&field, text);
            }
            // A browser sends an empty part where no file was chosen.
            Some("") => {}
            Some(name) if taken >= room => {
                let error = FieldError::new(&field, "portal-attachment-too-many");
                sent.errors.push(error.with("name", file_name(name)));
            }
            Some(_) => match stage.take(app, &field, part).await {
                Ok(staged) => {
                    keep.keep(app, staged).await?;
                    taken += 1;
                }
                Err(NotTaken::Wrong(error)) => sent.errors.push(error),
                Err(NotTaken::Failed(failure)) => return Err(failure),
            },
        }
    }
    Ok(sent)
}

impl Sent {
    fn take(&mut self, field: &str, upload: Upload, limit: usize, room: usize) {
        // A browser sends an empty part where no file was chosen.
        if upload.bytes.is_empty() && upload.name.is_empty() {
            return;
        }
        let refuse = |code: &str| FieldError::new(field, code).with("name", upload.name.as_str());
        match attachments::check(&upload, limit) {
            Ok(_) if self.files.len() < room => self.files.push(upload),
            Ok(_) => self.errors.push(refuse("portal-attachment-too-many")),
            Err(refusal) => {
                let error = refuse(&format!("portal-{}", refusal.code));
                self.errors.push(error.with("limit", super::words::size(limit)));
            }
        }
    }
}

pub(super) fn failure(error: MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::TooLarge
    } else {
        Failure::Malformed(error.body_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";

    #[test]
    fn each_file_is_taken_or_told_why_not() {
        let large = [JPEG, &[0; 64][..]].concat();
        let files = [
            ("", &b""[..]),
            ("空.jpg", b""),
            ("大.jpg", &large),
            ("a.jpg", JPEG),
            ("b.exe", b"MZ"),
            ("c.jpg", JPEG),
        ];
        let mut sent = Sent::default();
        for (name, bytes) in files {
            sent.take("files", Upload { name: name.into(), bytes: bytes.to_vec() }, 64, 1);
        }
        let taken: Vec<_> = sent.files.iter().map(|file| file.name.as_str()).collect();
        let errors: Vec<_> = sent.errors.iter().map(|error| error.code.as_str()).collect();
        assert_eq!(taken, ["a.jpg"]);
        assert_eq!(
            errors,
            [
                "portal-attachment-empty",
                "portal-attachment-too-large",
                "portal-attachment-type",
                "portal-attachment-too-many"
            ]
        );
    }
}
