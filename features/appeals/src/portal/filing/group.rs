//! Step 2, 诉求类别: first the group; who is not sure leaves it to the intake officer.

use super::question::{self, ChoiceQuestion, Fields, UNSURE};
use super::step::Step;
use crate::portal::shell::Detour;
use axum::response::Response;
use matters::categories::categories;
use platform::ui::{Choice, Form};
use platform::web::Ctx;

const FIELD: &str = "group";

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Group).await?;
    let form = question::chosen(FIELD, held.draft.group.as_ref());
    ask(&ctx, form)
}

/// The answer. Another group takes back the category chosen within the one before.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Group).await?;
    let mut form = question::form(fields);
    let Some(group) = question::pick(&mut form, FIELD, &choices(&ctx)) else { return ask(&ctx, form) };
    if held.draft.group.as_ref() != Some(&group) {
        held.draft.category = None;
    }
    held.draft.group = Some(group);
    question::proceed(&ctx, &held).await
}

/// The groups in the order of the list, each once, and "not sure".
fn choices(ctx: &Ctx) -> Vec<Choice> {
    let mut groups: Vec<Choice> =
        categories().iter().map(|category| Choice::new(category.group, category.group_name)).collect();
    groups.dedup();
    groups.push(Choice::new(UNSURE, ctx.t("portal-category-unsure")));
    groups
}

fn ask(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Group, &form);
    let hint = page.t("portal-group-hint");
    ChoiceQuestion { step: Step::Group, field: FIELD, hint, choices: choices(ctx), inline: true, page, form }
        .respond()
}
