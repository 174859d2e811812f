//! The registers of the demo city count what the press of 2022 counted: each figure is
//! computed from rows, and where the reference file is at hand it is read from there.

use kernel::time::{Date, Zone};
use platform::By;
use platform::config::Config;
use platform::ui::Locale;
use registers::read::indicators::{self, Span};
use registers::read::list::{self, Asked, Listed};
use registers::read::reach::reach;
use registers::read::{coverage, in_force};
use registers::rules::record::RecordCommand;
use registers::rules::{Decimal, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use store::Query;
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
    ("T04", "events", "tour_months", "2022-07-01", "2022-08-30", "1"),
    ("T05", "events", "tours", "", "2022-08-30", "2"),
    ("K02", "teams", "teams", "", "", "18"),
    ("K04", "pairings", "forms", "", "", "3"),
    ("R01", "research", "formed", "", "2022-08-30", "68"),
    ("M03", "studies", "sessions", "2022-01-01", "2022-08-30", "≥200"),
    ("I08", "projects", "platforms", "", "", "3"),
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
    let config = Config { intake_office: Some(tongxin_demo::cast::OFFICE.into()), ..Config::default() };
    let test = TestApp::start_with(engine, NOW, features, directory, config);
    tongxin_demo::city::make(&test.app).await.expect("divisions and units");
    matters::configuration::seed(&test.app).await.expect("configured");
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

/// Rows of the article that are figures of the network and its registers and that the functions
/// below look at one by one, not by an indicator.
const OTHERWISE: &[&str] = &["K01", "K05", "K06", "K07", "K08", "K09", "I01", "I09", "S04"];
/// Rows of these kinds that are a name and no figure.
const NAMES: &[&str] = &["R02"];

#[test]
fn no_figure_of_the_article_is_left_out() {
    let ours = |row: &&String| row.starts_with(['S', 'T', 'K', 'L', 'I', 'R']);
    let known: BTreeSet<&str> =
        ARTICLE.iter().map(|(row, ..)| *row).chain(OTHERWISE.iter().chain(NAMES).copied()).collect();
    let printed = printed();
    let missing: Vec<&String> =
        printed.keys().filter(ours).filter(|row| !known.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

async fn posts(test: &TestApp) {
    let mut expected =
        [("county", 5), ("township", 87), ("township", 87), ("village", 2107), ("village", 2107)]
            .map(|(level, n)| (level.to_owned(), n, n))
            .to_vec();
    assert_eq!(filled(test).await, expected, "K07–K09: every post is filled");
    let one = test.app.read(|q, _| {
        let sql = "select h.id from reg_holders h join unit u on u.code = h.place where u.level = $1 \
                   order by h.id limit 1";
        Ok(q.query_one(sql, &store::params!["village"])?.text(0)?)
    });
    let one = one.await.expect("somebody holds a post").parse().expect("an id");
    let leave = RecordCommand::Remove("离任".into());
    let left =
        test.app.write(move |work| registers::act_record(work, &By::Operator, one, None, &leave).map(drop));
    left.await.expect("one holder is removed");
    expected[3].2 -= 1;
    let mut found = filled(test).await;
    found.sort_by_key(|(level, required, filled)| (level.clone(), *required, *filled));
    assert_eq!(found, expected, "one holder less of 2,107 villages and the figure changes");
}

/// Level, units that must have a post, units in which it is filled: a row for each post.
async fn filled(test: &TestApp) -> Vec<(String, i64, i64)> {
    let read = test.app.read(|q, _| {
        let day = "2022-08-30".parse().expect("a date");
        let units = network::Forest::on(q, day)?;
        let levels: BTreeSet<_> = units.iter().map(|unit| unit.level).collect();
        assert_eq!(levels.len(), 4, "K06: {levels:?}");
        let mut found = Vec::new();
        for post in coverage::required(q)? {
            let by_county = coverage::by_branch(q, &units, &post, day)?;
            assert_eq!(by_county.len(), 5, "K05: {}", post.name);
            let required: i64 = by_county.values().map(|filled| filled.required).sum();
            let filled: i64 = by_county.values().map(|filled| filled.filled).sum();
            found.push((post.level, required, filled));
        }
        Ok(found)
    });
    let mut found = read.await.expect("counts");
    found.sort();
    found
}

/// The rows of a register's list, as its page asks for them.
async fn rows(test: &TestApp, register: &'static str, asked: Asked) -> Vec<Listed> {
    let read = test.app.read(move |q, app| {
        let definition = in_force(q, app, register)?.expect("defined");
        Ok(list::list(q, &definition, None, &asked, 200)?)
    });
    read.await.expect("lists")
}

fn date_of(row: &Listed, field: &str) -> Option<Date> {
    match row.values.get(field) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// K01: the day comes on every 8th.
async fn activity_day(test: &TestApp) {
    let in_county = [("area".to_owned(), "431302".to_owned())].into();
    let found = rows(test, "programmes", Asked { fields: in_county, ..Asked::default() }).await;
    let [Value::Recurrence(day)] =
        found.iter().filter_map(|row| row.values.get("day")).collect::<Vec<_>>()[..]
    else {
        panic!("K01: one activity day")
    };
    assert_eq!(day.day.to_string(), printed().get("K01").cloned().unwrap_or("8".into()), "K01");
}

/// I01: the first entrepreneurs' day.
async fn first_home_day(test: &TestApp) {
    let asked = Asked {
        counted: Some(("home_days".to_owned(), Span::default())),
        sort: Some(("from".to_owned(), false)),
        ..Asked::default()
    };
    let first = rows(test, "events", asked).await.first().and_then(|row| date_of(row, "from"));
    let expected = printed().get("I01").cloned().unwrap_or("2021-10-09".into());
    assert_eq!(first.map(|day| day.to_string()), Some(expected), "I01");
}

/// I09: exactly the threshold is major, a little less is not.
async fn threshold(test: &TestApp) {
    let yuan = 100_000_000_i64;
    let totals = |found: Vec<Listed>| -> Vec<i64> {
        found
            .iter()
            .filter_map(|row| match row.values.get("total") {
                Some(Value::Money { fen, .. }) => Some(fen / 100),
                _ => None,
            })
            .collect()
    };
    let of =
        |major: &str| Asked { fields: [("major".to_owned(), major.to_owned())].into(), ..Asked::default() };
    let (major, other) =
        (totals(rows(test, "projects", of("yes")).await), totals(rows(test, "projects", of("no")).await));
    assert_eq!(major.iter().min(), Some(&yuan), "I09: the number itself counts");
    assert!(!other.is_empty() && other.iter().all(|total| *total < yuan), "I09: nothing less does");
}

/// S04: three marks, met by all that hold a level.
async fn marks(test: &TestApp) {
    let read = test.app.read(|q, app| {
        let definition = in_force(q, app, "sites")?.expect("defined");
        Ok(definition.field("standard").map_or(0, |field| field.options().len()))
    });
    assert_eq!(read.await.expect("reads"), 3, "S04");
    assert_eq!(counted(test, "sites", "three_marks", Span::default()).await, "145", "S04");
}

/// From a lead to its project, from an output to its meeting, and the towns with a base.
async fn chains(test: &TestApp) {
    assert_eq!(counted(test, "leads", "became", Span::default()).await, "5");
    assert_eq!(counted(test, "projects", "from_leads", Span::default()).await, "5");
    assert_eq!(counted(test, "conversions", "held", Span::default()).await, "3");
    assert_eq!(counted(test, "research", "converted", Span::default()).await, "12");
    assert_eq!(counted(test, "studies", "waiting", Span::default()).await, "1");
    let read = test.app.read(|q, app| {
        let definition = in_force(q, app, "sites")?.expect("defined");
        let coverage = definition.coverage.clone().expect("one town, one base");
        Ok(reach(q, &definition, None, &coverage, Locale::ZhCn)?)
    });
    let towns = read.await.expect("reads");
    assert_eq!(towns.len(), 87);
    let (reached, records) =
        towns.iter().fold((0, 0), |sum, town| (sum.0 + i64::from(town.records > 0), sum.1 + town.records));
    assert!(records > 130 && records <= 145, "{records} sites lie in a town");
    assert!(reached > 40 && reached < 87, "{reached} towns have a base");
}

async fn counts(engine: Engine) {
    let test = city(engine).await;
    article(&test).await;
    posts(&test).await;
    activity_day(&test).await;
    first_home_day(&test).await;
    threshold(&test).await;
    marks(&test).await;
    chains(&test).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registers_count_what_the_press_counted_on_sqlite() {
    counts(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registers_count_what_the_press_counted_on_postgres() {
    counts(Engine::Postgres).await;
}
