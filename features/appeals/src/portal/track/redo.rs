//! `/track/redo`: while the result awaits the appellant's word, they may ask that it be
//! handled again, without giving a grade.

use super::question::{Fields, Question};
use crate::portal::fields::TEXT_MIN;
use crate::portal::shell::Detour;
use axum::response::Response;
use matters_rules::{ActionCode, Command};
use platform::web::Ctx;

const QUESTION: Question = Question {
    action: ActionCode::AskRedo,
    key: "redo",
    min: TEXT_MIN,
    flash: "flash-portal-redo",
    grave: false,
    command: |text| text.map(|text| Command::AskRedo { text }),
};

/// The form.
///
/// # Errors
/// As [`Question::show`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    QUESTION.show(&ctx).await
}

/// Asks for it.
///
/// # Errors
/// As [`Question::answer`].
pub async fn ask(ctx: Ctx, sent: Fields) -> Result<Response, Detour> {
    QUESTION.answer(&ctx, sent).await
}
