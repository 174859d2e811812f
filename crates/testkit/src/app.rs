//! A whole application in a test: its own store on either engine, a clock that stands
//! still until told, the same random bytes every run, and a browser's cookie jar.

use crate::postgres::TestServer;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use kernel::time::Instant;
use platform::clock::FixedClock;
use platform::config::Config;
use platform::directory::Directory;
use platform::entropy::SeededEntropy;
use platform::feature::Feature;
use platform::keyring::Keyring;
use platform::web::{Declared, service};
use platform::{App, Setup, assemble};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::{Registry, Store, StoreConfig};
use tempfile::TempDir;
use tower::ServiceExt;

/// Which engine a test runs on. Run the same test on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A database of its own on the test server.
    Postgres,
}

impl Engine {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// See the module.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// What its routes declare.
    pub declared: Vec<Declared>,
    router: Router,
    folder: TempDir,
    /// Its database on the test server.
    database: Option<String>,
}

pub(crate) struct Parts<'a> {
    pub store: StoreConfig,
    pub keys: std::path::PathBuf,
    pub seed: u64,
    pub now: &'a str,
    pub features: Vec<Feature>,
    pub directory: Arc<dyn Directory>,
    pub config: Config,
}

impl TestApp {
    /// Its SQLite file, in its folder.
    pub(crate) const DATABASE: &str = "tongxin.db";
    /// Its keys, likewise.
    pub(crate) const KEYS: &str = "keys";

    /// An application of these features that stands at `now` (RFC 3339).
    pub fn start(engine: Engine, now: &str, features: Vec<Feature>, directory: Arc<dyn Directory>) -> Self {
        Self::start_with(engine, now, features, directory, Config::default())
    }

    /// The same with settings.
    pub fn start_with(
        engine: Engine,
        now: &str,
        features: Vec<Feature>,
        directory: Arc<dyn Directory>,
        config: Config,
    ) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let database = (engine == Engine::Postgres).then(|| TestServer::shared().database());
        let store = match &database {
            None => StoreConfig::sqlite(folder.path().join(Self::DATABASE)),
            Some(address) => StoreConfig::postgres(address.clone()),
        };
        let keys = folder.path().join(Self::KEYS);
        Self::open(Parts { store, keys, seed: 1, now, features, directory, config }, folder, database)
    }

    /// A second installation, made from a backup of this one and opened with its keys.
    pub async fn restored(&self, backup: &Path, features: Vec<Feature>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let config = StoreConfig::sqlite(folder.path().join("restored.db"));
        let empty = Store::open(config.clone(), Registry::none()).expect("an empty store opens");
        store::backup::restore(backup, &empty).await.expect("the backup restores");
        drop(empty);
        let parts = Parts {
            store: config,
            keys: self.folder.path().join(Self::KEYS),
            seed: 1,
            now: &self.app.now().to_string(),
            features,
            directory: self.app.directory.clone(),
            config: self.app.config.clone(),
        };
        Self::open(parts, folder, None)
    }

    pub(crate) fn open(parts: Parts<'_>, folder: TempDir, database: Option<String>) -> Self {
        let Parts { store, keys, seed, now, features, directory, config } = parts;
        let clock = Arc::new(FixedClock::at(Instant::parse(now).expect("an RFC 3339 time")));
        let setup = Setup {
            store,
            keyring: Keyring::at(keys, None),
            config,
            clock: clock.clone(),
            entropy: Arc::new(SeededEntropy::new(seed)),
            directory,
            features,
        };
        let (app, routes) = assemble(setup).expect("the installation starts");
        let declared = routes.declared().to_vec();
        let router = service(app.clone(), routes);
        Self { app, clock, declared, router, folder, database }
    }

    /// Closes it; what it held stays in its folder, or in its database.
    pub(crate) fn close(self) -> (TempDir, Option<String>) {
        let Self { app, router, folder, database, .. } = self;
        // With the last handle the store waits for its threads and closes its files.
        drop((app, router));
        (folder, database)
    }

    /// Where its files lie.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn at(&self, now: &str) {
        self.clock.set(Instant::parse(now).expect("an RFC 3339 time"));
    }

    /// Runs all jobs that are due now.
    pub async fn run_jobs(&self) -> usize {
        platform::jobs::run_due(&self.app, self.app.now()).await.expect("the store answers")
    }

    /// Takes everything written so far into the full-text indexes.
    pub async fn catch_up(&self) {
        platform::texts::catch_up(&self.app).await.expect("the store answers");
    }

    /// Lets those who follow the journal take everything written so far.
    pub async fn follow(&self) {
        platform::listeners::catch_up(&self.app).await.expect("the store answers");
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Mutex::default(), headers: Vec::new() }
    }
}

/// Sends requests and keeps cookies. Does not follow redirects.
pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    headers: Vec<(String, String)>,
}

/// An answer with its body read.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// `Location`, where it redirects.
    pub location: Option<String>,
    /// `Content-Type`.
    pub content_type: String,
    /// All of its headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }
}

impl Browser {
    /// Sends this header with every request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// POST of a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&"))).await
    }

    /// POST of JSON.
    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, Body::from(body.to_string())).await
    }

    /// Sends any request, with the jar's cookies; as a browser from the same site would.
    pub async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        self.send_as("same-origin", request, body).await
    }

    /// The same, as a page of another site would make the browser do.
    pub async fn send_from_elsewhere(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        self.send_as("cross-site", request, body).await
    }

    async fn send_as(&self, site: &str, mut request: axum::http::request::Builder, body: Body) -> Answer {
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
            request = request.header(header::ACCEPT, "text/html");
        }
        let cookies =
            self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        let request = request.header("sec-fetch-site", site).body(body).expect("a well-formed request");
        let response = self.router.clone().oneshot(request).await.expect("the router is infallible");
        self.keep_cookies(&response);
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body ends");
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Answer {
            status: parts.status,
            location: text(header::LOCATION),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    fn keep_cookies(&self, response: &Response<Body>) {
        for value in response.headers().get_all(header::SET_COOKIE) {
            let text = value.to_str().expect("cookies are ASCII");
            let (name, value) =
                text.split(';').next().and_then(|pair| pair.split_once('=')).expect("name=value");
            if text.contains("Max-Age=0") {
                self.jar().remove(name);
            } else {
                self.jar().insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out + &char::from(byte).to_string(),
        _ => out + &format!("%{byte:02X}"),
    })
}
