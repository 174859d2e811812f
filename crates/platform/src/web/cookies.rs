//! The few cookies there are.

use crate::config::Config;
use axum::http::{HeaderMap, HeaderValue, header};

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieKind {
    /// A staff session.
    Session,
    /// An appellant's hold on the matters they proved.
    Appellant,
    /// A reader's hold on the list of their own appeals.
    Own,
    /// A filing draft.
    Draft,
    /// One message to show on the next page.
    Flash,
    /// A browser that has signed in before: other people's failed tries do not slow it down.
    Device,
}

impl CookieKind {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "tx_session",
            Self::Appellant => "tx_appellant",
            Self::Own => "tx_own",
            Self::Draft => "tx_draft",
            Self::Flash => "tx_flash",
            Self::Device => "tx_device",
        }
    }
}

/// The value of a cookie of the request.
pub fn cookie(headers: &HeaderMap, kind: CookieKind) -> Option<String> {
    named(headers, kind.name())
}

/// The value of any cookie by name.
pub(crate) fn named(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// A `Set-Cookie` value: `HttpOnly`, `SameSite=Lax`, `Secure` where the public address is
/// https. `max_age` in seconds; none lasts as long as the browser.
pub fn set_cookie(config: &Config, kind: CookieKind, value: &str, max_age: Option<u32>) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", kind.name());
    HeaderValue::try_from(text).expect("cookie values are made of URL-safe letters")
}

/// A `Set-Cookie` value that takes it away.
pub fn clear_cookie(config: &Config, kind: CookieKind) -> HeaderValue {
    set_cookie(config, kind, "", Some(0))
}
