//! The `tongxin` binary.

use clap::Parser;
use std::process::ExitCode;
use tongxin::cli::{self, Cli};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("TONGXIN_LOG")
                .unwrap_or_else(|_| "info,tongxin=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match cli::run(Cli::parse(), &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read our output has seen enough.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tongxin: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
