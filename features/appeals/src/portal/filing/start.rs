//! `GET /appeals/new`: the first question, or the choice to go on with a draft;
//! `POST /appeals/new/restart` gives the draft up.

use super::draft::{Held, KEPT_HOURS};
use super::step::Step;
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::http::header;
use axum::response::Response;
use platform::ui::Page;
use platform::web::{CookieKind, Ctx, clear_cookie};

#[derive(Template)]
#[template(path = "portal/new/resume.html")]
struct Resume {
    page: Page,
    until: String,
    hours: i64,
    next: &'static str,
}

/// Leads to the first question, or offers to go on.
///
/// # Errors
/// Whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    match Held::of(&ctx).await? {
        Some(held) if held.draft.filed.is_none() && !held.draft.is_empty() => {
            let page = shell::page(&ctx, "portal-resume-title", shell::FILE);
            let until = page.datetime(&held.draft.expires_at);
            let next = held.draft.first_missing().unwrap_or(Step::Check).path();
            Ok(shell::private(&Resume { page, until, hours: KEPT_HOURS, next })?)
        }
        _ => Ok(shell::go(Step::Kind.path())),
    }
}

/// Forgets the draft and begins anew.
///
/// # Errors
/// Whatever the store says.
pub async fn restart(ctx: Ctx) -> Result<Response, Detour> {
    if let Some(held) = Held::of(&ctx).await? {
        held.discard(&ctx).await?;
    }
    let mut response = shell::go(Step::Kind.path());
    response.headers_mut().append(header::SET_COOKIE, clear_cookie(&ctx.app.config, CookieKind::Draft));
    Ok(response)
}
