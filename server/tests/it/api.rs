//! The JSON API from outside: intake and tracking by anyone, verbs by staff systems, and
//! what is said where something does not fit. On both engines where data is written.

use crate::support::{city, on_both_engines, person};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use identity::accounts;
use kernel::permission::Role;
use platform::By;
use platform::feature::Feature;
use platform::web::openapi::{document, with_document};
use platform::web::{Access, Routes};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{Answer, Browser, Engine, TestApp};
use tongxin::features;

const OFFICE: &str = demo::cast::OFFICE;
const UNIT: &str = "ld-zj";
const OTHER_UNIT: &str = "ld-cz";

/// A staff system acting for someone in that role.
pub async fn system(test: &TestApp, role: Role, unit: &str) -> Browser {
    let By::Person { account, .. } = person(&test.app, role, unit).await else {
        panic!("a person is a person")
    };
    let until = test.app.now().plus_days(30);
    let issued = accounts::issue_token(&test.app, &By::Operator, account, "a staff system", until).await;
    let (_, secret) = issued.expect("the operator issues tokens");
    program(test).with_header("authorization", &format!("Bearer {secret}"))
}

fn program(test: &TestApp) -> Browser {
    test.browser().with_header("accept", "application/json").with_header("accept-language", "en")
}

fn appeal(title: &str) -> Value {
    json!({
        "appeal_type": "help",
        "category": "ENE-01",
        "area": "431302",
        "title": title,
        "text": "新厂房报装已经两周，一直没有人来现场勘查，设备到了也开不了工。",
        "contact": { "name": "王先生", "phone": "13800001234", "enterprise": "示例机械有限公司" },
    })
}

