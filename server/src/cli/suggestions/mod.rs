//! `tongxin suggestions FILE`: how often suggestions are right, measured on texts of which
//! that is known, and where their thresholds should stand. Prints what docs/suggestions.md
//! holds. Reads nothing but the file and opens no network.

mod known;
mod report;

use super::CliError;
use clap::Args;
use matters::categories::{Categories, DEFAULT};
use matters::routing::Routing;
use matters::search::measure::Measure;
use std::io::Write;
use std::path::PathBuf;

/// What to measure on.
#[derive(Debug, Args)]
pub struct SuggestionsCommand {
    /// One JSON object a line: `id`, `title`, `text`, `category_code`, `department` and,
    /// where several tell of the same thing, `dup_group`.
    file: PathBuf,
}

/// Carries it out with the categories and the routing table as delivered.
///
/// # Errors
/// [`CliError::Usage`] for a line that does not read, with its number.
pub fn run(command: SuggestionsCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let categories = Categories::parse(DEFAULT).map_err(|_| damaged())?;
    let routing = Routing::parse(matters::routing::DEFAULT).map_err(|_| damaged())?;
    let sample = known::sample(&command.file, &routing)?;
    let made_up = known::made_up(&routing)?;
    let all: Vec<_> = sample.iter().chain(&made_up).cloned().collect();
    let measure = Measure::of(&all, &categories);
    write!(out, "{}", report::report(&measure, &all, sample.len()))?;
    Ok(())
}

fn damaged() -> CliError {
    CliError::Found("the delivered categories do not read".to_owned())
}
