//! What handlers answer with.

use askama::Template;
use axum::extract::Form as Body;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
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

/// A page with people's data: no browser keeps a copy. With errors on its form it says so.
pub(crate) fn page(template: &impl Template, form: Option<&Form>) -> Result<Response, Failure> {
    let refused = form.is_some_and(Form::has_errors);
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, no_store, Html(template.render()?)).into_response())
}

/// On to another page, which says what was done.
pub(crate) fn done(staff: &Staff, to: &str, flash: &str) -> Response {
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    ([(SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

/// A value in an address.
pub(crate) fn escaped(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}
