//! What every verb of the appellant has in common: the matter opened, the words sealed, the
//! command carried out, the way back to the matter's page.

use super::hold::{self, Held};
use crate::portal::shell::{self, Detour};
use axum::http::header;
use axum::response::Response;
use kernel::MatterId;
use matters::read::ContactView;
use matters::{MatterView, TextSealer, Viewer};
use matters_rules::{ActionCode, Command};
use platform::web::{CookieKind, Ctx, set_cookie};
use platform::{Failure, Work};

/// What a colleague of whoever filed a matter may do with it.
const OF_COLLEAGUES: [ActionCode; 2] = [ActionCode::Message, ActionCode::AddMaterial];

/// The matter as its appellant sees it. A colleague reads what the enterprise filed and what
/// became of it, not how to reach whoever filed it nor what they reported; what only that person decides (rating,
/// redo, withdrawal, the tracking code) is not offered.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown matter, and for a colleague where it is confidential;
/// whatever the store says.
pub async fn view(ctx: &Ctx, held: Held) -> Result<MatterView, Failure> {
    let id = held.matter;
    let mut view =
        ctx.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Appellant)).await?;
    if held.through.is_some() {
        if view.shielded {
            return Err(Failure::NotFound);
        }
        view.actions.retain(|action| OF_COLLEAGUES.contains(&action.code));
        view.contact = ContactView {
            enterprise: std::mem::take(&mut view.contact.enterprise),
            ..ContactView::default()
        };
        view.pressure.clear();
        view.timeline.retain(|item| !item.kind.starts_with("pressure"));
    }
    Ok(view)
}

/// The matter the browser holds, if its appellant may do this now; else the way leads to
/// the matter's page, which says what is possible.
///
/// # Errors
/// The detour; whatever the store says.
pub async fn open_for(ctx: &Ctx, action: ActionCode) -> Result<(MatterId, MatterView), Detour> {
    let held = hold::held(ctx).await?;
    let view = view(ctx, held).await?;
    if view.may(action, None) { Ok((held.matter, view)) } else { Err(Detour::To("/track/matter")) }
}

/// Carries out a command made with the matter's sealer.
///
/// # Errors
/// Those of the command and of [`matters::act`].
pub async fn send(
    ctx: &Ctx,
    id: MatterId,
    mut command: impl FnMut(&mut Work<'_>, &TextSealer) -> Result<Command, Failure> + Send + 'static,
) -> Result<(), Failure> {
    ctx.app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            let command = command(work, &sealer)?;
            matters::act(work, &hold::by(id), id, None, &command).map(drop)
        })
        .await
}

/// Back to the matter's page with a word that it is done.
pub fn done(ctx: &Ctx, flash: &str) -> Response {
    let mut response = shell::go("/track/matter");
    let cookie = set_cookie(&ctx.app.config, CookieKind::Flash, flash, Some(60));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}
