//! `GET` and `POST /login`, `POST /logout`.

use super::reply::{self, Fields};
use crate::login::{self, Attempt, Outcome};
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Refusal;
use platform::directory::SignedIn;
use platform::ui::{Form, Page};
use platform::web::{CookieKind, Ctx, Staff, clear_cookie, set_cookie};
use platform::{App, Failure};
use serde::Deserialize;

/// How long a browser stays a known device, in seconds: a year.
const DEVICE_SECONDS: u32 = 31_536_000;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "identity/log_in.html")]
struct LogIn {
    page: Page,
    form: Form,
}

/// The form; someone signed in is sent on.
pub(super) async fn show(ctx: Ctx, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    if let Some(person) = &ctx.person {
        return Ok(Redirect::to(&onwards(&ctx.app, person, &wanted.next)).into_response());
    }
    reply::page(&LogIn { page: ctx.page("login-title"), form: Form::new().with("next", wanted.next) })
}

/// Logs in.
pub(super) async fn log_in(ctx: Ctx, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let attempt = Attempt {
        login: form.value("login").to_owned(),
        password: form.value("password").to_owned(),
        source: ctx.source.clone(),
        device: ctx.cookie(CookieKind::Device),
        session: ctx.cookie(CookieKind::Session),
    };
    let refusal = match login::log_in(&ctx.app, attempt).await? {
        Outcome::In { session, device, .. } => {
            return enter(&ctx, &session, &device, form.value("next")).await;
        }
        Outcome::Wrong => Refusal::field("login", "login-wrong"),
        Outcome::Disabled => Refusal::field("login", "login-disabled"),
        Outcome::SlowDown { retry_after } => {
            Refusal::field("login", "login-slow-down").with("minutes", retry_after.div_ceil(60))
        }
    };
    let kept = Form::new().with("login", form.value("login")).with("next", form.value("next"));
    let page = ctx.page("login-title").in_error(true);
    reply::again(&LogIn { page, form: reply::refused(kept, &refusal) })
}

/// Logs out.
pub(super) async fn log_out(staff: Staff) -> Result<Response, Failure> {
    login::log_out(&staff.app, &staff.person, staff.source.clone()).await?;
    let gone = clear_cookie(&staff.app.config, CookieKind::Session);
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/login")).into_response())
}

async fn enter(ctx: &Ctx, session: &str, device: &str, next: &str) -> Result<Response, Failure> {
    let digest = ctx.app.vault.token_digest(session);
    let person = ctx
        .app
        .read(move |snapshot, app| app.directory.by_session(snapshot, &digest, app.now()))
        .await?
        .ok_or(Failure::NotSignedIn)?;
    let config = &ctx.app.config;
    let mut cookies = HeaderMap::new();
    cookies.append(header::SET_COOKIE, set_cookie(config, CookieKind::Session, session, None));
    cookies.append(header::SET_COOKIE, set_cookie(config, CookieKind::Device, device, Some(DEVICE_SECONDS)));
    Ok((cookies, Redirect::to(&onwards(&ctx.app, &person, next))).into_response())
}

/// Where someone goes after logging in: the page they wanted, or the first they may use.
fn onwards(app: &App, person: &SignedIn, next: &str) -> String {
    if is_own_path(next) {
        return next.to_owned();
    }
    let may = |permission: Option<_>| permission.is_none_or(|permission| person.may_ever(permission));
    app.nav.iter().find(|entry| may(entry.permission)).map_or("/account", |entry| entry.href).to_owned()
}

/// A path on this site: `//host` and `/\host` are other sites to a browser.
fn is_own_path(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c == '\\' || c.is_control())
        && !next.starts_with("/login")
        && !next.starts_with("/logout")
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert!(is_own_path("/matters/1?tab=a"));
        for path in ["", "https://x.example", "//x.example", "/\\x.example", "/\t/x.example", "/login?next=/"]
        {
            assert!(!is_own_path(path), "{path:?}");
        }
    }
}
