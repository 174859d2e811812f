//! The outbox of a demo: messages that would have been sent, kept sealed for a day so that
//! whoever tries the product can read them. An office never runs with it.

use crate::Message;
use kernel::time::Instant;
use platform::config::Mail;
use platform::{App, Failure};
use serde::{Deserialize, Serialize};
use store::{Query, drafts};

/// Beginning of its rows' keys; the newest come first.
const PREFIX: &str = "outbox:";
/// Messages shown.
const SHOWN: i64 = 20;
/// How long they are kept, in hours.
const KEPT_HOURS: i64 = 24;

/// A message with when it would have been sent.
#[derive(Serialize, Deserialize)]
pub struct Delivered {
    /// When.
    pub at: Instant,
    /// What.
    pub message: Message,
}

/// Whether messages go here.
pub fn is_used(app: &App) -> bool {
    matches!(app.config.mail, Mail::Outbox)
}

/// The latest messages, newest first.
///
/// # Errors
/// Whatever the store says.
pub fn latest(query: &mut dyn Query, app: &App) -> Result<Vec<Delivered>, Failure> {
    let rows = drafts::all_after(query, PREFIX, SHOWN)?;
    let own = rows.into_iter().take_while(|(key, _)| key.starts_with(PREFIX));
    own.map(|(key, sealed)| Ok(serde_json::from_slice(&app.vault.open_own(&key, &sealed)?)?)).collect()
}

pub(crate) async fn deliver(app: &App, id: &str, message: Message) -> Result<(), Failure> {
    let at = app.now();
    let key = format!("{PREFIX}{:016x}:{id}", u64::MAX - at.micros().unsigned_abs());
    let plain = serde_json::to_vec(&Delivered { at, message })?;
    let sealed = app.vault.seal_own(&key, &plain, &mut app.fresh());
    app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, at, at.plus_hours(KEPT_HOURS))?)).await
}
