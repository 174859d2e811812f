//! The knowledge base beyond the intake desk, and telephones out of hours, on both engines: quoted
//! into a unit's answer and noted on the matter, said to be wrong while calling back, its keepers
//! reminded before an item expires; whom to call at night on the dispatch form, the board and the
//! matter's page.

use crate::inbox::assigned;
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use matters_rules::{Command, NodeRole};
use testkit::{Browser, TestApp};

const UNIT: &str = "ld-zj";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;
const PHONE: &str = "0738-8319999";
const ANSWER: &str = "路灯不亮由产权单位24小时内到场，3天内修复，可拨打路灯管理所电话查询进度。";

on_both_engines! {
    quoting_on_sqlite, quoting_on_postgres => a_unit_quotes_into_its_answer_and_a_caller_says_it_is_wrong;
    nowhere_on_sqlite, nowhere_on_postgres => what_has_expired_is_offered_nowhere;
    expiry_on_sqlite, expiry_on_postgres => keepers_are_reminded_thirty_and_seven_days_before_once_each;
    night_on_sqlite, night_on_postgres => at_night_the_duty_telephone_stands_where_it_is_needed;
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// An item in force; gives its address.
async fn item(test: &TestApp, until: &str) -> String {
    item_of(test, &[("kind", "answer"), ("title", "路灯不亮谁来修"), ("until", until)]).await
}

async fn item_of(test: &TestApp, own: &[(&str, &str)]) -> String {
    let keeper = signed_in(test, Role::Knowledge, UNIT).await;
    let mut fields = vec![
        ("answer", ANSWER),
        ("unit", UNIT),
        ("source", "城市照明管理规定"),
        ("from", "2026-01-01"),
        ("submit", "yes"),
    ];
    fields.extend(own);
    let made = keeper.post("/desk/knowledge/new", &fields).await;
    let href = made.location.clone().unwrap_or_else(|| panic!("{}", made.body));
    let head = signed_in(test, Role::UnitHead, UNIT).await;
    let shown = page(&head, &href).await;
    let version = shown.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [("approve", "yes"), ("version", version.expect("a version"))];
    let reviewed = head.post(&format!("{href}/review"), &fields).await;
    assert_eq!(reviewed.status, StatusCode::SEE_OTHER, "{}", reviewed.body);
    href
}

async fn a_unit_quotes_into_its_answer_and_a_caller_says_it_is_wrong(test: TestApp) {
    let href = item(&test, "2027-12-31").await;
    let (id, nodes) = assigned(&test, false, &[(UNIT, NodeRole::Lead)]).await;
    let (node, liaison_by) = (nodes[0], person(&test.app, Role::UnitLiaison, UNIT).await);
    test.app
        .write(move |work| matters::act(work, &liaison_by, id, None, &Command::Sign { node }).map(drop))
        .await
        .expect("signed");
    let liaison = signed_in(&test, Role::UnitLiaison, UNIT).await;
    let path = format!("/matters/{id}/nodes/{node}/response");
    let form = page(&liaison, &path).await;
    assert!(form.contains("路灯不亮谁来修") && form.contains("data-item="), "what fits is offered: {form}");
    let item = form.split("data-item=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an item");
    let item = item.to_owned();

    // New words in the search are looked up, whatever key was pressed: nothing is sent.
    let looked = liaison.post(&path, &[("look_up", "政府采购"), ("looked_up", "")]).await;
    assert!(looked.status == StatusCode::OK && looked.body.contains("没有合适的条目"), "{}", looked.body);
    let taken = liaison.post(&path, &[("take", &item), ("text", "您好。")]).await;
    assert!(taken.body.contains(&format!("您好。\n{ANSWER}")), "behind what was typed: {}", taken.body);
    assert!(taken.body.contains(&format!("name=\"quoted\" value=\"{item}\"")), "{}", taken.body);

    let version = form.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let words = format!("11月18日已到场。{ANSWER}");
    let fields = [
        ("version", version.expect("a version")),
        ("demands", "1"),
        ("outcome-1", "solved"),
        ("way", "phone"),
        ("contact_at", "2026-11-18T09:30"),
        ("contact_text", "已电话联系"),
        ("answered_at", "2026-11-18T09:30"),
        ("text", &words),
        ("override_reason", "当天修复后另行告知"),
        ("quoted", &item),
    ];
    let sent = liaison.post(&path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let shown = page(&liaison, &format!("/matters/{id}")).await;
    assert!(shown.contains("路灯不亮谁来修"), "what was quoted stands on the matter: {shown}");

    let head = person(&test.app, Role::UnitHead, UNIT).await;
    let office = person(&test.app, Role::Dispatcher, OFFICE).await;
    test.app
        .write(move |work| {
            let sign = Command::SignOff { node, approve: true, scan: None, reason: None };
            matters::act(work, &head, id, None, &sign)?;
            let review = Command::Review { node, approve: true, reason: None };
            matters::act(work, &office, id, None, &review).map(drop)
        })
        .await
        .expect("approved");
    let caller = signed_in(&test, Role::CallBack, OFFICE).await;
    let call = page(&caller, &format!("/matters/{id}/calls")).await;
    let report = format!("{href}/reports");
    assert!(call.contains(&report) && call.contains("答错"), "{call}");
    let wrong = [("matter", id.to_string()), ("wrong", "诉求人说电话已停用".to_owned())];
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(field, value)| (*field, value.as_str())).collect();
    assert_eq!(caller.post(&report, &wrong).await.status, StatusCode::SEE_OTHER);
    let keeper = signed_in(&test, Role::Knowledge, UNIT).await;
    assert!(page(&keeper, &href).await.contains("诉求人说电话已停用"));
}

/// Every place in which items are offered, and what each says of them now.
async fn offers(test: &TestApp) -> Vec<(&'static str, String)> {
    let (id, nodes) = assigned(test, false, &[(UNIT, NodeRole::Lead)]).await;
    let (node, liaison_by) = (nodes[0], person(&test.app, Role::UnitLiaison, UNIT).await);
    let signed = test
        .app
        .write(move |work| matters::act(work, &liaison_by, id, None, &Command::Sign { node }).map(drop));
    signed.await.expect("signed");
    let waiting = crate::desk::accepted(test, "路灯不亮，夜里看不见路", "ENE-01").await;
    let liaison = signed_in(test, Role::UnitLiaison, UNIT).await;
    let head = signed_in(test, Role::ShiftHead, OFFICE).await;
    let intake = signed_in(test, Role::Intake, OFFICE).await;
    let anyone = test.browser();
    let call = "018f0000-0000-7000-8000-000000000000";
    let typed = [("id", call), ("title", "路灯不亮"), ("text", "巷口路灯不亮，谁来修？")];
    let words = "%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE";
    vec![
        ("the intake desk", intake.post("/intake/rail", &typed).await.body),
        ("a direct answer", page(&head, &format!("/matters/{}/direct-answer", waiting.id)).await),
        ("a unit's answer", page(&liaison, &format!("/matters/{id}/nodes/{node}/response")).await),
        ("the desk's list", page(&intake, "/desk/knowledge").await),
        ("the portal", page(&anyone, "/services").await),
        ("the portal's search", page(&anyone, "/services?q=ldbl").await),
        ("the API", intake.get(&format!("/api/v1/knowledge?q={words}")).await.body),
        ("the public API", anyone.get(&format!("/api/v1/services?q={words}")).await.body),
    ]
}

async fn what_has_expired_is_offered_nowhere(test: TestApp) {
    let answer = item(&test, "2026-12-31").await;
    let policy = [
        ("kind", "policy"),
        ("title", "路灯不亮补助"),
        ("until", "2026-12-31"),
        ("conditions", "沿街商户"),
        ("most", "1万元"),
        ("phone", "0738-8310000"),
    ];
    let policy = item_of(&test, &policy).await;
    for (place, said) in offers(&test).await {
        assert!(said.contains("路灯不亮补助") || said.contains("路灯不亮谁来修"), "{place}: {said}");
    }
    let open = policy.replace("/desk/knowledge", "/services");
    assert_eq!(test.browser().get(&open).await.status, StatusCode::OK);

    test.at("2027-01-01T01:30:00Z");
    for (place, said) in offers(&test).await {
        assert!(!said.contains("路灯不亮补助") && !said.contains("路灯不亮谁来修"), "{place}: {said}");
    }
    assert_eq!(test.browser().get(&open).await.status, StatusCode::NOT_FOUND);
    // Whoever kept the page open or its address quotes nothing either.
    let item = format!("{}:1", answer.rsplit('/').next().expect("its id"));
    let waiting = crate::desk::accepted(&test, "路灯又不亮", "ENE-01").await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let form = format!("/matters/{}/direct-answer", waiting.id);
    let taken = head.post(&form, &[("take", &item), ("text", "您好。")]).await;
    assert!(!taken.body.contains(ANSWER), "{}", taken.body);
    let version =
        taken.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let words = format!("您好。{ANSWER}");
    let fields = [
        ("version", version.expect("a version")),
        ("demands", "1"),
        ("outcome-1", "explained"),
        ("text", &words),
        ("override_reason", "当场说明"),
        ("quoted", &item),
    ];
    let sent = head.post(&form, &fields).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "an item that expired since is no source");
}

