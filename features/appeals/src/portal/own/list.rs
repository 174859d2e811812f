//! `/own/appeals`: every appeal that names the proved address, and those of the enterprises that
//! the address is verified for, but for the confidential ones of others; each opens to its page.

use super::hold;
use crate::portal::shell::{self, Detour};
use crate::portal::track;
use askama::Template;
use axum::response::Response;
use matters::enterprises::accounts::{self, Membership};
use matters::read::OwnRow;
use platform::Failure;
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/own/list.html")]
struct List {
    page: Page,
    address: String,
    found: Found,
    minutes: i64,
}

/// What the proved address opens.
struct Found {
    /// Appeals that name it.
    own: Vec<OwnRow>,
    /// Others of the enterprises that it is verified for.
    enterprises: Vec<(Membership, Vec<OwnRow>)>,
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
    let found = Found::of(&ctx, &address).await?;
    let page = shell::page(&ctx, "portal-own-list-title", shell::OWN);
    Ok(shell::private(&List { page, address, found, minutes: hold::LASTS_HOURS * 60 })?)
}

/// Opens one of them: field `number`. An enterprise's is opened as a colleague of whoever filed
/// it, which is noted on the enterprise's account.
///
/// # Errors
/// [`Failure::NotFound`] for any other; a detour where no address is proved.
pub async fn open(ctx: Ctx, axum::Form(sent): axum::Form<Vec<(String, String)>>) -> Result<Response, Detour> {
    let address = hold::address(&ctx).await?;
    let number = sent.iter().find(|(name, _)| name == "number").map_or("", |(_, number)| number.as_str());
    let found = Found::of(&ctx, &address).await?;
    let mut response = shell::go("/track/matter");
    if let Some(row) = found.own.iter().find(|row| row.number == number) {
        track::hold::grant(&ctx, track::hold::Held::own(row.id), &mut response).await?;
        return Ok(response);
    }
    let of_colleague = found.enterprises.into_iter().find_map(|(member, rows)| {
        let row = rows.into_iter().find(|row| row.number == number)?;
        Some((member, row.id))
    });
    let (member, matter) = of_colleague.ok_or(Failure::NotFound)?;
    let held = track::hold::Held { matter, through: Some(member.address) };
    ctx.app.write(move |work| accounts::note_use(work, &member, Some(matter))).await?;
    track::hold::grant(&ctx, held, &mut response).await?;
    Ok(response)
}

impl Found {
    async fn of(ctx: &Ctx, address: &str) -> Result<Self, Failure> {
        let address = address.to_owned();
        ctx.app
            .read(move |snapshot, app| {
                let own = matters::read::own(snapshot, app, &address)?;
                let mut enterprises = Vec::new();
                for member in accounts::memberships(snapshot, app, &address)? {
                    let mut rows = matters::read::of_enterprise(snapshot, app, &member.code)?;
                    rows.retain(|row| own.iter().all(|mine| mine.id != row.id));
                    enterprises.push((member, rows));
                }
                Ok(Self { own, enterprises })
            })
            .await
    }
}
