//! From record to record, checks by somebody else, and which towns a register reaches.

use crate::support::{City, id_of, on_both_engines};
use kernel::permission::Role;

on_both_engines! {
    a_lead_becomes_a_project_and_each_names_the_other;
    what_a_unit_reports_somebody_else_checks;
    towns_without_a_base_are_named;
}

async fn recorded(city: &City, register: &str, fields: &[(&str, &str)]) -> String {
    let answer = city.browser.post(&format!("/registers/{register}/records"), fields).await;
    assert!(answer.status.is_redirection(), "{register}: {} {}", answer.status, answer.body);
    id_of(answer.location.as_deref())
}

async fn moved(city: &City, record: &str, stage: &str) -> testkit::Answer {
    city.browser.post(&format!("{record}/stage"), &[("stage-stage", stage), ("stage-on", "2022-08-22")]).await
}

async fn a_lead_becomes_a_project_and_each_names_the_other(city: City) {
    let fields = [
        ("unit", "甲县"),
        ("name", "新能源充电投资意向"),
        ("source", "chamber"),
        ("found_on", "2022-07-01"),
        ("area", "甲县"),
        ("expected", "3"),
        ("assessment", "条件具备"),
    ];
    let id = recorded(&city, "leads", &fields).await;
    let lead = format!("/registers/leads/records/{id}");
    let form = format!("/registers/projects/new?from={id}");
    assert!(!city.browser.get(&lead).await.body.contains(&form), "a lead must be talked about first");
    for stage in ["assessed", "talking"] {
        assert!(moved(&city, &lead, stage).await.status.is_redirection(), "{stage}");
    }
    assert!(city.browser.get(&lead).await.body.contains(&form));
    let begun = city.browser.get(&form).await;
    assert!(
        begun.body.contains("value=\"新能源充电投资意向\"")
            && begun.body.contains(&format!("value=\"{id}\"")),
        "{}",
        begun.body
    );
    let project = [
        ("from-record", id.as_str()),
        ("unit", "甲县"),
        ("name", "新能源充电项目"),
        ("scope", "returning"),
        ("area", "甲县"),
        ("total", "3"),
        ("lead", "新能源充电投资意向"),
    ];
    let made = recorded(&city, "projects", &project).await;
    let page = city.browser.get(&lead).await;
    assert!(page.body.contains(&made), "the lead's page names the project: {}", page.body);
    let project_page = city.browser.get(&format!("/registers/projects/records/{made}")).await;
    assert!(project_page.body.contains(&lead), "and the project its lead");
    let again = [
        ("name", "又一个项目"),
        ("from-record", id.as_str()),
        ("unit", "甲县"),
        ("scope", "returning"),
        ("area", "甲县"),
    ];
    let refused = city.browser.post("/registers/projects/records", &again).await;
    assert!(refused.status == 422 && refused.body.contains("已经转出"), "{}", refused.body);
    let figures = city.browser.get("/registers/leads/figures").await;
    assert!(figures.body.contains("转为项目"), "{}", figures.body);
}

async fn what_a_unit_reports_somebody_else_checks(city: City) {
    city.on_duty(Role::Registers, "cc/xx/", 2);
    let fields = [
        ("unit", "甲县"),
        ("topic", "专题学习"),
        ("held_on", "2022-08-01"),
        ("sessions", "3"),
        ("form", "group"),
        ("evidence", "签到表"),
    ];
    let record = format!("/registers/studies/records/{}", recorded(&city, "studies", &fields).await);
    assert!(moved(&city, &record, "reported").await.status.is_redirection());
    let own = moved(&city, &record, "checked").await;
    assert!(own.status == 422 && own.body.contains("由他人核实"), "{}", own.body);
    city.on_duty(Role::UnitLiaison, "cc/xx/", 3);
    assert!(!city.browser.get(&record).await.body.contains("value=\"checked\""), "a liaison checks nothing");
    assert_eq!(moved(&city, &record, "checked").await.status, 403);

    city.on_duty(Role::Registers, "cc/", 1);
    let figures = city.browser.get("/registers/studies/figures").await;
    assert!(figures.body.contains("待核实"));
    assert!(moved(&city, &record, "checked").await.status.is_redirection());
    let change = [
        ("topic", "改了"),
        ("held_on", "2022-08-01"),
        ("sessions", "30"),
        ("form", "group"),
        ("evidence", "无"),
    ];
    let refused = city.browser.post(&format!("{record}/values"), &change).await;
    assert!(refused.status == 422 && refused.body.contains("先退回再修改"), "{}", refused.body);
    assert!(moved(&city, &record, "returned").await.status.is_redirection());
    assert!(city.browser.post(&format!("{record}/values"), &change).await.status.is_redirection());
}

async fn towns_without_a_base_are_named(city: City) {
    let site = [("unit", "甲县"), ("name", "同心基地"), ("kind", "base"), ("area", "甲一镇")];
    recorded(&city, "sites", &site).await;
    let page = city.browser.get("/registers/sites/coverage").await;
    assert!(page.status.is_success() && page.body.contains("一镇一基地"), "{}", page.body);
    assert!(page.body.contains("甲二镇") && page.body.contains("暂无"), "{}", page.body);
    let workbook = city.browser.get("/registers/sites/coverage.xlsx").await;
    assert!(workbook.bytes.starts_with(b"PK"));
    city.on_duty(Role::Leader, "cc/yy/", 8);
    let other = city.browser.get("/registers/sites/coverage").await;
    assert!(!other.body.contains(">1 个<"), "another county's base is none of theirs to count");
    assert_eq!(city.browser.get("/registers/teams/coverage").await.status, 404);
}
