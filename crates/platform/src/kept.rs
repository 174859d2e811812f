//! What someone keeps of a list: named filters, one of them the first they see, and the columns
//! they chose. What a filter asks for is the list's own business.

use crate::error::Failure;
use crate::vault::Vault;
use crate::web::Staff;
use crate::{Work, preferences};
use kernel::AccountId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::Query;

/// The most filters one keeps of a list.
const MOST: usize = 20;
/// The longest name of a filter, in characters.
pub const NAME_MAX: usize = 24;

/// Everything kept of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, bound(deserialize = "L: Default + Deserialize<'de>"))]
pub struct Kept<L> {
    /// Named filters, in the order they were saved.
    pub filters: Vec<Saved<L>>,
    /// Codes of the chosen columns; none: the usual ones.
    pub columns: Vec<String>,
}

/// A filter under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, bound(deserialize = "L: Default + Deserialize<'de>"))]
pub struct Saved<L> {
    /// Its name: told apart by it.
    pub name: String,
    /// What it asks for.
    pub look: L,
    /// Shown first where nothing else is asked for.
    pub first: bool,
}

impl<L> Default for Kept<L> {
    fn default() -> Self {
        Self { filters: Vec::new(), columns: Vec::new() }
    }
}

impl<L> Kept<L> {
    /// Saves a filter, in place of one of the same name. The oldest goes where there are
    /// too many.
    pub fn save(&mut self, saved: Saved<L>) {
        if saved.first {
            self.filters.iter_mut().for_each(|other| other.first = false);
        }
        match self.filters.iter_mut().find(|other| other.name == saved.name) {
            Some(same) => *same = saved,
            None => self.filters.push(saved),
        }
        if self.filters.len() > MOST {
            self.filters.remove(0);
        }
    }

    /// Forgets the filter at that place, if there is one.
    pub fn remove(&mut self, at: usize) {
        if at < self.filters.len() {
            self.filters.remove(at);
        }
    }

    /// What the filter shown first asks for.
    pub fn first(&self) -> Option<&L> {
        self.filters.iter().find(|saved| saved.first).map(|saved| &saved.look)
    }
}

impl<L: Default + Serialize + DeserializeOwned + 'static> Kept<L> {
    /// What this person keeps of the list of that key.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(query: &mut dyn Query, vault: &Vault, account: AccountId, key: &str) -> Result<Self, Failure> {
        preferences::load(query, vault, account, key)
    }

    /// Changes what this person keeps of it.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn change(
        staff: &Staff,
        key: String,
        change: impl Fn(&mut Self) + Send + 'static,
    ) -> Result<(), Failure> {
        let account = staff.person.account;
        staff
            .app
            .write(move |work: &mut Work<'_>| {
                let vault = work.app().vault.clone();
                let mut kept = Self::of(work.tx, &vault, account, &key)?;
                change(&mut kept);
                preferences::keep(work, account, &key, &kept)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, first: bool) -> Saved<String> {
        Saved { name: name.into(), first, ..Saved::default() }
    }

    #[test]
    fn a_name_stands_once_and_one_comes_first() {
        let mut kept = Kept::default();
        kept.save(saved("我的", true));
        kept.save(saved("逾期", true));
        kept.save(saved("我的", false));
        assert_eq!(kept.filters, [saved("我的", false), saved("逾期", true)]);
        kept.remove(0);
        kept.remove(7);
        assert_eq!(kept.filters, [saved("逾期", true)]);
        assert!(kept.first().is_some());
    }

    #[test]
    fn there_are_never_too_many() {
        let mut kept = Kept::default();
        (0..MOST + 3).for_each(|n| kept.save(saved(&n.to_string(), false)));
        assert_eq!((kept.filters.len(), kept.filters[0].name.as_str()), (MOST, "3"));
    }
}
