//! Step 3, 乡镇街道: asked where the county is known.

use super::draft::{Draft, Pick};
use super::question::{self, ChoiceQuestion, Fields, UNSURE};
use super::step::Step;
use crate::portal::places;
use crate::portal::shell::Detour;
use axum::response::Response;
use kernel::AreaId;
use platform::ui::{Choice, Form};
use platform::web::Ctx;

const FIELD: &str = "township";

/// The question.
///
/// # Errors
/// As [`question::open`]; a detour to the county where it is not known.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Township).await?;
    let form = question::chosen(FIELD, held.draft.township.as_ref());
    let choices = choices(&ctx, &held.draft).await?;
    ask(&ctx, form, choices)
}

/// The answer.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Township).await?;
    let mut form = question::form(fields);
    let choices = choices(&ctx, &held.draft).await?;
    held.draft.township = match question::pick(&mut form, FIELD, &choices) {
        None => return ask(&ctx, form, choices),
        Some(Pick::Unsure) => Some(Pick::Unsure),
        Some(Pick::Known(code)) => Some(Pick::Known(AreaId(code))),
    };
    question::proceed(&ctx, &held).await
}

async fn choices(ctx: &Ctx, draft: &Draft) -> Result<Vec<Choice>, Detour> {
    let county = draft.county.as_ref().and_then(Pick::known).ok_or(Detour::To(Step::County.path()))?;
    let townships = places::townships(&ctx.app, county.clone()).await?;
    let known = townships.iter().map(|area| Choice::new(&area.code, area.named(ctx.prefs.locale)));
    Ok(known.chain([Choice::new(UNSURE, ctx.t("portal-township-unsure"))]).collect())
}

fn ask(ctx: &Ctx, form: Form, choices: Vec<Choice>) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Township, &form);
    let hint = page.t("portal-township-hint");
    ChoiceQuestion { step: Step::Township, field: FIELD, hint, choices, inline: true, page, form }.respond()
}
