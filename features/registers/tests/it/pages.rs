//! List, form, record and its verbs, figures, board, calendar, workbook, API.

use crate::support::{City, city, on_both_engines, pair};
use kernel::permission::Role;
use serde_json::json;

on_both_engines! {
    a_record_is_made_found_changed_and_tells_its_history;
    a_refused_form_keeps_what_was_typed;
    contacts_make_what_is_overdue_and_lines_are_verified_by_another;
    the_calendar_shows_activity_days_and_feeds_calendars;
    a_workbook_holds_what_the_list_shows;
    programs_do_the_same_over_json;
}

async fn a_record_is_made_found_changed_and_tells_its_history(city: City) {
    let index = city.browser.get("/registers").await;
    assert!(index.body.contains("联谊联系") && index.body.contains("/registers/sites"), "{}", index.body);
    let id = pair(&city, "娄商001（示例企业）").await;
    platform::texts::catch_up(&city.test.app).await.expect("follows");
    let list = city.browser.get("/registers/liaison?q=%E5%A8%84%E5%95%86001").await;
    assert!(list.body.contains(&id) && list.body.contains("甲县"), "{}", list.body);
    let none = city.browser.get("/registers/liaison?q=nothing").await;
    assert!(none.body.contains("没有符合条件的条目"));

    let edit = city.browser.get(&format!("/registers/liaison/records/{id}/edit")).await;
    assert!(edit.body.contains("value=\"2022-03-01\""), "{}", edit.body);
    let fields = [
        ("version", "1"),
        ("kind", "site"),
        ("liaison_post", "市级领导岗位02"),
        ("counterpart_kind", "entrepreneur"),
        ("counterpart", "娄商001（示例企业）"),
        ("since", "2022-03-01"),
    ];
    let path = format!("/registers/liaison/records/{id}/values");
    assert!(city.browser.post(&path, &fields).await.status.is_redirection());
    let stale = city.browser.post(&path, &fields).await;
    assert_eq!(stale.status, 422, "someone else's change in between is told");
    let record = city.browser.get(&format!("/registers/liaison/records/{id}")).await;
    let told = record.body.contains("<del>市级领导岗位01</del>")
        && record.body.contains("<ins>市级领导岗位02</ins>");
    assert!(told, "{}", record.body);
    let english = city.browser.get(&format!("/registers/liaison/records/{id}?lang=en")).await;
    assert!(english.body.contains("Liaison post") && english.body.contains("Edit"), "{}", english.body);
}

async fn a_refused_form_keeps_what_was_typed(city: City) {
    let fields =
        [("unit", "甲县"), ("name", "薄板厂"), ("scope", "general"), ("total", "很多"), ("area", "无名")];
    let answer = city.browser.post("/registers/projects/records", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("value=\"薄板厂\"") && answer.body.contains("value=\"很多\""),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("请填金额") && answer.body.contains("没有找到区划"));
}

async fn contacts_make_what_is_overdue_and_lines_are_verified_by_another(city: City) {
    let id = pair(&city, "娄商001").await;
    let late = city.browser.get("/registers/liaison?overdue=yes").await;
    assert!(late.body.contains(&id), "three months after 1 March have passed");
    let base = format!("/registers/liaison/records/{id}");
    let contact = [("contact-on", "2022-08-20"), ("contact-way", "visit"), ("contact-about", "了解用工")];
    assert!(city.browser.post(&format!("{base}/contacts"), &contact).await.status.is_redirection());
    assert!(!city.browser.get("/registers/liaison?overdue=yes").await.body.contains(&id));
    let future = [("contact-on", "2022-08-30"), ("contact-way", "visit"), ("contact-about", "明天的事")];
    let refused = city.browser.post(&format!("{base}/contacts"), &future).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("日期不能晚于今天") && refused.body.contains("明天的事"),
        "{}",
        refused.body
    );

    let project =
        [("unit", "甲县"), ("name", "示例项目"), ("scope", "returning"), ("area", "甲县"), ("total", "1")];
    let answer = city.browser.post("/registers/projects/records", &project).await;
    let project = answer.location.expect("recorded");
    let line = [
        ("flow-kind", "paid_in"),
        ("flow-on", "2022-07-01"),
        ("flow-amount", "3000"),
        ("flow-evidence", "回单"),
    ];
    assert!(city.browser.post(&format!("{project}/flows"), &line).await.status.is_redirection());
    let page = city.browser.get(&project).await;
    assert!(
        page.body.contains("3,000 万元")
            && page.body.contains("待核验")
            && !page.body.contains("/verification")
    );
    city.on_duty(Role::UnitHead, "cc/xx/", 2);
    let page = city.browser.get(&project).await;
    let start = page.body.find("/flows/").expect("another person may verify") + "/flows/".len();
    let line = &page.body[start..start + 36];
    let verified = city.browser.post(&format!("{project}/flows/{line}/verification"), &[]).await;
    assert!(verified.status.is_redirection(), "{}", verified.body);
    assert!(city.browser.get(&project).await.body.contains("已核验"));
    city.on_duty(Role::Registers, "cc/", 1);
    let figures = city.browser.get("/registers/projects/figures?from=2022-01-01&to=2022-07-31").await;
    assert!(figures.body.contains("3,000 万元") && figures.body.contains("≥ 1 亿元"), "{}", figures.body);
    assert!(city.browser.get("/registers/projects/board").await.body.contains("示例项目"));
    assert!(
        city.browser
            .get("/registers/projects?counted=paid_in&from=2022-08-01")
            .await
            .body
            .contains("没有符合")
    );
}

