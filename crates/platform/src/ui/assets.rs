//! Style sheets, scripts and pictures, built by `web/` and carried inside the binary.
//! Names hold their content's hash, so a browser keeps each for a year.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// What the build is called by: plain name to hashed name.
static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json")
        .and_then(|file| serde_json::from_slice(&file.data).ok())
        .unwrap_or_default();
    if !is_built(&manifest) {
        tracing::warn!(
            "pages are shown without styles: run `npm --prefix web ci && npm --prefix web run \
             build`, then build the server again"
        );
    }
    manifest
});

/// `GET /assets/{name}` and `GET /favicon.ico`: public, read-only.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(asset)).route(
        "/favicon.ico",
        get(|headers: HeaderMap| async move { file(&hashed("favicon.svg"), &headers) }),
    )
}

/// The address of a file by its plain name.
pub fn url(name: &str) -> String {
    format!("/assets/{}", hashed(name))
}

/// Whether styles and scripts were built into this binary.
pub fn built() -> bool {
    is_built(&MANIFEST)
}

fn is_built(manifest: &BTreeMap<String, String>) -> bool {
    manifest.contains_key("portal.css")
}

fn hashed(name: &str) -> String {
    MANIFEST.get(name).cloned().unwrap_or_else(|| name.to_owned())
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&name, &headers)
}

fn file(name: &str, headers: &HeaderMap) -> Response {
    let Some(plain) = Dist::get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let etag = etag(&plain);
    let caching = [(CACHE_CONTROL, CACHING), (VARY, "accept-encoding")];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, caching, [(ETAG, etag)]).into_response();
    }
    let kind = [(CONTENT_TYPE, plain.metadata.mimetype().to_owned()), (ETAG, etag)];
    match packed(name, headers) {
        Some((coding, packed)) => (caching, kind, [(CONTENT_ENCODING, coding)], packed.data).into_response(),
        None => (caching, kind, plain.data).into_response(),
    }
}

/// A debug build reads the files as they are now, so a browser must ask again.
const CACHING: &str = if cfg!(debug_assertions) { "no-cache" } else { "public, max-age=31536000, immutable" };

/// The smaller twin that the web build left beside a file, where the browser takes it.
fn packed(name: &str, headers: &HeaderMap) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepted.split(',').any(|wish| wish.trim() == *coding))
        .find_map(|(coding, ending)| Some((coding, Dist::get(&format!("{name}.{ending}"))?)))
}

fn etag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..12] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    async fn get(path: &str, header: Option<(&str, &str)>) -> Response {
        let mut request = Request::get(path);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let request = request.body(Body::empty()).expect("a well-formed request");
        routes::<()>().oneshot(request).await.expect("a router never fails")
    }

    #[tokio::test]
    async fn an_unknown_name_is_not_found() {
        for path in ["/assets/none.css", "/assets/..%2Fpackage.json"] {
            assert_eq!(get(path, None).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn a_known_file_is_not_sent_twice() {
        let first = get("/assets/manifest.json", None).await;
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(first.headers()[CONTENT_TYPE], "application/json");
        let etag = first.headers()[ETAG].to_str().expect("an ASCII tag");
        let again = get("/assets/manifest.json", Some(("if-none-match", etag))).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn styles_come_packed_where_the_browser_takes_it() {
        if !built() {
            return;
        }
        let response = get(&url("portal.css"), Some(("accept-encoding", "gzip, br"))).await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/css");
    }
}
