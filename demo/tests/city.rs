//! The demo city plays through on both engines; what the article of 2022 counts comes out
//! of the journal, every figure adds up, and the read models are what the journal gives.

use kernel::UnitId;
use kernel::permission::{Grant, Role};
use kernel::time::{Date, Instant, Light, Span};
use matters::figures::{Asked, figures, question};
use matters::{Filter, Tab};
use matters_rules::figures::{Cell, Figures};
use matters_rules::watch::Condition;
use platform::config::Config;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Query, params};
use testkit::{Engine, TestApp};
use tongxin_demo::Layers;

/// Today in these tests: a working Monday afternoon.
const NOW: &str = "2026-11-23T08:10:00Z";
/// The counties that do not exist; bad news belongs to them alone.
const MADE_UP: [&str; 5] = ["jia", "yi", "bing", "ding", "wu"];

fn start(engine: Engine) -> TestApp {
    let features = vec![
        mail::feature(),
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        notices::feature(),
        supervision::feature(),
        evaluation::feature(),
        instructions::feature(),
        exchange::feature(),
        accountability::feature(),
        common_issues::feature(),
        call_quality::feature(),
        knowledge::feature(),
        duty::feature(),
        reports::feature(),
    ];
    let directory = Arc::new(identity::StoreDirectory::new(kernel::time::Zone::default()));
    let config = Config { intake_office: Some(tongxin_demo::cast::OFFICE.into()), ..Config::default() };
    TestApp::start_with(engine, NOW, features, directory, config)
}

