//! What every question has in common: it opens in order, is answered once and leads on;
//! and the page of those that are answered by one choice.

use super::draft::{Held, Pick};
use super::step::Step;
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::http::header;
use axum::response::Response;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::{CookieKind, Ctx, set_cookie};

/// The value that stands for "not sure, let the officer judge".
pub const UNSURE: &str = "unsure";

/// The draft for a step, or where the reader must go first.
///
/// # Errors
/// A detour to the first question that is open; whatever the store says.
pub async fn open(ctx: &Ctx, step: Step) -> Result<Held, Detour> {
    let held = Held::of_or_new(ctx).await?;
    match held.draft.first_missing() {
        Some(missing) if missing < step => Err(Detour::To(missing.path())),
        _ => Ok(held),
    }
}

/// Keeps the answers and leads to the next open question, or to the check.
///
/// # Errors
/// Whatever the store says.
pub async fn proceed(ctx: &Ctx, held: &Held) -> Result<Response, Detour> {
    let next = held.draft.first_missing().unwrap_or(Step::Check);
    keep(ctx, held, next.path()).await
}

/// Keeps the answers and goes to a page.
///
/// # Errors
/// Whatever the store says.
pub async fn keep(ctx: &Ctx, held: &Held, path: &str) -> Result<Response, Detour> {
    held.save(&ctx.app).await?;
    let seconds = held.draft.expires_at.since(ctx.app.now()) / 1_000_000;
    let age = u32::try_from(seconds).unwrap_or(0);
    let mut response = shell::go(path);
    let cookie = set_cookie(&ctx.app.config, CookieKind::Draft, held.token(), Some(age));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The page of a step, with its title; refused forms say so in the title.
pub fn page(ctx: &Ctx, step: Step, form: &Form) -> Page {
    shell::page(ctx, step.title(), shell::FILE).in_error(form.has_errors())
}

/// A question answered by one choice.
#[derive(Template)]
#[template(path = "portal/new/choice.html")]
pub struct ChoiceQuestion {
    /// The shell.
    pub page: Page,
    /// Which step.
    pub step: Step,
    /// Typed values and errors.
    pub form: Form,
    /// The field's name.
    pub field: &'static str,
    /// A line of help.
    pub hint: String,
    /// What may be chosen.
    pub choices: Vec<Choice>,
    /// Short labels stand side by side.
    pub inline: bool,
}

impl ChoiceQuestion {
    /// The page; `422` where the form was refused.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn respond(&self) -> Result<Response, Detour> {
        Ok(if self.form.has_errors() { shell::refused(self)? } else { shell::private(self)? })
    }
}

/// Reads a choice that may be "not sure"; none, with the error noted, where nothing of the
/// list was chosen.
pub fn pick(form: &mut Form, field: &str, choices: &[Choice]) -> Option<Pick<String>> {
    let chosen = form.text(field).filter(|value| choices.iter().any(|choice| choice.value == *value));
    match chosen {
        Some(UNSURE) => Some(Pick::Unsure),
        Some(value) => Some(Pick::Known(value.to_owned())),
        None => {
            form.refuse(FieldError::new(field, &format!("portal-{field}-missing")));
            None
        }
    }
}

/// A form that shows the choice made before.
pub fn chosen<T: ToString>(field: &str, pick: Option<&Pick<T>>) -> Form {
    match pick {
        None => Form::new(),
        Some(Pick::Unsure) => Form::new().with(field, UNSURE),
        Some(Pick::Known(value)) => Form::new().with(field, value.to_string()),
    }
}

/// The fields of a sent form.
pub type Fields = axum::Form<Vec<(String, String)>>;

/// As a form of the design.
pub fn form(fields: Fields) -> Form {
    fields.0.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        let choices = [Choice::new("a", "甲"), Choice::new(UNSURE, "不清楚")];
        let read = |value: &str| {
            let mut form = Form::new().with("group", value);
            let pick = pick(&mut form, "group", &choices);
            (pick, form.has_errors())
        };
        assert_eq!(read("a"), (Some(Pick::Known("a".into())), false));
        assert_eq!(read("unsure"), (Some(Pick::Unsure), false));
        assert_eq!(read("b"), (None, true));
        assert_eq!(read(""), (None, true));
    }
}
