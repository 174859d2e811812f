//! Accountability from outside: proposed by one person, decided by another, made good by a
//! rectification that ends with 销号; units see what was decided about them.

use crate::evaluation::act;
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::{MatterId, NodeId};
use matters_rules::answer::CheckedText;
use matters_rules::command::{DemandResult, Respond};
use matters_rules::state::NodeState;
use matters_rules::{Command, ContactWay, Outcome};
use testkit::{Browser, TestApp};

const UNIT: &str = "ld-zj";
const OTHER: &str = "ld-cz";
const CITY: &str = demo::cast::CITY;
const FACTS: &str = "三件诉求分别超期 12、15、20 个工作日，经两次催办仍无进展。";

on_both_engines! {
    measure_on_sqlite, measure_on_postgres => a_measure_is_decided_by_another_and_made_good;
    clue_on_sqlite, clue_on_postgres => a_clue_waits_for_the_competent_body;
    tolerance_on_sqlite, tolerance_on_postgres => what_is_tolerated_is_recorded_with_its_ground;
    struck_on_sqlite, struck_on_postgres => a_rectification_ends_once_it_is_struck_off;
    choices_on_sqlite, choices_on_postgres => what_is_no_choice_is_refused;
    api_on_sqlite, api_on_postgres => other_systems_propose_and_decide;
}

fn typed(kind: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("kind", kind),
        ("unit", UNIT),
        ("failing", "delay"),
        ("facts", FACTS),
        ("basis", "《督办工作办法》第十二条"),
    ]
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

