//! Deny by default, tried out: every route of the product, as everyone.

use crate::support::{city, signed_in};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use kernel::permission::{Role, may_ever};
use platform::web::{Access, Declared};
use testkit::{Answer, Browser, Engine};

/// The pattern with made-up values: nothing of that name exists.
fn sample(pattern: &str) -> String {
    let parts = pattern
        .split('/')
        .map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(browser: &Browser, route: &Declared) -> Answer {
    let path = sample(route.path);
    if route.method == Method::GET {
        return browser.get(&path).await;
    }
    let api = path.starts_with("/api/");
    let media = if api { "application/json" } else { "application/x-www-form-urlencoded" };
    let body = if api { "{}" } else { "" };
    browser
        .send(
            Request::builder().method(route.method.clone()).uri(path).header("content-type", media),
            Body::from(body),
        )
        .await
}

#[tokio::test]
async fn a_stranger_gets_to_no_staff_route() {
    let test = city(Engine::Sqlite).await;
    let stranger = test.browser();
    for route in
        test.declared.iter().filter(|route| !matches!(route.access, Access::Public | Access::Appellant))
    {
        let answer = ask(&stranger, route).await;
        let told_to_log_in = answer.status == StatusCode::UNAUTHORIZED
            || answer.location.as_deref().is_some_and(|location| location.starts_with("/login"));
        assert!(told_to_log_in, "{} {}: {} {:?}", route.method, route.path, answer.status, answer.location);
    }
}

#[tokio::test]
async fn no_role_gets_past_a_route_it_has_no_permission_for() {
    let test = city(Engine::Sqlite).await;
    for role in Role::ALL.iter().filter(|role| **role != Role::Appellant) {
        let browser = signed_in(&test, *role, demo::cast::CITY).await;
        for route in &test.declared {
            let Access::Staff(permission) = route.access else { continue };
            let answer = ask(&browser, route).await;
            let denied = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                denied,
                !may_ever(*role, permission),
                "{} as {}: {} {}",
                route.path,
                role.code(),
                route.method,
                answer.status
            );
        }
    }
}

#[tokio::test]
async fn no_route_answers_nonsense_with_a_server_error() {
    let test = city(Engine::Sqlite).await;
    let browsers = [
        test.browser(),
        signed_in(&test, Role::ShiftHead, demo::cast::OFFICE).await,
        signed_in(&test, Role::AdminSystem, demo::cast::CITY).await,
        signed_in(&test, Role::AdminSecurity, demo::cast::CITY).await,
        signed_in(&test, Role::AdminAudit, demo::cast::CITY).await,
    ];
    for browser in &browsers {
        for route in &test.declared {
            let answer = ask(browser, route).await;
            assert!(!answer.status.is_server_error(), "{} {}: {}", route.method, route.path, answer.status);
        }
    }
}

#[tokio::test]
async fn a_change_from_another_site_is_refused() {
    let test = city(Engine::Sqlite).await;
    let browser = test.browser().with_header("origin", "https://elsewhere.example");
    let request = Request::post("/login").header("content-type", "application/x-www-form-urlencoded");
    let answer = browser.send_from_elsewhere(request, Body::from("login=a&password=b")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
