//! What someone keeps of their lists: named filters, one of them the first they see, and
//! the columns they chose.

use super::super::page;
use super::look::Look;
use axum::extract::Path;
use axum::response::Response;
use kernel::AccountId;
use kernel::text::plain_line;
use platform::vault::Vault;
use platform::web::{Access, Routes, Staff};
use platform::{Failure, Work, preferences};
use serde::{Deserialize, Serialize};
use store::Query;

/// The key under which it is kept.
const KEY: &str = "lists";
/// The most filters one keeps.
const MOST: usize = 20;
/// The longest name of a filter, in characters.
pub const NAME_MAX: usize = 24;

/// Everything kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Named filters, in the order they were saved.
    pub filters: Vec<Saved>,
    /// Codes of the chosen columns; none: the usual ones.
    pub columns: Vec<String>,
}

/// A filter under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Its name: told apart by it.
    pub name: String,
    /// What it asks for.
    pub look: Look,
    /// Shown first where nothing else is asked for.
    pub first: bool,
}

impl Kept {
    /// What this person keeps.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(query: &mut dyn Query, vault: &Vault, account: AccountId) -> Result<Self, Failure> {
        preferences::load(query, vault, account, KEY)
    }

    /// Saves a filter, in place of one of the same name. The oldest goes where there are
    /// too many.
    fn save(&mut self, saved: Saved) {
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

    fn remove(&mut self, at: usize) {
        if at < self.filters.len() {
            self.filters.remove(at);
        }
    }
}

/// The routes that change it.
pub fn routes() -> Routes {
    Routes::new()
        .post("/desk/filters", Access::SignedIn, save)
        .post("/desk/filters/{n}/removal", Access::SignedIn, remove)
        .post("/desk/columns", Access::SignedIn, choose_columns)
}

async fn save(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent_as =
        |wanted: &str| sent.iter().find(|(field, _)| field == wanted).map(|(_, value)| value.as_str());
    let name: String = plain_line(sent_as("name").unwrap_or_default()).chars().take(NAME_MAX).collect();
    let look = Look::of_fields(&sent);
    let back = back_to(&look);
    if name.is_empty() {
        return Ok(page::go(&staff, &back, "flash-filter-unnamed"));
    }
    let saved = Saved { name, look, first: sent_as("first").is_some() };
    change(&staff, move |kept| kept.save(saved.clone())).await?;
    Ok(page::go(&staff, &back, "flash-filter-saved"))
}

async fn remove(
    staff: Staff,
    Path(n): Path<usize>,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    change(&staff, move |kept| kept.remove(n)).await?;
    Ok(page::go(&staff, &back_to(&Look::of_fields(&sent)), "flash-filter-removed"))
}

async fn choose_columns(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let columns: Vec<String> =
        sent.iter().filter(|(field, _)| field == "column").map(|(_, code)| code.clone()).collect();
    change(&staff, move |kept| kept.columns.clone_from(&columns)).await?;
    Ok(page::go(&staff, &back_to(&Look::of_fields(&sent)), "flash-columns-chosen"))
}

async fn change(staff: &Staff, change: impl Fn(&mut Kept) + Send + 'static) -> Result<(), Failure> {
    let account = staff.person.account;
    staff
        .app
        .write(move |work: &mut Work<'_>| {
            let vault = work.app().vault.clone();
            let mut kept = Kept::of(work.tx, &vault, account)?;
            change(&mut kept);
            preferences::keep(work, account, KEY, &kept)
        })
        .await
}

fn back_to(look: &Look) -> String {
    let tab = look.tab.as_deref().and_then(matters::Tab::parse).unwrap_or_default();
    look.href("/desk", tab, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, first: bool) -> Saved {
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
    }

    #[test]
    fn there_are_never_too_many() {
        let mut kept = Kept::default();
        (0..MOST + 3).for_each(|n| kept.save(saved(&n.to_string(), false)));
        assert_eq!((kept.filters.len(), kept.filters[0].name.as_str()), (MOST, "3"));
    }
}
