//! `/own`: asks for the e-mail address, or a mobile number where short messages are sent, and
//! sends a one-time code to it.

use super::{hold, proof};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use mail::Channel;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/own/start.html")]
struct Start {
    page: Page,
    form: Form,
    /// Whether anything is sent here at all.
    open: bool,
    /// Whether short messages are.
    sms: bool,
}

/// The form.
///
/// # Errors
/// Only where the template fails.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    page(&ctx, Form::new(), StatusCode::OK)
}

/// Sends the code. Whether appeals name the address is not told.
///
/// # Errors
/// Whatever the store says.
pub async fn ask(ctx: Ctx, axum::Form(sent): axum::Form<Vec<(String, String)>>) -> Result<Response, Detour> {
    let mut form: Form = sent.into_iter().collect();
    if !is_open(&ctx) {
        return page(&ctx, form, StatusCode::OK);
    }
    let typed = form.value("email").trim().to_owned();
    if proof::reached(&ctx.app, &typed).is_none() {
        let code = match (typed.is_empty(), mail::is_open(&ctx.app, Channel::Sms)) {
            (true, true) => "portal-address-missing",
            (true, false) => "portal-email-missing",
            (false, true) => "portal-address-malformed",
            (false, false) => "portal-email-malformed",
        };
        form.refuse(FieldError::new("email", code));
        return page(&ctx, form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let token = ctx.app.fresh().token();
    match proof::send(&ctx, &token, &typed).await {
        Ok(()) => {
            let mut response = shell::go("/own/code");
            hold::give(&ctx, &token, &mut response);
            Ok(response)
        }
        Err(Failure::TooMany { .. }) => {
            let form = form.refused(FieldError::new("email", "portal-own-too-many"));
            page(&ctx, form, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn is_open(ctx: &Ctx) -> bool {
    [Channel::Email, Channel::Sms].into_iter().any(|channel| mail::is_open(&ctx.app, channel))
}

fn page(ctx: &Ctx, form: Form, status: StatusCode) -> Result<Response, Detour> {
    let page = shell::page(ctx, "portal-own-title", shell::OWN).in_error(form.has_errors());
    let sms = mail::is_open(&ctx.app, Channel::Sms);
    Ok(shell::private_with(status, &Start { page, form, open: is_open(ctx), sms })?)
}
