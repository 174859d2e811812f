//! What the public sees, on pages and by the API.

use crate::support::{ANSWER, City, POLICY};
use axum::http::StatusCode;
use testkit::Engine;

async fn the_public_sees_what_is_open_today(engine: Engine) {
    let city = City::open(engine).await;
    let href = city.in_force(POLICY).await;
    let answer = city.in_force(ANSWER).await;
    let public = |href: &str| href.replace("/desk/knowledge", "/services");
    let anyone = city.test.browser();
    let page = anyone.get("/services").await.body;
    assert!(page.contains("小微企业贷款贴息") && page.contains("2026年12月1日前申报"), "{page}");
    assert!(page.contains("href=\"tel:0738-8310000\"") && page.contains("最高 50 万元"), "{page}");
    assert!(!page.contains("采购投诉"), "an answer is for the desk");
    assert_eq!(anyone.get(&public(&href)).await.status, StatusCode::OK);
    assert_eq!(anyone.get(&public(&answer)).await.status, StatusCode::NOT_FOUND);
    assert!(anyone.get("/services?kind=finance").await.body.contains("没有找到"));
    assert!(anyone.get("/services?q=dktx").await.body.contains("小微企业贷款贴息"), "pinyin");
    let api = anyone.get("/api/v1/services?q=%E8%B4%B4%E6%81%AF").await.json();
    assert_eq!(api[0]["offer"]["most_fen"], 50_000_000, "{api}");
    city.test.at("2026-12-02T01:00:00Z");
    let late = anyone.get("/services").await.body;
    assert!(!late.contains("小微企业贷款贴息"), "the deadline is over");
}

#[tokio::test]
async fn the_public_sees_what_is_open_on_sqlite() {
    the_public_sees_what_is_open_today(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_public_sees_what_is_open_on_postgres() {
    the_public_sees_what_is_open_today(Engine::Postgres).await;
}
