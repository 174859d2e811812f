//! The state of streams that were just written. Keyed by the hash of the last
//! entry folded in: the hash chain names a stream's whole past, so an entry of this cache
//! can be missing but never wrong, whatever was rolled back.

use crate::Matters;
use kernel::Recorded;
use matters_rules::figures::{Fact, facts_between};
use matters_rules::{Event, Matter};
use platform::act::read_entry;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Entry, StoreError, Tx, journal};

/// Streams remembered; when more come, all are forgotten.
const CAPACITY: usize = 512;

#[derive(Default)]
pub(super) struct FoldCache(Mutex<HashMap<String, (String, Arc<Matter>)>>);

/// One entry with what it changed.
pub(super) struct Step {
    pub before: Arc<Matter>,
    pub after: Arc<Matter>,
    /// The facts it added.
    pub added: Vec<Fact>,
}

impl FoldCache {
    /// Folds one entry onto its stream's past.
    pub fn step(&self, tx: &mut Tx, entry: &Entry) -> Result<Step, StoreError> {
        let recorded = read(entry)?;
        let before = match self.recall(entry) {
            Some(past) => past,
            None => Arc::new(past(tx, entry)?),
        };
        let after = Arc::new(matters_rules::fold::fold(Matter::clone(&before), &recorded));
        let added = facts_between(&before, &after, &recorded);
        self.remember(entry, after.clone());
        Ok(Step { before, after, added })
    }

    fn recall(&self, entry: &Entry) -> Option<Arc<Matter>> {
        if entry.version == 1 {
            return Some(Arc::default());
        }
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&entry.stream).filter(|(hash, _)| *hash == entry.prev_hash).map(|(_, past)| past.clone())
    }

    fn remember(&self, entry: &Entry, past: Arc<Matter>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        known.insert(entry.stream.clone(), (entry.hash.clone(), past));
    }
}

/// The stream up to, not including, the entry.
fn past(tx: &mut Tx, entry: &Entry) -> Result<Matter, StoreError> {
    let mut matter = Matter::default();
    for earlier in
        journal::load(tx, &entry.stream, 0)?.iter().filter(|earlier| earlier.version < entry.version)
    {
        matter = matters_rules::fold::fold(matter, &read(earlier)?);
    }
    Ok(matter)
}

fn read(entry: &Entry) -> Result<Recorded<Event>, StoreError> {
    read_entry::<Matters>(entry).map_err(|error| StoreError::Corrupt(error.to_string()))
}
