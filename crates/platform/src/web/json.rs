//! What a program sends, read strictly: JSON of the declared form or a problem that says
//! where it is not. Values that were sent are never repeated.

use crate::app::App;
use crate::error::Failure;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment, Track};
use std::fmt::Write;

/// The largest JSON body of a route that says nothing else, in bytes.
pub const BODY_MAX: usize = 1024 * 1024;

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for ApiJson<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        parse(&json_body(request, BODY_MAX).await?).map(Self)
    }
}

/// The query of an address.
#[derive(Clone, Copy, Debug)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for ApiQuery<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        Query::try_from_uri(&parts.uri).map(|Query(query)| Self(query)).map_err(|rejection| {
            // "Failed to deserialize query string: <parameter>: <what is wrong>"
            let text = rejection.body_text();
            let (_, told) = text.split_once(": ").unwrap_or(("", &text));
            let (pointer, told) = match told.split_once(": ") {
                Some((name, told)) if !name.contains(' ') => (format!("#{}", step(name)), told),
                _ => ("#".to_owned(), told),
            };
            Failure::Unreadable { pointer, detail: without_value(told) }
        })
    }
}

/// The bytes of a request that says they are JSON, at most `max` of them.
///
/// # Errors
/// [`Failure::UnsupportedType`], [`Failure::TooLarge`], or [`Failure::Malformed`] where the
/// connection broke.
pub async fn json_body(mut request: Request, max: usize) -> Result<Bytes, Failure> {
    let media =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != "application/json" && !(essence.starts_with("application/") && essence.ends_with("+json")) {
        return Err(Failure::UnsupportedType);
    }
    DefaultBodyLimit::max(max).apply(&mut request);
    Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Malformed(rejection.body_text()),
    })
}

/// Files that one JSON body may carry in sum, in bytes: base64 lies in memory whole, so what
/// is larger comes through the pages, which take it in parts.
const FILES_MAX: usize = 20 * 1024 * 1024;

/// Reads a JSON body that may carry files as base64: in sum as much as one attachment may weigh,
/// and no more than some 20 MiB.
///
/// # Errors
/// Those of [`json_body`] and [`parse`].
pub async fn json_with_files<T: DeserializeOwned>(app: &App, request: Request) -> Result<T, Failure> {
    let max = app.config.attachment_max.min(FILES_MAX) / 3 * 4 + BODY_MAX;
    parse(&json_body(request, max).await?)
}

/// Reads a body as `T`. A member that `T` does not know is refused rather than passed over:
/// a misspelt name would otherwise be lost without a word.
///
/// # Errors
/// [`Failure::Unreadable`] with the pointer of the first member that does not fit.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    if has_nul(body) {
        return Err(Failure::Unreadable { pointer: "#".into(), detail: "no text may hold U+0000".into() });
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let unreadable = |pointer, error: &serde_json::Error| {
        let told = error.to_string();
        // Where the form is broken, line and column help; else the pointer does.
        let told = if error.is_data() {
            told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told)
        } else {
            &told
        };
        Failure::Unreadable { pointer, detail: without_value(told) }
    };
    let mut track = Track::new();
    let mut unknown = None;
    let mut note = |path: serde_ignored::Path<'_>| {
        unknown.get_or_insert_with(|| unknown_pointer(&path));
    };
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    let read = T::deserialize(serde_ignored::Deserializer::new(tracked, &mut note));
    let read = read.map_err(|error| unreadable(pointer(&track.path()), &error))?;
    reader.end().map_err(|error| unreadable("#".to_owned(), &error))?;
    match unknown {
        None => Ok(read),
        Some(pointer) => Err(Failure::Unreadable { pointer, detail: "unknown field".into() }),
    }
}

/// Whether a text of the body holds the escape of U+0000, which PostgreSQL cannot keep.
fn has_nul(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

/// RFC 6901, as a URI fragment.
fn pointer(path: &Path) -> String {
    path.iter().fold(String::from("#"), |mut out, segment| {
        match segment {
            Segment::Seq { index } => write!(out, "/{index}").expect("a String takes any write"),
            Segment::Map { key } | Segment::Enum { variant: key } => out.push_str(&step(key)),
            Segment::Unknown => {}
        }
        out
    })
}

/// The same of a member that nobody asked for.
fn unknown_pointer(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path as P;
    match path {
        P::Root => "#".to_owned(),
        P::Seq { parent, index } => format!("{}/{index}", unknown_pointer(parent)),
        P::Map { parent, key } => unknown_pointer(parent) + &step(key),
        P::Some { parent } | P::NewtypeStruct { parent } | P::NewtypeVariant { parent } => {
            unknown_pointer(parent)
        }
    }
}

fn step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// What a parser says, without the value it quotes: that may be personal.
fn without_value(told: &str) -> String {
    const KEPT: [&str; 2] = ["missing field", "duplicate field"];
    if KEPT.iter().any(|kept| told.starts_with(kept)) {
        return told.to_owned();
    }
    if let Some((_, rest)) = told.rsplit_once(", expected ") {
        return format!("expected {rest}");
    }
    match told.rsplit_once("` is not ") {
        Some((_, rest)) => format!("not {rest}"),
        None => told.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only how it is refused matters")]
    struct Order {
        kind: Kind,
        #[serde(default)]
        lines: Vec<Line>,
        #[serde(default)]
        at: Option<kernel::time::Instant>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only how it is refused matters")]
    struct Line {
        amount: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Tea,
        Steel,
    }

    fn refused(body: &str) -> (String, String) {
        match parse::<Order>(body.as_bytes()) {
            Err(Failure::Unreadable { pointer, detail }) => (pointer, detail),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_is_pointed_at_and_never_repeated() {
        let said = |pointer: &str, detail: &str| (pointer.to_owned(), detail.to_owned());
        assert_eq!(refused(r#"{"kind":"13800001234"}"#), said("#/kind", "expected `tea` or `steel`"));
        assert_eq!(
            refused(r#"{"kind":"tea","lines":[{"amount":1},{"amount":"13800001234"}]}"#),
            said("#/lines/1/amount", "expected u32")
        );
        assert_eq!(refused(r#"{"lines":[]}"#), said("#", "missing field `kind`"));
        assert_eq!(refused(r#"{"kind":"tea","note/1":1}"#), said("#/note~11", "unknown field"));
        assert_eq!(refused(r#"{"kind":"tea","lines":[{"amount":1,"b":[1]}]}"#).0, "#/lines/0/b");
        let (pointer, detail) = refused(r#"{"kind":"tea","at":"13800001234"}"#);
        assert_eq!(
            (pointer.as_str(), detail.starts_with("not an RFC 3339 time")),
            ("#/at", true),
            "{detail}"
        );
    }

    #[test]
    fn texts_that_no_database_keeps_are_refused() {
        assert_eq!(refused(r#"{"kind":"tea\u0000"}"#).1, "no text may hold U+0000");
        assert!(!has_nul(br#"{"a":"\\u0000 \n\u0001"}"#));
    }

    #[test]
    fn what_is_no_json_is_told_by_line_and_column() {
        assert_eq!(refused("{").1, "EOF while parsing an object at line 1 column 1");
        assert_eq!(refused(r#"{"kind":"tea"} x"#).1, "trailing characters at line 1 column 16");
    }
}
