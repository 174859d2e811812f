//! Leaders' instructions from outside: recorded with the original, done, verified and brought
//! back as one page; sheets put before a leader, read by a signed link that ends.

use crate::inbox::send;
use crate::support::{on_both_engines, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use testkit::{Browser, TestApp};

const LEAD: &str = "ld-zj";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;
const WORDING: &str = "请住建局牵头，一周内把工业园路灯全部修复，情况报我。";
/// The least that is taken for a picture, in base64.
const JPEG: &str = "/9j/4AAEAAD/2iByZXN0IG9mIGEgcGljdHVyZQ==";
const DONE: &str = "11月18日已更换园区路灯灯头46盏，当晚全部亮灯，依据维护合同由养护单位每月巡查。";

on_both_engines! {
    instruction_on_sqlite, instruction_on_postgres => an_instruction_comes_back_as_one_page;
    api_on_sqlite, api_on_postgres => another_system_records_an_instruction;
    originals_on_sqlite, originals_on_postgres => the_originals_come_and_go_over_the_api;
    briefs_on_sqlite, briefs_on_postgres => another_system_writes_a_brief_and_gives_links;
    brief_on_sqlite, brief_on_postgres => a_brief_is_read_by_a_link_that_ends;
}

fn typed(due: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("post", "市政府分管副市长"),
        ("on", "2026-11-17"),
        ("medium", "written"),
        ("title", "园区路灯修复"),
        ("text", WORDING),
        ("urgency", "general"),
        ("unit-1", LEAD),
        ("due", due),
    ]
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// The first address on a page that begins and ends so.
fn address(body: &str, begins: &str, ends: &str) -> String {
    let found = body.split('"').find(|part| part.starts_with(begins) && part.ends_with(ends));
    found.unwrap_or_else(|| panic!("{begins}…{ends} in {body}")).to_owned()
}

async fn does(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
}

async fn an_instruction_comes_back_as_one_page(test: TestApp) {
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    let refused = send(&clerk, "/instructions", &typed("2026-11-01"), None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("办理期限已过") && refused.body.contains(WORDING), "nothing typed is lost");
    let recorded = send(&clerk, "/instructions", &typed("2026-11-25"), Some(("files", "批示.jpg"))).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.body);
    let matter = recorded.location.expect("to the matter");
    let shown = page(&clerk, &matter).await;
    for words in ["批示件", "市政府分管副市长", "2026年11月25日", "批示.jpg"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(page(&clerk, "/instructions").await.contains("园区路灯修复"));

    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let seen = page(&unit, &matter).await;
    assert!(!seen.contains("答复诉求人") && !seen.contains("首次联系"), "there is nobody to speak to");
    does(&unit, &address(&seen, &format!("{matter}/nodes/"), "/signature"), &[]).await;
    let seen = page(&unit, &matter).await;
    let respond = address(&seen, &format!("{matter}/nodes/"), "/response");
    assert!(page(&unit, &respond).await.contains("填报办理结果"));
    let result = [
        ("demands", "1"),
        ("outcome-1", "solved"),
        ("text", DONE),
        ("way", "platform"),
        ("answered_at", "2026-11-18T09:30"),
    ];
    let sent = send(&unit, &respond, &result, None).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let head = signed_in(&test, Role::UnitHead, LEAD).await;
    let sign_off = address(&page(&head, &matter).await, &format!("{matter}/nodes/"), "/sign-off");
    does(&head, &sign_off, &[("approve", "yes")]).await;
    let office = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let found = page(&office, "/desk?tab=all&q=ps20260001").await;
    assert!(found.contains("园区路灯修复"), "it is found by its number: {found}");
    let review = address(&page(&office, &matter).await, &format!("{matter}/nodes/"), "/review");
    does(&office, &review, &[("approve", "yes"), ("reason", "")]).await;

    assert!(page(&clerk, "/desk?tab=verification").await.contains("园区路灯修复"));
    let verification = format!("{matter}/verification");
    does(&clerk, &verification, &[("passed", "yes"), ("text", "已报领导阅，领导无新要求。")]).await;
    let feedback = matter.replace("/matters/", "/instructions/") + "/feedback";
    let back = page(&clerk, &feedback).await;
    for words in [WORDING, DONE, "已报领导阅", "市政府分管副市长"] {
        assert!(back.contains(words), "{words}: {back}");
    }
    let document = clerk.get(&format!("{feedback}.docx")).await;
    assert_eq!(document.status, StatusCode::OK);
    assert_eq!(unit.get(&feedback).await.status, StatusCode::FORBIDDEN);
    let figures = page(&signed_in(&test, Role::ShiftHead, OFFICE).await, "/statistics").await;
    assert!(!figures.contains("园区路灯修复"));
}

async fn a_brief_is_read_by_a_link_that_ends(test: TestApp) {
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    let fields = |opinion: &'static str| {
        [
            ("kind", "submission"),
            ("post", "市政府分管副市长"),
            ("title", "园区路灯长期失修"),
            ("text", "近一月收到同类反映十二件。"),
            ("opinion", opinion),
        ]
    };
    let refused = clerk.post("/briefs", &fields("")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("呈批单要写拟办意见"), "{}", refused.body);
    let written = clerk.post("/briefs", &fields("建议由住建局一周内修复。")).await;
    let brief = written.location.expect("written");
    let shown = page(&clerk, &brief).await;
    assert!(shown.contains("呈批〔2026〕1号") && shown.contains("建议由住建局一周内修复"));
    assert_eq!(clerk.post(&format!("{brief}/links"), &[("hours", "73")]).await.status, 422);
    does(&clerk, &format!("{brief}/links"), &[("hours", "2")]).await;
    does(&clerk, &format!("{brief}/links"), &[("hours", "24")]).await;
    let shown = page(&clerk, &brief).await;
    let links: Vec<String> = shown
        .split("data-copy=\"")
        .skip(1)
        .filter_map(|rest| {
            rest.split('"').next()?.split_once("/brief/").map(|(_, path)| format!("/brief/{path}"))
        })
        .collect();
    let [long, short] = links.as_slice() else { panic!("{links:?}") };
    let leader = test.browser();
    let seen = leader.get(short).await;
    assert_eq!(seen.status, StatusCode::OK, "without a log-in");
    assert!(seen.body.contains("建议由住建局一周内修复"));
    assert!(page(&clerk, &brief).await.contains("查看 1 次"));
    let forged = format!("{}0000", &short[..short.len() - 4]);
    assert_eq!(leader.get(&forged).await.status, StatusCode::NOT_FOUND);
    let other = short.replacen("/1/", "/2/", 1);
    assert_eq!(leader.get(&other).await.status, StatusCode::NOT_FOUND, "each is signed for itself");
    does(&clerk, &format!("{brief}/links/2/removal"), &[]).await;
    let gone = leader.get(long).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("链接已失效") && !gone.body.contains("住建局"));
    test.at("2026-11-18T04:00:00Z");
    assert_eq!(leader.get(short).await.status, StatusCode::NOT_FOUND, "its hours are over");
    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(unit.get(&brief).await.status, StatusCode::FORBIDDEN);
}

