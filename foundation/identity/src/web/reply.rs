//! What handlers answer with, and the small things they read from requests.

use crate::read;
use askama::Template;
use axum::extract::Form as Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::{AccountId, Refusal};
use platform::ui::{FieldError, Form};
use platform::web::{CookieKind, Staff, set_cookie};
use platform::{App, Failure};
use std::str::FromStr;

/// A submitted form.
pub(super) type Fields = Body<Vec<(String, String)>>;

/// A page; nobody but the reader's browser may keep it.
pub(super) fn page(template: &impl Template) -> Result<Response, Failure> {
    with_status(StatusCode::OK, template)
}

/// A form shown again with what is wrong.
pub(super) fn again(template: &impl Template) -> Result<Response, Failure> {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, template)
}

fn with_status(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, no_store, Html(template.render()?)).into_response())
}

/// On to another page, which says what was done.
pub(super) fn done(staff: &Staff, to: &str, flash: &str) -> Response {
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

/// Sorts an outcome: done, refused by a rule (to be shown on the form), or failed.
pub(super) fn sort<T>(outcome: Result<T, Failure>) -> Result<Result<T, Refusal>, Failure> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(other) => Err(other),
    }
}

/// The form as typed, without passwords.
pub(super) fn form(fields: Fields) -> Form {
    fields.0.into_iter().collect()
}

/// The form with a refusal.
pub(super) fn refused(form: Form, refusal: &Refusal) -> Form {
    form.refused(FieldError::from(refusal))
}

/// An id of a path; anything else is a page that does not exist.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// The account a log-in name belongs to.
pub(super) async fn account_of(app: &App, login: &str, missing: Refusal) -> Result<AccountId, Failure> {
    let login = login.trim().to_ascii_lowercase();
    let found = app.read(move |q, _| Ok(read::by_login(q, &login)?)).await?;
    found.map(|account| account.id).ok_or_else(|| missing.into())
}

/// A query of a list: text to find, and the key after which the page begins.
#[derive(serde::Deserialize)]
pub(super) struct ListQuery {
    /// What to find.
    #[serde(default)]
    pub(super) q: String,
    /// The last key of the page before.
    #[serde(default)]
    pub(super) after: String,
}

/// Cuts a page off a list that was asked for one row more; says whether there is more.
pub(super) fn cut<T>(mut rows: Vec<T>) -> (Vec<T>, bool) {
    let size = usize::try_from(read::PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    (rows, more)
}

/// A text as part of a query string.
pub(super) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}
