//! What handlers answer with.

use askama::Template;
use axum::extract::Form as Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use platform::Failure;
use platform::ui::Form;
use platform::web::{CookieKind, Staff, set_cookie};

/// A submitted form.
pub(crate) type Fields = Body<Vec<(String, String)>>;

/// The form as typed.
pub(crate) fn form(fields: Fields) -> Form {
    fields.0.into_iter().collect()
}

/// A page; with errors on its form it says so.
pub(crate) fn page(template: &impl Template, refused: bool) -> Result<Response, Failure> {
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, no_store, Html(template.render()?)).into_response())
}

/// On to another page, which says what was done.
pub(crate) fn done(staff: &Staff, to: &str, flash: &str) -> Response {
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    ([(SET_COOKIE, cookie)], Redirect::to(to)).into_response()
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
