//! A register's calendar at a secret address of each person's own: read without a log-in, only
//! what its holder may see at that moment, replaced and closed; on both engines.

use crate::configured::ok;
use crate::support::{on_both_engines, person, signed_in};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use identity::accounts;
use kernel::permission::Role;
use kernel::time::Date;
use platform::By;
use store::Query;
use testkit::{Answer, Browser, TestApp};

const COUNTY: &str = "jia";
const SUBSCRIPTION: &str = "/registers/programmes/calendar/subscription";
const API: &str = "/api/v1/registers/programmes/calendar-subscription";

on_both_engines! {
    address_on_sqlite, address_on_postgres => an_address_gives_what_its_holder_may_see_now;
    replaced_on_sqlite, replaced_on_postgres => an_address_is_replaced_closed_and_guessed_by_nobody;
}

/// The path of the one address on a page.
fn address(page: &str) -> String {
    let found =
        page.split(['"', '<', '>']).find(|part| part.starts_with("http") && part.contains("feed.ics"));
    let (_, path) = found.expect("an address").split_once("/calendars/").expect("of a calendar");
    format!("/calendars/{path}")
}

async fn opened(browser: &Browser) -> String {
    let page = ok(browser.post(SUBSCRIPTION, &[]).await);
    assert!(page.contains("地址只显示这一次") && page.contains("webcal://"), "{page}");
    address(&page)
}

async fn recurs(browser: &Browser, name: &str) -> String {
    let fields = [("unit", COUNTY), ("name", name), ("area", "娄星区"), ("day", "每月8日")];
    let made = browser.post("/registers/programmes/records", &fields).await;
    made.location.unwrap_or_else(|| panic!("{}", made.body))
}

async fn asked(test: &TestApp, path: &str, tag: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(tag) = tag {
        request = request.header("if-none-match", tag);
    }
    test.browser().send(request, Body::empty()).await
}

/// How often a text stands in the journal and in the table of addresses.
async fn kept(test: &TestApp, text: &str) -> i64 {
    let like = format!("%{text}%");
    let counted = test.app.read(move |q, _| {
        let mut found = 0;
        for (table, column) in [("journal", "body"), ("account_feed", "digest"), ("rate_limits", "bucket")] {
            let sql = format!("select count(*) from {table} where {column} like $1");
            found += q.query_one(&sql, &store::params![&like])?.int(0)?;
        }
        Ok(found)
    });
    counted.await.expect("reads")
}

