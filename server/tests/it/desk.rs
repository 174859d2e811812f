//! The working desks as officers use them: completion asked and given, routing suggested and
//! taken, several assigned at once, duplicates merged, call-backs with attempts and redo.

use crate::support::{city, person, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::MatterId;
use kernel::permission::Role;
use matters::{FileRequest, Receipt};
use matters_rules::command::{Accept, Assignee, ContactCard, DemandResult, Rating};
use matters_rules::{AppealType, Channel, Command, ContactWay, Grade, NodeRole, Outcome, Solved, Urgency};
use platform::By;
use testkit::{Browser, Engine, TestApp};

/// Power: a vertical matter, led by the city's unit.
const POWER: &str = "ld-gd";
/// A city department.
const APPROVALS: &str = "ld-xzsp";

fn appeal(title: &str, category: &str) -> FileRequest {
    FileRequest {
        category: Some(category.into()),
        area: Some("431302".into()),
        title: title.into(),
        text: "上月起每天跳闸三次。请尽快查明原因。希望月底前完成增容。".into(),
        contact: ContactCard {
            name: "王先生".into(), phone: "13800001234".into(), ..ContactCard::default()
        },
        ..FileRequest::new(OFFICE.into(), Channel::Online, AppealType::Help)
    }
}

async fn filed(test: &TestApp, title: &str, category: &str) -> Receipt {
    let request = appeal(title, category);
    test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed")
}

async fn acts(
    test: &TestApp,
    by: &By,
    id: MatterId,
    command: impl Fn(&dyn Fn(&str) -> kernel::Sealed<String>) -> Command + Send + Sync + 'static,
) {
    let by = by.clone();
    test.app
        .write(move |work| {
            let sealer = matters::TextSealer::of(work, id)?;
            let sealed = std::cell::RefCell::new(work);
            let command = command(&|plain| sealer.text(&mut sealed.borrow_mut(), plain));
            matters::act(&mut sealed.borrow_mut(), &by, id, None, &command).map(drop)
        })
        .await
        .expect("the loop takes it");
}

pub async fn accepted(test: &TestApp, title: &str, category: &'static str) -> Receipt {
    let receipt = filed(test, title, category).await;
    accept(test, &receipt, category).await;
    receipt
}

/// Filed from an area and accepted.
pub async fn accepted_in(test: &TestApp, area: &str) {
    let request = FileRequest { area: Some(area.into()), ..appeal("动力电跳闸", "ENE-01") };
    let receipt =
        test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    accept(test, &receipt, "ENE-01").await;
}

async fn accept(test: &TestApp, receipt: &Receipt, category: &'static str) {
    let officer = person(&test.app, Role::Intake, OFFICE).await;
    acts(test, &officer, receipt.id, move |text| {
        Command::Accept(Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: category.into(),
            demands: vec![text("查明跳闸原因")],
        })
    })
    .await;
}

/// Answered by the power company and approved: to be called back.
async fn answered(test: &TestApp, title: &str) -> Receipt {
    let receipt = accepted(test, title, "ENE-01").await;
    let dispatcher = person(&test.app, Role::Dispatcher, OFFICE).await;
    acts(test, &dispatcher, receipt.id, |_| Command::Assign {
        parent: None,
        to: vec![Assignee { unit: POWER.into(), role: NodeRole::Lead, duty_item: None, instruction: None }],
    })
    .await;
    let view = seen(test, receipt.id).await;
    let (node, at) = (view.nodes[0].id, test.app.now());
    let liaison = person(&test.app, Role::UnitLiaison, POWER).await;
    let head = person(&test.app, Role::UnitHead, POWER).await;
    acts(test, &liaison, receipt.id, move |_| Command::Sign { node }).await;
    acts(test, &liaison, receipt.id, move |text| Command::Contact {
        node,
        way: ContactWay::Phone,
        at,
        text: text("约定上门"),
    })
    .await;
    acts(test, &liaison, receipt.id, move |text| Command::Answer {
        node,
        results: vec![DemandResult { demand: 1, outcome: Outcome::Solved }],
        text: matters_rules::answer::CheckedText::seal("11月17日更换断路器，11月18日送电正常。", text)
            .expect("a real answer"),
        way: ContactWay::Phone,
        answered_at: at,
    })
    .await;
    acts(test, &liaison, receipt.id, move |_| Command::Submit { node, attachments: vec![], note: None })
        .await;
    acts(test, &head, receipt.id, move |_| Command::SignOff {
        node,
        approve: true,
        scan: None,
        reason: None,
    })
    .await;
    acts(test, &dispatcher, receipt.id, move |_| Command::Review { node, approve: true, reason: None }).await;
    receipt
}

