//! Accountability from outside: proposed by one person, decided by another, made good by a
//! rectification that ends with 销号; units see what was decided about them.

use crate::support::{on_both_engines, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use testkit::{Browser, TestApp};

const UNIT: &str = "ld-zj";
const OTHER: &str = "ld-cz";
const CITY: &str = demo::cast::CITY;
const FACTS: &str = "三件诉求分别超期 12、15、20 个工作日，经两次催办仍无进展。";

on_both_engines! {
    measure_on_sqlite, measure_on_postgres => a_measure_is_decided_by_another_and_made_good;
    clue_on_sqlite, clue_on_postgres => a_clue_waits_for_the_competent_body;
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
