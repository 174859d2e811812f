//! Keeps the global hash chain close behind the journal.

use crate::app::App;
use crate::error::Failure;

/// Entries sealed at once.
const BATCH: usize = 1000;

/// Seals what has been committed; answers how many entries.
///
/// # Errors
/// The store's.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let mut sealed = 0;
    loop {
        let count = app.store.write(|tx| store::chain::seal(tx, BATCH as i64).map_err(Failure::from)).await?;
        sealed += count;
        if count < BATCH {
            return Ok(sealed);
        }
    }
}

/// Seals every few seconds until `stop` is told, and once more then.
pub async fn run_forever(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(std::time::Duration::from_secs(2));
    let mut stopping = false;
    while !stopping {
        tokio::select! {
            _ = stop.changed() => stopping = true,
            _ = tick.tick() => {}
        }
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "the journal's chain waits: the store does not answer");
        }
    }
}
