//! `/track/material`: something new about the matter, in words, photos or papers.

use super::send;
use crate::portal::fields::{self, TEXT_MAX};
use crate::portal::shell::{self, Detour};
use crate::portal::upload::{self, ACCEPT};
use crate::portal::words;
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use matters::attachments;
use matters_rules::{ActionCode, Command};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/material.html")]
struct Material {
    page: Page,
    form: Form,
    number: String,
    most: usize,
    limit: String,
    accept: &'static str,
}

/// The form.
///
/// # Errors
/// As [`send::open_for`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let (_, view) = send::open_for(&ctx, ActionCode::AddMaterial).await?;
    ask(&ctx, view.number, Form::new())
}

/// Adds it, all or nothing: a file that is not taken is said, and nothing is kept.
///
/// # Errors
/// As [`send::open_for`], [`upload::read`] and [`send::send`].
pub async fn add(ctx: Ctx, request: Request) -> Result<Response, Detour> {
    let (id, view) = send::open_for(&ctx, ActionCode::AddMaterial).await?;
    let mut sent = upload::read(&ctx.app, request, ctx.app.config.attachments_max).await?;
    let text = fields::bounded(&mut sent.form, "material", 0, TEXT_MAX);
    let mut form = sent.errors.into_iter().fold(sent.form, Form::refused);
    if sent.files.is_empty() && text.as_deref() == Some("") && !form.has_errors() {
        form.refuse(FieldError::new("material", "portal-material-missing"));
    }
    let Some(text) = text.filter(|_| !form.has_errors()) else { return ask(&ctx, view.number, form) };
    let files = sent.files;
    let sent = send::send(&ctx, id, move |work, sealer| {
        let stored = files.iter().map(|file| attachments::attach(work, sealer.key(), file));
        let attachments = stored.collect::<Result<_, _>>()?;
        Ok(Command::AddMaterial { text: sealer.optional(work, &text), attachments })
    });
    match sent.await {
        Ok(()) => Ok(send::done(&ctx, "flash-portal-material")),
        Err(Failure::Refused(refusal)) => ask(&ctx, view.number, form.refused(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn ask(ctx: &Ctx, number: String, form: Form) -> Result<Response, Detour> {
    let page = shell::page(ctx, "portal-material-title", shell::TRACK).in_error(form.has_errors());
    let refused = form.has_errors();
    let material = Material {
        page,
        form,
        number,
        most: ctx.app.config.attachments_max,
        limit: words::size(ctx.app.config.attachment_max),
        accept: ACCEPT,
    };
    Ok(if refused { shell::refused(&material)? } else { shell::private(&material)? })
}
