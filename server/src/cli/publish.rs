//! `tongxin publish calendar|procedure FILE`: a new version of what limits go by.

use super::{CliError, Place};
use clap::{Args, Subcommand};
use platform::{By, Failure};
use std::io::Write;
use std::path::PathBuf;

/// What to publish.
#[derive(Debug, Subcommand)]
pub enum PublishCommand {
    /// The working calendar, when a holiday notice is out: open limits are computed anew.
    Calendar(PublishFile),
    /// The appeal's procedure: matters filed from its effective date on start under it.
    Procedure(PublishFile),
}

/// The file.
#[derive(Debug, Args)]
pub struct PublishFile {
    /// TOML of the form that `docs/operations.md` tells.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Publishes.
///
/// # Errors
/// When the file does not read, or is no new version.
pub fn run(command: PublishCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let (PublishCommand::Calendar(input) | PublishCommand::Procedure(input)) = &command;
    let toml = std::fs::read_to_string(&input.file)
        .map_err(|error| CliError::Usage(format!("{}: {error}", input.file.display())))?;
    let is_calendar = matches!(command, PublishCommand::Calendar(_));
    let opened = input.place.open_existing()?;
    let published = opened.block_on(async {
        matters::configuration::seed(&opened.app).await?;
        opened
            .app
            .write(move |work| match is_calendar {
                true => matters::configuration::publish_calendar(work, &By::Operator, toml.clone()),
                false => matters::configuration::publish_procedure(work, &By::Operator, toml.clone()),
            })
            .await
    });
    match published {
        Ok(()) => writeln!(out, "{}: published", input.file.display())?,
        Err(Failure::Refused(refusal)) => {
            let translator = opened.app.locales.translator(platform::ui::Locale::ZhCn);
            return Err(CliError::Usage(format!(
                "{}: {}",
                input.file.display(),
                translator.refusal(&refusal)
            )));
        }
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}
