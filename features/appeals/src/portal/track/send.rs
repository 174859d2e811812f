//! What every verb of the appellant has in common: the matter opened, the words sealed, the
//! command carried out, the way back to the matter's page.

use super::hold;
use crate::portal::shell::{self, Detour};
use axum::http::header;
use axum::response::Response;
use kernel::MatterId;
use matters::{MatterView, TextSealer, Viewer};
use matters_rules::{ActionCode, Command};
use platform::web::{CookieKind, Ctx, set_cookie};
use platform::{Failure, Work};

/// The matter as its appellant sees it.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown matter; whatever the store says.
pub async fn view(ctx: &Ctx, id: MatterId) -> Result<MatterView, Failure> {
    ctx.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Appellant)).await
}

/// The matter the browser holds, if its appellant may do this now; else the way leads to
/// the matter's page, which says what is possible.
///
/// # Errors
/// The detour; whatever the store says.
pub async fn open_for(ctx: &Ctx, action: ActionCode) -> Result<(MatterId, MatterView), Detour> {
    let id = hold::held(ctx).await?;
    let view = view(ctx, id).await?;
    if view.may(action, None) { Ok((id, view)) } else { Err(Detour::To("/track/matter")) }
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
