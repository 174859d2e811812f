//! Reports as people make, change and take them away, on both engines.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::AccountId;
use kernel::permission::{Grant, Role, UnitPath};
use network::import::{self, File, ImportOptions};
use platform::By;
use platform::config::Config;
use platform::directory::SignedIn;
use platform::feature::Feature;
use platform::ui::Source;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use testkit::{Answer, Browser, Engine, OnDuty, TestApp};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

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
        call_quality::feature(),
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

const DAILY: &str = "/desk/reports/templates/daily";

async fn upload(browser: &Browser, file: &[u8]) -> Answer {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.docx\"\r\n\r\n";
    let body = [head.as_bytes(), file, b"\r\n--b--\r\n"].concat();
    let request = Request::post(format!("{DAILY}/word"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    browser.send(request, Body::from(body)).await
}

/// The document's body, and the document with other words in it.
fn body_of(document: &[u8]) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(document)).expect("a document");
    archive.by_name("word/document.xml").expect("a body").read_to_string(&mut text).expect("UTF-8");
    text
}

fn with_body(document: &[u8], body: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(document)).expect("a document");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let name = archive.by_index(index).expect("a part").name().expect("a name").into_owned();
        if name == "word/document.xml" {
            out.start_file(name, SimpleFileOptions::default()).expect("begun");
            out.write_all(body.as_bytes()).expect("written");
        } else {
            out.raw_copy_file(archive.by_index_raw(index).expect("a part")).expect("copied");
        }
    }
    out.finish().expect("a document").into_inner()
}

async fn an_offices_own_word_file_makes_the_reports(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let start = browser.get(&format!("{DAILY}/start.docx")).await.bytes;
    let body = body_of(&start);
    assert!(body.contains("{units.rate_on_time}") && body.contains("{issuer}"), "{body}");

    let wrong =
        with_body(&start, &body.replacen("{office}", "{offise}", 1).replacen("{period}", "{收到}", 1));
    let refused = upload(&browser, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["是否应为“office”", "没有名为“收到”的数据，是否应为“received”", "第 2 段"]
    {
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
    }
    let macros = with_body(
        &start,
        &body.replace("<w:body>", "<w:body><w:p><w:fldSimple w:instr=\"DDEAUTO c\"/></w:p>"),
    );
    assert!(upload(&browser, &macros).await.body.contains("会从外部取内容（DDEAUTO）"));
    assert!(upload(&browser, b"%PDF-1.7 no document").await.body.contains("不是能读取的 Word 文件"));

    let own = with_body(&start, &body.replace("<w:body>", "<w:body><w:p><w:r><w:t>本单位质检均分{call_</w:t></w:r><w:r><w:t>checks_mean}，来电{calls}个</w:t></w:r></w:p><w:p><w:r><w:t>{body}</w:t></w:r></w:p>"));
    let kept = upload(&browser, &own).await;
    assert_eq!(kept.location.as_deref(), Some("/desk/reports/templates/daily/word/1"), "{}", kept.body);
    let preview = browser.get(&kept.location.expect("its preview")).await.body;
    assert!(preview.contains("本单位质检均分–，来电0个") && preview.contains("未启用"), "{preview}");
    let filled = browser.get(&format!("{DAILY}/word/1/preview.docx")).await.bytes;
    assert!(body_of(&filled).contains("2026年11月17日") && !body_of(&filled).contains("{received}"));
    let before = browser.post("/desk/reports", &[("kind", "daily"), ("day", "2026-11-16")]).await.location;
    let before = browser.get(&format!("{}/report.docx", before.expect("made"))).await.bytes;
    assert!(!body_of(&before).contains("质检均分"), "uploading alone changes nothing");

    let chosen = browser.post(&format!("{DAILY}/word/choice"), &[("version", "1")]).await;
    assert!(chosen.status.is_redirection(), "{}", chosen.body);
    tongxin_reports::make::run(&test.app).await.expect("the timer's");
    let list = browser.get("/desk/reports?kind=daily").await.body;
    let href = list
        .split("row-title\" href=\"")
        .find(|row| row.contains("自动"))
        .and_then(|row| row.split('"').next());
    let href = href.expect("the timer's report").to_owned();
    let page = browser.get(&href).await.body;
    assert!(page.contains("Word 模板第 1 版") && page.contains("来电0个"), "{page}");
    let edited = [("text", "# 日报\n今日平稳，无积压。"), ("version", "1")];
    assert!(browser.post(&format!("{href}/text"), &edited).await.status.is_redirection());
    assert!(browser.post(&format!("{href}/issue"), &[("version", "2")]).await.status.is_redirection());
    let report = body_of(&browser.get(&format!("{href}/report.docx")).await.bytes);
    assert!(report.contains("今日平稳，无积压。") && report.contains("2026年11月18日"), "{report}");
    assert!(report.contains("—"), "no unit had an assignment: {report}");

    browser.post(&format!("{DAILY}/word/choice"), &[("version", "")]).await;
    let again = body_of(&browser.get(&format!("{href}/report.docx")).await.bytes);
    assert_eq!(again, report, "what was made stays as it was made");
    let api = browser.get("/api/v1/reports/templates/daily").await.json();
    assert_eq!((api["word"].is_null(), &api["words"][0]["body"]), (true, &true.into()), "{api}");
    assert_eq!(api["names"]["calls"], "接听热线来电");
    let problem = browser
        .post_json(
            "/api/v1/reports/templates/daily/word",
            &serde_json::json!({"name": "a.docx", "content": "eA=="}),
        )
        .await;
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem.body.contains("/content"), "{}", problem.body);
    people.relieve(person(2, Role::Intake, "ld-ztc"));
    assert_eq!(upload(&browser, &own).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get(&format!("{DAILY}/word/1/template.docx")).await.status, StatusCode::FORBIDDEN);
}

