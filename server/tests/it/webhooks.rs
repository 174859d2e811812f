//! Other systems are told what happens to matters: signed, once each whatever is run again,
//! nothing lost while they are away, and never a name or a word of what was written.

use crate::configured::ok;
use crate::inbox::assigned;
use crate::support::{city_with, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters_rules::NodeRole;
use platform::config::{Config, Outward};
use serde_json::Value;
use standardwebhooks::Webhook;
use testkit::{Browser, Engine, Got, HttpReceiver, TestApp};

const LEAD: &str = "ld-zj";

async fn with(engine: Engine, receiver: &HttpReceiver) -> TestApp {
    let outward = Outward { hosts: vec![receiver.host()], gateway: None };
    city_with(engine, Config { outward, ..Config::default() }).await
}

async fn settle(test: &TestApp) {
    test.follow().await;
    test.run_jobs().await;
}

/// Subscribes, and gives the page's address and the secret.
async fn subscribed(admin: &Browser, url: &str, kinds: &[&str]) -> (String, String) {
    let mut fields = vec![("url", url)];
    fields.extend(kinds.iter().map(|kind| ("kinds", *kind)));
    let made = admin.post("/admin/webhooks", &fields).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let secret = made.body.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let path = made.body.split("action=\"/admin/webhooks/").nth(1).and_then(|rest| rest.split('"').next());
    (format!("/admin/webhooks/{}", path.expect("its address")), secret.expect("shown once").to_owned())
}

fn header<'a>(got: &'a Got, name: &str) -> &'a str {
    got.headers[name].to_str().expect("letters")
}

fn body(got: &Got) -> Value {
    serde_json::from_str(&got.body).expect("JSON")
}

async fn others_are_told(engine: Engine) {
    let receiver = HttpReceiver::start().await;
    let test = with(engine, &receiver).await;
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let (path, secret) = subscribed(&admin, &receiver.url(), &["assigned", "closed"]).await;
    assert!(!ok(admin.get(&path).await).contains(&secret), "and never again");
    receiver.answers(503);
    let (matter, _) = assigned(&test, true, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    let first = receiver.take();
    assert_eq!(first.len(), 1, "accepting it is none of what was asked for: {first:?}");
    receiver.answers(204);
    test.at("2026-11-18T09:00:00Z");
    settle(&test).await;
    let again = receiver.take();
    let [got] = again.as_slice() else { panic!("{again:?}") };
    assert_eq!(header(&first[0], "webhook-id"), header(got, "webhook-id"));
    let told = body(got);
    assert_eq!(told["type"], "matter.assigned");
    assert_eq!(
        (told["data"]["unit"].as_str(), told["data"]["phase"].as_str()),
        (Some(LEAD), Some("assigned"))
    );
    assert_eq!(told["data"]["id"], matter.to_string());
    for secret in ["王师傅", "13800001234", "路灯", "示例机械"] {
        assert!(!got.body.contains(secret), "{secret}: {}", got.body);
    }
    let seconds: i64 = header(got, "webhook-timestamp").parse().expect("seconds");
    let library = Webhook::new(&secret).expect("a secret");
    let signed = library.sign(header(got, "webhook-id"), seconds, got.body.as_bytes()).expect("signs");
    assert_eq!(signed, header(got, "webhook-signature"), "as the published library signs it");
    settle(&test).await;
    assert!(receiver.take().is_empty(), "nothing is told twice");
}

async fn they_are_managed(engine: Engine) {
    let receiver = HttpReceiver::start().await;
    let test = with(engine, &receiver).await;
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    for (url, said) in [
        ("http://192.168.1.1/in", "不能推送到这个地址"),
        ("https://169.254.169.254/latest", "不能推送到这个地址"),
        ("ftp://hook.example.cn", "请填写完整的网址"),
    ] {
        let wrong = admin.post("/admin/webhooks", &[("url", url), ("kinds", "closed")]).await;
        assert!(
            wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains(said),
            "{}",
            wrong.body
        );
        assert!(wrong.body.contains(url), "what was typed stays");
    }
    let none = admin.post("/admin/webhooks", &[("url", "https://hook.example.cn/in")]).await;
    assert!(none.body.contains("请至少选择一种事件"), "{}", none.body);

    let (path, old) = subscribed(&admin, &receiver.url(), &["assigned"]).await;
    assert!(admin.post(&format!("{path}/trial"), &[]).await.status.is_redirection());
    assert_eq!(body(&receiver.take()[0])["type"], "webhook.trial");
    receiver.answers(500);
    let refused = admin.post(&format!("{path}/trial"), &[]).await;
    assert!(refused.body.contains("对方返回 500"), "{}", refused.body);
    receiver.answers(204);
    receiver.take();
    let renewed = admin.post(&format!("{path}/secret"), &[]).await;
    assert!(renewed.status == StatusCode::CREATED && !renewed.body.contains(&old), "{}", renewed.body);

    assert!(admin.post(&format!("{path}/state"), &[("on", "no")]).await.status.is_redirection());
    assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    assert!(receiver.take().is_empty(), "nothing while it is off");
    assert!(admin.post(&format!("{path}/state"), &[("on", "yes")]).await.status.is_redirection());
    receiver.answers(410);
    assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    assert_eq!(receiver.take().len(), 1);
    assert!(ok(admin.get("/admin/webhooks").await).contains("已暂停"), "who is gone is turned off");
    assert!(admin.post(&format!("{path}/removal"), &[]).await.status.is_redirection());
    assert!(ok(admin.get("/admin/webhooks").await).contains("还没有订阅"));
    assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND);
    let shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert_eq!(shift.get("/admin/webhooks").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn other_systems_are_told_on_sqlite() {
    others_are_told(Engine::Sqlite).await;
}

#[tokio::test]
async fn other_systems_are_told_on_postgres() {
    others_are_told(Engine::Postgres).await;
}

#[tokio::test]
async fn subscriptions_are_managed_on_sqlite() {
    they_are_managed(Engine::Sqlite).await;
}

#[tokio::test]
async fn subscriptions_are_managed_on_postgres() {
    they_are_managed(Engine::Postgres).await;
}
