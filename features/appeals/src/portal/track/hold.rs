//! An appellant's hold on one matter: a secret in a cookie, its hash and the matter sealed
//! on the server, for an hour. Closing it ends it at once.

use crate::portal::shell::Detour;
use crate::portal::stage::Stage;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::MatterId;
use platform::web::{CookieKind, Ctx, clear_cookie, set_cookie};
use platform::{App, By, Failure};
use store::drafts;

/// How long a hold lasts, in hours, however much it is used: devices are lent.
pub const LASTS_HOURS: i64 = 1;

/// Lets the browser of the response hold the matter.
///
/// # Errors
/// Whatever the store says.
pub async fn grant(ctx: &Ctx, matter: MatterId, response: &mut Response) -> Result<(), Failure> {
    let token = ctx.app.fresh().token();
    let key = key(&ctx.app, &token);
    let until = ctx.app.now().plus_hours(LASTS_HOURS);
    let sealed = ctx.app.vault.seal_own(&key, matter.to_string().as_bytes(), &mut ctx.app.fresh());
    ctx.app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, work.now(), until)?)).await?;
    let seconds = u32::try_from(LASTS_HOURS * 3600).unwrap_or(0);
    append(response, set_cookie(&ctx.app.config, CookieKind::Appellant, &token, Some(seconds)));
    Ok(())
}

/// The matter the request's browser holds; else the way leads to number and code.
///
/// # Errors
/// The detour; whatever the store says.
pub async fn held(ctx: &Ctx) -> Result<MatterId, Detour> {
    let gone = Detour::To("/track?again");
    let Some(key) = key_of(ctx) else { return Err(gone) };
    let now = ctx.app.now();
    let matter =
        ctx.app.read(move |snapshot, app| Ok(open(app, &key, drafts::get(snapshot, &key, now)?))).await?;
    matter.ok_or(gone)
}

/// Where files lie that are sent ahead for the held matter: under the hold's own secret, and
/// no longer than it.
pub fn stage(ctx: &Ctx) -> Stage {
    let token = ctx.cookie(CookieKind::Appellant).unwrap_or_default();
    Stage { token, until: ctx.app.now().plus_hours(LASTS_HOURS), source: ctx.source.clone() }
}

/// The sender of an appellant's commands.
pub fn by(matter: MatterId) -> By {
    By::Appellant(matter)
}

/// Ends the hold.
///
/// # Errors
/// Whatever the store says.
pub async fn end(ctx: &Ctx, response: &mut Response) -> Result<(), Failure> {
    if let Some(key) = key_of(ctx) {
        ctx.app.write(move |work| Ok(drafts::delete(work.tx, &key)?)).await?;
    }
    append(response, clear_cookie(&ctx.app.config, CookieKind::Appellant));
    Ok(())
}

fn open(app: &App, key: &str, sealed: Option<Vec<u8>>) -> Option<MatterId> {
    let plain = app.vault.open_own(key, &sealed?).ok()?;
    String::from_utf8(plain).ok()?.parse().ok()
}

fn key_of(ctx: &Ctx) -> Option<String> {
    let token = ctx.cookie(CookieKind::Appellant).filter(|token| !token.is_empty())?;
    Some(key(&ctx.app, &token))
}

fn key(app: &App, token: &str) -> String {
    app.vault.token_digest(&format!("appellant:{token}"))
}

fn append(response: &mut Response, cookie: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, cookie);
}