async fn plays(engine: Engine) {
    let test = start(engine);
    let made = tongxin_demo::make(&test.app, "demo-password-1", Layers::All).await.expect("it plays");
    assert_eq!(made.appeals, tongxin_demo::stories(Layers::All).expect("the texts read").len());
    article(&test).await;
    charging_station(&test).await;
    no_real_unit_is_late(&test).await;
    nothing_is_left_for_long_ago(&test).await;
    no_tab_is_empty(&test).await;
    slips_stand_at_every_step(&test).await;
    no_heading_of_the_board_is_empty(&test).await;
    evaluation_is_under_way(&test).await;
    issues_and_calls_are_under_way(&test).await;
    bad_news_is_the_made_up_counties_alone(&test).await;
    knowledge_has_its_documents(&test).await;
    test.run_jobs().await;
    let today = as_of(&test, None).await;
    assert!(today.adds_up());
    article(&test).await;
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn the_city_plays_through_on_sqlite() {
    plays(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_city_plays_through_on_postgres() {
    plays(Engine::Postgres).await;
}

async fn as_of(test: &TestApp, day: Option<Date>) -> Figures {
    let read = test.app.read(move |snapshot, app| {
        let asked = Asked { as_of: day, ..Asked::default() };
        let question = question(snapshot, app, &asked)?;
        figures(snapshot, &question)
    });
    read.await.expect("the journal gives figures")
}

/// C01–C07 and C10 of the article.
async fn article(test: &TestApp) {
    let opening = as_of(test, Some(Date::constant(2022, 3, 18))).await;
    assert_eq!(opening.count(Cell::Received), 0, "C10: opened on 19 March");

    let figures = as_of(test, Some(Date::constant(2022, 8, 22))).await;
    let counts = [
        ("C01 accepted", Cell::Accepted, 386),
        ("C02 assigned", Cell::Assigned, 339),
        ("C03 open", Cell::Open, 20),
        ("C04 closed", Cell::Closed, 366),
        ("C05 answered directly", Cell::AnsweredDirectly, 47),
        ("C06 assigned and closed", Cell::ClosedOfAssigned, 319),
        ("rated", Cell::Rated, 346),
        ("satisfied", Cell::Satisfied, 335),
        ("merged", Cell::Merged, 0),
        ("pending", Cell::Pending, 0),
    ];
    for (name, cell, expected) in counts {
        assert_eq!(figures.count(cell), expected, "{name}");
    }
    let satisfied = figures.count(Cell::Satisfied) as f64 / figures.count(Cell::Rated) as f64;
    assert_eq!(format!("{:.1}", satisfied * 100.0), "96.8", "C07");
    assert!(figures.count(Cell::Declined) > 0 && figures.count(Cell::LeftBeforeAcceptance) > 0);
    let some =
        [Cell::Redone, Cell::AssignmentsObjected, Cell::AssignmentsReassigned, Cell::AssignmentsExtended];
    assert!(some.iter().all(|cell| figures.count(*cell) > 0), "the loop's turns are in it");
    assert!(figures.adds_up());
}

/// C11–C13: reported, visited the next day, solved on the third, thanks on 13 June 2022.
async fn charging_station(test: &TestApp) {
    let days = test.app.read(|snapshot, app| {
        let row = snapshot.query_one(
            "select id from matter where title like '新建充电站等着送电%' and filed_at < $1",
            &params![Instant::parse("2023-01-01T00:00:00Z").expect("a time")],
        )?;
        let stream = format!("matter:{}", row.str(0)?);
        let zone = app.config.zone.clone();
        let days: BTreeMap<String, Date> = store::journal::load(snapshot, &stream, 0)?
            .iter()
            .map(|entry| (entry.kind.clone(), zone.date_of(entry.occurred_at)))
            .collect();
        Ok(days)
    });
    let days = days.await.expect("the case is there");
    let day = |kind: &str| *days.get(kind).unwrap_or_else(|| panic!("{kind} among {:?}", days.keys()));
    assert_eq!(day("filed"), Date::constant(2022, 6, 7));
    assert_eq!(day("contacted"), Date::constant(2022, 6, 8), "the next day somebody came");
    assert_eq!(day("answered"), Date::constant(2022, 6, 10), "solved on the third");
    assert_eq!(day("rated"), Date::constant(2022, 6, 13), "thanks");
    assert_eq!(day("closed"), Date::constant(2022, 6, 13));
}

/// Late, badly rated, done again: only where nobody real is named.
async fn no_real_unit_is_late(test: &TestApp) {
    let found = test.app.read(|snapshot, app| {
        let late = "select n.unit, m.title from matter_node n join matter m on m.id = n.matter \
                    where n.state not in ('released', 'reassigned') and coalesce(n.submitted_at, $1) > n.due";
        let rows = snapshot.query(late, &params![app.now()])?;
        Ok(rows
            .iter()
            .map(|row| Ok((row.text(0)?, row.text(1)?)))
            .collect::<Result<Vec<_>, store::StoreError>>()?)
    });
    let late: Vec<(String, String)> = found.await.expect("reads");
    assert!(late.len() > 20, "the made-up counties are late now and then");
    let real: Vec<_> = late
        .iter()
        .filter(|(unit, _)| !MADE_UP.contains(&unit.split('-').next().unwrap_or_default()))
        .collect();
    assert!(real.is_empty(), "{real:#?}");
}

/// Whoever is shown the demo finds work in every tab: the office's posts, the platform of the
/// made-up county 甲县 with both its posts, and its busiest department.
async fn no_tab_is_empty(test: &TestApp) {
    let posts = [
        (Role::Intake, "ld-ydb"),
        (Role::Dispatcher, "ld-ydb"),
        (Role::ShiftHead, "ld-ydb"),
        (Role::CallBack, "ld-ydb"),
        (Role::Quality, "ld-ydb"),
        (Role::Supervisor, "ld"),
        (Role::Leader, "ld"),
        (Role::UnitLiaison, "jia-platform"),
        (Role::UnitHead, "jia-platform"),
    ];
    for (role, unit) in posts {
        let counted = test.app.read(move |snapshot, app| {
            let id = UnitId::from(unit);
            let row = network::unit(snapshot, &id)?.ok_or(platform::Failure::NotFound)?;
            matters::read::tab_counts(
                snapshot,
                app,
                &[Grant { role, unit: id, path: row.path, stands_in_for: None }],
            )
        });
        let counts = counted.await.expect("reads");
        let empty: Vec<_> =
            counts.iter().filter(|(_, count)| *count == 0).map(|(tab, _)| tab.code()).collect();
        assert!(!counts.is_empty() && empty.is_empty(), "{role:?} of {unit}: {empty:?}");
    }
}

/// Slips of every step, and rules that have fired; nobody real was more than reminded.
async fn slips_stand_at_every_step(test: &TestApp) {
    let found = test.app.read(|snapshot, _| {
        let slips = snapshot.query("select distinct state from slip order by state", &[])?;
        let measured = "select distinct n.unit from matter_measure s join matter_node n on n.node = s.node \
                        where s.measure <> 'reminder' union select unit from slip";
        let units = snapshot.query(measured, &[])?;
        let texts = |rows: &[store::Row]| rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>();
        Ok((texts(&slips)?, texts(&units)?))
    });
    let (states, units) = found.await.expect("reads");
    assert_eq!(states, ["checked", "drafted", "issued", "replied", "settled"]);
    let county = |unit: &String| unit.split('-').next().unwrap_or_default().to_owned();
    let real: Vec<_> = units.iter().filter(|unit| !MADE_UP.contains(&&*county(unit))).collect();
    assert!(!units.is_empty() && real.is_empty(), "{real:#?}");
}

/// A supervisor finds something under every heading of the board.
async fn no_heading_of_the_board_is_empty(test: &TestApp) {
    let any = Span::working_days(0);
    let headings = [
        ("late", Condition::Late(any)),
        ("about to be late", Condition::Light(Light::Yellow)),
        ("not signed", Condition::Unsigned(any)),
        ("silent", Condition::Silent(Span::working_days(5))),
        ("objected twice", Condition::Objections(2)),
        ("reassigned often", Condition::Reassignments(2)),
        ("done again twice", Condition::Redos(2)),
        ("a report is missing", Condition::Report(any)),
    ];
    let mut empty = Vec::new();
    for (what, condition) in headings {
        let filter = Filter { tab: Tab::Watched, watch: vec![condition], ..Filter::default() };
        let count = test.app.read(move |snapshot, app| {
            let id = UnitId::from("ld");
            let row = network::unit(snapshot, &id)?.ok_or(platform::Failure::NotFound)?;
            let grant = Grant { role: Role::Supervisor, unit: id, path: row.path, stands_in_for: None };
            matters::read::count(snapshot, app, &[grant], &filter)
        });
        if count.await.expect("reads") == 0 {
            empty.push(what);
        }
    }
    assert!(empty.is_empty(), "{empty:?}");
}

/// Timers ran in the replay as in life: none of 2022 waits for the server to start.
async fn nothing_is_left_for_long_ago(test: &TestApp) {
    let open = test.app.read(|snapshot, _| {
        let sql = "select count(*) from matter where filed_at < $1 and phase not in \
                   ('archived', 'declined', 'left_early')";
        Ok(snapshot
            .query_one(sql, &params![Instant::parse("2023-01-01T00:00:00Z").expect("a time")])?
            .int(0)?)
    });
    let open = open.await.expect("reads");
    assert_eq!(open, 0);
}

/// Every kind of bad news there is in the demo, and the unit each piece is about: none of them is
/// a real county's, a real department's or the real office's.
const BAD_NEWS: [(&str, &str); 12] = [
    (
        "rated as not satisfied",
        "select coalesce(n.unit, m.office) from matter_rating r join matter m on m.id = r.matter \
         left join matter_node n on n.matter = m.id and n.state not in ('released', 'reassigned') \
         where r.grade in ('dissatisfied', 'very_dissatisfied')",
    ),
    (
        "said not to be solved",
        "select coalesce(n.unit, m.office) from matter_rating r join matter m on m.id = r.matter \
         left join matter_node n on n.matter = m.id and n.state not in ('released', 'reassigned') \
         where r.solved = 'no'",
    ),
    (
        "done again",
        "select n.unit from matter m join matter_node n on n.matter = m.id where m.redos > 0 \
         and n.state not in ('released', 'reassigned')",
    ),
    (
        "done again twice",
        "select n.unit from matter m join matter_node n on n.matter = m.id where m.redos > 1 \
         and n.state not in ('released', 'reassigned')",
    ),
    (
        "a claim against a rating",
        "select n.unit from matter m join matter_node n on n.matter = m.id where m.exclusion_due is not null",
    ),
    (
        "pressed for a rating",
        "select n.unit from matter m join matter_node n on n.matter = m.id where m.pressure_due is not null",
    ),
    ("a tracking without its report", "select unit from matter_node where report_due < $1"),
    (
        "not signed in time",
        "select unit from matter_node where coalesce(signed_at, $1) > signing_due \
         and state not in ('released', 'reassigned')",
    ),
    ("complained about", "select complained_unit from matter where complained_unit is not null"),
    ("a slip", "select unit from slip"),
    ("a measure of accountability", "select unit from accountability"),
    (
        "an answer of the knowledge base reported as wrong",
        "select i.unit from knowledge_report r join knowledge_item i on i.id = r.item",
    ),
];

async fn bad_news_is_the_made_up_counties_alone(test: &TestApp) {
    let (mut real, mut unseen) = (Vec::new(), Vec::new());
    for (what, sql) in BAD_NEWS {
        let found = test.app.read(move |snapshot, app| {
            let values = if sql.contains("$1") { params![app.now()] } else { params![] };
            let rows = snapshot.query(sql, &values)?;
            Ok(rows.iter().map(|row| row.text(0)).collect::<Result<Vec<String>, store::StoreError>>()?)
        });
        let units = found.await.expect("reads");
        if units.is_empty() {
            unseen.push(what);
        }
        let theirs =
            units.iter().filter(|unit| !MADE_UP.contains(&unit.split('-').next().unwrap_or_default()));
        real.extend(theirs.map(|unit| format!("{what}: {unit}")));
    }
    assert!(real.is_empty(), "{real:#?}");
    assert!(unseen.is_empty(), "the demo shows some of each: {unseen:?}");
}

/// What rests on a numbered document has it as a file, named as made up; expired and to the
/// department's shame is no real one's item.
async fn knowledge_has_its_documents(test: &TestApp) {
    let found = test.app.read(|snapshot, app| {
        let today = app.config.zone.date_of(app.now()).to_string();
        let files = snapshot.query("select content from knowledge_item where content <> ''", &[])?;
        let expired = snapshot.query(
            "select unit from knowledge_item where state = 'in_force' and valid_until < $1",
            &params![today],
        )?;
        let texts = |rows: &[store::Row]| rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>();
        Ok((texts(&files)?, texts(&expired)?))
    });
    let (contents, expired) = found.await.expect("reads");
    for content in contents {
        let content: knowledge::rules::Content = serde_json::from_str(&content).expect("a content");
        let source = &content.source;
        assert_eq!(source.files.is_empty(), source.number.is_empty(), "{}", content.title);
        assert!(source.files.iter().all(|file| file.name.contains("演示数据")), "{:?}", source.files);
    }
    assert!(!expired.is_empty() && expired.iter().all(|unit| unit.starts_with("jia-")), "{expired:?}");
}

/// A hot topic was just found, issues stand open and closed, calls are checked at every step; what
/// is bad in it is the made-up counties' alone.
async fn issues_and_calls_are_under_way(test: &TestApp) {
    let found = test.app.read(|snapshot, _| {
        let mut texts = |sql: &str| -> Result<Vec<String>, store::StoreError> {
            snapshot.query(sql, &[])?.iter().map(|row| row.text(0)).collect()
        };
        Ok((
            texts("select place from hot_topic")?,
            texts("select unit from common_issue")?,
            texts("select distinct state from common_issue order by state")?,
            texts("select distinct state from call_check order by state")?,
        ))
    });
    let (places, units, issues, checks) = found.await.expect("reads");
    let places: Vec<&str> = places.iter().map(|place| place.trim_start_matches("unit:")).collect();
    let units: Vec<&str> = units.iter().filter_map(|unit| unit.split('-').next()).collect();
    assert!(!places.is_empty() && !units.is_empty());
    let real: Vec<_> = places.iter().chain(&units).filter(|county| !MADE_UP.contains(county)).collect();
    assert!(real.is_empty(), "{real:#?}");
    assert_eq!(issues, ["closed", "open"]);
    assert_eq!(checks, ["answered", "final", "scored"]);
}

/// Claims, draws, hints and anomalies are there, and what is bad in them is the made-up
/// counties' alone.
async fn evaluation_is_under_way(test: &TestApp) {
    let office = test
        .app
        .read(|snapshot, _| Ok(network::unit(snapshot, &UnitId::from(tongxin_demo::cast::OFFICE))?))
        .await
        .expect("reads")
        .expect("the office");
    let grants = [Grant::own(Role::Quality, office.code, office.path)];
    let (rows, units) = test
        .app
        .read(move |snapshot, app| {
            let draws = evaluation::draws::draws(snapshot, &grants, None, 10)?.0;
            let mut rows = Vec::new();
            for draw in &draws {
                rows.extend(evaluation::draws::rows_of(snapshot, &draw.id)?);
            }
            let mut units = Vec::new();
            for sql in [
                "select unit from matter_answer where overridden = 1",
                "select n.unit from matter m join matter_node n on n.matter = m.id where m.exclusion_due is not null",
                "select n.unit from draw_row r join matter_node n on n.matter = r.matter where r.finding <> 'confirmed'",
            ] {
                for row in snapshot.query(sql, &params![])? {
                    units.push(row.text(0)?);
                }
            }
            let odd = evaluation::anomalies::find(snapshot, app, &grants)?;
            assert!(!odd.is_empty(), "something is out of the ordinary");
            units.extend(odd.into_iter().filter_map(|odd| odd.unit).map(|unit| unit.to_string()));
            Ok((rows, units))
        })
        .await
        .expect("reads");
    let checked = rows.iter().filter(|row| row.found.is_some()).count();
    assert!(checked > 0 && checked < rows.len(), "{checked} of {} are checked", rows.len());
    for unit in units {
        assert!(MADE_UP.iter().any(|county| unit.starts_with(county)), "{unit} is a real one");
    }
}