async fn seen(test: &TestApp, id: MatterId) -> matters::MatterView {
    test.app
        .read(move |snapshot, app| matters::view(snapshot, app, id, matters::Viewer::Appellant))
        .await
        .expect("the appellant sees it")
}

async fn follow(browser: &Browser, location: Option<String>) -> String {
    let answer = browser.get(&location.expect("it goes on")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn completion(engine: Engine) {
    let test = city(engine).await;
    let receipt = filed(&test, "厂房频繁跳闸", "ENE-01").await;
    let other = filed(&test, "办证材料反复退回", "GOV-01").await;
    let officer = signed_in(&test, Role::Intake, OFFICE).await;
    let desk = officer.get("/desk/work?tab=review").await;
    assert!(desk.body.contains("厂房频繁跳闸") && desk.body.contains("办证材料反复退回"), "{}", desk.body);
    assert!(
        desk.body.contains("请尽快查明原因\n希望月底前完成增容"),
        "the demands are drafted: {}",
        desk.body
    );

    let asked = format!("/matters/{}/completion", receipt.id);
    let next = other.id.to_string();
    let fields = [("missing", "请补充用电户号和跳闸时间。"), ("queue", "review"), ("next", &next)];
    let sent = officer.post(&asked, &fields).await;
    let body = follow(&officer, sent.location).await;
    assert!(body.contains("待补正") && body.contains("办证材料反复退回"), "the queue goes on: {body}");

    let view = seen(&test, receipt.id).await;
    let completion = view.completion.expect("the appellant is asked");
    assert_eq!((completion.open, completion.missing.as_str()), (true, "请补充用电户号和跳闸时间。"));
    let track = test.browser();
    let entered = track.post("/track", &[("number", &receipt.number), ("code", &receipt.code)]).await;
    let page = follow(&track, entered.location).await;
    assert!(page.contains("请补充用电户号和跳闸时间。") && page.contains("/track/material"), "{page}");

    let again = officer.post(&asked, &[("missing", "还缺一份材料")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("还缺一份材料"), "nothing typed is lost");
    let appellant = By::Appellant(receipt.id);
    acts(&test, &appellant, receipt.id, |text| Command::AddMaterial {
        text: Some(text("户号 4301，每天下午跳闸。")),
        attachments: vec![],
    })
    .await;
    let desk = officer.get("/desk/work?tab=review").await;
    assert!(desk.body.contains("已补正"), "{}", desk.body);

    test.at("2026-11-24T01:30:00Z");
    test.run_jobs().await;
    assert!(seen(&test, other.id).await.deemed, "the review limit ran on for everyone");
}

#[tokio::test]
async fn completion_is_asked_shown_and_given() {
    completion(Engine::Sqlite).await;
}

#[tokio::test]
async fn completion_is_asked_shown_and_given_on_postgres() {
    completion(Engine::Postgres).await;
}

async fn dispatching(engine: Engine) {
    let test = city(engine).await;
    let power = accepted(&test, "厂房频繁跳闸", "ENE-01").await;
    let county = accepted(&test, "围挡挡住店门", "LAW-03").await;
    let citywide = FileRequest { area: None, ..appeal("门面到期不续租", "LND-04") };
    let role = test.app.write(move |work| matters::file(work, &By::Public, &citywide)).await.expect("filed");
    accept(&test, &role, "LND-04").await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;

    let form = dispatcher.get(&format!("/matters/{}/assignments", power.id)).await;
    assert!(form.body.contains("法定或垂直管理事项"), "the reason is said: {}", form.body);
    assert!(
        form.body.contains(&format!("value=\"{POWER}\" selected")),
        "and the unit filled in: {}",
        form.body
    );

    let many = format!("/desk/assignments?matter={}&matter={}&matter={}", power.id, county.id, role.id);
    let page = dispatcher.get(&many).await;
    assert!(page.body.contains("由县级平台承接"), "{}", page.body);
    let ids = [power.id, county.id, role.id].map(|id| id.to_string());
    let fields: Vec<(&str, &str)> =
        ids.iter().map(|id| ("matter", id.as_str())).chain([("way", "suggested")]).collect();
    let done = dispatcher.post("/desk/assignments", &fields).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.body.contains("已交办 2 件，未交办 1 件"), "each stands by itself: {}", done.body);
    let units = |view: &matters::MatterView| -> Vec<String> {
        view.nodes.iter().map(|node| node.unit.id.to_string()).collect()
    };
    assert_eq!(units(&seen(&test, power.id).await)[0], POWER);
    assert_eq!(units(&seen(&test, county.id).await), ["lx-platform"]);
    assert!(seen(&test, role.id).await.nodes.is_empty(), "who owns the house only a person knows");

    let fields = [("matter", ids[2].as_str()), ("way", "one"), ("unit", APPROVALS)];
    let done = dispatcher.post("/desk/assignments", &fields).await;
    assert!(done.body.contains("已交办 1 件，未交办 0 件"), "{}", done.body);
    assert_eq!(units(&seen(&test, role.id).await), [APPROVALS]);
    let none = dispatcher.post("/desk/assignments", &[("matter", ids[0].as_str()), ("way", "one")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn several_are_assigned_as_suggested_or_to_one() {
    dispatching(Engine::Sqlite).await;
}

#[tokio::test]
async fn several_are_assigned_as_suggested_or_to_one_on_postgres() {
    dispatching(Engine::Postgres).await;
}

#[tokio::test]
async fn a_duplicate_finds_its_master_and_is_merged() {
    let test = city(Engine::Sqlite).await;
    let master = accepted(&test, "万宝新区厂房频繁跳闸", "ENE-01").await;
    let double = accepted(&test, "厂房频繁跳闸影响生产", "ENE-01").await;
    test.run_jobs().await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let merge = format!("/matters/{}/merge", double.id);
    let found = dispatcher.post(&merge, &[("look", "yes"), ("other_search", &master.number)]).await;
    assert!(found.body.contains("万宝新区厂房频繁跳闸"), "{}", found.body);
    let sent = dispatcher.post(&merge, &[("other", &master.number), ("reason", "同一厂房同一线路")]).await;
    assert!(sent.status.is_redirection(), "{}", sent.body);
    let page = dispatcher.get(&format!("/matters/{}", master.id)).await;
    assert!(page.body.contains(&double.number) && page.body.contains("评价各算各的"), "{}", page.body);
}

async fn calling(engine: Engine) {
    let test = city(engine).await;
    let receipt = answered(&test, "厂房频繁跳闸").await;
    let officer = signed_in(&test, Role::CallBack, OFFICE).await;
    let desk = officer.get("/desk/calls").await;
    for read_out in ["查明跳闸原因", "11月17日更换断路器"] {
        assert!(desk.body.contains(read_out), "the script reads out {read_out}: {}", desk.body);
    }
    assert!(!desk.body.contains("13800001234"), "no number before it is journaled");
    let opened = officer.post(&format!("/desk/calls/{}/contact", receipt.id), &[]).await;
    assert!(opened.body.contains("tel:13800001234"), "{}", opened.body);
    let looks = seen(&test, receipt.id).await.looks;
    assert_eq!(looks.len(), 1, "the appellant sees who looked");
    assert_eq!(looks[0].purpose, Some(matters_rules::ContactPurpose::CallBack));

    let record = format!("/desk/calls/{}", receipt.id);
    let past = officer.post(&record, &[("outcome", "later"), ("again_at", "2026-11-17T09:00")]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", past.body);
    let later = officer.post(&record, &[("outcome", "later"), ("again_at", "2026-11-18T15:00")]).await;
    let body = follow(&officer, later.location).await;
    assert!(body.contains("已拨 1 次") && body.contains("再拨"), "{body}");
    let unheard = officer.post(&record, &[("outcome", "no_answer"), ("solved", "yes")]).await;
    assert_eq!(unheard.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said =
        [("outcome", "reached"), ("solved", "no"), ("grade", "dissatisfied"), ("reason", "昨天又跳了")];
    let done = officer.post(&record, &said).await;
    assert!(done.status.is_redirection(), "{}", done.body);
    let view = seen(&test, receipt.id).await;
    assert!(view.redo_pending && view.ratings.len() == 1 && view.calls.len() == 2);

    let redo = format!("/matters/{}/redo-decision", receipt.id);
    let head = signed_in(&test, Role::CallBack, OFFICE).await;
    let told = head.post(&redo, &[("valid", "yes"), ("reason", "诉求人不满意")]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "the reason never tells the grade");
    let sent = head.post(&redo, &[("valid", "yes"), ("reason", "送电后再次跳闸，请查线路")]).await;
    assert!(sent.status.is_redirection(), "{}", sent.body);
    let liaison = signed_in(&test, Role::UnitLiaison, POWER).await;
    let page = liaison.get(&format!("/matters/{}", receipt.id)).await;
    assert!(page.body.contains("送电后再次跳闸"), "{}", page.body);
    assert!(!page.body.contains("昨天又跳了") && !page.body.contains("不满意"), "{}", page.body);
    assert_eq!(liaison.get("/desk/calls").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn calls_are_tried_agreed_rated_and_redone() {
    calling(Engine::Sqlite).await;
}

#[tokio::test]
async fn calls_are_tried_agreed_rated_and_redone_on_postgres() {
    calling(Engine::Postgres).await;
}

async fn half_a_call(engine: Engine) {
    let test = city(engine).await;
    let receipt = answered(&test, "厂房频繁跳闸").await;
    let officer = signed_in(&test, Role::CallBack, OFFICE).await;
    let rated = test.app.write(move |work| {
        let rating = Rating { solved: Solved::No, grade: Grade::Dissatisfied, reason: None };
        let by = By::Appellant(receipt.id);
        matters::act(work, &by, receipt.id, None, &Command::Rate(rating)).map(drop)
    });
    rated.await.expect("the appellant rates");
    let said = [("outcome", "reached"), ("solved", "yes"), ("grade", "satisfied")];
    let record = format!("/desk/calls/{}", receipt.id);
    let refused = officer.post(&record, &said).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(seen(&test, receipt.id).await.calls.is_empty(), "what is refused leaves no half of it");
    let done = officer.post(&record, &said[..1]).await;
    assert!(done.status.is_redirection(), "{}", done.body);
    assert_eq!(seen(&test, receipt.id).await.calls.len(), 1);
}

#[tokio::test]
async fn a_rating_that_is_refused_leaves_no_call() {
    half_a_call(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_rating_that_is_refused_leaves_no_call_on_postgres() {
    half_a_call(Engine::Postgres).await;
}

#[tokio::test]
async fn who_may_not_is_told_so_within_the_desks_navigation() {
    let test = city(Engine::Sqlite).await;
    let liaison = signed_in(&test, Role::UnitLiaison, POWER).await;
    let told = liaison.get("/desk/calls").await;
    assert_eq!(told.status, StatusCode::FORBIDDEN);
    assert!(told.body.contains("desk-nav") && told.body.contains("href=\"/desk\""), "{}", told.body);
    let stranger = test.browser().get("/nowhere").await;
    assert!(!stranger.body.contains("desk-nav"), "{}", stranger.body);
}

#[tokio::test]
async fn an_upheld_objection_is_told_everything_missing_at_once() {
    let test = city(Engine::Sqlite).await;
    let receipt = accepted(&test, "厂房频繁跳闸", "ENE-01").await;
    let dispatcher = person(&test.app, Role::Dispatcher, OFFICE).await;
    acts(&test, &dispatcher, receipt.id, |_| Command::Assign {
        parent: None,
        to: vec![Assignee { unit: POWER.into(), role: NodeRole::Lead, duty_item: None, instruction: None }],
    })
    .await;
    let node = seen(&test, receipt.id).await.nodes[0].id;
    let liaison = person(&test.app, Role::UnitLiaison, POWER).await;
    acts(&test, &liaison, receipt.id, move |text| Command::Object {
        node,
        ground: "not_our_duty".into(),
        basis: text("属园区专线"),
        suggests: None,
    })
    .await;
    let officer = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let path = format!("/matters/{}/nodes/{node}/objection-decision", receipt.id);
    let refused = officer.post(&path, &[("uphold", "yes")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("href=\"#to\"") && refused.body.contains("href=\"#reason\""),
        "{}",
        refused.body
    );
    let desk = officer.get("/desk/work?tab=objections").await;
    assert!(desk.body.contains("属园区专线"), "the basis stands beside the ruling: {}", desk.body);
}

#[tokio::test]
async fn out_of_hours_the_form_of_assignment_says_where_a_unit_is_reached() {
    let test = city(Engine::Sqlite).await;
    let admin = signed_in(&test, Role::AdminSystem, demo::cast::CITY).await;
    let kept = admin.post(&format!("/network/units/{POWER}/duty-phone"), &[("phone", "0738-8000110")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let matter = accepted(&test, "厂房频繁跳闸", "ENE-01").await;
    let form = format!("/matters/{}/assignments", matter.id);
    let batch = format!("/desk/assignments?matter={}", matter.id);
    for (now, shown) in [
        ("2026-11-18T01:30:00Z", false),
        // Half past twelve, after work, and a Saturday: no office works.
        ("2026-11-18T04:30:00Z", true),
        ("2026-11-18T11:00:00Z", true),
        ("2026-11-21T02:00:00Z", true),
        ("2026-11-23T01:30:00Z", false),
    ] {
        test.at(now);
        let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
        for path in [&form, &batch] {
            let page = dispatcher.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            assert_eq!(page.body.contains("tel:0738-8000110"), shown, "{path} at {now}: {}", page.body);
        }
    }
}
