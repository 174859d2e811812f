//! `/track/withdrawal`: the appellant takes the appeal back, after being asked once more.

use super::question::{Fields, Question};
use crate::portal::shell::Detour;
use axum::response::Response;
use matters_rules::{ActionCode, Command};
use platform::web::Ctx;

const QUESTION: Question = Question {
    action: ActionCode::Withdraw,
    key: "withdrawal",
    min: 0,
    flash: "flash-portal-withdrawal",
    grave: true,
    command: |reason| Some(Command::Withdraw { reason }),
};

/// The form.
///
/// # Errors
/// As [`Question::show`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    QUESTION.show(&ctx).await
}

/// Withdraws.
///
/// # Errors
/// As [`Question::answer`].
pub async fn withdraw(ctx: Ctx, sent: Fields) -> Result<Response, Detour> {
    QUESTION.answer(&ctx, sent).await
}
