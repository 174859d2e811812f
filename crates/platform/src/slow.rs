//! Slow work beside the threads that answer: cutting texts, writing workbooks, hashing.

use crate::error::Failure;

/// Runs it on a thread where it may take its time.
///
/// # Errors
/// Its own; [`Failure::Internal`] where it panicked.
pub async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Internal(format!("slow work: {error}")))?
}
