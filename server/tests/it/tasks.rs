//! Tasks that an office raises by itself, on the page and over the API; on both engines.

use crate::configured::ok;
use crate::inbox::send;
use crate::support::{on_both_engines, person, signed_in};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo::cast::OFFICE;
use kernel::permission::Role;
use testkit::{Answer, Browser, TestApp};

const LEAD: &str = "ld-zj";

on_both_engines! {
    page_on_sqlite, page_on_postgres => a_task_is_raised_and_lies_with_its_unit;
    api_on_sqlite, api_on_postgres => another_system_raises_a_rectification;
}

async fn a_task_is_raised_and_lies_with_its_unit(test: TestApp) {
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(ok(head.get("/desk?tab=all").await).contains("/tasks/new"));
    let wrong = [("kind", "task"), ("title", "充电桩摸底"), ("due", "2026-11-01"), ("unit-1", LEAD)];
    let answer = send(&head, "/tasks", &wrong, None).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("办理期限不能早于今天") && answer.body.contains("充电桩摸底"),
        "{}",
        answer.body
    );
    let fields = [
        ("kind", "task"),
        ("title", "充电桩摸底"),
        ("text", "摸清全市园区充电桩缺口"),
        ("demands", "数量\n缺口"),
        ("due", "2026-12-01"),
        ("urgency", "general"),
        ("unit-1", LEAD),
        ("unit-2", LEAD),
    ];
    let raised = send(&head, "/tasks", &fields, Some(("files", "示意.jpg"))).await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
    let path = raised.location.expect("where it is");
    let page = ok(head.get(&path).await);
    assert!(page.contains("RW20260001") && page.contains("12月1日"), "{page}");
    let listed = ok(head.get("/desk?tab=all&kind=task").await);
    assert!(listed.contains("RW20260001"), "{listed}");
    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let seen = ok(unit.get(&path).await);
    assert!(seen.contains("充电桩摸底") && seen.contains("缺口"), "{seen}");
    assert_eq!(unit.get("/tasks/new").await.status, StatusCode::FORBIDDEN);
    let about = ok(head.get(&format!("/tasks/new?about={}", path.trim_start_matches("/matters/"))).await);
    assert!(about.contains("RW20260001"), "what it is about is named");
    let mut second = Vec::from(fields);
    second.push(("about", path.trim_start_matches("/matters/")));
    let arisen = send(&head, "/tasks", &second, None).await;
    let arisen = arisen.location.expect("where it is");
    test.at("2026-12-10T03:00:00Z");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    for (page, other) in [(&path, &arisen), (&arisen, &path)] {
        let page = ok(head.get(page).await);
        let link = page.split(&format!("href=\"{other}\"")).nth(1).expect("named on the page");
        let line: &str =
            link.split("</li>").next().expect("its line").split("</dd>").next().expect("its line");
        assert!(line.contains("light light-"), "its lights stand beside: {line}");
    }
}

async fn post(browser: &Browser, body: &str) -> Answer {
    let request = Request::post("/api/v1/tasks").header("content-type", "application/json");
    browser.send(request, Body::from(body.to_owned())).await
}

async fn another_system_raises_a_rectification(test: TestApp) {
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await.with_header("accept", "application/json");
    for (body, code) in [
        (r#"{"kind":"appeal","title":"t","text":"x"}"#, "task-kind"),
        (r#"{"kind":"task","title":"","text":"x"}"#, "title-missing"),
        (r#"{"kind":"task","title":"t","text":"x","due":"2026-11-01"}"#, "task-due-past"),
        (r#"{"kind":"task","title":"t","text":"x","to":["no-such-unit"]}"#, "unit-unknown"),
        (
            r#"{"kind":"task","title":"t","text":"x","about":"01890000-0000-7000-8000-000000000000"}"#,
            "matter-unknown",
        ),
    ] {
        let refused = post(&head, body).await;
        assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (422, Some(code)), "{body}");
    }
    let body = format!(
        r#"{{"kind":"rectification","title":"值守电话无人接听","text":"夜间抽查三次无人接听","demands":["落实值守"],"to":["{LEAD}"]}}"#
    );
    let raised = post(&head, &body).await;
    assert_eq!(raised.status, StatusCode::CREATED, "{}", raised.body);
    assert_eq!(raised.json()["number"], "ZG20260001");
    let id = raised.json()["id"].as_str().expect("an id").to_owned();
    let again =
        format!(r#"{{"kind":"task","title":"线路检修","text":"检修","to":["{LEAD}"],"about":"{id}"}}"#);
    let again = post(&head, &again).await;
    assert_eq!(again.status, StatusCode::CREATED, "{}", again.body);
    let about = again.json()["id"].as_str().expect("an id").to_owned();
    assert!(ok(head.get(&format!("/matters/{about}")).await).contains("ZG20260001"), "what it is about");
    assert!(ok(head.get(&format!("/matters/{id}")).await).contains("整改事项"));
    person(&test.app, Role::UnitLiaison, LEAD).await;
    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await.with_header("accept", "application/json");
    assert_eq!(post(&unit, &body).await.status, StatusCode::FORBIDDEN);
}
