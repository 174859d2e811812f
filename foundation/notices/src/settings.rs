//! How a person wants to be reached besides the list on the pages, and where. Sealed: an
//! address is theirs.

use crate::rules::{Channel, Choice};
use kernel::AccountId;
use platform::{App, Failure, Work, preferences};
use serde::{Deserialize, Serialize};
use store::Query;

const KEY: &str = "notices";
const SEEN: &str = "notices-seen";

/// See the module. Holds an address in the clear: no `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What was chosen.
    pub choice: Choice,
    /// Their address at work; empty for none.
    pub email: String,
    /// Their number for short messages; empty for none.
    pub phone: String,
    /// Their name in the office's messenger; empty for none.
    pub messenger: String,
}

impl Settings {
    /// The address for that channel; none where there is none, or it was not chosen.
    pub fn address(&self, channel: Channel) -> Option<&str> {
        let address = match channel {
            Channel::InApp => return None,
            Channel::Email => &self.email,
            Channel::Sms => &self.phone,
            Channel::Wecom | Channel::Dingtalk => &self.messenger,
        };
        (self.choice.channels.contains(&channel) && !address.is_empty()).then_some(address.as_str())
    }
}

/// What an account keeps.
///
/// # Errors
/// Whatever the store says.
pub fn load(query: &mut dyn Query, app: &App, account: AccountId) -> Result<Settings, Failure> {
    preferences::load(query, &app.vault, account, KEY)
}

/// Keeps it.
///
/// # Errors
/// Whatever the store says.
pub fn keep(work: &mut Work<'_>, account: AccountId, settings: &Settings) -> Result<(), Failure> {
    preferences::keep(work, account, KEY, settings)
}

/// What was read: everything up to a place in the journal, and single ones after it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    pub until: i64,
    pub single: Vec<i64>,
}

impl Seen {
    pub(crate) fn holds(&self, position: i64) -> bool {
        position <= self.until || self.single.contains(&position)
    }
}

pub(crate) fn seen(query: &mut dyn Query, app: &App, account: AccountId) -> Result<Seen, Failure> {
    preferences::load(query, &app.vault, account, SEEN)
}

pub(crate) fn keep_seen(work: &mut Work<'_>, account: AccountId, seen: &Seen) -> Result<(), Failure> {
    preferences::keep(work, account, SEEN, seen)
}
