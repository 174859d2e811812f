//! What arrives at the other side, and what is never sent.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use axum::routing::post;
use kernel::time::Instant;
use outward::guard::Guard;
use outward::{Came, Envelope, OutwardError, is_signed, secret};
use standardwebhooks::Webhook;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

type Got = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// A server that keeps what it gets at `/in`, refuses at `/gone` and sends on at `/on`.
async fn receiver() -> (SocketAddr, Got) {
    let got = Got::default();
    let kept = got.clone();
    let take = move |headers: HeaderMap, body: Bytes| {
        kept.lock().expect("no test panics holding it").push((headers, body));
        async { StatusCode::NO_CONTENT }
    };
    let app = Router::new()
        .route("/in", post(take))
        .route("/gone", post(|| async { StatusCode::GONE }))
        .route("/on", post(|| async { Redirect::temporary("/in") }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, got)
}

#[allow(
    clippy::disallowed_methods,
    reason = "the library that checks signatures goes by the machine's clock"
)]
fn now() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    Instant::from_micros(i64::try_from(since.as_micros()).expect("before the year 294000"))
}

#[tokio::test]
async fn what_arrives_is_signed_as_the_specification_says() {
    let (address, got) = receiver().await;
    let key = secret([7; 24]);
    let guard = Guard::allowing(["127.0.0.1".to_owned()]);
    let envelope = Envelope { id: "msg_1", at: now(), body: r#"{"type":"matter.closed"}"# };
    outward::post(&guard, &format!("http://{address}/in"), &key, &envelope).await.expect("arrives");
    let got = got.lock().expect("no test panics holding it");
    let [(headers, body)] = got.as_slice() else { panic!("{got:?}") };
    let library = Webhook::new(key.expose()).expect("a secret");
    library.verify(body, headers).expect("the published library verifies it");
    let other = Webhook::new(secret([8; 24]).expose()).expect("a secret");
    assert!(other.verify(body, headers).is_err());
    assert_eq!(headers["content-type"], "application/json");
}

#[tokio::test]
async fn what_is_not_allowed_is_never_sent_and_what_is_refused_is_told() {
    let (address, got) = receiver().await;
    let key = secret([7; 24]);
    let envelope = Envelope { id: "msg_1", at: now(), body: "{}" };
    let inside = format!("http://{address}/in");
    let sent = outward::post(&Guard::default(), &inside, &key, &envelope).await;
    assert_eq!(sent, Err(OutwardError::Refused));
    let named = format!("https://localhost:{}/in", address.port());
    let sent = outward::post(&Guard::default(), &named, &key, &envelope).await;
    assert_eq!(sent, Err(OutwardError::Refused), "a name that leads inside");
    let guard = Guard::allowing(["127.0.0.1".to_owned()]);
    let sent = outward::post(&guard, &format!("http://{address}/on"), &key, &envelope).await;
    assert_eq!(sent, Err(OutwardError::Answered(307)), "where it is sent on to is not followed");
    let gone = outward::post(&guard, &format!("http://{address}/gone"), &key, &envelope).await;
    assert!(gone.is_err_and(OutwardError::is_final));
    assert!(got.lock().expect("no test panics holding it").is_empty());
    let none = outward::post(&guard, "mailto:someone@example.cn", &key, &envelope).await;
    assert_eq!(none, Err(OutwardError::Malformed));
}

#[test]
fn what_came_is_known_by_its_signature() {
    let (key, other) = (secret([7; 24]), secret([8; 24]));
    let library = Webhook::new(key.expose()).expect("a secret");
    let (id, seconds, body) = ("msg_1", 1_795_000_000_i64, br#"{"type":"matter.redo"}"#.as_slice());
    let signature = library.sign(id, seconds, body).expect("signs");
    let stamp = seconds.to_string();
    let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
    let came = |headers, body, at| Came { headers, body, at };
    let headers = [id, stamp.as_str(), signature.as_str()];
    assert!(is_signed(&key, &came(headers, body, at(seconds + 60))));
    let both = format!("v1,AAAA {signature}");
    assert!(is_signed(&key, &came([id, &stamp, &both], body, at(seconds))), "one of several is enough");
    assert!(!is_signed(&other, &came(headers, body, at(seconds))), "another secret");
    assert!(!is_signed(&key, &came(headers, b"{}", at(seconds))), "another body");
    assert!(!is_signed(&key, &came(["msg_2", &stamp, &signature], body, at(seconds))), "another id");
    assert!(!is_signed(&key, &came(headers, body, at(seconds + 3600))), "an old one");
    assert!(!is_signed(&key, &came(["", "", ""], body, at(seconds))), "none");
}
