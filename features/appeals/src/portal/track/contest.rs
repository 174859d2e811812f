//! `/track/contest`: after closing, once, the appellant may say that it should not be closed.

use super::question::{Fields, Question};
use crate::portal::fields::TEXT_MIN;
use crate::portal::shell::Detour;
use axum::response::Response;
use matters_rules::{ActionCode, Command};
use platform::web::Ctx;

const QUESTION: Question = Question {
    action: ActionCode::Contest,
    key: "contest",
    min: TEXT_MIN,
    flash: "flash-portal-contest",
    grave: false,
    command: |text| text.map(|text| Command::Contest { text }),
};

/// The form.
///
/// # Errors
/// As [`Question::show`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    QUESTION.show(&ctx).await
}

/// Contests the closing.
///
/// # Errors
/// As [`Question::answer`].
pub async fn contest(ctx: Ctx, sent: Fields) -> Result<Response, Detour> {
    QUESTION.answer(&ctx, sent).await
}
