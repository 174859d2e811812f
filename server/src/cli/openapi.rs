//! `tongxin openapi`: the document as the server gives it, for clients and checks.

use super::CliError;
use std::io::Write;

/// Prints it.
///
/// # Errors
/// When standard output is closed.
pub fn print(out: &mut dyn Write) -> Result<(), CliError> {
    serde_json::to_writer_pretty(&mut *out, &appeals::api::document())?;
    writeln!(out)?;
    Ok(())
}
