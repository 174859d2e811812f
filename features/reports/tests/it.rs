//! Reports as people make, change and take them away, on both engines.

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
        knowledge::feature(),
        statistics::feature(),
        tongxin_reports::feature(),
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

async fn a_report_is_made_changed_issued_and_taken_away(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let ahead = browser.post("/desk/reports", &[("kind", "daily"), ("day", "2026-12-01")]).await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = browser.post("/desk/reports", &[("kind", "weekly"), ("day", "2026-11-18")]).await;
    let href = made.location.expect("made");
    let page = browser.get(&href).await.body;
    assert!(page.contains("2026年11月16日至2026年11月18日") && page.contains("按时办结率"), "{page}");
    assert!(!page.contains("{received}") && !page.contains("{rate_"), "every figure is filled in: {page}");
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("a version").to_owned();
    let edited = [("text", "# 工作周报\n本周平稳。\n| 收到 | 0 |"), ("version", &version)];
    let saved = browser.post(&format!("{href}/text"), &edited).await;
    assert!(saved.status.is_redirection(), "{}", saved.body);
    let stale = browser.post(&format!("{href}/issue"), &[("version", &version)]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody changed it meanwhile");
    let issued = browser.post(&format!("{href}/issue"), &[("version", "2")]).await;
    assert!(issued.status.is_redirection(), "{}", issued.body);
    let late = browser.post(&format!("{href}/text"), &[("text", "# x"), ("version", "3")]).await;
    assert!(late.body.contains("报告已签发"), "{}", late.body);
    for file in ["report.docx", "report.xlsx"] {
        let file = browser.get(&format!("{href}/{file}")).await;
        assert!(file.bytes.starts_with(b"PK"), "{}", file.body);
    }
    let id = href.rsplit('/').next().expect("its id");
    let api = browser.get(&format!("/api/v1/reports/{id}")).await.json();
    assert_eq!(api["figures"]["received"], "0", "figures stay as they stood: {api}");
    people.relieve(person(2, Role::Intake, "ld-ztc"));
    assert_eq!(browser.get("/desk/reports").await.status, StatusCode::FORBIDDEN);
}

async fn a_template_is_checked_and_the_timer_makes_each_once(engine: Engine) {
    let (test, _) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let template = "/desk/reports/templates/daily";
    let wrong = browser.post(template, &[("text", "# 日报\n共{recieved}件")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("没有名为“recieved”的数据"), "{}", wrong.body);
    let kept = browser.post(template, &[("text", "# 直通日报\n共{received}件")]).await;
    assert!(kept.status.is_redirection(), "{}", kept.body);
    assert!(browser.get(template).await.body.contains("第 1 版"));
    tongxin_reports::make::begin(&test.app).await.expect("begins");
    test.at("2026-11-19T01:30:00Z");
    test.run_jobs().await;
    test.at("2026-11-19T02:30:00Z");
    assert_eq!(tongxin_reports::make::run(&test.app).await.expect("runs"), 0, "each once");
    let list = browser.get("/desk/reports?kind=daily").await.body;
    assert!(list.contains("2026年11月18日") && list.contains("自动"), "{list}");
    let href = list.split("row-title\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let report = browser.get(href.expect("a report")).await.body;
    assert!(report.contains("直通日报") && report.contains("共0件"), "{report}");
}

#[tokio::test]
async fn a_report_is_made_on_sqlite() {
    a_report_is_made_changed_issued_and_taken_away(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_report_is_made_on_postgres() {
    a_report_is_made_changed_issued_and_taken_away(Engine::Postgres).await;
}

#[tokio::test]
async fn a_template_is_checked_on_sqlite() {
    a_template_is_checked_and_the_timer_makes_each_once(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_template_is_checked_on_postgres() {
    a_template_is_checked_and_the_timer_makes_each_once(Engine::Postgres).await;
}
