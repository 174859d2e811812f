//! Quality checks of calls from outside, on both engines: a draw anyone can draw anew, a score, the
//! officer's answer, the second reading; figures without a person in them.

use crate::api::{problem, system};
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::{ReceptionId, UnitId};
use matters::receptions;
use matters_rules::reception::{Command, Ending};
use matters_rules::{Channel, InvalidCall};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Browser, TestApp};

const OFFICE: &str = demo::cast::OFFICE;

on_both_engines! {
    check_on_sqlite, check_on_postgres => a_call_is_drawn_scored_answered_and_read_again;
    pages_on_sqlite, pages_on_postgres => more_calls_than_a_page_holds_are_all_reached;
    program_on_sqlite, program_on_postgres => a_program_scores_by_the_same_rules;
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// A call that the intake officer took and that was none.
async fn call(test: &TestApp, phone: &str) -> ReceptionId {
    let by = person(&test.app, Role::Intake, OFFICE).await;
    let (id, phone) = (ReceptionId(test.app.fresh().uuid()), phone.to_owned());
    test.app
        .write(move |work| {
            let office = UnitId::from(OFFICE);
            receptions::begin(work, &by, id, office, Channel::Hotline, &phone)?;
            let ending = Ending::Invalid { reason: InvalidCall::Other };
            receptions::act(work, &by, id, &Command::End(ending)).map(drop)
        })
        .await
        .expect("a call");
    id
}

fn points(all: &str) -> Vec<(&'static str, String)> {
    ["opening", "listening", "recording", "answering", "manner", "closing"]
        .into_iter()
        .zip([10, 20, 30, 20, 10, 10])
        .map(|(item, most): (&str, u32)| {
            let field: &'static str = Box::leak(format!("points-{item}").into_boxed_str());
            (field, if all == "full" { most.to_string() } else { (most / 2).to_string() })
        })
        .collect()
}

async fn scored(browser: &Browser, path: &str, draw: &str, all: &str, words: &str) -> testkit::Answer {
    let points = points(all);
    let mut fields: Vec<(&str, &str)> = points.iter().map(|(field, n)| (*field, n.as_str())).collect();
    fields.extend([("draw", draw), ("words", words)]);
    browser.post(path, &fields).await
}

async fn a_call_is_drawn_scored_answered_and_read_again(test: TestApp) {
    for n in 0..10 {
        call(&test, &format!("1380000{n:04}")).await;
    }
    test.at("2026-11-18T02:00:00Z");
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let plan = [("from", "2026-11-18"), ("to", "2026-11-18"), ("size", "number")];
    let none = quality.post("/desk/call-checks/draws", &plan).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<(&str, &str)> = plan.into_iter().chain([("amount", "2")]).collect();
    let drawn = quality.post("/desk/call-checks/draws", &fields).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    let draw = drawn.location.expect("to the draw");
    // What comes later is no part of the population that stood then.
    call(&test, "13800009999").await;
    let shown = page(&quality, &draw).await;
    assert!(shown.contains("一致") && shown.contains("SHA-256"), "{shown}");
    assert_eq!(quality.get(&format!("{draw}/population")).await.status, StatusCode::OK);
    let path = shown
        .split('"')
        .find(|part| part.starts_with("/desk/call-checks/calls/"))
        .and_then(|href| href.split('?').next())
        .expect("a call")
        .to_owned();
    let id = draw.rsplit('/').next().expect("its id").to_owned();

    // The officer sees nothing of what only was drawn.
    let officer = signed_in(&test, Role::Intake, OFFICE).await;
    assert_eq!(officer.get(&path).await.status, StatusCode::NOT_FOUND);
    let score = format!("{path}/score");
    assert_eq!(scored(&officer, &score, &id, "full", "好").await.status, StatusCode::FORBIDDEN);
    let unsaid = scored(&quality, &score, &id, "half", " ").await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);
    let given = scored(&quality, &score, &id, "half", "没有告知编号。").await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let again = scored(&quality, &score, &id, "full", "再来").await;
    assert!(again.body.contains("已经评分"), "{}", again.body);

    assert!(page(&officer, "/me/notices").await.contains("通话质检结果"));
    assert!(page(&officer, "/desk/call-checks/own").await.contains(&path));
    assert!(page(&officer, &path).await.contains("没有告知编号"));
    let answered = officer.post(&format!("{path}/answer"), &[("words", "已在结束语中告知。")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);

    let second = format!("{path}/second-score");
    let own = scored(&quality, &second, &id, "full", "我再看").await;
    assert!(own.body.contains("本人经手"), "who gave the first score: {}", own.body);
    assert!(page(&head, "/me/notices").await.contains("质检申诉待复评"));
    assert!(page(&head, "/desk/call-checks/queue").await.contains(&path));
    let last = scored(&head, &second, &id, "full", "录音中已告知，改为满分。").await;
    assert_eq!(last.status, StatusCode::SEE_OTHER, "{}", last.body);
    let shown = page(&officer, &path).await;
    assert!(shown.contains("首评 50 分") && shown.contains("复评 100 分"), "{shown}");
    let figures = page(&quality, "/desk/call-checks/figures?from=2026-11-18&to=2026-11-18").await;
    for words in ["100.0", "白班", "其中复评改分 1 件"] {
        assert!(figures.contains(words), "{words}: {figures}");
    }
    assert!(!figures.contains("intake."), "nobody stands in the figures: {figures}");
    let api = |path: &str| format!("/api/v1/call-checks/{path}");
    let draws = quality.get(&api("draws")).await.json();
    let draws = &draws["rows"];
    assert_eq!((&draws[0]["drawn"], &draws[0]["scored"]), (&2.into(), &1.into()), "{draws}");
    let id = draws[0]["id"].as_str().expect("its id").to_owned();
    let drawn = quality.get(&api(&format!("draws/{id}"))).await.json();
    let state = |call: &serde_json::Value| call["state"].as_str().map(str::to_owned);
    let states: Vec<_> = drawn["calls"].as_array().expect("calls").iter().filter_map(state).collect();
    assert_eq!(states, ["final"], "{drawn}");
    let counted = quality.get(&api("figures?from=2026-11-18&to=2026-11-18")).await.json();
    assert_eq!(counted["all"], json!({"checks": 1, "points": 100}), "{counted}");
    let wrong = json!({"from": "x", "to": "2026-11-18", "office": OFFICE, "size": "number", "amount": 1});
    let refused = quality.post_json(&api("draws"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("/from"), "{}", refused.body);
    assert_eq!(officer.get(&api("draws")).await.status, StatusCode::FORBIDDEN);
}

async fn a_program_scores_by_the_same_rules(test: TestApp) {
    for n in 0..3 {
        call(&test, &format!("1380000{n:04}")).await;
    }
    test.at("2026-11-18T02:00:00Z");
    let quality = system(&test, Role::Quality, OFFICE).await;
    let (head, officer) =
        (system(&test, Role::ShiftHead, OFFICE).await, system(&test, Role::Intake, OFFICE).await);
    let plan = |amount: u32| json!({"from": "2026-11-18", "to": "2026-11-18", "office": OFFICE, "size": "number", "amount": amount});
    let draws = "/api/v1/call-checks/draws";
    let mut drawn = Vec::new();
    for at in ["2026-11-18T02:01:00Z", "2026-11-18T02:02:00Z", "2026-11-18T02:03:00Z"] {
        test.at(at);
        let made = quality.post_json(draws, &plan(1)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        drawn.insert(0, made.json()["id"].as_str().expect("its id").to_owned());
    }
    let by = person(&test.app, Role::Quality, OFFICE).await;
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let (grants, from) = (by.grants().to_vec(), after.clone());
        let page = test.app.read(move |q, _| call_quality::read::draws(q, &grants, from.as_deref(), 1)).await;
        let (rows, next) = page.expect("a page");
        read.extend(rows.into_iter().map(|row| row.id));
        let Some(next) = next else { break };
        after = Some(next);
    }
    assert_eq!(read, drawn, "the newest first, none twice, none passed over");

    let one = quality.get(&format!("{draws}/{}", drawn[0])).await.json();
    let id = one["calls"][0]["call"].as_str().expect("a call").to_owned();
    let path = format!("/api/v1/call-checks/calls/{id}");
    let waiting = quality.get(&path).await.json();
    assert_eq!((&waiting["state"], waiting["items"].as_array().map(Vec::len)), (&Value::Null, Some(6)));
    problem(&officer.get(&path).await, 404, "not-found");
    let most = |item: &Value| (item["code"].as_str().expect("a code").to_owned(), item["points"].clone());
    let full: serde_json::Map<String, Value> =
        waiting["items"].as_array().expect("items").iter().map(most).collect();
    let mut wrong = full.clone();
    wrong.insert("opening".into(), 99.into());
    wrong.insert("charm".into(), 1.into());
    wrong.remove("closing");
    let score = format!("{path}/score");
    let body = |points: &serde_json::Map<String, Value>, words: &str| json!({"draw": drawn[0], "points": points, "words": words});
    let refused = problem(&quality.post_json(&score, &body(&wrong, " ")).await, 422, "invalid");
    let pointers: Vec<&str> = refused["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|error| error["pointer"].as_str())
        .collect();
    for pointer in ["#/points/opening", "#/points/charm", "#/points/closing", "#/words"] {
        assert!(pointers.contains(&pointer), "{pointer}: {refused}");
    }
    let other = json!({"draw": drawn[0].replace('0', "1"), "points": full, "words": "好"});
    assert_eq!(
        quality.post_json(&score, &other).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "of no draw"
    );
    problem(&officer.post_json(&score, &body(&full, "好")).await, 403, "not-permitted");
    let given = quality.post_json(&score, &body(&full, "答复规范。")).await;
    assert_eq!(given.status, StatusCode::NO_CONTENT, "{}", given.body);
    let own = officer.get(&path).await.json();
    assert_eq!((&own["state"], &own["first"]["words"]), (&"scored".into(), &"答复规范。".into()), "{own}");
    let answer = format!("{path}/answer");
    let unsaid = problem(&officer.post_json(&answer, &json!({"words": ""})).await, 422, "invalid");
    assert_eq!(unsaid["errors"][0]["pointer"], "#/words");
    assert_eq!(
        officer.post_json(&answer, &json!({"words": "编号已告知。"})).await.status,
        StatusCode::NO_CONTENT
    );
    let second = format!("{path}/second-score");
    let reading = json!({"points": full, "words": "维持。"});
    problem(&quality.post_json(&second, &reading).await, 422, "own-work");
    assert_eq!(head.post_json(&second, &reading).await.status, StatusCode::NO_CONTENT);
    let last = quality.get(&path).await.json();
    assert_eq!((&last["state"], &last["answer"]), (&"final".into(), &"编号已告知。".into()), "{last}");
    assert_eq!(last["second"]["points"], Value::Object(full), "{last}");
}

/// The calls that a list leads to, over all its pages.
async fn reached(browser: &Browser, list: &str) -> (Vec<String>, usize) {
    let (mut calls, mut pages, mut path) = (Vec::new(), 0, list.to_owned());
    loop {
        let shown = page(browser, &path).await;
        let hrefs = shown.split('"').filter(|part| part.starts_with("/desk/call-checks/calls/"));
        calls.extend(hrefs.filter_map(|href| href.split('?').next()).map(str::to_owned));
        pages += 1;
        let next = shown.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        match next {
            Some(next) => path = next.to_owned(),
            None => return (calls, pages),
        }
    }
}

async fn more_calls_than_a_page_holds_are_all_reached(test: TestApp) {
    for n in 0..53 {
        call(&test, &format!("1380000{n:04}")).await;
    }
    test.at("2026-11-18T02:00:00Z");
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let plan = [("from", "2026-11-18"), ("to", "2026-11-18"), ("size", "number"), ("amount", "53")];
    let drawn = quality.post("/desk/call-checks/draws", &plan).await;
    let draw = drawn.location.expect("drawn").rsplit('/').next().expect("its id").to_owned();
    let (queue, pages) = reached(&quality, "/desk/call-checks/queue").await;
    assert_eq!((queue.iter().collect::<BTreeSet<_>>().len(), queue.len(), pages), (53, 53, 2));
    for path in &queue {
        let given = scored(&quality, &format!("{path}/score"), &draw, "half", "没有告知编号。").await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    }
    assert!(reached(&quality, "/desk/call-checks/queue").await.0.is_empty());
    let officer = signed_in(&test, Role::Intake, OFFICE).await;
    let (own, pages) = reached(&officer, "/desk/call-checks/own").await;
    assert_eq!((own.iter().collect::<BTreeSet<_>>().len(), own.len(), pages), (53, 53, 2));
    let unknown = quality.get("/desk/call-checks/queue?after=nothing").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "a key that no page gave");
}
