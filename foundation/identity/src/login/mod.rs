//! Logging in and out, and changing one's password.
//!
//! An unknown log-in name costs the same work as a wrong password, and both are answered
//! alike. Who fails too often is slowed down, not locked out: see [`throttle`].

mod device;
mod hashing;
mod throttle;

pub use hashing::hash_password;

use crate::directory;
use crate::read::{self, AccountRow};
use crate::rules::account::{Account, AccountCommand};
use crate::rules::password;
use kernel::{AccountId, Refusal};
use platform::directory::SignedIn;
use platform::{App, Failure, Work};
use store::access_log::{self, Access};
use store::sessions::{self, Session};
use store::{Tx, credentials};
use throttle::Buckets;

/// A try to log in.
#[derive(Clone)]
pub struct Attempt {
    /// Log-in name as typed.
    pub login: String,
    /// Password as typed.
    pub password: String,
    /// The address it comes from.
    pub source: String,
    /// The device cookie, where the browser has one.
    pub device: Option<String>,
    /// The session cookie, where the browser has one: that session ends, so that nobody
    /// can plant one.
    pub session: Option<String>,
}

/// How it went.
#[derive(Debug)]
pub enum Outcome {
    /// Logged in.
    In {
        /// Whose account.
        account: AccountId,
        /// Secret for the session cookie.
        session: String,
        /// Value for the device cookie.
        device: String,
    },
    /// Wrong name or wrong password; which is not said.
    Wrong,
    /// The right password of an account that is disabled.
    Disabled,
    /// Too many failures before; try again after so many seconds at the latest.
    SlowDown {
        /// Seconds.
        retry_after: u32,
    },
}

/// What is found out before the slow work.
struct Found {
    account: Option<AccountRow>,
    hash: Option<String>,
    buckets: Buckets,
    retry_after: Option<u32>,
}

/// Tries to log in.
///
/// # Errors
/// Whatever the store says; a wrong password is an [`Outcome`].
pub async fn log_in(app: &App, attempt: Attempt) -> Result<Outcome, Failure> {
    let found = app
        .write({
            let attempt = attempt.clone();
            move |work| find(work, &attempt)
        })
        .await?;
    if let Some(retry_after) = found.retry_after {
        return Ok(Outcome::SlowDown { retry_after });
    }
    let fits = hashing::verify(attempt.password.clone(), found.hash.clone()).await?;
    let today = app.config.zone.date_of(app.now());
    match found.account {
        Some(account) if fits && account.enabled(&today) => enter(app, attempt, account, found.buckets).await,
        account => {
            let disabled = fits && account.is_some();
            let id = account.map(|account| account.id);
            let buckets = found.buckets;
            app.write(move |work| {
                let now = work.now();
                throttle::failed(work.tx, &buckets, now)?;
                note(work, "failed", id, &attempt.source)
            })
            .await?;
            Ok(if disabled { Outcome::Disabled } else { Outcome::Wrong })
        }
    }
}

/// Ends a session.
///
/// # Errors
/// Whatever the store says.
pub async fn log_out(app: &App, person: &SignedIn, source: String) -> Result<(), Failure> {
    let Some(session) = person.session.clone() else {
        return Ok(());
    };
    let account = person.account;
    app.write(move |work| {
        sessions::delete(work.tx, &session)?;
        note(work, "log_out", Some(account), &source)
    })
    .await
}

