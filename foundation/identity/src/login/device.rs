//! The cookie of a browser that has logged in before, signed for one log-in name. It
//! proves nothing but that: it only keeps other people's failed tries from slowing its
//! holder down.

use platform::vault::Vault;

/// The cookie's value.
pub(super) fn cookie(vault: &Vault, login: &str, nonce: &str) -> String {
    format!("{nonce}.{}", signature(vault, login, nonce))
}

/// The nonce of a cookie that was signed for this log-in name.
pub(super) fn nonce(vault: &Vault, login: &str, cookie: Option<&str>) -> Option<String> {
    let (nonce, signed) = cookie?.split_once('.')?;
    // Compared as digests, so that the time it takes tells nothing of the signature.
    let equal = vault.token_digest(signed) == vault.token_digest(&signature(vault, login, nonce));
    equal.then(|| nonce.to_owned())
}

fn signature(vault: &Vault, login: &str, nonce: &str) -> String {
    vault.blind("device", format!("{login}\n{nonce}"))
}
