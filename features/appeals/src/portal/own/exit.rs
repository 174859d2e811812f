//! `POST /own/exit`: this device forgets the address.

use super::hold;
use crate::portal::shell;
use axum::response::Response;
use platform::Failure;
use platform::web::Ctx;

/// Ends the hold.
///
/// # Errors
/// Whatever the store says.
pub async fn leave(ctx: Ctx) -> Result<Response, Failure> {
    let mut response = shell::go("/own");
    hold::end(&ctx, &mut response).await?;
    Ok(response)
}
