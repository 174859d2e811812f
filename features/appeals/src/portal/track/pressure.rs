//! `/track/pressure`: the appellant says that they are pressed, or suffer for having spoken.
//! It goes to the office past the handling units, which never learn of it here.

use super::send;
use crate::portal::fields::{self, NOTE_MAX, TEXT_MIN};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use matters::MatterView;
use matters_rules::{ActionCode, Command, PressureKind};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/pressure.html")]
struct PressurePage {
    page: Page,
    form: Form,
    number: String,
    kinds: Vec<Choice>,
}

/// The form.
///
/// # Errors
/// As [`send::open_for`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let (_, view) = send::open_for(&ctx, ActionCode::ReportPressure).await?;
    ask(&ctx, view, Form::new())
}

/// Reports it.
///
/// # Errors
/// As [`send::open_for`] and [`send::send`].
pub async fn report(
    ctx: Ctx,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let (id, view) = send::open_for(&ctx, ActionCode::ReportPressure).await?;
    let mut form: Form = sent.into_iter().collect();
    let kind = PressureKind::parse(form.value("kind"));
    if kind.is_none() {
        form.refuse(FieldError::new("kind", "portal-kind-missing"));
    }
    let text = fields::bounded(&mut form, "pressure", TEXT_MIN, NOTE_MAX);
    let (Some(kind), Some(text)) = (kind, text) else { return ask(&ctx, view, form) };
    let sent = send::send(&ctx, id, move |work, sealer| {
        Ok(Command::ReportPressure { kind, text: sealer.text(work, &text) })
    });
    match sent.await {
        Ok(()) => Ok(send::done(&ctx, "flash-portal-pressure")),
        Err(Failure::Refused(refusal)) => ask(&ctx, view, form.refused(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn ask(ctx: &Ctx, view: MatterView, form: Form) -> Result<Response, Detour> {
    let refused = form.has_errors();
    let page = shell::page(ctx, "portal-pressure-title", shell::TRACK).in_error(refused);
    let kinds = PressureKind::ALL.iter().map(|kind| Choice::new(kind.code(), page.t(kind.key()))).collect();
    let question = PressurePage { page, form, number: view.number, kinds };
    Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
}
