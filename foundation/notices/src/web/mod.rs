//! `/me/notices`: a person's own notices, how many are new, and how else to be reached.

mod list;
mod live;
mod settings;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use platform::Failure;
use platform::web::{Access, CookieKind, Routes, Staff, set_cookie};

/// Everyone's own, whatever their post.
const OWN: Access = Access::SignedIn;

/// Every address of one's own notices.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/me/notices", OWN, list::show)
        .post("/me/notices/read", OWN, list::read_all)
        .get("/me/notices/live", OWN, live::stream)
        .get("/me/notices/settings", OWN, settings::show)
        .post("/me/notices/settings", OWN, settings::keep)
        .post("/me/notices/{position}", OWN, list::open)
}

fn page(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((status, no_store, Html(template.render()?)).into_response())
}

fn done(staff: &Staff, to: &str, flash: &str) -> Response {
    let cookie = set_cookie(&staff.app.config, CookieKind::Flash, flash, Some(60));
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}
