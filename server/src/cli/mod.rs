//! The commands of the shell, one file each.

mod accounts;
mod calendar;
mod config;
mod demo;
mod error;
mod figures;
mod import;
mod maintain;
mod openapi;
mod persons;
mod place;
mod publish;
mod suggestions;

pub use error::CliError;
pub use place::{Opened, Place};

use crate::serve::Door;
use clap::{Parser, Subcommand};
use std::io::Write;
use std::net::SocketAddr;

/// Tongxin 同心: a city's closed-loop service and coordination platform.
#[derive(Debug, Parser)]
#[command(name = "tongxin", version, about, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and the API until stopped.
    Serve {
        #[command(flatten)]
        place: Place,
        /// Address and port; port 0 takes a free one.
        #[arg(long, env = "TONGXIN_LISTEN", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Fill an empty folder with the demo city and serve it.
    Demo(demo::DemoCommand),
    /// Compute a limit and explain it.
    #[command(subcommand)]
    Calendar(calendar::CalendarCommand),
    /// Take over divisions, units or duty items from a CSV or Excel file, or boundaries for a map.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Publish a new working calendar or procedure.
    #[command(subcommand)]
    Publish(publish::PublishCommand),
    /// Write the whole configuration to a file or folder, or take one over.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Make and list accounts from the shell.
    #[command(subcommand)]
    Accounts(accounts::AccountsCommand),
    /// Compute the figures from the journal.
    Figures(figures::FiguresCommand),
    /// Write a backup while the product runs.
    Backup(maintain::BackupCommand),
    /// Fill an empty data folder or database from a backup.
    Restore(maintain::RestoreCommand),
    /// Rebuild the read models from the journal, or compare them with it.
    Rebuild(maintain::RebuildCommand),
    /// Check the hash chains and the stored data.
    Doctor(maintain::DoctorCommand),
    /// Give the installation a new master key.
    RotateKey(maintain::RotateKeyCommand),
    /// Erase a person: destroys their key and clears every copy.
    ErasePerson(persons::ErasePersonCommand),
    /// Measure how often suggestions are right, on texts of which that is known.
    Suggestions(suggestions::SuggestionsCommand),
    /// Print the API's OpenAPI document.
    Openapi,
}

/// Carries out a command line.
///
/// # Errors
/// See [`CliError`]; its text says what to do.
pub fn run(cli: Cli, out: &mut dyn Write) -> Result<(), CliError> {
    match cli.command {
        Command::Serve { place, listen } => {
            let door = open_door(listen)?;
            place.open_behind(&door)?.serve(door)
        }
        Command::Demo(command) => demo::run(command, out),
        Command::Calendar(command) => calendar::run(command, out),
        Command::Import(command) => import::run(command, out),
        Command::Publish(command) => publish::run(command, out),
        Command::Config(command) => config::run(command, out),
        Command::Accounts(command) => accounts::run(command, out),
        Command::Figures(command) => figures::run(command, out),
        Command::Backup(command) => maintain::backup(command, out),
        Command::Restore(command) => maintain::restore(command, out),
        Command::Rebuild(command) => maintain::rebuild(command, out),
        Command::Doctor(command) => maintain::doctor(command, out),
        Command::RotateKey(command) => maintain::rotate_key(command, out),
        Command::ErasePerson(command) => persons::erase(command, out),
        Command::Suggestions(command) => suggestions::run(command, out),
        Command::Openapi => openapi::print(out),
    }
}

/// The door to serve behind.
fn open_door(listen: SocketAddr) -> Result<Door, CliError> {
    Door::at(listen).map_err(|error| CliError::Usage(format!("cannot listen on {listen}: {error}")))
}
