//! `/own/code`: the one-time code, typed.

use super::hold;
use super::proof::{self, LASTS_MINUTES, Outcome};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use matters::enterprises::accounts;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/own/code.html")]
struct Code {
    page: Page,
    form: Form,
    minutes: i64,
    /// A demo's mail is looked up, not received.
    outbox: bool,
}

/// The form.
///
/// # Errors
/// A detour where no code is awaited; whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let token = hold::token(&ctx).ok_or(Detour::To("/own"))?;
    if !proof::is_awaited(&ctx.app, &token).await? {
        return Err(Detour::To("/own"));
    }
    page(&ctx, Form::new(), StatusCode::OK)
}

/// Tries the code.
///
/// # Errors
/// A detour where no code is awaited any more; whatever the store says.
pub async fn enter(
    ctx: Ctx,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let token = hold::token(&ctx).ok_or(Detour::To("/own"))?;
    let form: Form = sent.into_iter().collect();
    match proof::redeem(&ctx.app, &token, form.value("code")).await? {
        Outcome::Proved(address) => {
            note_entry(&ctx, &address).await?;
            let mut response = shell::go("/own/appeals");
            hold::grant(&ctx, &address, &mut response).await?;
            Ok(response)
        }
        Outcome::Wrong => {
            let form = form.refused(FieldError::new("code", "portal-own-code-wrong"));
            page(&ctx, form, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Outcome::Gone => Err(Detour::To("/own?gone")),
    }
}

/// Notes on the account of each enterprise that the address is verified for that it was used.
async fn note_entry(ctx: &Ctx, address: &str) -> Result<(), Failure> {
    let address = address.to_owned();
    ctx.app
        .write(move |work| {
            let app = work.app();
            for member in accounts::memberships(work.tx, app, &address)? {
                accounts::note_use(work, &member, None)?;
            }
            Ok(())
        })
        .await
}

fn page(ctx: &Ctx, form: Form, status: StatusCode) -> Result<Response, Detour> {
    let page = shell::page(ctx, "portal-own-code-title", shell::OWN).in_error(form.has_errors());
    let outbox = mail::outbox::is_used(&ctx.app);
    Ok(shell::private_with(status, &Code { page, form, minutes: LASTS_MINUTES, outbox })?)
}
