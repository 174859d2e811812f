//! What each fuzz target does with its input. None may panic, hang or answer with a fault of
//! ours (5xx); whatever is wrong with the input is the sender's to be told.
//!
//! Used twice: by the targets of this crate under libFuzzer, and by `server/tests/it/fuzz.rs`
//! over the corpus on a stable compiler.

use axum::body::Body;
use axum::http::Request;
use matters::search::measure::{Known, Measure};
use platform::config::Config;
use std::sync::{Arc, LazyLock};
use testkit::{Browser, Engine, TestApp};

/// What reads one input.
pub type Target = fn(&[u8]);

/// Name and function of every target.
pub const ALL: [(&str, Target); 13] = [
    ("json", json),
    ("forms", forms),
    ("multipart", multipart),
    ("queries", queries),
    ("csv", csv),
    ("xlsx", xlsx),
    ("mapping", mapping),
    ("calendar", calendar),
    ("configuration", configuration),
    ("definitions", definitions),
    ("sniff", sniff),
    ("search", search),
    ("texts", texts),
];

/// Pages and end points that read a form; the input's first byte chooses.
const FORMS: [&str; 8] = [
    "/login",
    "/appeals/new/story",
    "/appeals/new/contact",
    "/categories",
    "/intake/rail",
    "/intake/forum",
    "/intake/00000000-0000-7000-8000-000000000001/split",
    "/desk/export",
];

/// Pages that read a query; the input's first byte chooses.
const QUERIES: [&str; 8] = [
    "/figures",
    "/categories",
    "/login",
    "/desk",
    "/desk/work",
    "/search",
    "/api/v1/matters",
    "/api/v1/units",
];

/// The API's intake takes any JSON and says what is wrong with it.
pub fn json(data: &[u8]) {
    answered("POST", "/api/v1/appeals", "application/json", data);
}

/// Forms, however they are packed.
pub fn forms(data: &[u8]) {
    let (path, body) = chosen(&FORMS, data);
    answered("POST", path, "application/x-www-form-urlencoded", body);
}

/// Forms with files.
pub fn multipart(data: &[u8]) {
    let (path, body) = chosen(&FORMS, data);
    answered("POST", path, "multipart/form-data; boundary=X", body);
}

/// Filters, cursors, searches and whatever else stands behind a question mark.
pub fn queries(data: &[u8]) {
    let (path, query) = chosen(&QUERIES, data);
    let legal = |byte: &u8| {
        byte.is_ascii_graphic()
            && !matches!(byte, b'#' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    };
    let query: String = query.iter().filter(|byte| legal(byte)).map(|byte| char::from(*byte)).collect();
    answered("GET", &format!("{path}?{query}"), "", b"");
}

/// Tables as text, in any encoding.
pub fn csv(data: &[u8]) {
    let _ = network::import::Table::open(&file("t.csv", data));
}

/// Workbooks.
pub fn xlsx(data: &[u8]) {
    let _ = network::import::Table::open(&file("t.xlsx", data));
}

/// Mapping files of an import.
pub fn mapping(data: &[u8]) {
    let _ = matters::history::Mapping::parse(&String::from_utf8_lossy(data));
}

/// Working calendars, instants, dates and limits.
pub fn calendar(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = kernel::time::Calendar::parse(&text);
    let _ = kernel::time::Instant::parse(&text);
    let _ = text.parse::<kernel::time::Date>();
}

/// Everything an office configures.
pub fn configuration(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = matters::configuration::Categories::parse(&text);
    let _ = matters::configuration::Routing::parse(&text);
    let _ = matters::configuration::Grounds::parse(&text);
    let _ = matters::configuration::Templates::parse(&text);
    let _ = matters::configuration::Notices::parse(&text);
    let _ = matters::configuration::supervision::Supervision::parse(&text);
    let _ = matters_rules::Procedure::parse(&text);
}

/// Definitions of registers, their formulas, amounts and rhythms.
pub fn definitions(data: &[u8]) {
    use registers::rules::{Cadence, Decimal, Definition, expression::Expression};
    let text = String::from_utf8_lossy(data);
    let _ = Definition::parse(&text);
    let _ = Expression::parse(&text);
    let _ = (Decimal::parse(&text), Cadence::parse(&text));
}

/// What a file is, by its first bytes, and pictures without their metadata.
pub fn sniff(data: &[u8]) {
    if let Some(kind) = matters::attachments::media_type(data) {
        let _ = matters::attachments::stripped(kind, data);
    }
}

/// What is indexed of a text, what is looked for, where it stands.
pub fn search(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (head, rest) = text.split_once('\n').unwrap_or((&text, &text));
    let _ = (search::terms(rest), search::wanted(head), search::words(rest));
    let _ = search::snippet(rest, head, 60);
}

/// Suggestions on any text.
pub fn texts(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let categories = matters::configuration::Categories::parse(matters::configuration::categories::DEFAULT);
    let categories = categories.expect("the delivered list reads");
    let known = [Known { text, ..Known::default() }, Known { text: "变压器增容".into(), ..Known::default() }];
    let _ = Measure::of(&known, &categories).hits(matters::search::measure::Basis::Cases, |_| true);
}

fn file(name: &str, data: &[u8]) -> network::import::File {
    network::import::File { name: name.to_owned(), bytes: data.to_vec() }
}

fn chosen<'a>(all: &[&'static str], data: &'a [u8]) -> (&'static str, &'a [u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    (all[usize::from(*first) % all.len()], rest)
}

