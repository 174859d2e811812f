//! How a command of the shell fails: words that say what to do, and an exit code.

use crate::settings::SettingsError;
use platform::{Failure, StartError};
use store::StoreError;

/// See the module. Exit code 2 is "you can put it right", 1 is "something is broken".
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The arguments or an input file are wrong.
    #[error("{0}")]
    Usage(String),
    /// A check found something.
    #[error("{0}")]
    Found(String),
    /// The installation cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The settings file.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A rule or the store said no.
    #[error("{0}")]
    Failure(#[from] Failure),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or the terminal.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Output that cannot be put into JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl CliError {
    /// Whether standard output was closed by its reader, as `head` does.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// What the process answers.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Settings(_) | Self::Failure(Failure::Refused(_)) => 2,
            _ => 1,
        }
    }
}
