//! `/own/appeals`: every appeal that names the proved address; each opens to its page.

use super::hold;
use crate::portal::shell::{self, Detour};
use crate::portal::track;
use askama::Template;
use axum::response::Response;
use matters::read::OwnRow;
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/own/list.html")]
struct List {
    page: Page,
    address: String,
    rows: Vec<OwnRow>,
    minutes: i64,
}

impl List {
    fn state(&self, row: &OwnRow) -> String {
        self.page.t(&format!("phase-{}", row.phase.code()))
    }

    fn tone(&self, row: &OwnRow) -> &'static str {
        if row.awaits_rating {
            "warning"
        } else if row.phase.is_ended() {
            "success"
        } else {
            "primary"
        }
    }
}

/// The list.
///
/// # Errors
/// A detour where no address is proved; whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let address = hold::address(&ctx).await?;
    let rows = rows(&ctx, &address).await?;
    let page = shell::page(&ctx, "portal-own-list-title", shell::OWN);
    Ok(shell::private(&List { page, address, rows, minutes: hold::LASTS_HOURS * 60 })?)
}

/// Opens one of them: field `number`.
///
/// # Errors
/// [`Failure::NotFound`] for any other; a detour where no address is proved.
pub async fn open(ctx: Ctx, axum::Form(sent): axum::Form<Vec<(String, String)>>) -> Result<Response, Detour> {
    let address = hold::address(&ctx).await?;
    let number = sent.iter().find(|(name, _)| name == "number").map(|(_, number)| number.as_str());
    let rows = rows(&ctx, &address).await?;
    let row = rows.iter().find(|row| Some(row.number.as_str()) == number).ok_or(Failure::NotFound)?;
    let mut response = shell::go("/track/matter");
    track::hold::grant(&ctx, row.id, &mut response).await?;
    Ok(response)
}

async fn rows(ctx: &Ctx, address: &str) -> Result<Vec<OwnRow>, Failure> {
    let address = address.to_owned();
    ctx.app.read(move |snapshot, app| matters::read::own(snapshot, app, &address)).await
}
