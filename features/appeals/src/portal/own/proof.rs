//! A one-time code on its way: its digest and the address it was sent to, sealed under the
//! secret of the asking browser's cookie. It serves that browser only, for minutes, and dies
//! of wrong tries. An address nobody ever gave gets the same page and the same waiting row.

use kernel::SubjectId;
use kernel::text::{is_mobile, normal_email, normal_phone};
use kernel::time::Instant;
use mail::{Channel, Message};
use matters::configuration::notices::{self, NoticeKind};
use matters::enterprises::accounts;
use platform::web::Ctx;
use platform::{App, Failure, Work};
use serde::{Deserialize, Serialize};
use store::{drafts, rate_limits};

/// How long a code serves, in minutes; the mail says it.
pub const LASTS_MINUTES: i64 = 10;
/// Wrong codes after which it is dead.
const TRIES: u32 = 5;
/// Codes asked for one address in an hour.
const HOURLY_BY_ADDRESS: i64 = 5;
/// Codes asked from one source in an hour: an office behind one address has several people.
const HOURLY_BY_SOURCE: i64 = 20;
const HOUR: i64 = 3600 * 1_000_000;

/// See the module.
#[derive(Serialize, Deserialize)]
struct Proof {
    address: String,
    digest: String,
    tries: u32,
    until: Instant,
}

/// What became of a typed code.
pub enum Outcome {
    /// It was right; the address is proved.
    Proved(String),
    /// It was wrong.
    Wrong,
    /// There is none, or it is dead: another must be asked for.
    Gone,
}

/// An address a code can be sent to, in normal form, and by what: mail, or a short message
/// where those are sent.
pub fn reached(app: &App, typed: &str) -> Option<(Channel, String)> {
    let open = |channel: &Channel| mail::is_open(app, *channel);
    let email = normal_email(typed).map(|email| (Channel::Email, email));
    let phone = normal_phone(typed).filter(|phone| is_mobile(phone)).map(|phone| (Channel::Sms, phone));
    email.or(phone).filter(|(channel, _)| open(channel))
}

/// Sends a code to an address, if appeals name it or it is verified for an enterprise, in the
/// words the office has configured and the reader's language.
///
/// # Errors
/// [`Failure::TooMany`] beyond the hour's number for the address or the source, known or
/// not; whatever the store says.
pub async fn send(ctx: &Ctx, token: &str, address: &str) -> Result<(), Failure> {
    let (app, source, locale) = (&ctx.app, ctx.source.clone(), ctx.prefs.locale);
    let Some((channel, address)) = reached(app, address) else { return Ok(()) };
    let (key, until) = (key(app, token), app.now().plus_minutes(LASTS_MINUTES));
    app.write(move |work| {
        count(work, "own-address", &address, HOURLY_BY_ADDRESS)?;
        count(work, "own-source", &source, HOURLY_BY_SOURCE)?;
        let code = digits(work);
        let app = work.app();
        let proof = Proof { address: address.clone(), digest: digest(app, &key, &code), tries: TRIES, until };
        let sealed = app.vault.seal_own(&key, &serde_json::to_vec(&proof)?, &mut work.fresh);
        let now = work.now();
        drafts::put(work.tx, &key, &sealed, now, until)?;
        if let Some(about) = owner(work, &address)? {
            let values = [
                ("code", code),
                ("minutes", LASTS_MINUTES.to_string()),
                ("site", app.config.site.name(locale).to_owned()),
            ];
            let words = notices::in_force(work.tx, app)?.filled(NoticeKind::OneTimeCode, locale, &values);
            let message =
                Message { channel, to: address.clone(), subject: words.subject, text: words.text, until };
            mail::post(work, Some(&about), &message)?;
        }
        Ok(())
    })
    .await
}

/// Whose data a message to that address holds: of whoever gave it in an appeal, or of whom it was
/// verified for an enterprise. None where nobody did.
fn owner(work: &mut Work<'_>, address: &str) -> Result<Option<SubjectId>, Failure> {
    let app = work.app();
    if let Some(first) = matters::read::own(work.tx, app, address)?.first() {
        return Ok(work.load::<matters::Matters>(&first.id.to_string())?.state.subject);
    }
    let members = accounts::memberships(work.tx, app, address)?;
    Ok(members.into_iter().next().map(|member| member.subject))
}

/// Whether a code is awaited from this browser.
///
/// # Errors
/// Whatever the store says.
pub async fn is_awaited(app: &App, token: &str) -> Result<bool, Failure> {
    let (key, now) = (key(app, token), app.now());
    app.read(move |snapshot, _| Ok(drafts::get(snapshot, &key, now)?.is_some())).await
}

/// Tries a code; a right one is used up, and so is the proof after too many wrong ones.
///
/// # Errors
/// Whatever the store says.
pub async fn redeem(app: &App, token: &str, typed: &str) -> Result<Outcome, Failure> {
    let typed: String = typed.chars().filter_map(|c| c.to_digit(10)).map(|d| d.to_string()).collect();
    let key = key(app, token);
    app.write(move |work| {
        let (app, now) = (work.app(), work.now());
        let Some(sealed) = drafts::get(work.tx, &key, now)? else { return Ok(Outcome::Gone) };
        let mut proof: Proof = serde_json::from_slice(&app.vault.open_own(&key, &sealed)?)?;
        // Both are keyed digests: comparing them tells nothing of the code.
        if proof.digest == digest(app, &key, &typed) {
            drafts::delete(work.tx, &key)?;
            return Ok(Outcome::Proved(proof.address));
        }
        proof.tries -= 1;
        if proof.tries == 0 {
            drafts::delete(work.tx, &key)?;
            return Ok(Outcome::Gone);
        }
        let sealed = app.vault.seal_own(&key, &serde_json::to_vec(&proof)?, &mut work.fresh);
        drafts::put(work.tx, &key, &sealed, now, proof.until)?;
        Ok(Outcome::Wrong)
    })
    .await
}

fn count(work: &mut Work<'_>, kind: &str, value: &str, most: i64) -> Result<(), Failure> {
    let bucket = format!("{kind}:{}", work.vault().blind(kind, value));
    let now = work.now();
    if rate_limits::hit(work.tx, &bucket, now, HOUR)? > most {
        return Err(Failure::TooMany { retry_after: 3600 });
    }
    Ok(())
}

/// Eight digits: with five tries and five codes an hour they are not guessed.
fn digits(work: &mut Work<'_>) -> String {
    let number = u64::from_be_bytes(work.fresh.bytes()) % 100_000_000;
    format!("{number:08}")
}

fn digest(app: &App, key: &str, code: &str) -> String {
    app.vault.blind("own-code", format!("{key}:{code}"))
}

fn key(app: &App, token: &str) -> String {
    app.vault.token_digest(&format!("own-proof:{token}"))
}