async fn keepers_are_reminded_thirty_and_seven_days_before_once_each(test: TestApp) {
    item(&test, "2026-12-20").await;
    let told = async |at: &str| {
        test.at(at);
        let keeper = signed_in(&test, Role::Knowledge, UNIT).await;
        knowledge_pages::remind::run(&test.app).await.expect("looks");
        page(&keeper, "/me/notices").await.matches("知识条目即将到期：路灯不亮谁来修").count()
    };
    assert_eq!(told("2026-11-19T00:10:00Z").await, 0, "thirty-one days before");
    assert_eq!(told("2026-11-20T00:10:00Z").await, 1);
    assert_eq!(told("2026-11-21T00:10:00Z").await, 1, "once");
    assert_eq!(told("2026-12-13T00:10:00Z").await, 2, "and seven days before");
    assert_eq!(told("2026-12-19T00:10:00Z").await, 2);
    assert_eq!(told("2026-12-22T00:10:00Z").await, 2, "what has expired is no reminder");
}

async fn at_night_the_duty_telephone_stands_where_it_is_needed(test: TestApp) {
    let officer = signed_in(&test, Role::Registers, CITY).await;
    let set = officer.post(&format!("/network/units/{UNIT}/duty-phone"), &[("phone", PHONE)]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let (id, _) = assigned(&test, false, &[(UNIT, NodeRole::Lead)]).await;
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let (board, matter) = ("/desk/supervision?view=all", format!("/matters/{id}"));
    let shown = page(&supervisor, board).await;
    assert!(shown.contains("巷口路灯") && !shown.contains(PHONE), "by day its desk is called: {shown}");
    assert!(!page(&dispatcher, &matter).await.contains(PHONE));
    test.at("2026-11-18T13:00:00Z");
    let (supervisor, dispatcher) =
        (signed_in(&test, Role::Supervisor, CITY).await, signed_in(&test, Role::Dispatcher, OFFICE).await);
    let shown = page(&supervisor, board).await;
    assert!(shown.contains(&format!("tel:{PHONE}")), "{shown}");
    assert!(page(&dispatcher, &matter).await.contains(&format!("tel:{PHONE}")));
}
