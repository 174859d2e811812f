//! `GET /outbox`: in a demo, the messages that would have been sent. Anywhere else there is
//! no such page.

use super::shell;
use askama::Template;
use axum::response::Response;
use mail::outbox::{self, Delivered};
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/outbox.html")]
struct Outbox {
    page: Page,
    messages: Vec<Delivered>,
}

/// The messages, newest first.
///
/// # Errors
/// [`Failure::NotFound`] outside a demo; whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Failure> {
    if !outbox::is_used(&ctx.app) || !ctx.app.config.site.demo {
        return Err(Failure::NotFound);
    }
    let messages = ctx.app.read(|snapshot, app| outbox::latest(snapshot, app)).await?;
    shell::private(&Outbox { page: shell::page(&ctx, "portal-outbox-title", ""), messages })
}