async fn propose(supervisor: &Browser, fields: &[(&str, &str)]) -> String {
    let made = supervisor.post("/accountability", fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.location.expect("to the measure")
}

async fn a_measure_is_decided_by_another_and_made_good(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut fields = typed("circular");
    fields.push(("demand", "12月10日前办结三件诉求"));
    let refused = supervisor.post("/accountability", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("请填写整改期限") && refused.body.contains(FACTS), "nothing typed is lost");
    fields.push(("due", "2026-12-10"));
    let measure = propose(&supervisor, &fields).await;
    let unit = signed_in(&test, Role::UnitHead, UNIT).await;
    assert_eq!(unit.get(&measure).await.status, StatusCode::NOT_FOUND, "not while it is only proposed");
    assert!(!page(&unit, "/accountability").await.contains(&measure));
    let decision = format!("{measure}/decision");
    assert_eq!(supervisor.post(&decision, &[("approve", "yes")]).await.status, StatusCode::FORBIDDEN);

    let leader = signed_in(&test, Role::Leader, CITY).await;
    let unsaid = leader.post(&decision, &[("approve", "no")]).await;
    assert!(unsaid.body.contains("请写明理由"), "{}", unsaid.body);
    let decided = leader.post(&decision, &[("approve", "yes"), ("reason", "同意通报。")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    let shown = page(&unit, &measure).await;
    for words in ["通报〔2026〕1号", "同意通报", "查看整改事项"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let list = page(&unit, "/accountability").await;
    let matter = list.split('"').find(|part| part.starts_with("/matters/")).expect("its rectification");
    assert!(page(&unit, matter).await.contains("整改事项"));
    assert_eq!(unit.get(&format!("{measure}/paper.docx")).await.status, StatusCode::OK);
    assert!(page(&unit, &format!("/accountability/units/{UNIT}")).await.contains("通报〔2026〕1号"));
    let other = signed_in(&test, Role::UnitHead, OTHER).await;
    assert_eq!(other.get(&measure).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(&format!("/accountability/units/{UNIT}")).await.status, StatusCode::NOT_FOUND);
    let again = leader.post(&decision, &[("approve", "yes")]).await;
    assert!(again.body.contains("已经处理过"), "{}", again.body);
}

async fn a_clue_waits_for_the_competent_body(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut fields = typed("clue");
    let refused = supervisor.post("/accountability", &fields).await;
    assert!(refused.body.contains("移交给哪个机关"), "{}", refused.body);
    fields.push(("body", "示例监督机关"));
    let clue = propose(&supervisor, &fields).await;
    let feedback = format!("{clue}/feedback");
    let early = supervisor.post(&feedback, &[("answer", "已受理")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "not before it is decided");
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let decided = leader.post(&format!("{clue}/decision"), &[("approve", "yes")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    assert!(page(&supervisor, &format!("{clue}/paper")).await.contains("问题线索移交函"));
    let answered = supervisor.post(&feedback, &[("answer", "11月25日反馈：已约谈该单位负责人。")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert!(page(&supervisor, &clue).await.contains("已约谈该单位负责人"));
}

/// Tolerance 容错: why a failing is not held against the unit stands on record with its ground.
async fn what_is_tolerated_is_recorded_with_its_ground(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut fields = typed("tolerance");
    fields.retain(|(name, _)| *name != "basis");
    let refused = supervisor.post("/accountability", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "no tolerance without a ground");
    assert!(refused.body.contains("href=\"#basis\"") && refused.body.contains(FACTS), "{}", refused.body);
    fields.push(("basis", "《容错纠错实施办法》第五条：先行先试、未谋私利、及时纠正"));
    fields.extend([("demand", "整改"), ("due", "2026-12-10")]);
    let refused = supervisor.post("/accountability", &fields).await;
    assert!(refused.body.contains("线索移交和容错不提整改要求"), "{}", refused.body);
    fields.truncate(fields.len() - 2);
    let tolerance = propose(&supervisor, &fields).await;
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let decided = leader.post(&format!("{tolerance}/decision"), &[("approve", "yes")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);

    let unit = signed_in(&test, Role::UnitHead, UNIT).await;
    let shown = page(&unit, &tolerance).await;
    for words in ["容错〔2026〕1号", "先行先试、未谋私利", FACTS] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("查看整改事项"), "nothing is to be made good: {shown}");
    let record = page(&unit, &format!("/accountability/units/{UNIT}")).await;
    assert!(record.contains("容错〔2026〕1号"), "{record}");
    assert!(page(&unit, &format!("{tolerance}/paper")).await.contains("容错"));
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

/// A measure's rectification ends with 销号 by somebody without a hand in it, and the record of
/// the unit says how far it is.
async fn a_rectification_ends_once_it_is_struck_off(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut fields = typed("talk");
    fields.extend([("demand", "12月1日前办结三件诉求"), ("due", "2026-12-01")]);
    let measure = propose(&supervisor, &fields).await;
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let decided = leader.post(&format!("{measure}/decision"), &[("approve", "yes")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    let list = page(&supervisor, "/accountability").await;
    let matter = list.split('"').find(|part| part.starts_with("/matters/")).expect("its rectification");
    let matter = matter.trim_start_matches("/matters/").parse::<MatterId>().expect("an id");
    assert!(list.contains("light light-green"), "{list}");
    let later = "2026-12-08T02:00:00Z";
    test.at(later);
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    for path in ["/accountability".to_owned(), format!("/accountability/units/{UNIT}"), measure.clone()] {
        let shown = page(&supervisor, &path).await;
        assert!(shown.contains("light light-gross"), "{path}: nobody has even signed it: {shown}");
    }

    done(&test, matter, "三件诉求12月8日全部办结，附回执。").await;
    let verification = format!("/matters/{matter}/verification");
    let sent_back = [("passed", "no"), ("text", "一件仍未办结")];
    assert_eq!(supervisor.post(&verification, &sent_back).await.status, StatusCode::SEE_OTHER);
    assert!(page(&supervisor, &measure).await.contains("重办"), "to be done again");
    done(&test, matter, "三件诉求12月9日全部办结，附现场照片。").await;
    let unit = signed_in(&test, Role::UnitHead, UNIT).await;
    assert_ne!(unit.post(&verification, &[("passed", "yes")]).await.status, StatusCode::SEE_OTHER);
    let passed = supervisor.post(&verification, &[("passed", "yes"), ("text", "已逐件核对")]).await;
    assert_eq!(passed.status, StatusCode::SEE_OTHER, "{}", passed.body);
    let record = page(&unit, &format!("/accountability/units/{UNIT}")).await;
    assert!(record.contains("已办结") && !record.contains("light light-"), "{record}");
    let again = supervisor.post(&verification, &[("passed", "yes")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "struck off once");
}

/// The one assignment of a rectification, and whether it is still to be signed.
async fn assignment(test: &TestApp, matter: MatterId) -> (NodeId, bool) {
    let loaded = test
        .app
        .read(move |snapshot, _| platform::act::load::<matters::Matters>(snapshot, &matter.to_string()));
    let node = loaded.await.expect("reads").state.nodes.remove(0);
    (node.id, node.state == NodeState::Unsigned)
}

async fn done(test: &TestApp, matter: MatterId, words: &'static str) {
    let (node, unsigned) = assignment(test, matter).await;
    let liaison = person(&test.app, Role::UnitLiaison, UNIT).await;
    let head = person(&test.app, Role::UnitHead, UNIT).await;
    let reviewer = person(&test.app, Role::Dispatcher, demo::cast::OFFICE).await;
    let now = test.app.now();
    if unsigned {
        act(test, &liaison, matter, move |_| Command::Sign { node }).await;
    }
    act(test, &liaison, matter, move |seal| {
        Command::Respond(Box::new(Respond {
            node,
            contact: None,
            way: ContactWay::Platform,
            results: vec![DemandResult { demand: 1, outcome: Outcome::Solved }],
            text: CheckedText::seal(words, seal).expect("says something"),
            answered_at: now,
            attachments: Vec::new(),
            note: None,
        }))
    })
    .await;
    act(test, &head, matter, move |_| Command::SignOff { node, approve: true, scan: None, reason: None })
        .await;
    act(test, &reviewer, matter, move |_| Command::Review { node, approve: true, reason: None }).await;
}

/// What is sent that is none of the choices is refused beside its field, never taken for another.
async fn what_is_no_choice_is_refused(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    for (field, value) in [("kind", "dismissal"), ("failing", "bad_luck"), ("unit", "no-such-unit")] {
        let mut fields = typed("reminder");
        fields.iter_mut().find(|(name, _)| *name == field).expect("a field").1 = value;
        let refused = supervisor.post("/accountability", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", refused.body);
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.body);
        assert!(refused.body.contains(FACTS), "{field}: nothing typed is lost");
    }
    let mut about_nothing = typed("reminder");
    about_nothing.push(("matter", "01890000-0000-7000-8000-000000000000"));
    let refused = supervisor.post("/accountability", &about_nothing).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("没有找到该事项") && refused.body.contains(FACTS), "{}", refused.body);
}

/// The same over the API: proposed, decided by another, cancelled.
async fn other_systems_propose_and_decide(test: TestApp) {
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let mut new = serde_json::json!({
        "kind": "circular", "unit": UNIT, "failing": "delay", "facts": FACTS, "basis": "第十二条",
        "demand": "办结三件诉求",
    });
    let refused = supervisor.post_json("/api/v1/accountability", &new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("accountability-due-missing"), "{}", refused.body);
    new["due"] = "2026-12-10".into();
    let made = supervisor.post_json("/api/v1/accountability", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let (id, state) = (made.json()["id"].clone(), made.json()["state"].clone());
    assert_eq!(state, "proposed");
    let path = format!("/api/v1/accountability/{}", id.as_str().expect("an id"));
    let unit = signed_in(&test, Role::UnitHead, UNIT).await;
    assert_eq!(unit.get(&path).await.status, StatusCode::NOT_FOUND);
    let leader = signed_in(&test, Role::Leader, CITY).await;
    let decision = serde_json::json!({ "approve": true });
    assert_eq!(
        supervisor.post_json(&format!("{path}/decision"), &decision).await.status,
        StatusCode::FORBIDDEN
    );
    let decided = leader.post_json(&format!("{path}/decision"), &decision).await.json();
    assert_eq!((&decided["state"], &decided["serial"]), (&"decided".into(), &1.into()), "{decided}");
    assert!(decided["rectification"].is_string());
    assert_eq!(unit.get(&path).await.json()["facts"], FACTS);
    let listed = unit.get(&format!("/api/v1/accountability?unit={UNIT}")).await.json();
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(1), "{listed}");
    let unknown = unit.get("/api/v1/accountability?after=nothing").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "a key that no page gave");
    let text = serde_json::json!({ "text": "事实有误" });
    let cancelled = leader.post_json(&format!("{path}/cancellation"), &text).await.json();
    assert_eq!(cancelled["state"], "cancelled");
}
