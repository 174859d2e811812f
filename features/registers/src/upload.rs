//! A form with a file in it.

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use platform::Failure;
use platform::ui::Form;
use platform::web::Staff;

/// The fields of the form and the file, if one was chosen.
pub(crate) async fn sent(
    staff: &Staff,
    mut request: Request,
    most: usize,
) -> Result<(Form, Option<(String, Vec<u8>)>), Failure> {
    DefaultBodyLimit::max(most.saturating_mul(2)).apply(&mut request);
    let malformed = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Failure::TooLarge,
        _ => Failure::Malformed(error.body_text()),
    };
    let mut parts = Multipart::from_request(request, &staff.app)
        .await
        .map_err(|error| Failure::Malformed(error.body_text()))?;
    let (mut form, mut file) = (Form::new(), None);
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(kernel::text::file_name) {
            None => form = form.with(&name, part.text().await.map_err(malformed)?),
            Some(called) => {
                let bytes = part.bytes().await.map_err(malformed)?;
                if bytes.len() > most {
                    return Err(Failure::TooLarge);
                }
                if !bytes.is_empty() {
                    file = Some((called, bytes.to_vec()));
                }
            }
        }
    }
    Ok((form, file))
}