async fn post(sender: &Browser, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let request = Request::post(path).header("content-type", "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    sender.send(request, Body::from(body.to_string())).await
}

async fn get(sender: &Browser, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request =
        headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    sender.send(request, Body::empty()).await
}

/// Files an appeal: number and code.
async fn filed(test: &TestApp, title: &str) -> (String, String) {
    let answer = program(test).post_json("/api/v1/appeals", &appeal(title)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let receipt = answer.json();
    let text = |name: &str| receipt[name].as_str().expect("a text").to_owned();
    (text("number"), text("code"))
}

/// The only matter that reader sees under that number.
async fn id_of(reader: &Browser, number: &str) -> String {
    let page = reader.get(&format!("/api/v1/matters?number={number}")).await.json();
    page["rows"][0]["id"].as_str().unwrap_or_else(|| panic!("{number} is not listed: {page}")).to_owned()
}

pub fn problem(answer: &Answer, status: u16, code: &str) -> Value {
    let problem = answer.json();
    assert_eq!((answer.status.as_u16(), problem["code"].as_str()), (status, Some(code)), "{}", answer.body);
    assert_eq!(answer.content_type, "application/problem+json");
    assert_eq!(problem["status"], status);
    assert_eq!(problem["type"], format!("urn:tongxin:problem:{code}"));
    problem
}

/// A problem without what differs every time.
fn told(answer: &Answer) -> Value {
    let mut problem = answer.json();
    problem.as_object_mut().expect("a problem").remove("instance").expect("a reference");
    problem
}

on_both_engines! {
    a_repeat_gets_the_same_receipt_on_sqlite, a_repeat_gets_the_same_receipt_on_postgres => a_repeat_gets_the_same_receipt;
    an_unknown_number_is_like_a_wrong_code_on_sqlite, an_unknown_number_is_like_a_wrong_code_on_postgres => an_unknown_number_is_like_a_wrong_code;
    a_matter_travels_over_the_api_on_sqlite, a_matter_travels_over_the_api_on_postgres => a_matter_travels_over_the_api;
    files_come_and_go_on_sqlite, files_come_and_go_on_postgres => files_come_and_go;
}

async fn a_repeat_gets_the_same_receipt(test: TestApp) {
    let anyone = program(&test);
    let key = [("idempotency-key", "7f3c0a52-5f0e-4a53-9a27-0f7f6b0f3e11")];
    let first = post(&anyone, "/api/v1/appeals", &key, &appeal("报装两周无人勘查")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let number = first.json()["number"].as_str().expect("a number").to_owned();
    assert_eq!(first.location.as_deref(), Some(format!("/api/v1/appeals/{number}").as_str()));
    assert_eq!(first.json()["review_due"], "2026-11-20T16:00:00.000000Z");

    test.at("2026-11-19T01:30:00Z");
    let again = post(&anyone, "/api/v1/appeals", &key, &appeal("报装两周无人勘查")).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    let other = post(&anyone, "/api/v1/appeals", &key, &appeal("另一件事")).await;
    problem(&other, 422, "idempotency-key-reused");
    let empty = post(&anyone, "/api/v1/appeals", &[("idempotency-key", "")], &appeal("又一件事")).await;
    assert_eq!(problem(&empty, 422, "invalid")["errors"][0]["pointer"], "#/Idempotency-Key");

    let intake = system(&test, Role::Intake, OFFICE).await;
    let listed = intake.get("/api/v1/matters").await.json();
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(1), "{listed}");
    assert_eq!(listed["next"], Value::Null);
}

async fn an_unknown_number_is_like_a_wrong_code(test: TestApp) {
    let (number, code) = filed(&test, "报装两周无人勘查").await;
    let anyone = program(&test);
    let path = format!("/api/v1/appeals/{number}");
    let right = get(&anyone, &path, &[("tongxin-tracking-code", &code)]).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.body);
    let matter = right.json();
    assert_eq!(
        (matter["phase"].as_str(), matter["contact"]["phone"].as_str()),
        (Some("registered"), Some("13800001234"))
    );
    assert_eq!(matter["review"]["due_date"], "2026-11-20");
    assert_eq!(matter["review"]["explanation"]["rule"], "working-days/1");

    let wrong = get(&anyone, &path, &[("tongxin-tracking-code", "AAAA-AAAA-AAAA")]).await;
    let unknown = get(&anyone, "/api/v1/appeals/209912319999", &[("tongxin-tracking-code", &code)]).await;
    let none = get(&anyone, &format!("{path}?code={code}"), &[]).await;
    problem(&wrong, 404, "not-found");
    for other in [&unknown, &none] {
        assert_eq!((other.status, told(other)), (wrong.status, told(&wrong)));
    }
    let write = |path: String| {
        let anyone = program(&test);
        async move {
            post(&anyone, &path, &[("tongxin-tracking-code", "AAAA-AAAA-AAAA")], &json!({"text": "催一下"}))
                .await
        }
    };
    let (wrong, unknown) = (
        write(format!("{path}/messages")).await,
        write("/api/v1/appeals/209912319999/messages".into()).await,
    );
    problem(&wrong, 404, "not-found");
    assert_eq!(told(&unknown), told(&wrong));

    for _ in 0..20 {
        get(&anyone, &path, &[("tongxin-tracking-code", "AAAA-AAAA-AAAA")]).await;
    }
    let stopped = get(&anyone, &path, &[("tongxin-tracking-code", &code)]).await;
    problem(&stopped, 429, "too-many");
}

async fn a_matter_travels_over_the_api(test: TestApp) {
    let (number, code) = filed(&test, "报装两周无人勘查").await;
    let (intake, dispatcher) =
        (system(&test, Role::Intake, OFFICE).await, system(&test, Role::Dispatcher, OFFICE).await);
    let (liaison, stranger) =
        (system(&test, Role::UnitLiaison, UNIT).await, system(&test, Role::UnitLiaison, OTHER_UNIT).await);
    let matter = format!("/api/v1/matters/{}", id_of(&intake, &number).await);
    let accept = json!({"urgency": "general", "category": "ENE-01", "demands": ["尽快安排现场勘查"]});

    // Who may not is told so, or nothing at all.
    problem(&program(&test).post_json(&format!("{matter}/acceptance"), &accept).await, 401, "not-signed-in");
    problem(&liaison.post_json(&format!("{matter}/acceptance"), &accept).await, 403, "not-permitted");
    problem(&stranger.get(&matter).await, 404, "not-found");
    let forged = program(&test).with_header("authorization", "Bearer made-up");
    problem(&forged.get("/api/v1/matters").await, 401, "not-signed-in");

    // The decision rests on the version that was read.
    let seen = intake.get(&matter).await.json()["version"].as_i64().expect("a version");
    let tag = format!("\"{seen}\"");
    let accepted = post(&intake, &format!("{matter}/acceptance"), &[("if-match", &tag)], &accept).await;
    assert_eq!(
        (accepted.status, accepted.json()["phase"].as_str()),
        (StatusCode::OK, Some("accepted")),
        "{}",
        accepted.body
    );
    let assign = json!({"to": [{"unit": UNIT, "role": "lead"}]});
    let late = post(&dispatcher, &format!("{matter}/assignments"), &[("if-match", &tag)], &assign).await;
    problem(&late, 412, "overtaken");
    let tag = format!("\"{}\"", accepted.json()["version"]);
    let assigned = post(&dispatcher, &format!("{matter}/assignments"), &[("if-match", &tag)], &assign).await;
    assert_eq!(
        (assigned.status, assigned.json()["phase"].as_str()),
        (StatusCode::OK, Some("assigned")),
        "{}",
        assigned.body
    );

    // The unit finds it on its list, signs without a body, and works.
    let row = liaison.get("/api/v1/matters?tab=to_sign").await.json()["rows"][0].clone();
    assert_eq!(row["number"], number);
    let node = row["node"].as_str().expect("an assignment").to_owned();
    let sign = Request::post(format!("{matter}/nodes/{node}/signature"));
    let signed = liaison.send(sign, Body::empty()).await;
    assert_eq!(
        (signed.status, signed.json()["entries"].as_u64()),
        (StatusCode::OK, Some(1)),
        "{}",
        signed.body
    );
    problem(
        &liaison.post_json(&format!("{matter}/nodes/{node}/signature"), &json!({})).await,
        422,
        "already-signed",
    );
    let submit = liaison.post_json(&format!("{matter}/nodes/{node}/submission"), &json!({})).await;
    assert_eq!(
        submit.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "submitting takes an answer: {}",
        submit.body
    );

    // The appellant sees who has it and may write, but not rate yet.
    let hold = [("tongxin-tracking-code", code.as_str())];
    let followed = get(&program(&test), &format!("/api/v1/appeals/{number}"), &hold).await.json();
    assert_eq!(
        (followed["phase"].as_str(), followed["holder"]["code"].as_str()),
        (Some("assigned"), Some(UNIT))
    );
    assert!(
        followed["clock"]["promise"]["explanation"]["counted"]
            .as_array()
            .is_some_and(|days| !days.is_empty())
    );
    let wrote = post(
        &program(&test),
        &format!("/api/v1/appeals/{number}/messages"),
        &hold,
        &json!({"text": "请尽快"}),
    )
    .await;
    assert_eq!((wrote.status, wrote.body.as_str()), (StatusCode::NO_CONTENT, ""));
    let rated = json!({"solved": "yes", "grade": "satisfied"});
    let rated = post(&program(&test), &format!("/api/v1/appeals/{number}/rating"), &hold, &rated).await;
    assert_eq!(rated.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", rated.body);

    let supervisor = system(&test, Role::Supervisor, demo::cast::CITY).await;
    let figures = supervisor.get("/api/v1/figures").await.json();
    assert_eq!(
        (figures["received"].as_u64(), figures["assigned"].as_u64(), figures["open"].as_u64()),
        (Some(1), Some(1), Some(1))
    );
    problem(&intake.get("/api/v1/figures").await, 403, "not-permitted");
    problem(&supervisor.get("/api/v1/figures?from=2026-11-19&as_of=2026-11-18").await, 422, "invalid");
}

async fn files_come_and_go(test: TestApp) {
    let intake = system(&test, Role::Intake, OFFICE).await;
    // base64 of `%PDF-1.7 a paper`
    let file = json!({"name": "合同.pdf", "content": "JVBERi0xLjcgYSBwYXBlcg=="});
    let call = json!({
        "appeal": {
            "channel": "hotline", "appeal_type": "help", "title": "企业来电反映报装缓慢",
            "text": "企业来电：报装两周无人勘查。", "phone": "13800001234", "name": "李女士",
        },
        "attachments": [file],
    });
    let registered = intake.post_json("/api/v1/matters", &call).await;
    assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.body);
    let receipt = registered.json();
    let matter =
        format!("/api/v1/matters/{}", id_of(&intake, receipt["number"].as_str().expect("a number")).await);
    let kept = intake.get(&matter).await.json()["attachments"][0].clone();
    assert_eq!(
        (kept["name"].as_str(), kept["media_type"].as_str()),
        (Some("合同.pdf"), Some("application/pdf"))
    );
    let path = format!("{matter}/attachments/{}", kept["id"].as_str().expect("an id"));
    let fetched = intake.get(&path).await;
    assert_eq!(
        (fetched.content_type.as_str(), fetched.body.as_str()),
        ("application/octet-stream", "%PDF-1.7 a paper")
    );

    // A file stored ahead shows only once a verb names it.
    let stored = intake.post_json(&format!("{matter}/attachments"), &file).await;
    assert_eq!(stored.status, StatusCode::CREATED, "{}", stored.body);
    let id = stored.json()["id"].clone();
    let path = format!("{matter}/attachments/{}", id.as_str().expect("an id"));
    problem(&intake.get(&path).await, 404, "not-found");
    let added = intake.post_json(&format!("{matter}/material"), &json!({"attachments": [id]})).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(intake.get(&path).await.status, StatusCode::OK);

    let stranger = system(&test, Role::UnitLiaison, OTHER_UNIT).await;
    problem(&stranger.get(&path).await, 404, "not-found");
    problem(&stranger.post_json(&format!("{matter}/attachments"), &file).await, 404, "not-found");

    let broken = json!({"name": "a.pdf", "content": "no base64 at all!"});
    let refused = intake.post_json(&format!("{matter}/attachments"), &broken).await;
    assert_eq!(problem(&refused, 422, "invalid")["errors"][0]["code"], "file-base64");
    let program = json!({"name": "a.pdf", "content": "TVqQAAMAAAA="});
    problem(&intake.post_json(&format!("{matter}/attachments"), &program).await, 422, "attachment-type");
}

#[tokio::test]
async fn what_does_not_fit_is_told_exactly() {
    let test = city(Engine::Sqlite).await;
    let anyone = program(&test);
    let send = |content_type: &'static str, body: String| {
        let request = Request::post("/api/v1/appeals").header("content-type", content_type);
        anyone.send(request, Body::from(body))
    };

    let broken = problem(&send("application/json", "{".into()).await, 400, "unreadable");
    assert_eq!(broken["errors"][0]["pointer"], "#");
    problem(&send("text/plain", appeal("一件事").to_string()).await, 415, "unsupported-type");
    problem(
        &send("application/json", format!("\"{}\"", "x".repeat(30 * 1024 * 1024))).await,
        413,
        "too-large",
    );

    let with = |pointer: &str, value: Value| {
        let mut body = appeal("一件事");
        *body.pointer_mut(pointer).expect("a member") = value;
        send("application/json", body.to_string())
    };
    let kind = problem(&with("/appeal_type", json!("13800001234")).await, 400, "unreadable");
    assert_eq!(kind["errors"][0]["pointer"], "#/appeal_type");
    let told = kind["errors"][0]["detail"].as_str().expect("words");
    assert!(told.contains("`help`") && told.contains("`suggestion`") && !told.contains("1380000"), "{told}");
    let phone = problem(&with("/contact/phone", json!(["x"])).await, 400, "unreadable");
    assert_eq!(phone["errors"][0]["pointer"], "#/contact/phone");
    let extra = problem(
        &with("/contact", json!({"name": "a", "phone": "13800001234", "religion": "x"})).await,
        400,
        "unreadable",
    );
    assert_eq!(
        (extra["errors"][0]["pointer"].as_str(), extra["errors"][0]["detail"].as_str()),
        (Some("#/contact/religion"), Some("unknown field"))
    );
    problem(&with("/contact/phone", json!("12")).await, 422, "phone-malformed");
    problem(&with("/title", json!("")).await, 422, "title-missing");
    problem(&with("/title", json!("a\0b")).await, 400, "unreadable");
    let area = problem(&with("/area", json!("nowhere")).await, 422, "invalid");
    assert_eq!(area["errors"][0]["pointer"], "#/area");

    let wrong_method =
        anyone.send(Request::builder().method(Method::DELETE).uri("/api/v1/appeals"), Body::empty()).await;
    problem(&wrong_method, 405, "wrong-method");
    problem(&anyone.get("/api/v1/nothing-here").await, 404, "not-found");

    let intake = system(&test, Role::Intake, OFFICE).await;
    problem(&intake.get("/api/v1/matters?phase=nowhere").await, 400, "unreadable");
    problem(&intake.get("/api/v1/matters?tab=nowhere").await, 422, "invalid");
    problem(&intake.get("/api/v1/matters?after=nowhere").await, 422, "invalid");
    problem(&intake.get("/api/v1/matters?text=a%00b").await, 400, "malformed");
    let limit = problem(&intake.get("/api/v1/matters?limit=-1").await, 400, "unreadable");
    assert_eq!(limit["errors"][0]["pointer"], "#/limit");
    problem(&intake.get("/api/v1/matters/not-an-id").await, 404, "not-found");
    problem(&intake.get("/api/v1/matters/00000000-0000-7000-8000-000000000000").await, 404, "not-found");
    let chinese = test.browser().with_header("accept-language", "zh-CN").get("/api/v1/me").await;
    assert_eq!(problem(&chinese, 401, "not-signed-in")["detail"], "请先登录");
}

