//! Clears away what has ended by itself: sessions, drafts, counters of tries, remembered
//! answers. Nothing of it is in the journal.

use crate::app::App;
use crate::error::Failure;
use std::time::Duration;

/// How long a repeat of a request is recognised, in days.
const REMEMBERED_DAYS: i64 = 30;

/// Clears once.
///
/// # Errors
/// The store's.
pub async fn run(app: &App) -> Result<(), Failure> {
    let now = app.now();
    app.store
        .write(move |tx| {
            store::sessions::delete_expired(tx, now)?;
            store::drafts::delete_expired(tx, now)?;
            store::rate_limits::delete_expired(tx, now)?;
            store::idempotency::delete_before(tx, now.plus_days(-REMEMBERED_DAYS))?;
            Ok(())
        })
        .await
}

/// Clears at the start and every ten minutes until `stop` is told.
pub async fn run_forever(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(Duration::from_secs(600));
    loop {
        tokio::select! {
            _ = stop.changed() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = run(&app).await {
            tracing::error!(%error, "housekeeping waits: the store does not answer");
        }
    }
}
