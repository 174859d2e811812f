//! `/track/message`: the appellant writes to those who handle the matter.

use super::question::{Fields, Question};
use crate::portal::shell::Detour;
use axum::response::Response;
use matters_rules::{ActionCode, Command};
use platform::web::Ctx;

const QUESTION: Question = Question {
    action: ActionCode::Message,
    key: "message",
    min: 1,
    flash: "flash-portal-message",
    grave: false,
    command: |text| text.map(|text| Command::Message { to_appellant: false, node: None, text }),
};

/// The form.
///
/// # Errors
/// As [`Question::show`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    QUESTION.show(&ctx).await
}

/// Writes it.
///
/// # Errors
/// As [`Question::answer`].
pub async fn write(ctx: Ctx, sent: Fields) -> Result<Response, Detour> {
    QUESTION.answer(&ctx, sent).await
}
