//! The pages of the configuration, from a draft to a version that holds, and failed jobs.

use crate::support::{city, signed_in};
use kernel::permission::Role;
use kernel::time::Instant;
use matters::configuration::{self, Document};
use testkit::{Answer, Browser, Engine, TestApp};

const OFFICE: &str = "ld-ydb";

fn ok(answer: Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// What a form sends back as the version it was made from.
async fn head(browser: &Browser, path: &str) -> String {
    let body = ok(browser.get(path).await);
    let rest = body.split_once("name=\"head\" value=\"").expect("a form").1;
    rest.split('"').next().expect("a version").to_owned()
}

/// Every field of a form as it is shown.
async fn fields(browser: &Browser, path: &str) -> Vec<(String, String)> {
    let body = ok(browser.get(path).await);
    let mut fields = Vec::new();
    for input in body.split("<input ").skip(1) {
        let attribute = |name: &str| {
            let rest = input.split('>').next()?.split_once(&format!("{name}=\""))?.1;
            Some(rest.split('"').next()?.to_owned())
        };
        if let (Some(name), Some(value)) = (attribute("name"), attribute("value")) {
            fields.push((name, value));
        }
    }
    for select in body.split("<select ").skip(1) {
        let name = select.split_once("name=\"").and_then(|(_, rest)| rest.split('"').next());
        let chosen = select.split("</select>").next().and_then(|options| options.split_once("\" selected"));
        let value = chosen.and_then(|(before, _)| before.rsplit("value=\"").next());
        if let (Some(name), Some(value)) = (name, value) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields
}

async fn post(browser: &Browser, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

async fn publish(browser: &Browser, document: &str, from: &str) -> Answer {
    let path = format!("/admin/configuration/{document}/publication");
    let head = head(browser, &path).await;
    browser.post(&path, &[("head", &head), ("from", from), ("note", "娄政办发〔2026〕9号")]).await
}

async fn promise_days(test: &TestApp) -> String {
    let procedure = test
        .app
        .read(|snapshot, app| configuration::procedure_in_force(snapshot, app, app.now()))
        .await
        .expect("reads");
    procedure
        .limits
        .handling(matters_rules::NodeRole::Lead, matters_rules::Urgency::General, false)
        .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_changed_from_a_day_on() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let head_of_shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
        ok(head_of_shift.get("/admin/configuration").await);
        ok(head_of_shift.get("/admin/configuration/procedure?at=2026-09-30T16:40").await);
        let path = "/admin/configuration/procedure/limits";
        let mut form = fields(&head_of_shift, path).await;
        let seen = |form: &[(String, String)], name: &str| {
            form.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
        };
        assert_eq!(seen(&form, "handling.general").as_deref(), Some("7"));
        assert_eq!(seen(&form, "handling.general.base").as_deref(), Some("wd"));
        let set = |form: &mut Vec<(String, String)>, value: &str| {
            let field = form.iter_mut().find(|(field, _)| field == "handling.general");
            field.expect("a field").1 = value.to_owned();
        };
        set(&mut form, "soon");
        let wrong = post(&head_of_shift, path, &form).await;
        assert!(wrong.status == 422 && wrong.body.contains("value=\"soon\""), "{engine:?}: {}", wrong.body);
        set(&mut form, "5");
        assert_eq!(post(&head_of_shift, path, &form).await.status, 303);
        let stale = post(&head_of_shift, path, &form).await;
        assert!(stale.status == 422 && stale.body.contains("他人刚刚改过"), "{}", stale.body);

        let review = ok(head_of_shift.get("/admin/configuration/procedure/publication").await);
        assert!(review.contains("7 个工作日") && review.contains("5 个工作日"), "{review}");
        let late = publish(&head_of_shift, "procedure", "2026-11-17").await;
        assert!(late.status == 422 && late.body.contains("早于今天"), "{}", late.body);
        assert_eq!(publish(&head_of_shift, "procedure", "2026-12-01").await.status, 303);
        assert_eq!(promise_days(&test).await, "7wd");
        test.at("2026-12-01T09:00:00+08:00");
        assert_eq!(promise_days(&test).await, "5wd");

        let shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
        let page = ok(shift.get("/admin/configuration/procedure").await);
        assert!(page.contains("娄政办发〔2026〕9号") && page.contains("shift_head.ld-ydb"), "{page}");
        let version = ok(shift.get("/admin/configuration/procedure/versions/3").await);
        assert!(version.contains("diff-gone") && version.contains("7 个工作日"), "{version}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_retired_and_drafts_need_someone_else_to_publish() {
    let test = city(Engine::Sqlite).await;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let list = ok(dispatcher.get("/admin/configuration/categories?q=%E4%BE%9B%E6%B0%B4").await);
    assert!(list.contains("ENE-02") && !list.contains("APR-01"));
    let path = "/admin/configuration/categories/entries/category/1";
    let form = ok(dispatcher.get(path).await);
    assert!(form.contains("<option value=\"ENE\" selected") && form.contains("<option value=\"水务公司\""));
    let head = head(&dispatcher, path).await;
    let entry = [
        ("head", head.as_str()),
        ("code", "ENE-02"),
        ("group", "ENE"),
        ("zh", "供水与水压"),
        ("en", "Water supply and pressure"),
        ("leads", "水务公司"),
        ("leads", "住建"),
        ("leads", ""),
        ("retired", "yes"),
    ];
    let mut lost = entry;
    lost[2].1 = "NOWHERE";
    let wrong = dispatcher.post(path, &lost).await;
    assert!(wrong.status == 422 && wrong.body.contains("没有代码为“NOWHERE”的分组"), "{}", wrong.body);
    assert_eq!(dispatcher.post(path, &entry).await.status, 303);
    let review = "/admin/configuration/categories/publication";
    let shown = ok(dispatcher.get(review).await);
    assert!(shown.contains("由值班长或系统管理员发布") && !shown.contains("name=\"from\""), "{shown}");
    assert_eq!(dispatcher.post(review, &[("head", "2"), ("from", "2026-11-18")]).await.status, 403);
    let county = signed_in(&test, Role::ShiftHead, "lx-platform").await;
    assert_eq!(county.post(review, &[("head", "2"), ("from", "2026-11-18")]).await.status, 403);

    let system = signed_in(&test, Role::AdminSystem, "ld").await;
    assert_eq!(publish(&system, "categories", "2026-11-18").await.status, 303);
    let anyone = test.browser();
    let offered = anyone.get("/api/v1/categories").await.body;
    assert!(!offered.contains("ENE-02") && offered.contains("ENE-01"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_entry_may_hold_is_chosen_and_a_unit_that_does_not_exist_is_told() {
    let test = city(Engine::Sqlite).await;
    let head_of_shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = "/admin/configuration/templates/entries/template/0";
    let form = ok(head_of_shift.get(path).await);
    assert!(form.contains("登记首次联系") && form.contains("<option value=\"ld-zj\">"), "{form}");
    let head = head(&head_of_shift, path).await;
    let mut entry = vec![
        ("head", head.as_str()),
        ("code", "contact-first"),
        ("zh", "首次联系"),
        ("verbs", "contact"),
        ("verbs", "progress"),
        ("unit", "nowhere"),
        ("text", "您好，已收到您的诉求（{number}）。"),
    ];
    let wrong = head_of_shift.post(path, &entry).await;
    assert!(wrong.status == 422 && wrong.body.contains("没有代码为“nowhere”的单位"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"nowhere\""), "what was typed stays");
    entry[5].1 = "ld-zj";
    assert_eq!(head_of_shift.post(path, &entry).await.status, 303);
    let draft = ok(head_of_shift.get("/admin/configuration/templates").await);
    assert!(draft.contains("登记首次联系、填报进展"), "{draft}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_entered_and_tried_before_it_is_published() {
    let test = city(Engine::Sqlite).await;
    let system = signed_in(&test, Role::AdminSystem, "ld").await;
    let page = ok(system.get("/admin/configuration/calendar?year=2027").await);
    assert!(page.contains("2027 年安排尚未发布"), "{page}");
    let path = "/admin/configuration/calendar/years/2027";
    let head = head(&system, path).await;
    let wrong = system.post(path, &[("head", &head), ("rest", "元旦放三天"), ("work", "")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("第 1 行看不懂"), "{}", wrong.body);
    let rest = "2027-01-01 2027-01-03 元旦\n2027-02-05 2027-02-11 春节";
    let year = [("head", head.as_str()), ("rest", rest), ("work", "2027-02-14 春节")];
    assert_eq!(system.post(path, &year).await.status, 303);
    let review = ok(system.get("/admin/configuration/calendar/publication").await);
    assert!(review.contains("在办 0 件中，0 件的时限会变动"), "{review}");
    assert_eq!(publish(&system, "calendar", "").await.status, 303);
    let calendar =
        test.app.read(|snapshot, _| configuration::calendar_in_force(snapshot)).await.expect("reads");
    assert!(!calendar.is_working_day("2027-02-05".parse().expect("a date")));
    assert!(calendar.is_working_day("2027-02-14".parse().expect("a date")));
    assert!(!calendar.is_fallback(2027));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_mistakes_is_kept_and_never_published() {
    let test = city(Engine::Sqlite).await;
    let system = signed_in(&test, Role::AdminSystem, "ld").await;
    for document in Document::ALL {
        let path = format!("/admin/configuration/{}/source", document.code());
        let head = head(&system, &path).await;
        let checked =
            system.post(&path, &[("head", &head), ("toml", "version = ["), ("intent", "check")]).await;
        assert_eq!(checked.status, 422, "{}", document.code());
        let kept = system.post(&path, &[("head", &head), ("toml", "version = ["), ("intent", "draft")]).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let review = format!("/admin/configuration/{}/publication", document.code());
        let shown = ok(system.get(&review).await);
        assert!(shown.contains("草稿有错") && !shown.contains("name=\"note\""), "{shown}");
        let next = (head.parse::<i64>().expect("a number") + 1).to_string();
        let refused = system.post(&review, &[("head", &next), ("from", "2026-11-18")]).await;
        assert_eq!(refused.status, 422, "{}", document.code());
        let discard = format!("/admin/configuration/{}/discard", document.code());
        assert_eq!(system.post(&discard, &[("head", &next)]).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_given_up_is_seen_and_tried_again() {
    let test = city(Engine::Sqlite).await;
    let system = signed_in(&test, Role::AdminSystem, "ld").await;
    assert!(ok(system.get("/admin/jobs").await).contains("没有失败的任务"));
    let id = test
        .app
        .write(|work| {
            let now = Instant::from_micros(1);
            let job = store::jobs::NewJob {
                kind: "matter.timer".into(),
                key: None,
                payload: "{\"phone\":\"13800001234\"}".into(),
                run_at: now,
                created_at: now,
            };
            store::jobs::enqueue(work.tx, &job)?;
            work.tx.execute("update jobs set state = 'dead', last_error = 'no route'", &[])?;
            Ok(store::jobs::list_dead(work.tx, 1)?[0].id)
        })
        .await
        .expect("writes");
    let page = ok(system.get("/admin/jobs").await);
    assert!(page.contains("no route") && page.contains("到期自动处理"), "{page}");
    assert!(!page.contains("13800001234"), "what a job carries is not shown");
    assert_eq!(system.post(&format!("/admin/jobs/{id}/retry"), &[]).await.status, 303);
    assert!(ok(system.get("/admin/jobs").await).contains("没有失败的任务"));
}
