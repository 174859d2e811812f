//! `tongxin openapi`: the document as the server gives it, for clients and checks.

use super::CliError;
use crate::features;
use platform::web::openapi;
use std::io::Write;

/// Prints it.
///
/// # Errors
/// When standard output is closed.
pub fn print(out: &mut dyn Write) -> Result<(), CliError> {
    serde_json::to_writer_pretty(&mut *out, &openapi::of_features(features::all()))?;
    writeln!(out)?;
    Ok(())
}
