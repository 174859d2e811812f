//! Headers that every page carries: nothing inline, nothing from elsewhere, never framed.

use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;

/// Scripts, styles and pictures come from this site alone and none stands inline; `data:`
/// pictures are the small marks inside the style sheet.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The one page's answer on which something may be recorded and listened to: it alone may ask
/// for the microphone, and plays what was recorded from memory.
pub fn with_microphone(mut response: Response) -> Response {
    const LISTENING: &str = "camera=(), microphone=(self), geolocation=()";
    let policy = HeaderValue::try_from(format!("{POLICY}; media-src blob:"));
    if let Ok(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        response.headers_mut().insert(PERMISSIONS_POLICY, HeaderValue::from_static(LISTENING));
    }
    response
}

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// The security headers, for a layer that sets each where it is not set yet.
pub fn headers() -> [(HeaderName, HeaderValue); 5] {
    [
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        (PERMISSIONS_POLICY, HeaderValue::from_static("camera=(), microphone=(), geolocation=()")),
    ]
}
