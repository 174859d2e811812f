//! Telling people about something that is no matter: a hot topic, a knowledge item that expires.

use crate::rules::{Command, Leads, Notice, Recipient};
use crate::shell;
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{AccountId, UnitId};
use matters::configuration::NoticeKind;
use platform::{App, Failure, Work};
use store::Query;

/// What is to be told about a page.
#[derive(Clone, Debug)]
pub struct Telling {
    /// What it is about: names the stream, e.g. `hot_topic-` and the id.
    pub of: String,
    /// Names the occasion: the same is told to nobody twice.
    pub occasion: String,
    /// What for; one for which [`NoticeKind::is_of_a_page`] holds.
    pub kind: NoticeKind,
    /// Where it leads.
    pub page: Leads,
    /// The limit it speaks of.
    pub due: Option<Instant>,
}

/// Tells these people, where they were not told yet.
///
/// # Errors
/// Whatever the store says.
pub fn tell_of_page(work: &mut Work<'_>, telling: &Telling, to: &[AccountId]) -> Result<(), Failure> {
    let notice = |account: &AccountId| Notice {
        key: format!("{}.{}.{account}", telling.occasion, telling.kind.code()),
        kind: telling.kind,
        to: Recipient::Account { account: *account },
        node: None,
        due: telling.due,
        page: Some(telling.page.clone()),
    };
    shell::act(work, &telling.of, &Command::Tell(to.iter().map(notice).collect()))
}

/// Who holds one of these roles in one of these units today, and whoever stands in for those
/// who are away; each once.
///
/// # Errors
/// Whatever the store says.
pub fn holders(
    query: &mut dyn Query,
    app: &App,
    units: &[UnitId],
    roles: &[Role],
) -> Result<Vec<AccountId>, Failure> {
    let today = app.config.zone.date_of(app.now());
    let mut found: Vec<AccountId> = Vec::new();
    for unit in units {
        for account in identity::read::holders(query, unit, roles, today)? {
            if !found.contains(&account) {
                found.push(account);
            }
        }
    }
    Ok(found)
}
