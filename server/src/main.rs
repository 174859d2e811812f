//! The `tongxin` binary: reads the command line and runs one command.

mod cli;

use clap::{Parser, Subcommand};
use cli::calendar::{self, CalendarCommand};
use std::process::ExitCode;

/// A city's closed-loop service and coordination platform.
#[derive(Parser)]
#[command(name = "tongxin", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Questions to the working calendar
    Calendar(CalendarCommand),
}

fn main() -> ExitCode {
    let Command::Calendar(command) = CommandLine::parse().command;
    match calendar::run(command, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}