/// The whole product with a city of one office, in this process, and a browser in which one
/// of its officers has logged in.
static PRODUCT: LazyLock<(tokio::runtime::Runtime, Browser)> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let directory = Arc::new(identity::StoreDirectory::new(kernel::time::Zone::default()));
    let config = Config { intake_office: Some("ld-ydb".into()), ..Config::default() };
    let features = tongxin::features::all();
    let test = TestApp::start_with(Engine::Sqlite, "2026-11-18T01:30:00Z", features, directory, config);
    let browser = runtime.block_on(office(&test));
    // The product lives as long as the process.
    Box::leak(Box::new(test));
    (runtime, browser)
});

async fn office(test: &TestApp) -> Browser {
    let (app, by, options) = (&test.app, platform::By::Operator, Default::default());
    let areas = few(include_str!("../../demo/data/divisions.csv"), &["430000,", "431300,"]);
    let units = few(include_str!("../../demo/data/units.csv"), &["ld,", "ld-ydb,"]);
    network::import::divisions(app, &by, &file("a.csv", areas.as_bytes()), options).await.expect("reads");
    network::import::units(app, &by, &file("u.csv", units.as_bytes()), options).await.expect("reads");
    matters::configuration::seed(app).await.expect("the configuration is published");
    let made = identity::accounts::create_with_password(app, &by, "officer", "officer", PASSWORD).await;
    let from = kernel::time::Date::constant(2022, 1, 1);
    let grant = identity::accounts::NewGrant {
        role: kernel::permission::Role::Dispatcher,
        unit: "ld-ydb".into(),
        from,
        to: None,
    };
    identity::accounts::grant(app, &by, made.expect("an account"), grant).await.expect("a grant");
    let browser = test.browser();
    let answer = browser.post("/login", &[("login", "officer"), ("password", PASSWORD)]).await;
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.body);
    browser
}

/// The head of a table and the rows that begin so.
fn few(table: &str, starts: &[&str]) -> String {
    let rows = table.lines().skip(1).filter(|row| starts.iter().any(|start| row.starts_with(start)));
    table.lines().take(1).chain(rows).collect::<Vec<_>>().join("\n")
}

const PASSWORD: &str = "a long test password";

fn answered(method: &str, path: &str, kind: &str, body: &[u8]) {
    let (runtime, browser) = &*PRODUCT;
    let request = Request::builder().method(method).uri(path);
    let request = if kind.is_empty() { request } else { request.header("content-type", kind) };
    let answer = runtime.block_on(browser.send(request, Body::from(body.to_vec())));
    assert!(!answer.status.is_server_error(), "{method} {path}: {} {}", answer.status, answer.body);
}