/// The same over the API, and what is no choice is refused and never taken for another.
async fn another_system_records_an_instruction(test: TestApp) {
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    let mut new = serde_json::json!({
        "post": "市政府分管副市长", "on": "2026-11-17", "medium": "written", "title": "园区路灯修复",
        "text": WORDING, "urgency": "at_once", "due": "2026-11-25", "to": [LEAD],
    });
    let refused = clerk.post_json("/api/v1/instructions", &new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("urgency"), "{}", refused.body);
    new["urgency"] = "urgent".into();
    let recorded = clerk.post_json("/api/v1/instructions", &new).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    let id = recorded.json()["id"].as_str().expect("an id").to_owned();
    let shown = page(&clerk, &format!("/matters/{id}")).await;
    assert!(shown.contains("市政府分管副市长") && shown.contains("2026年11月25日"), "{shown}");
    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(unit.post_json("/api/v1/instructions", &new).await.status, StatusCode::FORBIDDEN);
}

async fn the_originals_come_and_go_over_the_api(test: TestApp) {
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    let mut new = serde_json::json!({
        "post": "市政府分管副市长", "on": "2026-11-17", "medium": "written", "title": "园区路灯修复",
        "text": WORDING, "to": [LEAD], "files": [{ "name": "批示.jpg", "content": "no base64!" }],
    });
    let refused = clerk.post_json("/api/v1/instructions", &new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["pointer"], "#/files/0/content", "{}", refused.body);
    new["files"][0]["content"] = JPEG.into();
    let recorded = clerk.post_json("/api/v1/instructions", &new).await;
    assert_eq!(recorded.status, StatusCode::CREATED, "{}", recorded.body);
    let id = recorded.json()["id"].as_str().expect("an id").to_owned();
    let listed = clerk.get("/api/v1/instructions").await.json();
    assert_eq!((&listed["rows"][0]["id"], &listed["rows"][0]["unit"]), (&id.as_str().into(), &LEAD.into()));
    let path = format!("/api/v1/instructions/{id}/files");
    let files = clerk.get(&path).await.json();
    assert_eq!((&files[0]["name"], &files[0]["media_type"]), (&"批示.jpg".into(), &"image/jpeg".into()));
    let file = format!("{path}/{}", files[0]["id"].as_str().expect("an id"));
    let content = clerk.get(&file).await;
    assert_eq!(content.status, StatusCode::OK);
    assert!(content.body.contains("rest of a picture"), "its very bytes");
    assert_eq!(clerk.get(&format!("{path}/{id}")).await.status, StatusCode::NOT_FOUND, "no file of it");
    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(unit.get(&path).await.status, StatusCode::FORBIDDEN);
    let unknown = clerk.get("/api/v1/instructions?after=nothing").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "a key that no page gave");
}

