//! Step 1, 诉求类型: to be helped, to ask, to complain, to suggest.

use super::question::{self, ChoiceQuestion, Fields};
use super::step::Step;
use crate::portal::shell::Detour;
use axum::response::Response;
use matters_rules::AppealType;
use platform::ui::{Choice, FieldError, Form};
use platform::web::Ctx;

const FIELD: &str = "type";

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Kind).await?;
    let form = held.draft.appeal_type.map_or_else(Form::new, |kind| Form::new().with(FIELD, kind.code()));
    ask(&ctx, form)
}

/// The answer.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Kind).await?;
    let form = question::form(fields);
    let Some(kind) = AppealType::parse(form.value(FIELD)) else {
        return ask(&ctx, form.refused(FieldError::new(FIELD, "portal-type-missing")));
    };
    held.draft.appeal_type = Some(kind);
    question::proceed(&ctx, &held).await
}

fn ask(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Kind, &form);
    let choice = |kind: &AppealType| {
        Choice::new(kind.code(), page.t(kind.key())).hint(page.t(&format!("portal-type-{}", kind.code())))
    };
    let choices = AppealType::ALL.iter().map(choice).collect();
    ChoiceQuestion { step: Step::Kind, field: FIELD, hint: String::new(), choices, inline: false, page, form }
        .respond()
}
