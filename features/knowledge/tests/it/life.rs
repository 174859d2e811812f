//! Drafted, reviewed by another, changed, reported as wrong, expired.

use crate::support::{ANSWER, City, POLICY};
use axum::http::StatusCode;
use kernel::permission::Role;
use knowledge::find::{Wanted, find};
use testkit::Engine;

async fn titles(city: &City, text: &str) -> Vec<String> {
    let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
    let found = city.test.app.read(move |q, app| find(q, app, &wanted, 5)).await.expect("found");
    found.into_iter().map(|row| row.content.title).collect()
}

async fn another_person_reviews(engine: Engine) {
    let city = City::open(engine).await;
    let wrong = city.browser.post("/desk/knowledge/new", &[("kind", "policy"), ("title", "贴息")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"贴息\""), "what was typed stays");
    let mut fields = POLICY.to_vec();
    fields.push(("submit", "yes"));
    let made = city.browser.post("/desk/knowledge/new", &fields).await;
    let href = made.location.expect("saved");
    assert_eq!(titles(&city, "贴息").await, [""; 0], "a draft is never offered");
    let own = city.try_to(&href, "review", &[("approve", "yes")]).await;
    assert!(own.body.contains("不能审核自己编写的内容"), "{}", own.body);
    city.on_duty(3, Role::Knowledge, "ld-rsj");
    assert_eq!(city.browser.get(&href).await.status, StatusCode::NOT_FOUND, "another department's draft");
    city.on_duty(2, Role::UnitHead, "ld-czj");
    assert!(city.page(&href).await.contains("通过，开始使用"));
    city.post(&href, "review", &[("approve", "yes")]).await;
    city.on_duty(3, Role::Knowledge, "ld-rsj");
    let page = city.page(&href).await;
    assert!(page.contains("娄政办发〔2026〕5号") && page.contains("50 万元"), "{page}");
    let id = href.rsplit('/').next().expect("its id");
    let reason = serde_json::json!({ "reason": "不是我们的" });
    let theirs = city.browser.post_json(&format!("/api/v1/knowledge/{id}/withdrawal"), &reason).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
}

async fn it_is_found_by_words_and_by_pinyin_until_it_expires(engine: Engine) {
    let city = City::open(engine).await;
    city.in_force(POLICY).await;
    city.in_force(ANSWER).await;
    let policy = "小微企业贷款贴息";
    for typed in [
        "贴息",
        "贷款贴息",
        "zzwj",
        "dktx",
        "daikuantiexi",
        "xwqy",
        "老板说他们厂今年贷了款，问贷款利息政府能不能补一点，怎么申请",
    ] {
        let found = titles(&city, typed).await;
        let fits = found.first().map(String::as_str) == Some(policy);
        assert_eq!(fits, typed != "zzwj", "{typed}: {found:?}");
    }
    assert_eq!(titles(&city, "采购投诉").await, ["政府采购投诉怎么提"]);
    assert_eq!(titles(&city, "路灯不亮").await, [""; 0]);
    city.on_duty(1, Role::Knowledge, "ld-czj");
    assert!(city.page("/desk/knowledge?tab=expiring").await.contains(policy), "within thirty days");
    city.test.at("2026-12-11T01:00:00Z");
    assert_eq!(titles(&city, "贴息").await, [""; 0], "expired is never offered");
    assert!(city.page("/desk/knowledge?tab=expired").await.contains(policy));
    assert!(!city.page("/desk/knowledge").await.contains(policy));
}

async fn a_change_waits_and_old_versions_stay(engine: Engine) {
    let city = City::open(engine).await;
    let href = city.in_force(POLICY).await;
    city.on_duty(4, Role::Intake, "ld-ztc");
    let reported = city
        .browser
        .post(&format!("{href}/reports"), &[("wrong", "电话 13800001234 打不通，现在限额是三十万元")])
        .await;
    assert!(reported.status.is_redirection(), "{}", reported.body);
    city.on_duty(1, Role::Knowledge, "ld-czj");
    let queue = city.page("/desk/knowledge?tab=reported").await;
    assert!(queue.contains("限额是三十万元") && !queue.contains("13800001234"), "{queue}");
    let changed: Vec<(&str, &str)> =
        POLICY.iter().map(|(name, value)| (*name, if *name == "most" { "30万元" } else { *value })).collect();
    let form = city.page(&format!("{href}/draft")).await;
    let version = form.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let mut fields = changed.clone();
    fields.extend([("version", version.expect("a version")), ("submit", "yes")]);
    let saved = city.browser.post(&format!("{href}/draft"), &fields).await;
    assert!(saved.status.is_redirection(), "{}", saved.body);
    let again = city.browser.post(&format!("{href}/draft"), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody was quicker");
    city.on_duty(4, Role::Intake, "ld-ztc");
    assert!(city.page(&href).await.contains("50 万元"), "until the change is reviewed");
    city.on_duty(2, Role::UnitHead, "ld-czj");
    let review = city.page(&href).await;
    assert!(review.contains("<del") && review.contains("30 万元"), "{review}");
    city.post(&href, "review", &[("approve", "yes")]).await;
    let page = city.page(&href).await;
    assert!(
        page.contains("第 2 版") && page.contains("已更正"),
        "the new version settles the report: {page}"
    );
    let old = city.page(&format!("{href}/versions/1")).await;
    assert!(old.contains("50 万元") && old.contains("仅供查阅"), "{old}");
}

#[tokio::test]
async fn another_person_reviews_on_sqlite() {
    another_person_reviews(Engine::Sqlite).await;
}

#[tokio::test]
async fn another_person_reviews_on_postgres() {
    another_person_reviews(Engine::Postgres).await;
}

#[tokio::test]
async fn it_is_found_until_it_expires_on_sqlite() {
    it_is_found_by_words_and_by_pinyin_until_it_expires(Engine::Sqlite).await;
}

#[tokio::test]
async fn it_is_found_until_it_expires_on_postgres() {
    it_is_found_by_words_and_by_pinyin_until_it_expires(Engine::Postgres).await;
}

#[tokio::test]
async fn a_change_waits_on_sqlite() {
    a_change_waits_and_old_versions_stay(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_change_waits_on_postgres() {
    a_change_waits_and_old_versions_stay(Engine::Postgres).await;
}
