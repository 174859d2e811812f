//! What a form of the desk sends: fields, and files where it has any.

use crate::portal::upload::{self, Sent};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use platform::{App, Failure};

/// Reads the body, however the browser packed it.
///
/// # Errors
/// [`Failure::TooLarge`], [`Failure::Malformed`].
pub async fn read(app: &App, request: Request) -> Result<Sent, Failure> {
    let multipart = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    if multipart {
        return upload::read(app, request, app.config.attachments_max).await;
    }
    let axum::Form(pairs) = axum::Form::<Vec<(String, String)>>::from_request(request, app)
        .await
        .map_err(|error| Failure::Malformed(error.body_text()))?;
    Ok(Sent { form: pairs.into_iter().collect(), ..Sent::default() })
}