/// Changes one's own password: the current one must be known, the new one must keep the
/// rules. All other sessions of the account end.
///
/// # Errors
/// [`Refusal`] on the fields `current` and `password`; [`Failure::TooMany`] for someone who
/// guesses the current one.
pub async fn change_password(
    app: &App,
    person: &SignedIn,
    current: String,
    new: String,
    source: String,
) -> Result<(), Failure> {
    let account = person.account;
    let row = app.read(move |q, _| Ok(read::account(q, account)?)).await?.ok_or(Failure::NotFound)?;
    password::check("password", &new, &row.login)?;
    if new == current {
        return Err(Refusal::field("password", "password-not-new").into());
    }
    let buckets = Buckets::of_account(&app.vault, account);
    let asked = buckets.clone();
    let (hash, retry_after) = app
        .write(move |work| {
            let hash = credentials::get(work.tx, &account.to_string())?;
            let now = work.now();
            Ok((hash, throttle::admit(work.tx, &asked, now)?))
        })
        .await?;
    if let Some(retry_after) = retry_after {
        return Err(Failure::TooMany { retry_after });
    }
    if !hashing::verify(current, hash).await? {
        return Err(Refusal::field("current", "password-current-wrong").into());
    }
    let hash = hash_password(app, new).await?;
    let (by, keep) = (person.by(), person.session.clone());
    app.write(move |work| {
        let id = account.to_string();
        work.act::<Account>(&id, &by, None, &AccountCommand::ChangePassword)?;
        credentials::put(work.tx, &id, &hash, work.now())?;
        sessions::delete_of_account(work.tx, &id, keep.as_deref())?;
        throttle::succeeded(work.tx, &buckets)?;
        note(work, "password_changed", Some(account), &source)
    })
    .await
}

fn find(work: &mut Work<'_>, attempt: &Attempt) -> Result<Found, Failure> {
    let login = attempt.login.trim().to_ascii_lowercase();
    let account = read::by_login(work.tx, &login)?;
    let hash = match &account {
        Some(account) => credentials::get(work.tx, &account.id.to_string())?,
        None => None,
    };
    let unlocks = account.as_ref().map_or(0, |account| account.unlocks);
    let known_device = device::nonce(work.vault(), &login, attempt.device.as_deref());
    let buckets = Buckets::of_log_in(work.vault(), &login, unlocks, &attempt.source, known_device);
    let now = work.now();
    let retry_after = throttle::admit(work.tx, &buckets, now)?;
    if retry_after.is_some() {
        note(work, "slowed_down", account.as_ref().map(|account| account.id), &attempt.source)?;
    }
    Ok(Found { account, hash, buckets, retry_after })
}

async fn enter(
    app: &App,
    attempt: Attempt,
    account: AccountRow,
    buckets: Buckets,
) -> Result<Outcome, Failure> {
    app.write(move |work| {
        let now = work.now();
        throttle::succeeded(work.tx, &buckets)?;
        sessions::delete_expired(work.tx, now)?;
        store::rate_limits::delete_expired(work.tx, now)?;
        if let Some(planted) = &attempt.session {
            let digest = work.vault().token_digest(planted);
            sessions::delete(work.tx, &digest)?;
        }
        let session = work.fresh.token();
        let digest = work.vault().token_digest(&session);
        begin(work.tx, digest, account.id, now)?;
        note(work, "log_in", Some(account.id), &attempt.source)?;
        let kept = device::nonce(work.vault(), &account.login, attempt.device.as_deref());
        let nonce = kept.unwrap_or_else(|| work.fresh.token());
        let device = device::cookie(work.vault(), &account.login, &nonce);
        Ok(Outcome::In { account: account.id, session, device })
    })
    .await
}

fn begin(tx: &mut Tx, digest: String, account: AccountId, now: kernel::time::Instant) -> Result<(), Failure> {
    let session = Session {
        token_hash: digest,
        account: account.to_string(),
        data: "{}".into(),
        created_at: now,
        last_seen_at: now,
        expires_at: directory::ends(now, now),
    };
    Ok(sessions::put(tx, &session)?)
}

fn note(work: &mut Work<'_>, kind: &str, account: Option<AccountId>, source: &str) -> Result<(), Failure> {
    let line = Access {
        id: work.fresh.uuid().to_string(),
        at: work.now(),
        kind: kind.to_owned(),
        account: account.map(|account| account.to_string()),
        source: work.vault().blind("source", source),
    };
    Ok(access_log::put(work.tx, &line)?)
}
