//! Requests to other systems: a body in JSON, signed as the Standard Webhooks specification
//! says, to an address that is allowed only. Start with [`post`]; [`is_signed`] tells of one
//! that came whether it was signed so.
//!
//! - [`folder`]: files instead of requests, where no line may go.
//! - [`guard`]: which addresses are, so that nobody makes the server knock at doors inside the
//!   house (SSRF).
//! - [`kept`]: secrets as they are kept.
//! - `send`: one request over a connection of its own, without following where it is sent on to.

pub mod folder;
pub mod guard;
pub mod kept;
mod send;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use guard::{Guard, Target};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::time::Instant;
use platform::config::Secret;
use sha2::Sha256;

/// Why a request did not arrive. None of them names the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutwardError {
    /// It is no address of a web server.
    #[error("the address is none of a web server")]
    Malformed,
    /// It is not allowed; see [`guard`].
    #[error("the address is not allowed")]
    Refused,
    /// The secret is no secret of that specification.
    #[error("the secret is not base64")]
    Secret,
    /// Nobody answers, or not in time.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It answered, and did not take it.
    #[error("the server answered {0}")]
    Answered(u16),
}

impl OutwardError {
    /// Whether the server said that there is no such receiver, which trying again would not
    /// change.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Answered(400 | 404 | 410 | 422))
    }
}

/// What is sent.
pub struct Envelope<'a> {
    /// Names it: sent again, it is the same one.
    pub id: &'a str,
    /// When.
    pub at: Instant,
    /// JSON.
    pub body: &'a str,
}

/// Posts it; a status of 200 to 299 means that it arrived.
///
/// # Errors
/// See [`OutwardError`].
pub async fn post(
    guard: &Guard,
    url: &str,
    secret: &Secret,
    envelope: &Envelope<'_>,
) -> Result<(), OutwardError> {
    let target = Target::parse(url).ok_or(OutwardError::Malformed)?;
    let signed = signed(secret, envelope)?;
    match send::post(guard, &target, &signed, envelope.body).await? {
        200..=299 => Ok(()),
        status => Err(OutwardError::Answered(status)),
    }
}

/// A fresh secret, as the specification writes them, from 24 random bytes.
pub fn secret(random: [u8; 24]) -> Secret {
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(random)))
}

/// Whether a text is a secret of the specification: 24 to 64 bytes in base64.
pub fn is_secret(text: &str) -> bool {
    let decoded = STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text));
    decoded.is_ok_and(|bytes| (24..=64).contains(&bytes.len()))
}

/// What a secret begins with; it may be left out.
const PREFIX: &str = "whsec_";

/// How far the clock of a sender may be from ours, as the specification's libraries have it.
const TOLERANCE_SECONDS: i64 = 5 * 60;

/// The headers of the specification.
pub const HEADERS: [&str; 3] = ["webhook-id", "webhook-timestamp", "webhook-signature"];

/// The headers of the specification: an HMAC of id, time and body.
fn signed(secret: &Secret, envelope: &Envelope<'_>) -> Result<[(&'static str, String); 3], OutwardError> {
    let seconds = envelope.at.micros() / 1_000_000;
    let mac = mac(secret, envelope.id, seconds, envelope.body.as_bytes())?;
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let [id, timestamp, named] = HEADERS;
    Ok([(id, envelope.id.to_owned()), (timestamp, seconds.to_string()), (named, format!("v1,{signature}"))])
}

/// A request that came, by its headers in the order of [`HEADERS`].
pub struct Came<'a> {
    /// Its headers, empty where it has none.
    pub headers: [&'a str; 3],
    /// Its body.
    pub body: &'a [u8],
    /// When it came.
    pub at: Instant,
}

/// Whether it was signed with that secret, a few minutes ago at most. One of several
/// signatures is enough: a sender that changes its secret signs with both for a while.
pub fn is_signed(secret: &Secret, came: &Came<'_>) -> bool {
    let [id, timestamp, signatures] = came.headers;
    let Ok(seconds) = timestamp.parse::<i64>() else { return false };
    let apart = (came.at.micros() / 1_000_000).abs_diff(seconds);
    if id.is_empty() || apart > TOLERANCE_SECONDS.unsigned_abs() {
        return false;
    }
    signatures.split(' ').filter_map(|signature| signature.strip_prefix("v1,")).any(|signature| {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        mac(secret, id, seconds, came.body).is_ok_and(|mac| mac.verify_slice(&signature).is_ok())
    })
}

fn mac(secret: &Secret, id: &str, seconds: i64, body: &[u8]) -> Result<Hmac<Sha256>, OutwardError> {
    let encoded = secret.expose().strip_prefix(PREFIX).unwrap_or(secret.expose());
    let key = STANDARD.decode(encoded).map_err(|_| OutwardError::Secret)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| OutwardError::Secret)?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Ok(mac)
}
