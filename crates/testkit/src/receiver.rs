//! Another system's web server for a test: on loopback, keeps what it gets.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

/// See the module.
pub struct HttpReceiver {
    address: SocketAddr,
    got: Arc<Mutex<Vec<Got>>>,
    status: Arc<AtomicU16>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Got {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl HttpReceiver {
    /// Starts one on a free port. It ends with the test.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound address");
        let (got, status) = (Arc::<Mutex<Vec<Got>>>::default(), Arc::new(AtomicU16::new(204)));
        let (kept, answers) = (got.clone(), status.clone());
        let take = move |headers: HeaderMap, body: Bytes| {
            let body = String::from_utf8_lossy(&body).into_owned();
            kept.lock().expect("no test panics holding it").push(Got { headers, body });
            let status = StatusCode::from_u16(answers.load(Ordering::SeqCst)).expect("a status");
            async move { status }
        };
        let app = Router::new().route("/in", post(take));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, got, status }
    }

    /// Where it takes requests.
    pub fn url(&self) -> String {
        format!("http://{}/in", self.address)
    }

    /// Its host, as an operator names it.
    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    /// What it answers from now on.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What it got since it was asked last.
    pub fn take(&self) -> Vec<Got> {
        std::mem::take(&mut *self.got.lock().expect("no test panics holding it"))
    }
}
