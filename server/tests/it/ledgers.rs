//! What a register handed into the loop, on the page of the matter: the record is a link for
//! whoever may open it, and for nobody else; on both engines.

use crate::configured::ok;
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use demo::cast::{CITY, OFFICE};
use kernel::MatterId;
use kernel::permission::Role;
use matters_rules::command::Assignee;
use matters_rules::{Command, NodeRole};
use store::Query;
use testkit::TestApp;

const COUNTY: &str = "jia";
const LEAD: &str = "ld-zj";

on_both_engines! {
    record_on_sqlite, record_on_postgres => a_task_leads_back_to_its_record_for_whoever_may_open_it;
}

/// A promise noted with a pair of the county, made a task: the record's page and the matter.
async fn promised(test: &TestApp) -> (String, MatterId) {
    let officer = signed_in(test, Role::Registers, COUNTY).await;
    let pair = [
        ("unit", COUNTY),
        ("kind", "site"),
        ("liaison_post", "县级领导岗位01"),
        ("counterpart_kind", "entrepreneur"),
        ("counterpart", "示例企业家"),
        ("since", "2026-03-01"),
    ];
    let record = officer.post("/registers/liaison/records", &pair).await.location.expect("recorded");
    let contact = [
        ("contact-on", "2026-11-17"),
        ("contact-way", "visit"),
        ("contact-about", "座谈返乡办厂"),
        ("contact-promise", "协调园区月底前接通厂区用水"),
        ("contact-promised_by", "2026-11-30"),
    ];
    let noted = officer.post(&format!("{record}/contacts"), &contact).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let page = ok(officer.get(&record).await);
    let made = page.split('"').find(|part| part.starts_with(&record) && part.ends_with("/matter"));
    assert_eq!(officer.post(made.expect("it may become a task"), &[]).await.status, StatusCode::SEE_OTHER);
    let sql = "select matter from register_contact where matter is not null";
    let matter = test.app.read(move |q, _| Ok(q.query_one(sql, &[])?.text(0)?)).await.expect("named");
    (record, matter.parse().expect("an id"))
}

async fn a_task_leads_back_to_its_record_for_whoever_may_open_it(test: TestApp) {
    let (record, matter) = promised(&test).await;
    let dispatcher = person(&test.app, Role::ShiftHead, OFFICE).await;
    let to = Assignee { unit: LEAD.into(), role: NodeRole::Lead, duty_item: None, instruction: None };
    let assign = move |work: &mut platform::Work<'_>| {
        let command = Command::Assign { parent: None, to: vec![to.clone()] };
        matters::act(work, &dispatcher, matter, None, &command).map(drop)
    };
    test.app.write(assign).await.expect("assigned");
    let link = format!("href=\"{record}\"");

    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let page = ok(supervisor.get(&format!("/matters/{matter}")).await);
    assert!(page.contains("来自台账") && page.contains(&link) && page.contains("示例企业家"), "{page}");
    assert!(ok(supervisor.get(&record).await).contains("接通厂区用水"));

    // A unit reads registers of its own, the intake office none: neither is led to a dead end.
    for (role, unit) in [(Role::UnitLiaison, LEAD), (Role::ShiftHead, OFFICE)] {
        let reader = signed_in(&test, role, unit).await;
        let page = ok(reader.get(&format!("/matters/{matter}")).await);
        assert!(page.contains("来自台账") && page.contains("没有查看这条台账的权限"), "{page}");
        assert!(!page.contains(&record) && !page.contains("示例企业家"), "{page}");
        assert!(!reader.get(&record).await.status.is_success());
    }
}
