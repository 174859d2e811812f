//! What an office configures as grounds is what may be given: forms offer it, a stale form and
//! the API are refused, and the words of that day stay with the matter.

use crate::api::{problem, system};
use crate::configured::{ok, publish};
use crate::inbox::assigned;
use crate::support::{on_both_engines, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters::configuration::{Document, grounds};
use matters_rules::NodeRole;
use serde_json::json;
use testkit::{Answer, TestApp};

const LEAD: &str = "ld-zj";

/// The delivered grounds as another version: one of each kind retired, one reworded.
fn changed(version: u32, reworded: &str) -> String {
    let retired = ["other_place", "needs_funds", "force_majeure", "policy_pending", "object_gone"];
    let heading = grounds::DEFAULT
        .replacen("version = 1", &format!("version = {version}"), 1)
        .replacen("2022-01-01", "2026-11-18", 1)
        .replace("不属于本单位法定职责", reworded);
    retired.iter().fold(heading, |text, code| {
        text.replace(&format!("code = \"{code}\""), &format!("code = \"{code}\"\nretired = true"))
    })
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("href=\"#ground\"") && answer.body.contains(words), "{}", answer.body);
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

async fn an_objection(test: TestApp) {
    publish(&test, Document::Grounds, changed(2, "非本单位职责（新）")).await;
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let path = format!("/matters/{id}/nodes/{}/objection", nodes[0]);
    let form = ok(liaison.get(&path).await);
    assert!(form.contains("非本单位职责（新）") && form.contains("权责清单对应条款"), "{form}");
    assert!(!form.contains("不在本辖区"), "retired: {form}");
    refused(&liaison.post(&path, &[("basis", "三定规定第七条")]).await, "请选择");
    let stale = liaison.post(&path, &[("ground", "other_place"), ("basis", "三定规定第七条")]).await;
    refused(&stale, "该理由不存在或已停用");
    assert!(stale.body.contains("三定规定第七条</textarea>"), "nothing typed is lost: {}", stale.body);
    done(&liaison.post(&path, &[("ground", "not_our_duty"), ("basis", "三定规定第七条")]).await);

    publish(&test, Document::Grounds, changed(3, "以后的说法")).await;
    let head = signed_in(&test, Role::Dispatcher, OFFICE).await;
    for page in [format!("/matters/{id}"), format!("{path}-decision")] {
        let page = ok(head.get(&page).await);
        assert!(page.contains("非本单位职责（新）") && !page.contains("以后的说法"), "{page}");
    }
}

async fn more_time(test: TestApp) {
    publish(&test, Document::Grounds, changed(2, "新")).await;
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let node = format!("/matters/{id}/nodes/{}", nodes[0]);
    done(&liaison.post(&format!("{node}/signature"), &[]).await);
    let path = format!("{node}/interval");
    let form = ok(liaison.get(&path).await);
    for offered in ["<optgroup label=\"延期\">", "extension:needs_survey", "tracking:long_project"] {
        assert!(form.contains(offered), "{offered}: {form}");
    }
    assert!(!form.contains("extension:needs_funds"), "retired: {form}");
    let asked = |ground: &'static str| {
        [("kind", "extension"), ("ground", ground), ("days", "2"), ("reason", "检测排期")]
    };
    refused(&liaison.post(&path, &asked("tracking:long_project")).await, "不适用于该申请事项");
    refused(&liaison.post(&path, &asked("extension:needs_funds")).await, "该理由不存在或已停用");
    done(&liaison.post(&path, &asked("extension:needs_survey")).await);
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let decide = ok(head.get(&format!("{path}-decision")).await);
    assert!(decide.contains("需要现场勘察、检测或鉴定"), "{decide}");
    let decision = [("kind", "extension"), ("grant", "yes"), ("reason", "同意")];
    done(&head.post(&format!("{path}-decision"), &decision).await);
    let page = ok(head.get(&format!("/matters/{id}")).await);
    assert_eq!(page.matches("需要现场勘察、检测或鉴定").count(), 2, "asked for, and granted: {page}");
}

async fn a_termination(test: TestApp) {
    publish(&test, Document::Grounds, changed(2, "新")).await;
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = format!("/matters/{id}/termination");
    refused(&head.post(&path, &[("ground", "object_gone"), ("reason", "已拆除")]).await, "已停用");
    done(&head.post(&path, &[("ground", "beyond_reach"), ("reason", "多次联系不上")]).await);
    let other = signed_in(&test, Role::Supervisor, "ld").await;
    let page = ok(other.get(&format!("{path}-decision")).await);
    assert!(page.contains("诉求人无法联系") && page.contains("多次联系不上"), "{page}");

    // The same over the API: the ground is checked by the command, whoever sends it.
    let machine = system(&test, Role::UnitLiaison, LEAD).await;
    let address = format!("/api/v1/matters/{id}/nodes/{}/objection", nodes[0]);
    for ground in ["other_place", "whim"] {
        let answer = machine.post_json(&address, &json!({ "ground": ground, "basis": "article 7" })).await;
        let problem = problem(&answer, 422, "ground-not-offered");
        assert_eq!(problem["errors"][0]["pointer"], "#/ground", "{problem}");
    }
    let answer = machine.post_json(&address, &json!({ "ground": "other_level", "basis": "article 7" })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let matter = machine.get(&format!("/api/v1/matters/{id}")).await.json();
    let said = matter["timeline"].as_array().into_iter().flatten().find(|entry| entry["event"] == "objected");
    assert_eq!(said.expect("an objection")["ground"]["code"], "other_level", "{matter}");
}

on_both_engines! {
    an_objection_rests_on_a_ground_in_force_on_sqlite, an_objection_rests_on_a_ground_in_force_on_postgres => an_objection;
    more_time_rests_on_a_ground_of_its_kind_on_sqlite, more_time_rests_on_a_ground_of_its_kind_on_postgres => more_time;
    a_termination_rests_on_a_ground_in_force_on_sqlite, a_termination_rests_on_a_ground_in_force_on_postgres => a_termination;
}
