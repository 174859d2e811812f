//! How far posts grant on their own, from outside: what a county's head may not grant goes to the
//! supervisor, and so does who was reassigned often enough, or is not to be taken on; said on the
//! decision desk, on the form and over the API; on both engines.

use crate::configured::publish;
use crate::inbox::assigned;
use crate::support::{city, on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::time::Span;
use kernel::{MatterId, NodeId, UnitId};
use matters::configuration::{self, Change, Document};
use matters::{FileRequest, Matters, TextSealer};
use matters_rules::command::Assignee;
use matters_rules::{AppealType, Channel, Command, IntervalKind, NodeRole};
use platform::By;
use testkit::{Answer, Browser, Engine, TestApp};

const PLATFORM: &str = "lx-platform";
const DEPARTMENT: &str = "lx-zj";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;
const BEYOND: &str = "超出您的审批权限（您最多可批准 5 个工作日），由督办员审批";

on_both_engines! {
    county_on_sqlite, county_on_postgres => what_a_county_may_not_grant_goes_to_the_supervisor;
    lines_on_sqlite, lines_on_postgres => lines_hold_from_the_day_they_are_published;
    often_on_sqlite, often_on_postgres => who_reassigned_often_enough_leaves_it_to_the_supervisor;
    decline_on_sqlite, decline_on_postgres => a_decline_beyond_the_shift_heads_limit_goes_up;
    lapse_on_sqlite, lapse_on_postgres => what_went_up_and_nobody_decided_is_not_granted;
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// A department of a county that asks its platform for that many days more.
async fn asking(test: &TestApp, days: u32) -> (MatterId, NodeId) {
    let (matter, nodes) = assigned(test, false, &[(PLATFORM, NodeRole::Lead)]).await;
    let platform = person(&test.app, Role::UnitLiaison, PLATFORM).await;
    let liaison = person(&test.app, Role::UnitLiaison, DEPARTMENT).await;
    let parent = nodes[0];
    let asked = test.app.write(move |work| {
        matters::act(work, &platform, matter, None, &Command::Sign { node: parent })?;
        let to = vec![Assignee {
            unit: UnitId::from(DEPARTMENT),
            role: NodeRole::Lead,
            duty_item: None,
            instruction: None,
        }];
        let assign = Command::Assign { parent: Some(parent), to };
        let state = matters::act(work, &platform, matter, None, &assign)?.state;
        let node = state.nodes.last().expect("assigned").id;
        matters::act(work, &liaison, matter, None, &Command::Sign { node })?;
        let request = Command::RequestInterval {
            node,
            kind: IntervalKind::Extension,
            span: Some(Span::working_days(days)),
            until: None,
            ground: "needs_survey".into(),
            reason: TextSealer::of(work, matter)?.text(work, "检测排期在下周。"),
        };
        matters::act(work, &liaison, matter, None, &request)?;
        Ok((matter, node))
    });
    asked.await.expect("asked for")
}

fn grants() -> [(&'static str, &'static str); 3] {
    [("kind", "extension"), ("grant", "yes"), ("reason", "情况属实，同意。")]
}

async fn granted(browser: &Browser, path: &str) -> Answer {
    browser.post(path, &grants()).await
}

async fn what_a_county_may_not_grant_goes_to_the_supervisor(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let (matter, node) = asking(&test, 7).await;
    let path = format!("/matters/{matter}/nodes/{node}/interval-decision");
    let head = signed_in(&test, Role::UnitHead, PLATFORM).await;
    let desk = page(&head, "/desk/decisions?kind=interval").await;
    assert!(desk.contains(&path) && desk.contains(BEYOND), "{desk}");
    assert_eq!(head.get("/api/v1/decisions").await.json()[0]["goes_to"], "supervisor");
    let form = page(&head, &path).await;
    assert!(form.contains(BEYOND), "{form}");

    let refused = granted(&head, &path).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["由督办员审批", "情况属实，同意。"] {
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }
    let api = format!("/api/v1/matters/{matter}/nodes/{node}/interval-decision");
    let json = serde_json::json!({ "kind": "extension", "grant": true, "reason": "同意" });
    let problem = head.post_json(&api, &json).await;
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", problem.body);
    assert!(problem.body.contains("beyond-own-limit"), "{}", problem.body);

    // The supervisor was told, sees it without a limit of their own, and grants it once.
    test.follow().await;
    assert!(page(&supervisor, "/me/notices").await.contains("巷口路灯"));
    let desk = page(&supervisor, "/desk/decisions?kind=interval").await;
    assert!(desk.contains(&path) && !desk.contains("超出您的审批权限"), "{desk}");
    assert!(supervisor.get("/api/v1/decisions").await.json()[0]["goes_to"].is_null());
    let done = granted(&supervisor, &path).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(granted(&supervisor, &path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "sent twice");
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn lines_hold_from_the_day_they_are_published(test: TestApp) {
    let (within, node) = asking(&test, 5).await;
    let head = signed_in(&test, Role::UnitHead, PLATFORM).await;
    let desk = page(&head, "/desk/decisions?kind=interval").await;
    assert!(!desk.contains("超出您的审批权限"), "{desk}");
    // From tomorrow on a county grants nothing by itself.
    let none = configuration::authority::DEFAULT
        .replace("version = 1", "version = 2")
        .replace("2022-01-01", "2026-11-19")
        .replace("\"5wd\"", "\"0wd\"");
    let published = test.app.write(move |work| {
        let change = Change::Publish { toml: none.clone(), note: String::new() };
        configuration::act(work, &By::Operator, Document::Authority, None, change).map(drop)
    });
    published.await.expect("published");
    test.at("2026-11-19T01:30:00Z");
    let head = signed_in(&test, Role::UnitHead, PLATFORM).await;
    let path = format!("/matters/{within}/nodes/{node}/interval-decision");
    assert!(page(&head, &path).await.contains("您不能自行批准此项，由督办员审批"));
    assert_eq!(granted(&head, &path).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refusal = [("kind", "extension"), ("grant", "no"), ("reason", "检测可提前。")];
    let refused = head.post(&path, &refusal).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "refusing is not limited: {}", refused.body);
}

async fn objects(test: &TestApp, unit: &'static str, matter: MatterId, node: NodeId) {
    let liaison = person(&test.app, Role::UnitLiaison, unit).await;
    let objected = test.app.write(move |work| {
        let basis = TextSealer::of(work, matter)?.text(work, "不属于我单位职责");
        let object = Command::Object { node, ground: "not_our_duty".into(), basis, suggests: None };
        matters::act(work, &liaison, matter, None, &object).map(drop)
    });
    objected.await.expect("objected");
}

async fn who_reassigned_often_enough_leaves_it_to_the_supervisor(test: TestApp) {
    let once = configuration::authority::DEFAULT
        .replace("version = 1", "version = 2")
        .replace("2022-01-01", "2026-11-18")
        .replace("most = \"2\"", "most = \"1\"");
    publish(&test, Document::Authority, once).await;
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let (matter, nodes) = assigned(&test, false, &[("ld-zj", NodeRole::Lead)]).await;
    let upheld = |to: &'static str| [("uphold", "yes"), ("to", to), ("reason", "职责在该单位。")];
    objects(&test, "ld-zj", matter, nodes[0]).await;
    test.follow().await;
    assert!(!page(&supervisor, "/me/notices").await.contains("巷口路灯"), "the office may");
    let first = format!("/matters/{matter}/nodes/{}/objection-decision", nodes[0]);
    assert!(!page(&dispatcher, &first).await.contains("超出您的权限"));
    let moved = dispatcher.post(&first, &upheld("ld-gxj")).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);

    let state = test.app.read(move |query, _| platform::act::load::<Matters>(query, &matter.to_string()));
    let second = state.await.expect("reads").state.nodes.last().expect("reassigned").id;
    objects(&test, "ld-gxj", matter, second).await;
    let path = format!("/matters/{matter}/nodes/{second}/objection-decision");
    let often = "本件已改派 1 次以上，超出您的权限，是否再改派由督办员决定；您可以裁定不改派";
    let desk = page(&dispatcher, "/desk/decisions?kind=objection").await;
    assert!(desk.contains(&path) && desk.contains(often), "{desk}");
    assert_eq!(dispatcher.get("/api/v1/decisions").await.json()[0]["goes_to"], "supervisor");
    assert!(page(&dispatcher, &path).await.contains(often));
    let refused = dispatcher.post(&path, &upheld("ld-fgw")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["由督办员审批", "职责在该单位。"] {
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }

    test.follow().await;
    assert!(page(&supervisor, "/me/notices").await.contains("巷口路灯"), "it went up, and they are told");
    let desk = page(&supervisor, "/desk/decisions?kind=objection").await;
    assert!(desk.contains(&path) && !desk.contains("超出您的权限"), "{desk}");
    let json = serde_json::json!({ "uphold": true, "to": "ld-fgw", "reason": "由发改委办理" });
    let done = supervisor.post_json(&format!("/api/v1{path}"), &json).await;
    assert!(done.status.is_success(), "{}", done.body);
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn a_decline_beyond_the_shift_heads_limit_goes_up(test: TestApp) {
    let line =
        "[[limit]]\ncode = \"office_decline\"\npost = \"shift_head\"\ngranting = \"decline\"\nmost = \"0\"\n";
    let none = configuration::authority::DEFAULT
        .replace("version = 1", "version = 2")
        .replace("2022-01-01", "2026-11-18");
    publish(&test, Document::Authority, format!("{none}\n{line}")).await;
    let request = FileRequest {
        title: "对判决不服".into(),
        text: "要求改判。".into(),
        ..FileRequest::new(UnitId::from(OFFICE), Channel::Letter, AppealType::Help)
    };
    let filed = test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    let intake = signed_in(&test, Role::Intake, OFFICE).await;
    let proposed = [("ground", "in_proceedings"), ("right_way", "请依法上诉。")];
    let sent = intake.post(&format!("/matters/{}/decline", filed.id), &proposed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);

    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = format!("/matters/{}/decline-decision", filed.id);
    let up = "您不能自行批准此项，由督办员审批";
    for place in ["/desk/decisions?kind=decline", &path] {
        assert!(page(&head, place).await.contains(up), "{place}");
    }
    let shift = page(&head, "/desk/duty/handovers/new").await;
    assert!(shift.contains("不予受理待批"), "the next shift is told what waits: {shift}");
    let refused = head.post(&path, &[("approve", "yes")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let desk = page(&supervisor, "/desk/decisions?kind=decline").await;
    assert!(desk.contains(&path) && !desk.contains(up), "{desk}");
    let done = supervisor.post(&path, &[("approve", "yes")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

async fn what_went_up_and_nobody_decided_is_not_granted(test: TestApp) {
    let (matter, node) = asking(&test, 7).await;
    // Seven working days from 18 November, one before the platform's own: the 26th.
    test.at("2026-11-27T16:01:00Z");
    test.run_jobs().await;
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let desk = page(&supervisor, "/desk/decisions").await;
    assert!(!desk.contains(&matter.to_string()), "{desk}");
    let path = format!("/matters/{matter}/nodes/{node}/interval-decision");
    assert_ne!(granted(&supervisor, &path).await.status, StatusCode::SEE_OTHER);
    let liaison = signed_in(&test, Role::UnitLiaison, DEPARTMENT).await;
    let seen = page(&liaison, &format!("/matters/{matter}")).await;
    assert!(seen.contains("申请未获批准"), "{seen}");
}

#[tokio::test]
async fn the_lines_are_kept_in_forms_that_say_what_is_wrong() {
    let test = city(Engine::Sqlite).await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let list = page(&head, "/admin/configuration/authority").await;
    for words in ["审批权限", "单位负责人", "县级", "挂账跟踪", "不得自行批准", "5 个工作日"]
    {
        assert!(list.contains(words), "{words}: {list}");
    }
    let form = page(&head, "/admin/configuration/authority/entries/limit/0").await;
    let version = form.split("name=\"head\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let version = version.expect("the version it was made from").to_owned();
    let mut fields = vec![
        ("head", version.as_str()),
        ("code", "county_extension"),
        ("post", "unit_head"),
        ("level", "county"),
        ("granting", "extension"),
        ("most", "一周"),
    ];
    let path = "/admin/configuration/authority/entries/limit/0";
    let wrong = head.post(path, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["“一周”看不懂", "value=\"一周\""] {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    fields[5] = ("most", "3wd");
    let kept = head.post(path, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let differences = page(&head, "/admin/configuration/authority/publication").await;
    assert!(differences.contains("5 个工作日") && differences.contains("3 个工作日"), "{differences}");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    assert_eq!(supervisor.get(path).await.status, StatusCode::FORBIDDEN);
}