async fn the_calendar_shows_activity_days_and_feeds_calendars(city: City) {
    let fields = [("unit", "甲县"), ("name", "同心服务日"), ("area", "甲县"), ("day", "每月8日")];
    assert!(city.browser.post("/registers/programmes/records", &fields).await.status.is_redirection());
    let month = city.browser.get("/registers/programmes/calendar?month=2022-10").await;
    assert!(month.body.contains("活动日：同心服务日"), "{}", month.body);
    let feed = city.browser.get("/registers/programmes/calendar.ics").await;
    assert!(feed.content_type.starts_with("text/calendar"));
    assert!(
        feed.body.contains("DTSTART;VALUE=DATE:20220908\r\n")
            && feed.body.contains("DTSTART;VALUE=DATE:20230708")
    );
}

async fn a_workbook_holds_what_the_list_shows(city: City) {
    pair(&city, "娄商001").await;
    let table = city.browser.get("/registers/liaison/table.xlsx").await;
    assert!(table.status.is_success() && table.bytes.starts_with(b"PK"), "{}", table.status);
    let figures = city.browser.get("/registers/liaison/figures.xlsx").await;
    assert!(figures.bytes.starts_with(b"PK"));
}

async fn programs_do_the_same_over_json(city: City) {
    let all = city.browser.get("/api/v1/registers").await.json();
    assert!(all.as_array().expect("a list").iter().any(|one| one["code"] == "projects"), "{all}");
    let new = json!({"unit": "xx", "values": {"name": "示例项目", "scope": "general", "area": "431302", "total": "1.5亿元"}});
    let made = city.browser.post_json("/api/v1/registers/projects/records", &new).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    assert_eq!((&made["values"]["total"], &made["values"]["major"]), (&json!("1.5"), &json!("yes")));
    let base = format!("/api/v1/registers/projects/records/{}", made["id"].as_str().expect("an id"));
    let wrong =
        city.browser.post_json(&format!("{base}/values"), &json!({"values": {"total": "很多"}})).await;
    assert_eq!((wrong.status.as_u16(), &wrong.json()["errors"][0]["pointer"]), (422, &json!("#/total")));
    let right = city
        .browser
        .post_json(&format!("{base}/values"), &json!({"values": {"signed_on": "2022-08-01", "total": "2亿"}}))
        .await;
    assert_eq!(right.status, 204, "{}", right.body);
    let line = json!({"kind": "paid_in", "on": "2022-08-02", "amount": "500", "evidence": "回单"});
    assert_eq!(city.browser.post_json(&format!("{base}/flows"), &line).await.status, 204);
    platform::texts::catch_up(&city.test.app).await.expect("follows");
    let found = city.browser.get("/api/v1/registers/projects/records?q=%E7%A4%BA%E4%BE%8B").await.json();
    assert_eq!(found["records"][0]["values"]["total"], "2");
    let figures = "/api/v1/registers/projects/figures?from=2022-08-01&to=2022-08-31";
    let counted = city.browser.get(figures).await.json();
    let figure = |code: &str| {
        let all = counted.as_array().expect("a list").iter();
        all.clone().find(|one| one["code"] == code).unwrap_or_else(|| panic!("{code}: {counted}")).clone()
    };
    assert_eq!(figure("from_leads")["value"], "0");
    assert_eq!(figure("platforms")["money"], false);
    city.on_duty(Role::Leader, "cc/yy/", 3);
    assert_eq!(city.browser.get(&base).await.status, 404, "another county's is none of theirs to know of");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_with_its_record_and_given_back_to_whoever_sees_it() {
    use axum::body::Body;
    use axum::http::Request;
    let city = city().await;
    let fields = [("unit", "甲县"), ("name", "示例村"), ("kind", "village"), ("area", "甲县")];
    let site = city.browser.post("/registers/sites/records", &fields).await.location.expect("recorded");
    let send = |name: &'static str, content: &'static str| {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"field\"\r\n\r\nphotos\r\n--b\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
        );
        let request =
            Request::post(format!("{site}/files")).header("content-type", "multipart/form-data; boundary=b");
        city.browser.send(request, Body::from(body))
    };
    let refused = send("run.exe", "MZ what is this").await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let added = send("说明.pdf", "%PDF-1.4\n%%EOF\n").await;
    assert!(added.status.is_redirection(), "{}", added.body);
    let page = city.browser.get(&site).await;
    let start = page.body.find("/files/").expect("it is listed") + "/files/".len();
    let path = format!("{site}/files/{}", &page.body[start..start + 36]);
    assert!(page.body.contains("说明.pdf"), "the page names it");
    use store::Query;
    let told = city.test.app.read(|q, _| {
        Ok(q.query_one("select count(*) from journal where body like '%说明.pdf%'", &[])?.int(0)?)
    });
    assert_eq!(told.await.expect("counts"), 0, "the journal does not");
    let file = city.browser.get(&path).await;
    assert!(file.bytes.starts_with(b"%PDF-1.4"), "{}", file.status);
    city.on_duty(Role::Leader, "cc/yy/", 3);
    assert_eq!(city.browser.get(&path).await.status, 404);
}
