//! The registers of the demo city count what the press of 2022 counted: each figure is
//! computed from rows, and where the reference file is at hand it is read from there.

use kernel::time::Zone;
use registers::read::indicators::{self, Span};
use registers::read::list::Asked;
use registers::read::{coverage, in_force};
use registers::rules::Decimal;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use testkit::{Engine, TestApp};

const NOW: &str = "2026-11-23T08:10:00Z";

/// Row of the article, register, indicator, first and last day, the figure with its bound.
const ARTICLE: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("L01", "liaison", "friendship_posts", "", "", "27"),
    ("L02", "liaison", "friendship_counterparts", "", "", "54"),
    ("L03", "liaison", "assigned_posts", "", "", "33"),
    ("L04", "liaison", "assigned_entrepreneurs", "", "", "143"),
    ("L05", "liaison", "assigned_chambers", "", "", "42"),
    ("S01", "sites", "province_now", "", "2022-08-30", "10"),
    ("S02", "sites", "city_now", "", "2022-08-30", "29"),
    ("S03", "sites", "county_now", "", "2022-08-30", "106"),
    ("K03", "sites", "sales", "", "", "≥800"),
    ("T01", "events", "tour_stops", "2022-07-01", "2022-08-30", "14"),
    ("T02", "events", "tour_participants", "2022-07-01", "2022-08-30", "≥1000"),
    ("T03", "events", "tour_distance", "2022-07-01", "2022-08-30", "<2000"),
    ("K02", "teams", "teams", "", "", "18"),
    ("K04", "pairings", "forms", "", "", "3"),
    ("R01", "research", "formed", "", "2022-08-30", "68"),
    ("M03", "studies", "sessions", "2022-01-01", "2022-08-30", "≥200"),
    ("I02", "projects", "demo_count", "2021-10-09", "2021-10-09", "29"),
    ("I03", "projects", "demo_total", "2021-10-09", "2021-10-09", "44.09"),
    ("I04", "enterprises", "registered", "2022-01-01", "2022-07-31", "28"),
    ("I05", "projects", "paid_in", "2022-01-01", "2022-07-31", "161.3"),
    ("I06", "projects", "major_count", "2022-01-01", "2022-07-31", "73"),
    ("I07", "projects", "major_total", "2022-01-01", "2022-07-31", "558"),
];

async fn city(engine: Engine) -> TestApp {
    let features = vec![network::feature(), identity::feature(), matters::feature(), registers::feature()];
    let directory = Arc::new(identity::StoreDirectory::new(Zone::default()));
    let test = TestApp::start(engine, NOW, features, directory);
    tongxin_demo::city::make(&test.app).await.expect("divisions and units");
    tongxin_demo::registers::make(&test.app).await.expect("the registers fill");
    test
}

async fn counted(test: &TestApp, register: &'static str, code: &'static str, span: Span) -> String {
    let read = test.app.read(move |q, app| {
        let definition = in_force(q, app, register)?.expect("defined");
        let indicator = definition.indicator(code).expect("an indicator");
        let asked = Asked::default();
        Ok(indicators::figure(q, &definition, None, &asked, indicator, span)?)
    });
    let figure = read.await.expect("counts");
    // The press writes money in 亿元, sales in 万元.
    let unit = match (figure.money, code) {
        (false, _) => 1,
        (true, "sales") => 10_000,
        (true, _) => 100_000_000,
    };
    let shown = figure.total.sum.over(Decimal::whole(unit)).expect("a unit");
    format!("{}{shown}", figure.total.sign())
}

async fn article(test: &TestApp) {
    let printed = printed();
    for (row, register, indicator, from, to, expected) in ARTICLE {
        let span = Span { from: from.parse().ok(), to: to.parse().ok() };
        let found = counted(test, register, indicator, span).await;
        assert_eq!(found, *expected, "{row}: {register}.{indicator}");
        if let Some(value) = printed.get(*row) {
            let plain = found.trim_start_matches(['≥', '<']);
            assert_eq!(plain, value, "{row} as the press printed it");
        }
    }
}

/// The reference file's figures by row; empty where it is not at hand.
fn printed() -> BTreeMap<String, String> {
    let Some(folder) = std::env::var_os("TONGXIN_REFERENCE_DATA").map(PathBuf::from) else {
        eprintln!(
            "TONGXIN_REFERENCE_DATA is not set: the figures are compared with the test's own list alone"
        );
        return BTreeMap::new();
    };
    let text = std::fs::read_to_string(folder.join("article_figures.csv")).expect("the reference data");
    let mut found = BTreeMap::new();
    for line in text.lines().skip(1) {
        let mut quoted = false;
        let cells: Vec<&str> = line
            .split(|c: char| {
                quoted ^= c == '"';
                c == ',' && !quoted
            })
            .collect();
        if let [id, _, value, ..] = cells[..] {
            found.insert(id.to_owned(), value.to_owned());
        }
    }
    found
}

async fn posts(test: &TestApp) {
    let read = test.app.read(|q, _| {
        let root = network::unit(q, &"ld".into())?.expect("the city").path;
        let day = "2022-08-30".parse().expect("a date");
        let mut found = Vec::new();
        for post in coverage::required(q)? {
            let by_county = coverage::by_branch(q, &root, &post, day)?;
            assert_eq!(by_county.len(), 5, "K05: {}", post.name);
            let required: i64 = by_county.values().map(|filled| filled.required).sum();
            let filled: i64 = by_county.values().map(|filled| filled.filled).sum();
            found.push((post.level, required, filled));
        }
        Ok(found)
    });
    let mut found = read.await.expect("counts");
    found.sort();
    let expected = [("county", 5), ("township", 87), ("township", 87), ("village", 2107), ("village", 2107)];
    let expected: Vec<_> = expected.into_iter().map(|(level, n)| (level.to_owned(), n, n)).collect();
    assert_eq!(found, expected, "K07–K09: every post is filled");
}

async fn counts(engine: Engine) {
    let test = city(engine).await;
    article(&test).await;
    posts(&test).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registers_count_what_the_press_counted_on_sqlite() {
    counts(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registers_count_what_the_press_counted_on_postgres() {
    counts(Engine::Postgres).await;
}
