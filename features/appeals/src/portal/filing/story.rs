//! Step 4, 诉求内容: what happened, what is wanted, whom it is about.

use super::draft::{Draft, Pick, Story};
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::fields::{self, NOTE_MAX, TEXT_MAX, TEXT_MIN};
use crate::portal::places;
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use kernel::{AreaId, UnitId};
use network::Level;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/new/story.html")]
struct StoryQuestion {
    page: Page,
    step: Step,
    form: Form,
    units: Vec<Choice>,
}

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Story).await?;
    let form = held.draft.story.as_ref().map_or_else(Form::new, |story| {
        let about = story.about.as_ref().map_or("", UnitId::as_str);
        Form::new().with("story", &story.text).with("expected", &story.expected).with("about", about)
    });
    ask(&ctx, &held.draft, form).await
}

/// The answer.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Story).await?;
    let mut form = question::form(fields);
    let text = fields::bounded(&mut form, "story", TEXT_MIN, TEXT_MAX);
    let expected = fields::bounded(&mut form, "expected", 0, NOTE_MAX);
    let about = form.text("about").map(UnitId::from);
    if let Some(unit) = about.clone()
        && !places::is_nameable(&ctx.app, county(&held.draft), unit).await?
    {
        form.refuse(FieldError::new("about", "portal-about-unknown"));
    }
    match (text, expected) {
        (Some(text), Some(expected)) if !form.has_errors() => {
            held.draft.story = Some(Story { text, expected, about });
            question::proceed(&ctx, &held).await
        }
        _ => ask(&ctx, &held.draft, form).await,
    }
}

async fn ask(ctx: &Ctx, draft: &Draft, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Story, &form);
    let group = |level: Level| match level {
        Level::City => page.t("portal-units-city"),
        Level::Township => page.t("portal-units-township"),
        _ => page.t("portal-units-county"),
    };
    let units = places::units(&ctx.app, county(draft), page.locale(), group).await?;
    let refused = form.has_errors();
    let question = StoryQuestion { step: Step::Story, units, page, form };
    Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
}

fn county(draft: &Draft) -> Option<AreaId> {
    draft.county.as_ref().and_then(Pick::known).cloned()
}
