//! What the desk's pages have in common: rendering without a copy kept anywhere, and the
//! way back after a change.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use platform::Failure;
use platform::web::{CookieKind, Staff, set_cookie};

/// A page with people's data: no browser or proxy keeps a copy.
///
/// # Errors
/// [`Failure::Internal`] where the template fails.
pub fn show(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let mut response = (status, Html(template.render()?)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Goes to another page, which says once what was done.
pub fn go(staff: &Staff, path: &str, flash: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}
