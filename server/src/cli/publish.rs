//! `tongxin publish calendar|procedure|register FILE`: a new version of what limits go by, or of
//! a register. A product that runs goes by it from then on.

use super::place::Opened;
use super::{CliError, Place};
use clap::{Args, Subcommand};
use kernel::Refusal;
use platform::ui::Locale;
use platform::{By, Failure};
use registers::rules::Definition;
use registers::rules::definitions::Change;
use std::io::Write;
use std::path::PathBuf;

/// What to publish.
#[derive(Debug, Subcommand)]
pub enum PublishCommand {
    /// The working calendar, when a holiday notice is out: open limits are computed anew.
    Calendar(PublishFile),
    /// The appeal's procedure: matters filed from its effective date on start under it.
    Procedure(PublishFile),
    /// The definition of a register, new or another version of one (docs/registers.md).
    Register(PublishFile),
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
    let (PublishCommand::Calendar(input)
    | PublishCommand::Procedure(input)
    | PublishCommand::Register(input)) = &command;
    let toml = std::fs::read_to_string(&input.file)
        .map_err(|error| CliError::Usage(format!("{}: {error}", input.file.display())))?;
    let opened = input.place.open_existing()?;
    if let PublishCommand::Register(_) = command {
        return register(&opened, input, toml, out);
    }
    let is_calendar = matches!(command, PublishCommand::Calendar(_));
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
        Err(Failure::Refused(refusal)) => return Err(refused(&opened, input, &[refusal])),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

fn register(opened: &Opened, input: &PublishFile, toml: String, out: &mut dyn Write) -> Result<(), CliError> {
    let definition = Definition::parse(&toml).map_err(|wrong| refused(opened, input, &wrong))?;
    let code = definition.code;
    let published = opened.block_on(opened.app.write(move |work| {
        let change = Change::Publish { toml: toml.clone(), note: String::new() };
        registers::act_definition(work, &By::Operator, &code, None, &change)
    }));
    match published {
        Ok(()) => writeln!(out, "{}: published", input.file.display())?,
        Err(Failure::Refused(refusal)) => return Err(refused(opened, input, &[refusal])),
        Err(failure) => return Err(failure.into()),
    }
    Ok(())
}

/// What is wrong with the file, each on a line of its own.
fn refused(opened: &Opened, input: &PublishFile, wrong: &[Refusal]) -> CliError {
    let translator = opened.app.locales.translator(Locale::ZhCn);
    let said: Vec<String> = wrong
        .iter()
        .map(|refusal| format!("{}: {}", input.file.display(), translator.refusal(refusal)))
        .collect();
    CliError::Usage(said.join("\n"))
}
