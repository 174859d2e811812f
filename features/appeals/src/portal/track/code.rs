//! `POST /track/code`: whoever holds the matter gets a new tracking code for it; the old one
//! opens nothing from then on. The new one is shown once, like the first.

use super::{hold, send};
use crate::portal::qr;
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use matters_rules::{ActionCode, Command};
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/code.html")]
struct CodePage {
    page: Page,
    number: String,
    code: String,
    address: String,
    picture: qr::Picture,
}

/// Replaces the code.
///
/// # Errors
/// As [`send::open_for`] and [`send::send`].
pub async fn renew(ctx: Ctx) -> Result<Response, Detour> {
    let (id, view) = send::open_for(&ctx, ActionCode::RenewCode).await?;
    let number = view.number;
    let code = ctx.app.fresh().code();
    let code_hmac = ctx.app.vault.code_digest(&number, &code);
    ctx.app
        .write(move |work| {
            let command = Command::RenewCode { code_hmac: code_hmac.clone() };
            matters::act(work, &hold::by(id), id, None, &command).map(drop)
        })
        .await
        .map_err(|failure: Failure| failure)?;
    let page = shell::page(&ctx, "portal-code-title", shell::TRACK);
    let (address, picture) = (qr::track_address(&ctx.app), qr::Picture::of(&ctx.app, &number, &code)?);
    Ok(shell::private(&CodePage { page, number, code, address, picture })?)
}
