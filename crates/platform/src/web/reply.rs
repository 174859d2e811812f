//! What the handlers of pages answer with.

use super::{CookieKind, Staff, set_cookie};
use crate::error::Failure;
use crate::ui::Form;
use askama::Template;
use axum::extract::Form as Body;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};

/// A submitted form.
pub type Fields = Body<Vec<(String, String)>>;

/// The form as typed.
pub fn form(fields: Fields) -> Form {
    fields.0.into_iter().collect()
}

/// A page with people's data: no browser or proxy keeps a copy.
///
/// # Errors
/// [`Failure::Internal`] where the template fails.
pub fn show(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, no_store, Html(template.render()?)).into_response())
}

/// The same; with errors on its form it says so.
///
/// # Errors
/// As for [`show`].
pub fn page(template: &impl Template, form: Option<&Form>) -> Result<Response, Failure> {
    let refused = form.is_some_and(Form::has_errors);
    show(if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, template)
}

/// On to another page, which says once what was done.
pub fn done(staff: &Staff, to: &str, flash: &str) -> Response {
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    ([(SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}