async fn an_address_gives_what_its_holder_may_see_now(test: TestApp) {
    let officer = signed_in(&test, Role::Registers, COUNTY).await;
    let record = recurs(&officer, "同心服务日").await;
    assert!(ok(officer.get(SUBSCRIPTION).await).contains("生成订阅地址"));
    let path = opened(&officer).await;
    let page = ok(officer.get(SUBSCRIPTION).await);
    assert!(page.contains("已于") && !page.contains("feed.ics"), "it is shown once: {page}");
    let secret = path.split('/').nth(3).expect("a secret").to_owned();
    assert_eq!(kept(&test, &secret).await, 0, "it is kept nowhere in the clear");

    let feed = asked(&test, &path, None).await;
    assert_eq!(feed.status, StatusCode::OK, "{}", feed.body);
    assert!(feed.content_type.starts_with("text/calendar"), "{}", feed.content_type);
    assert!(
        feed.body.contains("同心服务日") && feed.body.contains("DTSTART;VALUE=DATE:20261208"),
        "{}",
        feed.body
    );
    assert_eq!(feed.headers["cache-control"], "private, no-cache");
    assert!(feed.headers.contains_key("last-modified"));
    let tag = feed.headers["etag"].to_str().expect("a tag").to_owned();
    let same = asked(&test, &path, Some(&tag)).await;
    assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let english = asked(&test, &format!("{path}?lang=en"), None).await.body;
    assert!(english.contains("Activity day"), "{english}");

    let gone = officer.post(&format!("{record}/removal"), &[("removal-reason", "重复登记")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    recurs(&officer, "夜校活动日").await;
    let changed = asked(&test, &path, Some(&tag)).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.body.contains("夜校活动日") && !changed.body.contains("同心服务日"), "{}", changed.body);
    let other = path.replace("/programmes/", "/liaison/");
    assert_eq!(asked(&test, &other, None).await.status, StatusCode::NOT_FOUND, "of this calendar alone");

    let By::Person { account, .. } = person(&test.app, Role::Registers, COUNTY).await else { panic!() };
    let (own, locale) = (account, platform::ui::Locale::ZhCn);
    let grants =
        test.app.read(move |q, _| Ok(identity::read::grants_of(q, own, locale)?)).await.expect("reads");
    let grant = grants[0].held.grant;
    let elsewhere = accounts::NewGrant {
        role: Role::Registers,
        unit: "yi".into(),
        from: Date::constant(2022, 1, 1),
        to: None,
    };
    accounts::grant(&test.app, &By::Operator, account, elsewhere).await.expect("grants");
    let ended = Date::constant(2026, 11, 17);
    accounts::end_grant(&test.app, &By::Operator, account, grant, ended).await.expect("ends");
    let less = asked(&test, &path, None).await;
    assert_eq!(less.status, StatusCode::OK);
    assert!(!less.body.contains("夜校活动日"), "what went to others is theirs: {}", less.body);
    accounts::disable(&test.app, &By::Operator, account).await.expect("disables");
    assert_eq!(asked(&test, &path, None).await.status, StatusCode::NOT_FOUND, "who left reads nothing");
}

async fn an_address_is_replaced_closed_and_guessed_by_nobody(test: TestApp) {
    let officer = signed_in(&test, Role::Registers, COUNTY).await;
    let first = opened(&officer).await;
    let second = opened(&officer).await;
    assert_eq!(asked(&test, &first, None).await.status, StatusCode::NOT_FOUND, "the second took its place");
    assert_eq!(asked(&test, &second, None).await.status, StatusCode::OK);
    let closed = officer.post(&format!("{SUBSCRIPTION}/removal"), &[]).await;
    assert_eq!(closed.location.as_deref(), Some(SUBSCRIPTION));
    assert_eq!(asked(&test, &second, None).await.status, StatusCode::NOT_FOUND);

    assert!(officer.get(API).await.json().get("opened_at").is_none());
    let told = officer.post_json(API, &serde_json::json!({})).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let third = address(&format!("\"{}\"", told.json()["address"].as_str().expect("an address")));
    assert_eq!(asked(&test, &third, None).await.status, StatusCode::OK);
    let again = officer.get(API).await.json();
    assert!(again["opened_at"].is_string() && again.get("address").is_none(), "{again}");

    let By::Person { account, .. } = person(&test.app, Role::Registers, COUNTY).await else { panic!() };
    let until = test.app.now().plus_days(30);
    let token =
        accounts::issue_token(&test.app, &By::Operator, account, "试用", until).await.expect("issues").1;
    let program = test.browser().with_header("authorization", &format!("Bearer {token}"));
    assert_eq!(program.post_json(API, &serde_json::json!({})).await.status, StatusCode::FORBIDDEN);

    let mut answers = Vec::new();
    for _ in 0..25 {
        answers.push(asked(&test, &second, None).await.status);
    }
    assert_eq!(answers.first(), Some(&StatusCode::NOT_FOUND));
    assert_eq!(answers.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{answers:?}");
    assert_eq!(asked(&test, &third, None).await.status, StatusCode::OK, "others there are not held up");
    for _ in 0..60 {
        asked(&test, &third, None).await;
    }
    assert_eq!(asked(&test, &third, None).await.status, StatusCode::TOO_MANY_REQUESTS);
    let removal = format!("{API}/removal");
    assert_eq!(officer.post_json(&removal, &serde_json::json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(asked(&test, &third, None).await.status, StatusCode::TOO_MANY_REQUESTS);
}
