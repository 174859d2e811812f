//! The proved address of a browser, for an hour: sealed under the secret of its cookie.

use crate::portal::shell::Detour;
use axum::http::header;
use axum::response::Response;
use platform::web::{CookieKind, Ctx, clear_cookie, set_cookie};
use platform::{App, Failure};
use store::drafts;

/// How long it lasts, in hours: devices are lent.
pub const LASTS_HOURS: i64 = 1;

/// The secret of the request's cookie.
pub fn token(ctx: &Ctx) -> Option<String> {
    ctx.cookie(CookieKind::Own).filter(|token| !token.is_empty())
}

/// Gives the browser a secret.
pub fn give(ctx: &Ctx, token: &str, response: &mut Response) {
    let seconds = u32::try_from(LASTS_HOURS * 3600).unwrap_or(0);
    let cookie = set_cookie(&ctx.app.config, CookieKind::Own, token, Some(seconds));
    response.headers_mut().append(header::SET_COOKIE, cookie);
}

/// Notes that the address is proved. The secret is a new one: the old one was known before.
///
/// # Errors
/// Whatever the store says.
pub async fn grant(ctx: &Ctx, address: &str, response: &mut Response) -> Result<(), Failure> {
    let token = ctx.app.fresh().token();
    let (key, until) = (key(&ctx.app, &token), ctx.app.now().plus_hours(LASTS_HOURS));
    let sealed = ctx.app.vault.seal_own(&key, address.as_bytes(), &mut ctx.app.fresh());
    ctx.app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, work.now(), until)?)).await?;
    give(ctx, &token, response);
    Ok(())
}

/// The proved address; else the way leads back to asking for a code.
///
/// # Errors
/// The detour; whatever the store says.
pub async fn address(ctx: &Ctx) -> Result<String, Detour> {
    let gone = Detour::To("/own");
    let Some(token) = token(ctx) else { return Err(gone) };
    let (key, now) = (key(&ctx.app, &token), ctx.app.now());
    let row = key.clone();
    let sealed = ctx.app.read(move |snapshot, _| Ok(drafts::get(snapshot, &row, now)?)).await?;
    let opened = sealed.and_then(|sealed| ctx.app.vault.open_own(&key, &sealed).ok());
    opened.and_then(|plain| String::from_utf8(plain).ok()).ok_or(gone)
}

/// Ends it.
///
/// # Errors
/// Whatever the store says.
pub async fn end(ctx: &Ctx, response: &mut Response) -> Result<(), Failure> {
    if let Some(token) = token(ctx) {
        let key = key(&ctx.app, &token);
        ctx.app.write(move |work| Ok(drafts::delete(work.tx, &key).map(drop)?)).await?;
    }
    response.headers_mut().append(header::SET_COOKIE, clear_cookie(&ctx.app.config, CookieKind::Own));
    Ok(())
}

fn key(app: &App, token: &str) -> String {
    app.vault.token_digest(&format!("own:{token}"))
}