async fn another_system_writes_a_brief_and_gives_links(test: TestApp) {
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    let mut new = serde_json::json!({
        "kind": "memo", "post": "市政府分管副市长", "title": "园区路灯长期失修",
        "text": "近一月收到同类反映十二件。",
    });
    for (member, value) in [("kind", "submission"), ("opinion", "建议由住建局一周内修复。")] {
        let refused = clerk.post_json("/api/v1/briefs", &new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let pointer = format!("#/{member}");
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer.as_str(), "{}", refused.body);
        new[member] = value.into();
    }
    let written = clerk.post_json("/api/v1/briefs", &new).await;
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.body);
    let path = format!("/api/v1/briefs/{}", written.json()["id"].as_str().expect("an id"));
    assert_eq!(clerk.get("/api/v1/briefs").await.json()["rows"][0]["number"], "呈批〔2026〕1号");
    assert_eq!(clerk.get(&format!("{path}/document")).await.status, StatusCode::OK);

    let links = format!("{path}/links");
    let hours = |hours: u32| serde_json::json!({ "hours": hours });
    let long = clerk.post_json(&links, &hours(73)).await;
    assert_eq!(long.json()["errors"][0]["pointer"], "#/hours", "{}", long.body);
    let given = clerk.post_json(&links, &hours(2)).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.body);
    let address = given.json()["address"].as_str().expect("an address").to_owned();
    let (_, shown) = address.split_once("/brief/").expect("of a sheet");
    let leader = test.browser();
    let seen = page(&leader, &format!("/brief/{shown}")).await;
    assert!(seen.contains("建议由住建局一周内修复"), "without a log-in: {seen}");
    let brief = clerk.get(&path).await.json();
    assert_eq!(
        (&brief["opinion"], &brief["links"][0]["looks"]),
        (&"建议由住建局一周内修复。".into(), &1.into())
    );
    let removal = format!("{links}/1/removal");
    let nothing = serde_json::json!({});
    assert_eq!(clerk.post_json(&removal, &nothing).await.status, StatusCode::NO_CONTENT);
    assert_eq!(clerk.post_json(&removal, &nothing).await.status, StatusCode::UNPROCESSABLE_ENTITY, "twice");
    assert_eq!(clerk.get(&path).await.json()["links"][0]["open"], false);
    assert_eq!(leader.get(&format!("/brief/{shown}")).await.status, StatusCode::NOT_FOUND);

    let unit = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(unit.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(unit.post_json(&links, &hours(2)).await.status, StatusCode::FORBIDDEN);
}
