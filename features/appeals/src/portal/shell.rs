//! What the portal's pages have in common: navigation, rendering, and the way out of a
//! handler that leads somewhere else.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use platform::Failure;
use platform::ui::{Page, portal};
use platform::web::Ctx;

/// A page of the portal with its navigation; `active` is the key of the open entry.
pub fn page(ctx: &Ctx, title: &str, active: &'static str) -> Page {
    let mut page = ctx.page(title).at(active);
    page.nav = portal::navigation(&page);
    page
}

/// Key of the navigation's entry for the front page.
pub const HOME: &str = "portal-nav-home";
/// For filing.
pub const FILE: &str = "portal-nav-file";
/// For tracking.
pub const TRACK: &str = "portal-nav-track";
/// For one's own appeals.
pub const OWN: &str = "portal-nav-own";
/// A page anyone may see and keep.
///
/// # Errors
/// [`Failure::Internal`] where the template fails.
pub fn public(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// A page with somebody's own data: no browser or proxy keeps a copy.
///
/// # Errors
/// As [`public`].
pub fn private(template: &impl Template) -> Result<Response, Failure> {
    private_with(StatusCode::OK, template)
}

/// The same for a form that was refused; `422`.
///
/// # Errors
/// As [`public`].
pub fn refused(template: &impl Template) -> Result<Response, Failure> {
    private_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// The same with another status.
///
/// # Errors
/// As [`public`].
pub fn private_with(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let mut response = (status, Html(template.render()?)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Goes to another page after a change.
pub fn go(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A handler's early end: the reader belongs on another page, or something failed.
pub enum Detour {
    /// Elsewhere first.
    To(&'static str),
    /// It failed.
    Failed(Failure),
}

impl From<Failure> for Detour {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl IntoResponse for Detour {
    fn into_response(self) -> Response {
        match self {
            Self::To(path) => go(path),
            Self::Failed(failure) => failure.into_response(),
        }
    }
}
