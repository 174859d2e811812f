//! Step 2, 诉求类别: then the category within the group.

use super::draft::{Draft, Held, Pick};
use super::question::{self, ChoiceQuestion, Fields, UNSURE};
use super::step::Step;
use crate::portal::shell::Detour;
use axum::response::Response;
use matters::categories::{self, Categories};
use platform::ui::{Choice, Form, Locale};
use platform::web::Ctx;
use std::sync::Arc;

const FIELD: &str = "category";

/// The question.
///
/// # Errors
/// As [`question::open`]; a detour to the group where it is not known.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Category).await?;
    let form = question::chosen(FIELD, held.draft.category.as_ref());
    ask(&ctx, &held.draft, form).await
}

/// The answer.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Category).await?;
    let mut form = question::form(fields);
    let choices = choices(&ctx, &held.draft).await?;
    let Some(category) = question::pick(&mut form, FIELD, &choices) else {
        return ask(&ctx, &held.draft, form).await;
    };
    held.draft.category = Some(category);
    question::proceed(&ctx, &held).await
}

/// `POST /appeals/new/category/choice`: one found by searching, group and category at once;
/// it may begin a draft.
///
/// # Errors
/// Whatever the store says.
pub async fn choose(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = Held::of_or_new(&ctx).await?;
    let form = question::form(fields);
    let categories = offered(&ctx).await?;
    if let Some(category) = categories.offer(form.value(FIELD)) {
        held.draft.group = Some(Pick::Known(category.group.clone()));
        held.draft.category = Some(Pick::Known(category.code.clone()));
    }
    question::proceed(&ctx, &held).await
}

/// What a draft says of its category; none where it is left to the officer.
pub fn chosen_name(draft: &Draft, categories: &Categories, locale: Locale) -> Option<String> {
    let category = draft.category.as_ref().and_then(Pick::known).and_then(|code| categories.get(code));
    let group = draft.group.as_ref().and_then(Pick::known);
    match (category, group) {
        (Some(category), _) => {
            Some(format!("{} · {}", category.group_name.in_locale(locale), category.name.in_locale(locale)))
        }
        (None, Some(group)) => categories.group(group).map(|group| group.name.in_locale(locale).to_owned()),
        (None, None) => None,
    }
}

/// The categories as they hold today.
///
/// # Errors
/// Whatever the store says.
pub async fn offered(ctx: &Ctx) -> Result<Arc<Categories>, platform::Failure> {
    ctx.app.read(|snapshot, app| categories::in_force(snapshot, app)).await
}

async fn choices(ctx: &Ctx, draft: &Draft) -> Result<Vec<Choice>, Detour> {
    let group = draft.group.as_ref().and_then(Pick::known).ok_or(Detour::To(Step::Group.path()))?;
    let (categories, locale) = (offered(ctx).await?, ctx.prefs.locale);
    let within = categories.offered().filter(|category| category.group == *group);
    let known = within.map(|category| {
        Choice::new(&category.code, category.name.in_locale(locale)).hint(category.help.in_locale(locale))
    });
    Ok(known.chain([Choice::new(UNSURE, ctx.t("portal-category-unsure"))]).collect())
}

async fn ask(ctx: &Ctx, draft: &Draft, form: Form) -> Result<Response, Detour> {
    let choices = choices(ctx, draft).await?;
    let page = question::page(ctx, Step::Category, &form);
    ChoiceQuestion {
        step: Step::Category,
        field: FIELD,
        hint: String::new(),
        choices,
        inline: false,
        page,
        form,
    }
    .respond()
}