#[tokio::test]
async fn pages_of_a_list_join_without_gap_or_overlap() {
    let test = city(Engine::Sqlite).await;
    let mut numbers = Vec::new();
    for n in 0..5 {
        test.at(&format!("2026-11-18T01:3{n}:00Z"));
        numbers.push(filed(&test, &format!("第{n}件")).await.0);
    }
    let intake = system(&test, Role::Intake, OFFICE).await;
    let mut found = Vec::new();
    let mut path = "/api/v1/matters?limit=2".to_owned();
    loop {
        let page = intake.get(&path).await.json();
        found.extend(
            page["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row["number"].as_str().expect("a number").to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/matters?limit=2&after={next}");
    }
    numbers.reverse();
    assert_eq!(found, numbers);
    let me = intake.get("/api/v1/me").await.json();
    assert_eq!((me["by_token"].as_bool(), me["grants"][0]["role"].as_str()), (Some(true), Some("intake")));
    assert_eq!(intake.get("/api/v1/units?text=ld-zj").await.json()[0]["code"], "ld-zj");
}

#[tokio::test]
async fn the_document_is_served_and_the_health_is_told() {
    let test = city(Engine::Sqlite).await;
    let anyone = program(&test);
    assert_eq!(anyone.get("/api/v1/health").await.json(), json!({"status": "ok"}));
    let served = anyone.get("/api/v1/openapi.json").await.json();
    let printed =
        serde_json::to_value(platform::web::openapi::of_features(features::all())).expect("plain data");
    assert_eq!(served, printed);
    assert!(anyone.get("/api/v1/categories").await.json()[0]["code"].is_string());
}

#[test]
fn every_route_of_the_api_stands_in_the_document_with_its_security() {
    let all: Vec<Feature> = features::all();
    let routes = with_document(all.into_iter().fold(Routes::new(), |all, feature| all.merge(feature.routes)));
    let document = serde_json::to_value(document(&routes)).expect("plain data");

    let declared: BTreeMap<(String, String), Access> = routes
        .declared()
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| ((route.path.to_owned(), route.method.as_str().to_ascii_lowercase()), route.access))
        .collect();
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeMap<(String, String), &Value> = paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .expect("operations")
                .iter()
                .map(move |(method, operation)| ((path.clone(), method.clone()), operation))
        })
        .collect();
    assert_eq!(declared.keys().collect::<Vec<_>>(), described.keys().collect::<Vec<_>>());
    for (route, access) in &declared {
        let security = match access {
            Access::Public => json!([{}]),
            Access::Appellant => json!([{"tracking_code": []}]),
            Access::SignedIn | Access::Staff(_) => json!([{"bearer": []}, {"session": []}]),
        };
        assert_eq!(described[route]["security"], security, "{route:?}");
    }
    let mut names: Vec<&str> =
        described.values().filter_map(|operation| operation["operationId"].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), described.len(), "operation ids are unique");
}
