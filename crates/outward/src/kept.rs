//! Secrets that are shared with other systems, as they are kept: sealed under the platform's
//! own key, each for what it belongs to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform::config::Secret;
use platform::{App, Failure, Work};

/// A secret as it is kept. `owner` names what it belongs to, e.g. `webhook:<id>`: sealed for
/// one thing it does not open for another.
pub fn seal(work: &mut Work<'_>, owner: &str, secret: &Secret) -> String {
    let sealed = work.vault().seal_own(owner, secret.expose().as_bytes(), &mut work.fresh);
    STANDARD_NO_PAD.encode(sealed)
}

/// A fresh secret, and the same as it is kept.
pub fn fresh(work: &mut Work<'_>, owner: &str) -> (Secret, String) {
    let secret = crate::secret(work.fresh.bytes());
    let sealed = seal(work, owner, &secret);
    (secret, sealed)
}

/// A secret as it was agreed.
///
/// # Errors
/// [`Failure::Vault`] and [`Failure::Internal`] where it was sealed for something else, or is none.
pub fn open(app: &App, owner: &str, sealed: &str) -> Result<Secret, Failure> {
    let unreadable = || Failure::Internal(format!("the secret of {owner} does not read"));
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|_| unreadable())?;
    let plain = app.vault.open_own(owner, &sealed)?;
    Ok(Secret::new(String::from_utf8(plain).map_err(|_| unreadable())?))
}
