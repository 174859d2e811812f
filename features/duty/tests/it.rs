//! Rosters and hand-overs as people meet them, on both engines.

use axum::http::StatusCode;
use kernel::AccountId;
use kernel::permission::{Grant, Role, UnitPath};
use network::import::{self, File, ImportOptions};
use platform::By;
use platform::config::Config;
use platform::directory::SignedIn;
use platform::feature::Feature;
use platform::ui::Source;
use std::sync::Arc;
use testkit::{Engine, OnDuty, TestApp};
use uuid::Uuid;

const DIVISIONS: &str = "code,name,parent,level\n430000,某省,,province\n431300,某市,430000,city\n";
const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
ld,某市人民政府,某市,City,,city,government,431300,
ld-ztc,市营商环境直通车办公室,直通车办,Office,ld,city,intake_office,431300,
ld-czj,市财政局,市财政局,Finance,ld,city,department,431300,
";

/// Words that the product has from features which are not here.
const WORDS: Source = Source {
    name: "words",
    zh_cn: "refusal-entry-missing = 请填写\nrefusal-entry-not-chosen = 请选择\nrefusal-entry-too-long = 不超过 { $max } 个字\n",
    en: "",
};

fn person(who: u128, role: Role, unit: &str) -> SignedIn {
    let grant = Grant::own(role, unit.into(), UnitPath(format!("ld/{unit}/")));
    SignedIn {
        account: AccountId(Uuid::from_u128(who)),
        name: format!("岗位{who}"),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

async fn city(engine: Engine) -> (TestApp, Arc<OnDuty>) {
    let people = Arc::new(OnDuty::new(person(1, Role::ShiftHead, "ld-ztc")));
    let features = vec![
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        tongxin_duty::feature(),
        Feature { locales: vec![WORDS], ..Feature::default() },
    ];
    let config = Config { intake_office: Some("ld-ztc".into()), ..Config::default() };
    let test = TestApp::start_with(engine, "2026-11-18T01:30:00Z", features, people.clone(), config);
    let (by, options) = (By::Operator, ImportOptions::default());
    let file = |text: &str| File { name: "list.csv".into(), bytes: text.into() };
    import::divisions(&test.app, &by, &file(DIVISIONS), options).await.expect("a table");
    import::units(&test.app, &by, &file(UNITS), options).await.expect("a table");
    matters::configuration::seed(&test.app).await.expect("the configuration is published");
    (test, people)
}

async fn who_is_on_duty_is_shown_by_the_hour(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let roster = "/desk/duty/rosters/ld-ztc";
    let fields = [
        ("from", "2026-11-18"),
        ("until", "2026-11-19"),
        (
            "shifts",
            "2026-11-18 白班 08:00-20:00 值班长甲岗 0738-8310000\n\
             2026-11-18 夜班 20:00-08:00 值班长乙岗",
        ),
    ];
    let published = browser.post(roster, &fields).await;
    assert!(published.status.is_redirection(), "{}", published.body);
    let now = browser.get("/desk/duty").await.body;
    assert!(now.contains("值班长甲岗") && now.contains("0738-8310000") && !now.contains("乙岗"), "{now}");
    let changed = [fields[0], fields[1], ("shifts", "2026-11-18 白班 08:00-20:00 值班长丙岗")];
    let refused = browser.post(roster, &changed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("请填写原因") && refused.body.contains("值班长丙岗"), "{}", refused.body);
    let [from, until, shifts] = changed;
    let told = browser.post(roster, &[from, until, shifts, ("reason", "甲岗公出")]).await;
    assert!(told.status.is_redirection(), "{}", told.body);
    assert!(browser.get(roster).await.body.contains("甲岗公出"), "the history says why");
    people.relieve(person(2, Role::UnitLiaison, "ld-czj"));
    let foreign = browser.post(roster, &[from, until, shifts, ("reason", "别的")]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "another unit's");
    assert_eq!(browser.get("/api/v1/duty").await.json()[0]["post"], "值班长丙岗");
    test.at("2026-11-18T13:00:00Z");
    assert!(browser.get("/desk/duty").await.body.contains("非工作时间"), "after hours");
    let file = browser.get(&format!("{roster}/table.xlsx")).await;
    assert!(file.bytes.starts_with(b"PK"), "a workbook");
}

async fn a_shift_is_taken_over_by_another(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let empty = browser.post("/desk/duty/handovers/new", &[("shift", "白班")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        [("shift", "11月18日白班"), ("words", "来电平稳"), ("promised", "王师傅 13800001234 明早回电")];
    let written = browser.post("/desk/duty/handovers/new", &fields).await;
    let href = written.location.expect("handed over");
    let own = browser.post(&format!("{href}/signature"), &[]).await;
    assert!(own.body.contains("不能接自己交的班"), "{}", own.body);
    people.relieve(person(2, Role::ShiftHead, "ld-ztc"));
    assert!(browser.get(&href).await.body.contains("明早回电"));
    let signed = browser.post(&format!("{href}/signature"), &[("note", "已阅")]).await;
    assert!(signed.status.is_redirection(), "{}", signed.body);
    let again = browser.post(&format!("{href}/signature"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    people.relieve(person(3, Role::ShiftHead, "ld-czj"));
    assert_eq!(browser.get(&href).await.status, StatusCode::NOT_FOUND, "another office's");
    let journal = test
        .app
        .read(|q, _| {
            let rows =
                store::Query::query(q, "select body from journal where stream like 'handover:%'", &[])?;
            Ok(rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?.join(" "))
        })
        .await
        .expect("reads");
    assert!(!journal.contains("13800001234") && !journal.contains("来电平稳"), "sealed: {journal}");
}

/// What is done on the pages a program does too, by the same rules.
async fn a_program_keeps_rosters_and_hands_over(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let roster = "/api/v1/duty/rosters/ld-ztc";
    let lines = |lines: &[&str], until: &str, reason: &str| serde_json::json!({"from": "2026-11-18", "until": until, "shifts": lines, "reason": reason});
    let wrong = browser.post_json(roster, &lines(&["2026-11-18 白班"], "tomorrow", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("#/until") && wrong.body.contains("#/shifts"), "{}", wrong.body);
    let first = ["2026-11-18 白班 08:00-20:00 值班长甲岗 0738-8310000"];
    let told = browser.post_json(roster, &lines(&first, "2026-11-18", "")).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT, "{}", told.body);
    let second = ["2026-11-18 白班 08:00-20:00 值班长丙岗"];
    let unsaid = browser.post_json(roster, &lines(&second, "2026-11-18", "")).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a change says why: {}", unsaid.body);
    let told = browser.post_json(roster, &lines(&second, "2026-11-18", "甲岗公出")).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT, "{}", told.body);
    assert_eq!(browser.get("/api/v1/duty").await.json()[0]["post"], "值班长丙岗");

    let handovers = "/api/v1/duty/handovers";
    let empty = browser.post_json(handovers, &serde_json::json!({"shift": "白班", "words": " "})).await;
    assert!(empty.body.contains("#/words"), "{}", empty.body);
    let said = serde_json::json!({"shift": "11月18日白班", "words": "来电平稳"});
    let written = browser.post_json(handovers, &said).await;
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.body);
    let id = written.json()["id"].as_str().expect("its id").to_owned();
    let signature = format!("{handovers}/{id}/signature");
    let own = browser.post_json(&signature, &serde_json::json!({})).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "not one's own: {}", own.body);
    people.relieve(person(2, Role::ShiftHead, "ld-ztc"));
    let signed = browser.post_json(&signature, &serde_json::json!({"note": "已阅"})).await;
    assert_eq!(signed.status, StatusCode::NO_CONTENT, "{}", signed.body);
    let signed = browser.get(&format!("/desk/duty/handovers/{id}")).await.body;
    assert!(signed.contains("已接班") && signed.contains("已阅"), "{signed}");
}

#[tokio::test]
async fn a_program_keeps_rosters_on_sqlite() {
    a_program_keeps_rosters_and_hands_over(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_program_keeps_rosters_on_postgres() {
    a_program_keeps_rosters_and_hands_over(Engine::Postgres).await;
}

#[tokio::test]
async fn who_is_on_duty_on_sqlite() {
    who_is_on_duty_is_shown_by_the_hour(Engine::Sqlite).await;
}

#[tokio::test]
async fn who_is_on_duty_on_postgres() {
    who_is_on_duty_is_shown_by_the_hour(Engine::Postgres).await;
}

#[tokio::test]
async fn a_shift_is_taken_over_on_sqlite() {
    a_shift_is_taken_over_by_another(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_shift_is_taken_over_on_postgres() {
    a_shift_is_taken_over_by_another(Engine::Postgres).await;
}
