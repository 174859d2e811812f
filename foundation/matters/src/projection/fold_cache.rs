//! The state and facts of streams that were just written. Keyed by the hash of the last
//! entry folded in: the hash chain names a stream's whole past, so an entry of this cache
//! can be missing but never wrong, whatever was rolled back.

use crate::Matters;
use kernel::Recorded;
use matters_rules::figures::{Fact, facts_between, facts_of};
use matters_rules::{Event, Matter};
use platform::act::read_entry;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use store::{Entry, StoreError, Tx, journal};

/// Streams remembered; when more come, all are forgotten.
const CAPACITY: usize = 512;

#[derive(Default)]
pub(super) struct FoldCache(Mutex<HashMap<String, (String, Past)>>);

/// What a stream adds up to.
#[derive(Clone, Default)]
pub(super) struct Past {
    pub matter: Matter,
    pub facts: Vec<Fact>,
}

/// One entry with what it changed.
pub(super) struct Step {
    pub before: Past,
    pub after: Past,
    /// The facts it added.
    pub added: Vec<Fact>,
}

impl FoldCache {
    /// Folds one entry onto its stream's past.
    pub fn step(&self, tx: &mut Tx, entry: &Entry) -> Result<Step, StoreError> {
        let recorded = read(entry)?;
        let before = match self.recall(entry) {
            Some(past) => past,
            None => past(tx, entry)?,
        };
        let matter = matters_rules::fold::fold(before.matter.clone(), &recorded);
        let added = facts_between(&before.matter, &matter, &recorded);
        let mut after = Past { matter, facts: before.facts.clone() };
        after.facts.extend(added.iter().cloned());
        self.remember(entry, &after);
        Ok(Step { before, after, added })
    }

    fn recall(&self, entry: &Entry) -> Option<Past> {
        if entry.version == 1 {
            return Some(Past::default());
        }
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&entry.stream).filter(|(hash, _)| *hash == entry.prev_hash).map(|(_, past)| past.clone())
    }

    fn remember(&self, entry: &Entry, past: &Past) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        known.insert(entry.stream.clone(), (entry.hash.clone(), past.clone()));
    }
}

/// The stream up to, not including, the entry.
fn past(tx: &mut Tx, entry: &Entry) -> Result<Past, StoreError> {
    let mut history = Vec::new();
    for earlier in
        journal::load(tx, &entry.stream, 0)?.iter().filter(|earlier| earlier.version < entry.version)
    {
        history.push(read(earlier)?);
    }
    let facts = facts_of(&history);
    let matter = history.iter().fold(Matter::default(), matters_rules::fold::fold);
    Ok(Past { matter, facts })
}

fn read(entry: &Entry) -> Result<Recorded<Event>, StoreError> {
    read_entry::<Matters>(entry).map_err(|error| StoreError::Corrupt(error.to_string()))
}
