//! Supervision from outside: the board and its batch, rules that fire on time, slips through three
//! hands, what is decided and what lapses; on both engines.

use crate::inbox::assigned;
use crate::support::{city, on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::{MatterId, NodeId};
use matters::{Filter, Tab, TextSealer};
use matters_rules::watch::{Condition, met};
use matters_rules::{Command, NodeRole};
use store::Query;
use supervision::slips::{self, Wanted};
use testkit::{Answer, Browser, Engine, TestApp};

const LEAD: &str = "ld-zj";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;

on_both_engines! {
    board_on_sqlite, board_on_postgres => the_board_shows_what_is_late_and_urges_it;
    rules_on_sqlite, rules_on_postgres => rules_fire_once_and_explain_themselves;
    slips_on_sqlite, slips_on_postgres => a_slip_goes_through_three_hands_and_comes_back;
    alike_on_sqlite, alike_on_postgres => lists_find_what_the_rules_find;
    lapse_on_sqlite, lapse_on_postgres => what_nobody_decides_lapses_and_says_so;
    slip_api_on_sqlite, slip_api_on_postgres => other_systems_take_a_slip_through_its_steps;
}

fn went_to(answer: &Answer, path: &str) {
    let found = (answer.status, answer.location.as_deref());
    assert_eq!(found, (StatusCode::SEE_OTHER, Some(path)), "{}", answer.body);
}

async fn one(test: &TestApp) -> (MatterId, NodeId) {
    let (matter, nodes) = assigned(test, false, &[(LEAD, NodeRole::Lead)]).await;
    (matter, nodes[0])
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

async fn the_board_shows_what_is_late_and_urges_it(test: TestApp) {
    let (matter, node) = one(&test).await;
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    assert!(!page(&supervisor, "/desk/supervision?view=late").await.contains(&matter.to_string()));
    // Two days on nobody has signed; two weeks on it is late.
    test.at("2026-11-20T03:00:00Z");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    assert!(page(&supervisor, "/desk/supervision?view=unsigned").await.contains(&matter.to_string()));
    assert!(!page(&supervisor, "/desk/supervision?view=late").await.contains(&matter.to_string()));
    test.at("2026-12-01T03:00:00Z");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let late = page(&supervisor, &format!("/desk/supervision?view=late&unit={LEAD}")).await;
    assert!(late.contains(&matter.to_string()));
    assert!(!page(&supervisor, "/desk/supervision?view=late&unit=ld-gd").await.contains(&matter.to_string()));

    let tick = format!("{matter}:{node}");
    let batch = |text: &'static str| [("view", "late"), ("measure", "urge"), ("text", text)];
    let nothing = supervisor.post("/desk/supervision/measures", &batch("请抓紧办理。")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("请抓紧办理。"), "nothing typed is lost");
    let mut fields = batch("请抓紧办理。").to_vec();
    fields.push(("assignment", &tick));
    let sent = supervisor.post("/desk/supervision/measures", &fields).await;
    went_to(&sent, "/desk/supervision?view=late");
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let seen = page(&liaison, &format!("/matters/{matter}")).await;
    assert!(seen.contains("催办") && seen.contains("请抓紧办理。"));

    // Its unit may not urge itself, and a county that has no part in it sees nothing.
    let own = liaison.post("/desk/supervision/measures", &fields).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = signed_in(&test, Role::UnitHead, "jia-platform").await;
    assert!(!page(&other, "/desk/supervision?view=all").await.contains(&matter.to_string()));

    let heat = page(&supervisor, "/desk/supervision/heat").await;
    let rows = format!("/desk/supervision?view=went_late&#38;unit={LEAD}&#38;week=");
    let start = heat.find(&rows).unwrap_or_else(|| panic!("a number that opens: {heat}"));
    let href: String = heat[start..].chars().take_while(|c| *c != '"').collect();
    assert!(page(&supervisor, &href.replace("&#38;", "&")).await.contains(&matter.to_string()));
    for workbook in ["/desk/supervision/export?view=late", "/desk/supervision/heat?as=xlsx"] {
        assert!(supervisor.get(workbook).await.bytes.starts_with(b"PK"), "{workbook}");
    }
}

async fn rules_fire_once_and_explain_themselves(test: TestApp) {
    let (matter, _) = one(&test).await;
    assert_eq!(supervision::watch::run(&test.app).await.expect("runs"), 0);
    test.at("2026-12-02T03:00:00Z");
    let fired = supervision::watch::run(&test.app).await.expect("runs");
    assert!(fired >= 3, "unsigned, late, and a day late: {fired}");
    assert_eq!(supervision::watch::run(&test.app).await.expect("runs"), 0, "once each");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let seen = page(&supervisor, &format!("/matters/{matter}")).await;
    assert!(seen.contains("超时未签收，催办承办单位") && seen.contains("第 1 版"), "{seen}");
    // The chain goes on by itself: three days later the county, then the leader.
    test.at("2026-12-04T03:00:00Z");
    assert!(supervision::watch::run(&test.app).await.expect("runs") >= 1);
    let differences = test.app.store.rebuild_check().await.expect("compares");
    assert!(differences.is_empty(), "{differences:#?}");
    // The job keeps itself going.
    supervision::watch::begin(&test.app).await.expect("begins");
    assert!(test.run_jobs().await >= 1);
    test.at("2026-12-04T03:06:00Z");
    assert!(test.run_jobs().await >= 1);
}

async fn a_slip_goes_through_three_hands_and_comes_back(test: TestApp) {
    let (matter, node) = one(&test).await;
    test.at("2026-12-01T03:00:00Z");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let tick = format!("{matter}:{node}");
    let form = page(&supervisor, &format!("/desk/slips/drafts?assignment={tick}")).await;
    assert!(form.contains(&tick));
    let wrong = [("assignment", tick.as_str()), ("colour", "red"), ("days", "40"), ("demand", "限期办结。")];
    let refused = supervisor.post("/desk/slips/drafts", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("限期办结。"));
    let right = [("assignment", tick.as_str()), ("colour", "red"), ("days", "3"), ("demand", "限期办结。")];
    went_to(&supervisor.post("/desk/slips/drafts", &right).await, "/desk/slips");
    let slip = only_slip(&test).await;
    let path = format!("/desk/slips/{slip}");

    // The unit knows nothing of it until it is issued, and its author cannot check it.
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(liaison.get(&path).await.status, StatusCode::NOT_FOUND);
    let check = |version: &'static str| [("version", version), ("approve", "yes")];
    let own = supervisor.post(&format!("{path}/check"), &check("1")).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    went_to(&head.post(&format!("{path}/check"), &check("1")).await, &path);
    let twice = head.post(&format!("{path}/issue"), &[("version", "2")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "who checked does not issue");
    let leader = signed_in(&test, Role::Leader, CITY).await;
    went_to(&leader.post(&format!("{path}/issue"), &[("version", "2")]).await, &path);
    let seen = page(&leader, &path).await;
    assert!(seen.contains("督〔2026〕1号"), "{seen}");
    assert!(page(&supervisor, &format!("/matters/{matter}")).await.contains("发出督办单"));

    let reply = [("version", "3"), ("text", "已约定明日上门更换。")];
    went_to(&liaison.post(&format!("{path}/reply"), &reply).await, &path);
    went_to(
        &supervisor.post(&format!("{path}/settlement"), &[("version", "4"), ("accept", "yes")]).await,
        &path,
    );
    let paper = page(&supervisor, &format!("{path}/paper")).await;
    assert!(paper.contains("限期办结。") && paper.contains("已约定明日上门更换。"));
    assert!(supervisor.get(&format!("{path}/paper.docx")).await.bytes.starts_with(b"PK"));

    // What was issued keeps the name the unit had that day.
    test.at("2026-12-02T03:00:00Z");
    let admin = signed_in(&test, Role::AdminSystem, CITY).await;
    let rename = [
        ("kind", "rename"),
        ("unit", LEAD),
        ("name", "娄底市建设委员会"),
        ("on", "2026-12-02"),
        ("document", "示例编发〔2026〕9号"),
        ("reason", "机构改革"),
        ("step", "confirm"),
    ];
    went_to(&admin.post("/admin/network/changes", &rename).await, &format!("/network/units/{LEAD}"));
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let paper = page(&supervisor, &format!("{path}/paper")).await;
    assert!(!paper.contains("建设委员会"), "{paper}");
    assert!(page(&supervisor, "/desk/slips?tab=ended").await.contains(&slip));
    let differences = test.app.store.rebuild_check().await.expect("compares");
    assert!(differences.is_empty(), "{differences:#?}");
}

async fn only_slip(test: &TestApp) -> String {
    let found = test.app.read(|snapshot, _| Ok(snapshot.query_one("select id from slip", &[])?.text(0)?));
    found.await.expect("one slip")
}

/// The board asks in SQL what the pure rules ask of the folded matter.
async fn lists_find_what_the_rules_find(test: TestApp) {
    let (first, node) = one(&test).await;
    assigned(&test, false, &[("ld-gd", NodeRole::Lead), ("ld-cz", NodeRole::Co)]).await;
    let liaison = person(&test.app, Role::UnitLiaison, LEAD).await;
    let signed = test
        .app
        .write(move |work| matters::act(work, &liaison, first, None, &Command::Sign { node }).map(drop));
    signed.await.expect("signed");
    let lines = [
        "late >= 0wd",
        "late >= 1wd",
        "late >= 3wd",
        "late >= 4wh",
        "late >= 24h",
        "unsigned >= 0wd",
        "unsigned >= 4wh",
        "unsigned >= 2wd",
        "silent >= 1wd",
        "silent >= 3wd",
        "silent >= 2d",
        "report >= 0wd",
        "light = yellow",
        "light = red",
        "light = gross",
        "light = green",
        "objections >= 1",
        "reassignments >= 1",
        "redos >= 1",
        "returns >= 1",
        "urgency = general",
        "urgency = urgent",
        "category = ENE",
        "category = ENE-01",
        "after late-urge >= 0wd",
        "after late-urge >= 1wd",
    ];
    for now in [
        "2026-11-18T02:00:00Z",
        "2026-11-18T16:00:00Z",
        "2026-11-19T16:00:00Z",
        "2026-11-21T05:00:00Z",
        "2026-11-27T03:00:00Z",
        "2026-11-27T16:00:00Z",
        "2026-11-28T00:00:00Z",
        "2026-12-03T03:00:00Z",
        "2026-12-30T03:00:00Z",
    ] {
        test.at(now);
        supervision::watch::run(&test.app).await.expect("runs");
        for line in lines {
            let condition: Condition = line.parse().expect("a condition");
            let grants = person(&test.app, Role::Supervisor, CITY).await.grants().to_vec();
            let differ = test.app.read(move |snapshot, app| {
                let filter =
                    Filter { tab: Tab::Watched, watch: vec![condition.clone()], ..Filter::default() };
                let listed = matters::list(snapshot, app, &grants, &filter, None, 100)?.rows;
                let listed: std::collections::BTreeSet<_> =
                    listed.iter().filter_map(|row| row.node).collect();
                let calendar = matters::configuration::calendar_in_force(snapshot)?;
                let mut found = std::collections::BTreeSet::new();
                for row in snapshot.query("select id from matter", &[])? {
                    let matter = platform::act::load::<matters::Matters>(snapshot, row.str(0)?)?.state;
                    for node in matter.nodes.iter().filter(|node| node.state.is_open()) {
                        let when = std::slice::from_ref(&condition);
                        if met(when, &matter, node, &calendar, app.now()).is_some() {
                            found.insert(node.id);
                        }
                    }
                }
                Ok((listed, found))
            });
            let (listed, found) = differ.await.expect("reads");
            assert_eq!(listed, found, "{line} at {now}");
        }
    }
}

async fn what_nobody_decides_lapses_and_says_so(test: TestApp) {
    let (matter, node) = one(&test).await;
    let liaison = person(&test.app, Role::UnitLiaison, LEAD).await;
    let objected = test.app.write(move |work| {
        let basis = TextSealer::of(work, matter)?.text(work, "不属于我单位职责");
        let ground = "not_our_duty".to_owned();
        let object = Command::Object { node, ground, basis, suggests: None };
        matters::act(work, &liaison, matter, None, &object).map(drop)
    });
    objected.await.expect("objected");
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let desk = page(&dispatcher, "/desk/decisions").await;
    assert!(desk.contains(&format!("/matters/{matter}/nodes/{node}/objection-decision")), "{desk}");
    assert!(page(&dispatcher, "/desk/decisions?kind=decline").await.contains("没有待审批的事项"));
    let json = dispatcher.get("/api/v1/decisions").await.json();
    assert_eq!(json[0]["kind"], "objection");
    // Four working hours from half past nine: four in the afternoon.
    test.at("2026-11-18T08:01:00Z");
    test.run_jobs().await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    assert!(!page(&dispatcher, "/desk/decisions").await.contains(&matter.to_string()));
    assert!(page(&dispatcher, &format!("/matters/{matter}")).await.contains("异议不成立"));
}

#[tokio::test]
async fn a_rule_is_changed_in_the_condition_form_and_published_as_a_version() {
    let test = city(Engine::Sqlite).await;
    let (matter, _) = one(&test).await;
    test.at("2026-11-20T03:00:00Z");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let list = page(&head, "/desk/supervision/rules").await;
    assert!(list.contains("超时未签收，催办承办单位"));
    assert!(page(&head, "/desk/supervision/rules/run").await.contains(&matter.to_string()));
    let form = page(&head, "/desk/supervision/rules/1").await;
    let version = form.split("name=\"head\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("the version it was made from").to_owned();
    let mut fields = vec![
        ("head", version.as_str()),
        ("code", "unsigned-urge"),
        ("zh", "超时未签收，催办承办单位"),
        ("measure", "urge"),
        ("to", "unit_head"),
        ("fact-0", "unsigned"),
        ("amount-0", "soon"),
        ("of-0", "wh"),
    ];
    let wrong = head.post("/desk/supervision/rules/1", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    fields[6] = ("amount-0", "2");
    let mut preview = fields.clone();
    preview.push(("preview", "yes"));
    let previewed = head.post("/desk/supervision/rules/1", &preview).await;
    assert!(previewed.status == StatusCode::OK && previewed.body.contains(&matter.to_string()));
    went_to(&head.post("/desk/supervision/rules/1", &fields).await, "/desk/supervision/rules");
    assert!(page(&head, "/desk/supervision/rules").await.contains("正在修改草稿"));
    let differences = page(&head, "/admin/configuration/supervision/publication").await;
    assert!(differences.contains("unit_head"), "{differences}");
}

#[tokio::test]
async fn a_supervisor_reads_the_rules_by_name_and_may_not_change_them() {
    let test = city(Engine::Sqlite).await;
    one(&test).await;
    test.at("2026-12-30T03:00:00Z");
    supervision::watch::run(&test.app).await.expect("runs");
    let slip = only_slip(&test).await;
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    assert!(page(&supervisor, "/desk/supervision").await.contains("href=\"/desk/supervision/rules\""));
    let rules = page(&supervisor, "/desk/supervision/rules").await;
    assert!(rules.contains("严重超期，拟发督办单") && !rules.contains("/desk/supervision/rules/0"));
    assert_eq!(supervisor.get("/desk/supervision/rules/0").await.status, StatusCode::FORBIDDEN);
    let shown = page(&supervisor, &format!("/desk/slips/{slip}")).await;
    assert!(shown.contains("严重超期，拟发督办单") && !shown.contains("gross-slip"));
}

#[tokio::test]
async fn a_rule_drafts_one_slip_and_no_second_while_it_is_open() {
    let test = city(Engine::Sqlite).await;
    let (matter, node) = one(&test).await;
    test.at("2026-12-01T03:00:00Z");
    let supervisor = person(&test.app, Role::Supervisor, CITY).await;
    let drafted = test.app.write(move |work| {
        let wanted = Wanted { colour: matters_rules::Colour::Blue, days: 3, demand: "说明原因".into() };
        slips::draft(work, &supervisor, matter, node, &wanted, None)
    });
    drafted.await.expect("drafted");
    test.at("2026-12-30T03:00:00Z");
    supervision::watch::run(&test.app).await.expect("runs");
    only_slip(&test).await;
}

/// The same three hands over the API.
async fn other_systems_take_a_slip_through_its_steps(test: TestApp) {
    let (matter, node) = one(&test).await;
    test.at("2026-12-01T03:00:00Z");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut new = serde_json::json!({
        "matter": matter, "node": node, "colour": "red", "days": 3, "demand": "",
    });
    let refused = supervisor.post_json("/api/v1/slips", &new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["pointer"], "#/demand", "{}", refused.body);
    new["demand"] = "限期办结。".into();
    let drafted = supervisor.post_json("/api/v1/slips", &new).await;
    assert_eq!(drafted.status, StatusCode::CREATED, "{}", drafted.body);
    let path = format!("/api/v1/slips/{}", drafted.json()["id"].as_str().expect("an id"));
    let passes = serde_json::json!({ "accept": true });
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let read = supervisor.get(&path).await.json();
    assert_eq!((&read["state"], &read["demand"]), (&"drafted".into(), &"限期办结。".into()), "{read}");
    let mut revision = serde_json::json!({
        "colour": "red", "days": 2, "demand": " ", "version": read["version"],
    });
    let revised = format!("{path}/revision");
    let refused = supervisor.post_json(&revised, &revision).await;
    assert_eq!(refused.json()["errors"][0]["pointer"], "#/demand", "{}", refused.body);
    revision["demand"] = "两日内修复并回复。".into();
    assert_eq!(head.post_json(&revised, &revision).await.status, StatusCode::FORBIDDEN);
    let kept = supervisor.post_json(&revised, &revision).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    assert_eq!(supervisor.post_json(&revised, &revision).await.status, StatusCode::CONFLICT, "overtaken");
    let read = supervisor.get(&path).await.json();
    assert_eq!((&read["days"], &read["demand"]), (&2.into(), &"两日内修复并回复。".into()), "{read}");
    let unsaid = head.post_json(&format!("{path}/check"), &serde_json::json!({ "accept": false })).await;
    assert_eq!(unsaid.json()["code"], "entry-missing", "{}", unsaid.body);
    let own = supervisor.post_json(&format!("{path}/check"), &passes).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.body);
    let checked = head.post_json(&format!("{path}/check"), &passes).await;
    assert_eq!(checked.status, StatusCode::NO_CONTENT, "{}", checked.body);
    revision["version"] = serde_json::Value::Null;
    let late = supervisor.post_json(&revised, &revision).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it was checked as it stands: {}", late.body);
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let issued = leader.post_json(&format!("{path}/issue"), &serde_json::json!({})).await;
    assert_eq!(issued.status, StatusCode::NO_CONTENT, "{}", issued.body);
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let text = serde_json::json!({ "text": "已约定明日上门更换。" });
    let replied = liaison.post_json(&format!("{path}/reply"), &text).await;
    assert_eq!(replied.status, StatusCode::NO_CONTENT, "{}", replied.body);
    let settled = supervisor.post_json(&format!("{path}/settlement"), &passes).await;
    assert_eq!(settled.status, StatusCode::NO_CONTENT, "{}", settled.body);
    let again = supervisor.post_json(&format!("{path}/settlement"), &passes).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "sent twice: {}", again.body);
    let listed = supervisor.get("/api/v1/slips?tab=ended").await.json();
    assert_eq!(listed["rows"][0]["serial"], 1, "{listed}");
}
