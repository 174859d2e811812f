//! An appellant's hold on one matter: a secret in a cookie, its hash and the matter sealed
//! on the server, for an hour. Closing it ends it at once.

use crate::portal::shell::Detour;
use crate::portal::stage::Stage;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use kernel::{AddressId, MatterId};
use matters::enterprises::accounts;
use platform::web::{CookieKind, Ctx, clear_cookie, set_cookie};
use platform::{App, By, Failure};
use serde::{Deserialize, Serialize};
use store::drafts;

/// How long a hold lasts, in hours, however much it is used: devices are lent.
pub const LASTS_HOURS: i64 = 1;

/// What a browser holds.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Held {
    /// Which matter.
    pub matter: MatterId,
    /// Through which verified address of the appellant's enterprise, where its holder is a
    /// colleague of whoever filed it: they read, write and add, no more. Taken back, it ends.
    pub through: Option<AddressId>,
}

impl Held {
    /// By whoever filed it.
    pub fn own(matter: MatterId) -> Self {
        Self { matter, through: None }
    }
}

/// Lets the browser of the response hold the matter.
///
/// # Errors
/// Whatever the store says.
pub async fn grant(ctx: &Ctx, held: Held, response: &mut Response) -> Result<(), Failure> {
    let token = ctx.app.fresh().token();
    let key = key(&ctx.app, &token);
    let until = ctx.app.now().plus_hours(LASTS_HOURS);
    let sealed = ctx.app.vault.seal_own(&key, &serde_json::to_vec(&held)?, &mut ctx.app.fresh());
    ctx.app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, work.now(), until)?)).await?;
    let seconds = u32::try_from(LASTS_HOURS * 3600).unwrap_or(0);
    append(response, set_cookie(&ctx.app.config, CookieKind::Appellant, &token, Some(seconds)));
    Ok(())
}

/// The matter the request's browser holds; else the way leads to number and code.
///
/// # Errors
/// The detour; whatever the store says.
pub async fn held(ctx: &Ctx) -> Result<Held, Detour> {
    let gone = Detour::To("/track?again");
    let Some(key) = key_of(ctx) else { return Err(gone) };
    let now = ctx.app.now();
    let held = ctx.app.read(move |snapshot, app| {
        let held = open(app, &key, drafts::get(snapshot, &key, now)?);
        match held.and_then(|held| held.through) {
            Some(address) if !accounts::holds(snapshot, address)? => Ok(None),
            _ => Ok(held),
        }
    });
    held.await?.ok_or(gone)
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

fn open(app: &App, key: &str, sealed: Option<Vec<u8>>) -> Option<Held> {
    let plain = app.vault.open_own(key, &sealed?).ok()?;
    serde_json::from_slice(&plain).ok()
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
