//! Readers that act on what was written: each follows the sealed journal with a cursor of its
//! own, so that a command pays nothing for them and a crash loses nothing. What a reader does
//! with some entries and its cursor change in one transaction.

use crate::act::Work;
use crate::app::App;
use crate::error::Failure;
use crate::seal;
use std::sync::Arc;
use std::time::Duration;
use store::{Entry, Query, StoreError, Tx, meta};

/// Entries taken at once.
const BATCH: i64 = 128;
/// How long to wait where nobody says that something was written.
const PATIENCE: Duration = Duration::from_secs(5);

/// Acts on entries of the journal, each once.
pub trait Listener: Send + Sync {
    /// A name that never changes, `a-z` and `_`.
    fn name(&self) -> &'static str;

    /// Takes the next entries, in their order.
    ///
    /// # Errors
    /// The store's: the same entries come again.
    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure>;
}

/// Sets the cursor of one that is new: what was written before it is not its business.
pub(crate) fn prepare(tx: &mut Tx, listeners: &[Arc<dyn Listener>]) -> Result<(), StoreError> {
    for listener in listeners {
        let key = key(listener.name());
        if meta::get(tx, &key)?.is_none() {
            let entries = tx.query_one("select count(*) from journal", &[])?.int(0)?;
            meta::put(tx, &key, &entries.to_string())?;
        }
    }
    Ok(())
}

/// Takes everything written so far. For tests; a server runs [`run_forever`].
///
/// # Errors
/// The store's.
pub async fn catch_up(app: &App) -> Result<(), Failure> {
    seal::run(app).await?;
    for listener in &app.listeners {
        while step(app, listener).await? {}
    }
    Ok(())
}

/// Follows until `stop` is told, waking up for new entries at once.
pub async fn run_forever(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut wakeups = app.store.wakeups();
    let mut patience = tokio::time::interval(PATIENCE);
    loop {
        if let Err(error) = catch_up(&app).await {
            tracing::error!(%error, "those who listen to the journal wait: the store does not answer");
        }
        tokio::select! {
            _ = stop.changed() => return,
            woken = wakeups.wait() => if woken.is_err() { return },
            _ = patience.tick() => {}
        }
    }
}

/// Takes the next entries; answers whether there were any. Another node that was quicker
/// has moved the cursor: then there are none left of these.
async fn step(app: &App, listener: &Arc<dyn Listener>) -> Result<bool, Failure> {
    let listener = listener.clone();
    let key = key(listener.name());
    let at = app.read({
        let key = key.clone();
        move |snapshot, _| {
            let from = cursor(snapshot, &key)?;
            Ok((from, store::chain::last(snapshot)?.seq > from))
        }
    });
    let (from, more) = at.await?;
    if !more {
        return Ok(false);
    }
    app.write(move |work| {
        let sql = "update meta set value = $3 where key = $1 and value = $2";
        let entries = store::chain::follow(work.tx, from, BATCH)?;
        let Some((last, _)) = entries.last() else { return Ok(false) };
        let moved = work.tx.execute(sql, &store::params![&key, from.to_string(), last.to_string()])?;
        if moved > 0 {
            let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
            listener.take(work, &entries)?;
        }
        Ok(true)
    })
    .await
}

fn cursor(query: &mut dyn Query, key: &str) -> Result<i64, Failure> {
    let value = meta::get(query, key)?.unwrap_or_default();
    value.parse().map_err(|_| Failure::Internal(format!("{key} holds no number")))
}

fn key(name: &str) -> String {
    format!("listener.{name}")
}