async fn send_back(browser: &Browser, href: &str, version: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n--b\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.docx\"\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--b--\r\n"].concat();
    let request = Request::post(format!("{href}/document"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    browser.send(request, Body::from(body)).await
}

async fn what_was_changed_by_hand_is_issued_beside_what_was_computed(engine: Engine) {
    let (test, people) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let made = browser.post("/desk/reports", &[("kind", "daily"), ("day", "2026-11-17")]).await;
    let href = made.location.expect("made");
    let computed = browser.get(&format!("{href}/report.docx")).await.bytes;
    let changed = with_body(&computed, &body_of(&computed).replacen("</w:t>", "（经值班长改写）</w:t>", 1));

    let none = send_back(&browser, &href, "1", b"").await;
    assert!(none.body.contains("请选择 Word 文件"), "{}", none.body);
    for (file, said) in [(b"%PDF-1.7 no document".as_slice(), "不是能读取的 Word 文件"), (b"words", "")]
    {
        let refused = send_back(&browser, &href, "1", file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains(said) && refused.body.contains("# "),
            "the words stay: {}",
            refused.body
        );
    }
    let kept = send_back(&browser, &href, "1", &changed).await;
    assert_eq!(kept.location.as_deref(), Some(href.as_str()), "{}", kept.body);
    let stale = send_back(&browser, &href, "1", &changed).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody changed it meanwhile");
    let page = browser.get(&href).await.body;
    assert!(page.contains("手工修改后传回") && page.contains("computed.docx"), "{page}");
    let edited = browser.post(&format!("{href}/text"), &[("text", "# 日报"), ("version", "2")]).await;
    assert!(edited.body.contains("请先撤下该文件"), "{}", edited.body);

    let left = browser.post(&format!("{href}/document/withdrawal"), &[("version", "2")]).await;
    assert!(left.status.is_redirection(), "{}", left.body);
    assert_eq!(browser.get(&format!("{href}/report.docx")).await.bytes, computed);
    assert!(send_back(&browser, &href, "3", &changed).await.status.is_redirection());
    assert!(browser.post(&format!("{href}/issue"), &[("version", "4")]).await.status.is_redirection());
    let late = send_back(&browser, &href, "5", &changed).await;
    assert!(late.body.contains("报告已签发"), "{}", late.body);

    let issued = browser.get(&format!("{href}/report.docx")).await.bytes;
    assert!(body_of(&issued).contains("（经值班长改写）"));
    let beside = browser.get(&format!("{href}/computed.docx")).await.bytes;
    assert!(!body_of(&beside).contains("（经值班长改写）") && body_of(&beside).contains("收到"));
    assert!(browser.get("/desk/reports").await.body.contains("手工修改"), "the list marks it");
    assert!(browser.get(&format!("{href}/report.xlsx")).await.bytes.starts_with(b"PK"));

    let id = href.rsplit('/').next().expect("its id");
    let api = format!("/api/v1/reports/{id}");
    let told = browser.get(&api).await.json();
    assert!(told["by_hand_at"].is_string() && told["figures"]["received"] == "0", "{told}");
    assert_eq!(browser.get(&format!("{api}/document")).await.bytes, issued);
    assert_eq!(browser.get(&format!("{api}/computed")).await.bytes, beside);
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
    people.relieve(person(2, Role::Intake, "ld-ztc"));
    assert_eq!(send_back(&browser, &href, "5", &changed).await.status, StatusCode::FORBIDDEN);
}

async fn a_program_writes_and_issues_a_report(engine: Engine) {
    let (test, _) = city(engine).await;
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let new = serde_json::json!({"kind": "daily", "day": "2026-11-17"});
    let made = browser.post_json("/api/v1/reports", &new).await.json();
    let path = format!("/api/v1/reports/{}", made["id"].as_str().expect("its id"));
    let content = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let text = serde_json::json!({"text": "# 日报\n平稳。", "version": 1});
    assert_eq!(browser.post_json(&format!("{path}/text"), &text).await.status, StatusCode::NO_CONTENT);
    let stale = browser.post_json(&format!("{path}/text"), &text).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.body);
    let document = browser.get(&format!("{path}/document")).await.bytes;
    let wrong = serde_json::json!({"name": "a.docx", "content": content(b"words")});
    let wrong = browser.post_json(&format!("{path}/document"), &wrong).await;
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("/content"),
        "{}",
        wrong.body
    );
    let sent = serde_json::json!({"name": "a.docx", "content": content(&document)});
    let sent = browser.post_json(&format!("{path}/document"), &sent).await;
    assert_eq!(sent.status, StatusCode::NO_CONTENT, "{}", sent.body);
    let step = serde_json::json!({});
    let left = browser.post_json(&format!("{path}/document/withdrawal"), &step).await;
    assert_eq!(left.status, StatusCode::NO_CONTENT, "{}", left.body);
    assert_eq!(browser.post_json(&format!("{path}/issue"), &step).await.status, StatusCode::NO_CONTENT);
    let again = browser.post_json(&format!("{path}/issue"), &step).await;
    assert!(again.body.contains("report-issued"), "{}", again.body);
    let shown = browser.get(&path).await.json();
    assert!(shown["issued_at"].is_string() && shown["by_hand_at"].is_null(), "{shown}");
    let template = "/api/v1/reports/templates/daily/text";
    let strange = browser.post_json(template, &serde_json::json!({"text": "# 日报\n{recieved}"})).await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", strange.body);
    let changed = browser.post_json(template, &serde_json::json!({"text": "# 直通日报\n{received}"})).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.body);
}

#[tokio::test]
async fn changed_by_hand_on_sqlite() {
    what_was_changed_by_hand_is_issued_beside_what_was_computed(Engine::Sqlite).await;
}

#[tokio::test]
async fn changed_by_hand_on_postgres() {
    what_was_changed_by_hand_is_issued_beside_what_was_computed(Engine::Postgres).await;
}

#[tokio::test]
async fn a_program_issues_on_sqlite() {
    a_program_writes_and_issues_a_report(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_program_issues_on_postgres() {
    a_program_writes_and_issues_a_report(Engine::Postgres).await;
}

#[tokio::test]
async fn word_templates_on_sqlite() {
    an_offices_own_word_file_makes_the_reports(Engine::Sqlite).await;
}

#[tokio::test]
async fn word_templates_on_postgres() {
    an_offices_own_word_file_makes_the_reports(Engine::Postgres).await;
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
