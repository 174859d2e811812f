//! Step 2, 诉求类别: first the group; who is not sure leaves it to the intake officer.

use super::question::{self, ChoiceQuestion, Fields, UNSURE};
use super::step::Step;
use crate::portal::shell::Detour;
use axum::response::Response;
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
    ask(&ctx, form).await
}

/// The answer. Another group takes back the category chosen within the one before.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Group).await?;
    let mut form = question::form(fields);
    let Some(group) = question::pick(&mut form, FIELD, &choices(&ctx).await?) else {
        return ask(&ctx, form).await;
    };
    if held.draft.group.as_ref() != Some(&group) {
        held.draft.category = None;
    }
    held.draft.group = Some(group);
    question::proceed(&ctx, &held).await
}

/// The groups in the order of the list, each once, and "not sure".
async fn choices(ctx: &Ctx) -> Result<Vec<Choice>, Detour> {
    let (categories, locale) = (super::category::offered(ctx).await?, ctx.prefs.locale);
    let mut groups: Vec<Choice> = categories
        .groups()
        .map(|group| {
            Choice::new(&group.code, group.name.in_locale(locale)).hint(group.help.in_locale(locale))
        })
        .collect();
    groups.push(Choice::new(UNSURE, ctx.t("portal-category-unsure")));
    Ok(groups)
}

async fn ask(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Group, &form);
    let hint = page.t("portal-group-hint");
    ChoiceQuestion {
        step: Step::Group,
        field: FIELD,
        hint,
        choices: choices(ctx).await?,
        inline: false,
        page,
        form,
    }
    .respond()
}
