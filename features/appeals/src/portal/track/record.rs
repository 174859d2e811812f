//! `/track/record`: the whole course of the matter on paper: what was filed, who had it, by
//! when and why, every answer and message, every opening, the evaluation.

use super::matter::MatterPage;
use super::{hold, send};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/record.html")]
struct Record {
    page: platform::ui::Page,
    told: MatterPage,
    /// When it was made.
    made: String,
}

/// The record.
///
/// # Errors
/// A detour where no matter is held; whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let view = send::view(&ctx, hold::held(&ctx).await?).await?;
    let page = shell::page(&ctx, "portal-record-title", shell::TRACK);
    let made = page.datetime(&ctx.app.now());
    Ok(shell::private(&Record { told: MatterPage::of(page.clone(), view), page, made })?)
}
