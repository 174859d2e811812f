//! `GET /appeals/receipt`: number and code, shown from the sealed draft they replaced, so
//! that a reload works and no address or log ever holds them.

use super::draft::{Filed, Held};
use super::step::Step;
use crate::portal::qr;
use crate::portal::shell::{self, Detour};
use crate::portal::why::{self, Why};
use askama::Template;
use axum::response::Response;
use matters::Viewer;
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/receipt.html")]
struct ReceiptPage {
    page: Page,
    filed: Filed,
    /// Where to track it, as printed.
    address: String,
    /// The way to it as a picture.
    picture: qr::Picture,
    /// Until when the office decides, and why then; none once it has.
    review: Option<(String, Why)>,
    until: String,
}

/// The receipt.
///
/// # Errors
/// A detour where there is none (any more); whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let Some(held) = Held::of(&ctx).await? else { return Err(Detour::To("/track")) };
    let Some(filed) = held.draft.filed else { return Err(Detour::To(Step::Check.path())) };
    let id = filed.id;
    let view = ctx.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Appellant)).await?;
    let page = shell::page(&ctx, "portal-receipt-title", "");
    let review =
        view.review.map(|limit| (page.date_weekday(&limit.due_date), why::why(&page, &limit.explanation)));
    let address = qr::track_address(&ctx.app);
    let picture = qr::Picture::of(&ctx.app, &filed.number, &filed.code)?;
    let until = page.datetime(&held.draft.expires_at);
    Ok(shell::private(&ReceiptPage { page, filed, address, picture, review, until })?)
}
