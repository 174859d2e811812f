//! What the public sees, on pages and by the API.

use crate::support::{ANSWER, City, POLICY};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::permission::Role;
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

async fn attach(city: &City, href: &str, content: &str) -> testkit::Answer {
    let page = city.page(href).await;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"贴息办法.pdf\"\r\n\r\n{content}\r\n--b--\r\n",
        version.expect("a version")
    );
    let request = Request::post(format!("{href}/files"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    city.browser.send(request, Body::from(body)).await
}

/// The file is reviewed with the draft; the public gets it once that is in force, of what is
/// offered to it, and of nothing else.
async fn the_source_document_goes_with_the_item(engine: Engine) {
    let city = City::open(engine).await;
    let href = city.in_force(POLICY).await;
    city.on_duty(1, Role::Knowledge, "ld-czj");
    let refused = attach(&city, &href, "<html>no document</html>").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "known by what it is, not by its name");
    let kept = attach(&city, &href, "%PDF-1.7 words").await;
    assert!(kept.status.is_redirection(), "{}", kept.body);
    let page = city.page(&href).await;
    let file = page.split(&format!("{href}/files/")).nth(1).and_then(|rest| rest.split(['"', '/']).next());
    let file = file.expect("its address").to_owned();
    let public = href.replace("/desk/knowledge", "/services");
    let anyone = city.test.browser();
    assert!(!anyone.get(&public).await.body.contains("贴息办法.pdf"));
    let of_public = format!("{public}/files/{file}");
    assert_eq!(anyone.get(&of_public).await.status, StatusCode::NOT_FOUND, "a draft's is nobody's");
    city.on_duty(5, Role::Intake, "ld-ztc");
    assert_eq!(city.browser.get(&format!("{href}/files/{file}")).await.status, StatusCode::NOT_FOUND);
    city.on_duty(1, Role::Knowledge, "ld-czj");
    city.post(&href, "submission", &[]).await;
    city.on_duty(2, Role::UnitHead, "ld-czj");
    city.post(&href, "review", &[("approve", "yes")]).await;
    let given = anyone.get(&of_public).await;
    assert!(given.bytes.starts_with(b"%PDF-1.7") && anyone.get(&public).await.body.contains("贴息办法.pdf"));
    city.on_duty(5, Role::Intake, "ld-ztc");
    assert!(city.page(&href).await.contains("贴息办法.pdf"), "the desk sees it");
    assert_eq!(city.browser.get(&format!("{href}/files/{file}")).await.status, StatusCode::OK);
    let api = anyone.get("/api/v1/services").await.json();
    assert_eq!(api[0]["files"][0]["id"], file, "{api}");
    let answer = city.in_force(ANSWER).await;
    city.on_duty(1, Role::Knowledge, "ld-czj");
    attach(&city, &answer, "%PDF-1.7 words").await;
    let other = format!("{}/files/{file}", answer.replace("/desk/knowledge", "/services"));
    assert_eq!(anyone.get(&other).await.status, StatusCode::NOT_FOUND, "an answer is for the desk");
    let page = city.page(&href).await;
    assert!(page.contains("/removal"), "its keeper may take it out of the next version");
    city.post(&href, &format!("files/{file}/removal"), &[]).await;
    assert_eq!(anyone.get(&of_public).await.status, StatusCode::OK, "until that is reviewed");
}

/// What a keeper does on the page a program does too.
async fn a_program_keeps_documents_and_settles_reports(engine: Engine) {
    let city = City::open(engine).await;
    let href = city.in_force(POLICY).await;
    let id = href.rsplit('/').next().expect("its id");
    let api = format!("/api/v1/knowledge/{id}");
    city.on_duty(1, Role::Knowledge, "ld-czj");
    let file = |content: &str| serde_json::json!({"name": "贴息办法.pdf", "content": content});
    for wrong in ["no base64!", "d29yZHM="] {
        let refused = city.browser.post_json(&format!("{api}/files"), &file(wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {}", refused.body);
        assert!(refused.body.contains("#/content"), "{}", refused.body);
    }
    // "%PDF-1.7 words"
    let kept = city.browser.post_json(&format!("{api}/files"), &file("JVBERi0xLjcgd29yZHM=")).await;
    assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    assert!(city.page(&href).await.contains("贴息办法.pdf"));
    let discarded = city.browser.post_json(&format!("{api}/discard"), &serde_json::json!({})).await;
    assert_eq!(discarded.status, StatusCode::NO_CONTENT, "{}", discarded.body);
    assert!(!city.page(&href).await.contains("贴息办法.pdf"));

    city.on_duty(4, Role::Intake, "ld-ztc");
    let wrong = serde_json::json!({"text": "限额变了"});
    let reported = city.browser.post_json(&format!("{api}/reports"), &wrong).await.json();
    let settlement = format!("{api}/reports/{}/settlement", reported["id"].as_str().expect("its id"));
    let reason = serde_json::json!({"reason": "已与财政局核实，限额未变。"});
    assert_eq!(city.browser.post_json(&settlement, &reason).await.status, StatusCode::FORBIDDEN);
    city.on_duty(1, Role::Knowledge, "ld-czj");
    let settled = city.browser.post_json(&settlement, &reason).await;
    assert_eq!(settled.status, StatusCode::NO_CONTENT, "{}", settled.body);
    assert_eq!(city.browser.get(&api).await.json()["open_reports"], 0);
}

#[tokio::test]
async fn a_program_keeps_documents_on_sqlite() {
    a_program_keeps_documents_and_settles_reports(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_program_keeps_documents_on_postgres() {
    a_program_keeps_documents_and_settles_reports(Engine::Postgres).await;
}

#[tokio::test]
async fn the_source_document_goes_along_on_sqlite() {
    the_source_document_goes_with_the_item(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_source_document_goes_along_on_postgres() {
    the_source_document_goes_with_the_item(Engine::Postgres).await;
}

#[tokio::test]
async fn the_public_sees_what_is_open_on_sqlite() {
    the_public_sees_what_is_open_today(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_public_sees_what_is_open_on_postgres() {
    the_public_sees_what_is_open_today(Engine::Postgres).await;
}
