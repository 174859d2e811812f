//! Step 3, 县市区: where it is; the whole city or not known may be said.

use super::draft::Pick;
use super::question::{self, ChoiceQuestion, Fields, UNSURE};
use super::step::Step;
use crate::portal::places;
use crate::portal::shell::Detour;
use axum::response::Response;
use kernel::AreaId;
use platform::ui::{Choice, Form};
use platform::web::Ctx;

const FIELD: &str = "county";

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::County).await?;
    let form = question::chosen(FIELD, held.draft.county.as_ref());
    let choices = choices(&ctx).await?;
    ask(&ctx, form, choices)
}

/// The answer. Another county takes back the township and the unit named before, which were
/// chosen from its lists.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::County).await?;
    let mut form = question::form(fields);
    let choices = choices(&ctx).await?;
    let county = match question::pick(&mut form, FIELD, &choices) {
        None => return ask(&ctx, form, choices),
        Some(Pick::Unsure) => Pick::Unsure,
        Some(Pick::Known(code)) => Pick::Known(AreaId(code)),
    };
    if held.draft.county.as_ref() != Some(&county) {
        held.draft.township = None;
        if let Some(story) = &mut held.draft.story {
            story.about = None;
        }
    }
    held.draft.county = Some(county);
    question::proceed(&ctx, &held).await
}

async fn choices(ctx: &Ctx) -> Result<Vec<Choice>, Detour> {
    let counties = places::counties(&ctx.app).await?;
    let known = counties.iter().map(|area| Choice::new(&area.code, area.named(ctx.prefs.locale)));
    Ok(known.chain([Choice::new(UNSURE, ctx.t("portal-county-unsure"))]).collect())
}

fn ask(ctx: &Ctx, form: Form, choices: Vec<Choice>) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::County, &form);
    let hint = page.t("portal-county-hint");
    ChoiceQuestion { step: Step::County, field: FIELD, hint, choices, inline: false, page, form }.respond()
}
