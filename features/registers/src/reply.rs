//! What handlers answer with besides what all pages do.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use platform::Failure;
use platform::ui::Form;
use platform::web::reply;

pub(crate) use platform::web::reply::{Fields, done, form};

/// A page; with errors on its form it says so.
pub(crate) fn page(template: &impl Template, refused: bool) -> Result<Response, Failure> {
    reply::show(if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, template)
}

/// A workbook to keep, for this reader alone.
pub(crate) fn workbook(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, print::xlsx::CONTENT_TYPE.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Adds what a unit of work refused to the form; anything else stays a failure.
pub(crate) fn refused(form: Form, failure: Failure) -> Result<Form, Failure> {
    match failure {
        Failure::Refused(refusal) => Ok(form.refused(&refusal)),
        Failure::Invalid(errors) => Ok(errors.into_iter().fold(form, Form::refused)),
        Failure::Stale => Ok(form.refused(platform::ui::FieldError {
            field: None,
            ..platform::ui::FieldError::new("", "register-overtaken")
        })),
        other => Err(other),
    }
}
