//! Keeps the full-text indexes, and whatever else follows, close behind the journal: each with
//! a cursor of its own, outside of every command's transaction.

use crate::app::App;
use crate::error::Failure;
use crate::{followers, seal, slow};
use std::collections::btree_map::Entry as Place;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use store::{Entry, Query, fulltext};
use tokio::time::MissedTickBehavior;

/// Entries taken in at once.
const BATCH: i64 = 512;
/// How long entries gather before they are taken in.
const PAUSE: Duration = Duration::from_millis(250);
/// How long to wait where nobody says that something was written.
const PATIENCE: Duration = Duration::from_secs(5);

/// A full-text index: which entries change which documents, and what a document says.
pub trait TextIndex: Send + Sync {
    /// A name that never changes, `a-z` and `_`.
    fn name(&self) -> &'static str;

    /// Raised with every change to what is indexed; the index is then made anew.
    fn version(&self) -> u32;

    /// The document an entry may have changed.
    fn touched(&self, entry: &Entry) -> Option<String>;

    /// The document as it stands now; none where there is no such thing.
    ///
    /// # Errors
    /// Whatever the look-ups meet.
    fn read(&self, query: &mut dyn Query, app: &App, id: &str) -> Result<Option<Document>, Failure>;

    /// The same for many, of which an index may read at once what they share.
    ///
    /// # Errors
    /// As [`TextIndex::read`].
    fn read_all(
        &self,
        query: &mut dyn Query,
        app: &App,
        ids: &BTreeSet<String>,
    ) -> Result<Vec<Document>, Failure> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(self.read(query, app, id)?);
        }
        Ok(found)
    }

    /// Reads what it needs to cut texts, so that the first search does not wait for it.
    fn warm_up(&self) {}

    /// The terms of a text. Slow work: called outside of any unit of work.
    fn terms(&self, text: &str) -> Vec<String>;
}

/// A document to be indexed.
pub struct Document {
    /// Its number: the older, the smaller.
    pub number: i64,
    /// Its words in the clear; empty where none of them may be found.
    pub text: String,
}

/// Makes what is missing; called once before anything is served.
pub(crate) fn prepare(tx: &mut store::Tx, indexes: &[Arc<dyn TextIndex>]) -> Result<(), store::StoreError> {
    for index in indexes {
        fulltext::prepare(tx, index.name(), index.version(), false)?;
    }
    Ok(())
}

/// Takes everything written so far into the indexes and to whoever else follows. For tests and
/// the shell; a server runs
/// [`run_forever`].
///
/// # Errors
/// The store's.
pub async fn catch_up(app: &App) -> Result<(), Failure> {
    seal::run(app).await?;
    for index in &app.texts {
        while step(app, index).await? {}
    }
    followers::catch_up(app).await
}

/// Makes every index anew from the journal.
///
/// # Errors
/// The store's.
pub async fn rebuild(app: &App) -> Result<(), Failure> {
    for index in app.texts.clone() {
        app.store.write(move |tx| fulltext::prepare(tx, index.name(), index.version(), true)).await?;
    }
    catch_up(app).await
}

/// The indexes whose documents are not those the journal gives, by name. Writes that are
/// not taken in yet count as missing: [`catch_up`] first.
///
/// # Errors
/// The store's.
pub async fn check(app: &App) -> Result<Vec<&'static str>, Failure> {
    let mut wrong = Vec::new();
    for index in app.texts.clone() {
        let name = index.name();
        let equal = app.read(move |snapshot, app| {
            let mut expected = BTreeMap::new();
            let mut after = 0;
            loop {
                let entries = store::journal::scan(snapshot, after, BATCH)?;
                let Some(last) = entries.last() else { break };
                after = last.position;
                for id in entries.iter().filter_map(|entry| index.touched(entry)) {
                    if let Place::Vacant(place) = expected.entry(id) {
                        let found = index.read(snapshot, app, place.key())?;
                        place.insert(found.filter(|document| !document.text.is_empty()));
                    }
                }
            }
            let mut numbers: Vec<i64> = expected.values().flatten().map(|document| document.number).collect();
            numbers.sort_unstable();
            Ok(numbers == fulltext::documents(snapshot, name)?)
        });
        if !equal.await? {
            wrong.push(name);
        }
    }
    Ok(wrong)
}

/// Follows the journal until `stop` is told, a moment behind it.
pub async fn run_forever(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let mut wakeups = app.store.wakeups();
    // Ticks that were missed while it was busy are not made up for.
    let paced = |period| {
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    };
    let (mut patience, mut pause) = (paced(PATIENCE), paced(PAUSE));
    let indexes = app.texts.clone();
    let warm = slow::apart(move || {
        indexes.iter().for_each(|index| index.warm_up());
        Ok(())
    });
    if let Err(error) = warm.await {
        tracing::error!(%error, "the text indexes are not warm");
    }
    loop {
        if let Err(error) = catch_up(&app).await {
            tracing::error!(%error, "what follows the journal waits: the store does not answer");
        }
        tokio::select! {
            _ = stop.changed() => return,
            woken = wakeups.wait() => if woken.is_err() { return },
            _ = patience.tick() => {}
        }
        tokio::select! {
            _ = stop.changed() => return,
            _ = pause.tick() => {}
        }
    }
}

/// Takes in the next entries; answers whether there were any.
async fn step(app: &App, index: &Arc<dyn TextIndex>) -> Result<bool, Failure> {
    let name = index.name();
    let reader = index.clone();
    let (from, last, documents) = app
        .read(move |snapshot, app| {
            let from = fulltext::cursor(snapshot, name)?;
            let entries = store::chain::follow(snapshot, from.seq, BATCH)?;
            let last = entries.last().map(|(seq, _)| *seq);
            let touched: BTreeSet<String> =
                entries.iter().filter_map(|(_, entry)| reader.touched(entry)).collect();
            let documents = reader.read_all(snapshot, app, &touched)?;
            Ok((from, last, documents))
        })
        .await?;
    let Some(last) = last else {
        return Ok(false);
    };
    let cutter = index.clone();
    let terms = move |document: &Document| (document.number, cutter.terms(&document.text));
    let cut: Vec<(i64, Vec<String>)> = slow::apart(move || Ok(documents.iter().map(terms).collect())).await?;
    app.store
        .write(move |tx| {
            // Another node was quicker, or someone was erased meanwhile: look again.
            if fulltext::advance(tx, name, &from, last)? {
                for (number, terms) in &cut {
                    fulltext::put(tx, name, *number, terms)?;
                }
            }
            Ok::<_, Failure>(true)
        })
        .await
}
