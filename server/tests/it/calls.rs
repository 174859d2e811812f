//! Quality checks of calls from outside, on both engines: a draw anyone can draw anew, a score, the
//! officer's answer, the second reading; figures without a person in them.

use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::{ReceptionId, UnitId};
use matters::receptions;
use matters_rules::reception::{Command, Ending};
use matters_rules::{Channel, InvalidCall};
use testkit::{Browser, TestApp};

const OFFICE: &str = demo::cast::OFFICE;

on_both_engines! {
    check_on_sqlite, check_on_postgres => a_call_is_drawn_scored_answered_and_read_again;
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
    assert_eq!((&draws[0]["drawn"], &draws[0]["scored"]), (&2.into(), &1.into()), "{draws}");
    let id = draws[0]["id"].as_str().expect("its id").to_owned();
    let drawn = quality.get(&api(&format!("draws/{id}"))).await.json();
    let state = |call: &serde_json::Value| call["state"].as_str().map(str::to_owned);
    let states: Vec<_> = drawn["calls"].as_array().expect("calls").iter().filter_map(state).collect();
    assert_eq!(states, ["final"], "{drawn}");
    let counted = quality.get(&api("figures?from=2026-11-18&to=2026-11-18")).await.json();
    assert_eq!(counted["all"], serde_json::json!({"checks": 1, "points": 100}), "{counted}");
    let wrong =
        serde_json::json!({"from": "x", "to": "2026-11-18", "office": OFFICE, "size": "number", "amount": 1});
    let refused = quality.post_json(&api("draws"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("/from"), "{}", refused.body);
    assert_eq!(officer.get(&api("draws")).await.status, StatusCode::FORBIDDEN);
}
