//! What can go wrong while measuring.

/// See the module.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The demo's script.
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    /// A command of the product.
    #[error(transparent)]
    Product(#[from] platform::Failure),
    /// The shell of the product.
    #[error(transparent)]
    Shell(#[from] tongxin::cli::CliError),
    /// The store.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Files, processes and connections.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What should not be.
    #[error("{0}")]
    Unexpected(String),
}

impl BenchError {
    /// What should not be.
    pub fn unexpected(what: impl Into<String>) -> Self {
        Self::Unexpected(what.into())
    }
}
