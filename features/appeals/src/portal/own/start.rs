//! `/own`: asks for the e-mail address and sends a one-time code to it.

use super::{hold, proof};
use crate::portal::fields;
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
    /// Whether mail is sent here at all.
    open: bool,
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
    if !mail::is_open(&ctx.app, Channel::Email) {
        return page(&ctx, form, StatusCode::OK);
    }
    if form.text("email").is_none() {
        form.refuse(FieldError::new("email", "portal-email-missing"));
    }
    let Some(email) = fields::email(&mut form, "email").filter(|_| !form.has_errors()) else {
        return page(&ctx, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let token = ctx.app.fresh().token();
    match proof::send(&ctx, &token, &email).await {
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

fn page(ctx: &Ctx, form: Form, status: StatusCode) -> Result<Response, Detour> {
    let page = shell::page(ctx, "portal-own-title", shell::OWN).in_error(form.has_errors());
    let open = mail::is_open(&ctx.app, Channel::Email);
    Ok(shell::private_with(status, &Start { page, form, open })?)
}
