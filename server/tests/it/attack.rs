//! What a hostile or broken client sends: answered in the reader's words, never with a
//! fault of ours, and never with more than was to be had.

use crate::support::{city, signed_in};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::permission::Role;
use testkit::{Answer, Browser, Engine};

const FORM: &str = "application/x-www-form-urlencoded";

/// Posts a form's bytes as they are.
async fn post(browser: &Browser, path: &str, body: &'static str) -> Answer {
    browser.send(Request::post(path).header(header::CONTENT_TYPE, FORM), Body::from(body)).await
}

#[tokio::test]
async fn what_no_handler_sees_is_told_as_everything_else_is() {
    let test = city(Engine::Sqlite).await;
    let requests = || {
        [
            (StatusCode::BAD_REQUEST, Request::get("/figures?as_of=2026-11-01&as_of=2026-11-02"), ""),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, Request::post("/login"), "{}"),
            (StatusCode::NOT_FOUND, Request::get("/assets/..%2FCargo.toml"), ""),
        ]
    };
    for (status, request, body) in requests() {
        let answer = test.browser().send(request, Body::from(body)).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.content_type.starts_with("text/html"), "{status}: {}", answer.body);
        assert!(answer.body.contains("lang=\"zh-CN\""), "{status}: {}", answer.body);
    }
    let program = test.browser().with_header("accept", "application/json");
    for (status, request, body) in requests() {
        let answer = program.send(request, Body::from(body)).await;
        assert_eq!(answer.content_type, "application/problem+json", "{status}: {}", answer.body);
    }
    let leader = signed_in(&test, Role::Leader, demo::cast::CITY).await;
    let answer = leader.get("/network/units/%ff").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.content_type.starts_with("text/html"), "{}", answer.body);
    let request = Request::post("/account/password").header(header::CONTENT_TYPE, FORM);
    let answer = leader.send_from_elsewhere(request, Body::empty()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("lang=\"zh-CN\""), "a forged form is told so: {}", answer.body);
}

#[tokio::test]
async fn a_nul_in_a_form_breaks_nothing() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let system = signed_in(&test, Role::AdminSystem, demo::cast::CITY).await;
        let security = signed_in(&test, Role::AdminSecurity, demo::cast::CITY).await;
        let answers = [
            post(&test.browser(), "/login", "login=a%00b&password=%00").await,
            post(&test.browser(), "/track", "number=2026%00&code=AAAA%00").await,
            post(&system, "/admin/accounts", "login=new.account&name=%E5%90%8D%00").await,
            post(&security, "/admin/tokens", "account=a%00&name=n%00&expires=2027-01-01").await,
        ];
        for answer in answers {
            assert!(!answer.status.is_server_error(), "{engine:?}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_message_that_was_never_sent_is_not_shown() {
    let test = city(Engine::Sqlite).await;
    let answer = test.browser().with_header("cookie", "tx_flash=flash-no-such-message").get("/").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.body.contains("flash-no-such-message"));
}

#[tokio::test]
async fn everyone_lands_at_the_desk() {
    let test = city(Engine::Sqlite).await;
    signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
    let login = format!("intake.{}", demo::cast::OFFICE);
    for (next, lands) in
        [("", "/desk"), ("//evil.example/", "/desk"), ("/figures?as_of=x", "/figures?as_of=x")]
    {
        let fields = [("login", login.as_str()), ("password", "a long test password"), ("next", next)];
        let answer = test.browser().post("/login", &fields).await;
        assert_eq!(answer.location.as_deref(), Some(lands), "{next}");
    }
}

#[tokio::test]
async fn somebody_elses_password_prompt_does_not_stand_before_the_log_in_page() {
    let test = city(Engine::Sqlite).await;
    let behind_a_proxy = test
        .browser()
        .with_header("authorization", "Basic YTpi")
        .with_header("cookie", "tx_session=long-since-ended");
    assert_eq!(behind_a_proxy.get("/login").await.status, StatusCode::OK);
    let program = test.browser().with_header("authorization", "Bearer long-since-revoked");
    assert_eq!(program.get("/api/v1/health").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_forms_version_that_does_not_read_is_not_taken_for_none() {
    let test = city(Engine::Sqlite).await;
    let intake = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
    let contact = serde_json::json!({ "name": "李先生", "phone": "13800000199" });
    let appeal = serde_json::json!({
        "appeal_type": "help", "title": "路灯不亮", "text": "厂门口的路灯坏了半个月。", "contact": contact,
    });
    let receipt =
        test.browser().with_header("accept", "application/json").post_json("/api/v1/appeals", &appeal).await;
    assert_eq!(receipt.status, StatusCode::CREATED, "{}", receipt.body);
    let number = receipt.json()["number"].as_str().expect("a number").to_owned();
    let list = intake.get(&format!("/desk?tab=all&text={number}")).await;
    let path = list
        .body
        .split("href=\"/matters/")
        .find_map(|rest| rest.split('"').next().filter(|id| id.len() == 36));
    let path = format!("/matters/{}/notes", path.expect("the matter is listed"));
    for (version, status) in [("abc", StatusCode::CONFLICT), ("99999999999999999999", StatusCode::CONFLICT)] {
        let answer = intake.post(&path, &[("version", version), ("text", "记一笔")]).await;
        assert_eq!(answer.status, status, "{version}");
    }
}

#[tokio::test]
async fn what_is_nested_or_encoded_to_break_a_reader_is_told_as_unreadable() {
    let test = city(Engine::Sqlite).await;
    let program = test.browser().with_header("accept", "application/json");
    let bodies: [Vec<u8>; 5] = [
        "[".repeat(200_000).into_bytes(),
        ("{\"a\":".repeat(100_000) + "1").into_bytes(),
        b"{\"title\":\"\xe9\xff\"}".to_vec(),
        b"{\"title\":\"\\ud800\"}".to_vec(),
        b"\xff\xfe{\x00}\x00".to_vec(),
    ];
    for body in bodies {
        let start = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
        let request = Request::post("/api/v1/appeals").header(header::CONTENT_TYPE, "application/json");
        let answer = program.send(request, Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{start}: {}", answer.body);
        assert_eq!(answer.json()["code"], "unreadable", "{start}");
    }
    for body in ["login=%ff%fe&password=%c3%28", "login=%zz&password=%", "=&=&&&login", "login[0][0][0][0]=x"]
    {
        let answer = post(&test.browser(), "/login", body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(answer.content_type.starts_with("text/html"), "{body}: told as a page");
    }
}

/// Names of files and targets of redirects stand in headers: nothing of them may end a line
/// or leave its folder.
#[tokio::test]
async fn no_header_and_no_path_can_be_made_of_what_is_sent() {
    let test = city(Engine::Sqlite).await;
    signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
    let login = format!("intake.{}", demo::cast::OFFICE);
    for next in
        ["/desk\r\nset-cookie: x=1", "/\\evil.example", "/%0d%0aset-cookie:x=1", "javascript:alert(1)"]
    {
        let fields = [("login", login.as_str()), ("password", "a long test password"), ("next", next)];
        let answer = test.browser().post("/login", &fields).await;
        let location = answer.location.unwrap_or_default();
        assert!(location.starts_with('/') && !location.starts_with("/\\"), "{next}: {location}");
        assert!(!location.contains(['\r', '\n']), "{next}: {location}");
    }
    for path in
        ["/assets/../Cargo.toml", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc", "//etc/passwd"]
    {
        let answer = test.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let intake = signed_in(&test, Role::Intake, demo::cast::OFFICE).await;
    let boundary = "--X\r\ncontent-disposition: form-data; name=\"files\"; filename=\"..%2F..\\\\a\\r\\nx: y.pdf\"\r\n\
                    content-type: application/pdf\r\n\r\n%PDF-1.7 a paper\r\n--X--\r\n";
    let path = "/intake/00000000-0000-7000-8000-00000000000a/files";
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
    let answer = intake.send(request, Body::from(boundary)).await;
    assert!(!answer.status.is_server_error(), "{}", answer.body);
    assert!(!answer.body.contains("..\\\\") && !answer.body.contains("../"), "{}", answer.body);
}
