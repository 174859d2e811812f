//! One request over a connection of its own. Where the answer would send it on to is not
//! followed, and nothing of what it says is kept but its status.

use crate::OutwardError;
use crate::guard::{Guard, Target};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper_util::rt::TokioIo;
use rustls_pki_types::ServerName;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long the other side may take, from the look-up of its name to its answer.
const PATIENCE: Duration = Duration::from_secs(15);

static TLS: LazyLock<TlsConnector> = LazyLock::new(|| {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    TlsConnector::from(Arc::new(config))
});

/// Posts a body and answers the status.
///
/// # Errors
/// [`OutwardError::Refused`] and [`OutwardError::Unreachable`].
pub(crate) async fn post(
    guard: &Guard,
    target: &Target,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<u16, OutwardError> {
    if !guard.lets(target) {
        return Err(OutwardError::Refused);
    }
    let exchanged = tokio::time::timeout(PATIENCE, async {
        let stream = TcpStream::connect(address(guard, target).await?).await.map_err(unreachable)?;
        if !target.tls {
            return exchange(stream, target, headers, body).await;
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| OutwardError::Malformed)?;
        let stream = TLS.connect(name, stream).await.map_err(unreachable)?;
        exchange(stream, target, headers, body).await
    });
    exchanged.await.map_err(unreachable)?
}

/// Where the name leads. It is looked up once and connected to as found, so that a second
/// answer cannot lead elsewhere; one address inside the house refuses them all.
async fn address(guard: &Guard, target: &Target) -> Result<SocketAddr, OutwardError> {
    let found = tokio::net::lookup_host((target.host.as_str(), target.port)).await.map_err(unreachable)?;
    let found: Vec<SocketAddr> = found.collect();
    if found.iter().any(|address| !guard.lets_to(target, address.ip())) {
        return Err(OutwardError::Refused);
    }
    found.first().copied().ok_or(OutwardError::Unreachable)
}

async fn exchange<S: AsyncRead + AsyncWrite + Send + Unpin + 'static>(
    stream: S,
    target: &Target,
    headers: &[(&'static str, String)],
    body: &str,
) -> Result<u16, OutwardError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(unreachable)?;
    let driven = tokio::spawn(connection);
    let host = match target.port {
        443 if target.tls => target.host.clone(),
        80 if !target.tls => target.host.clone(),
        port if target.host.contains(':') => format!("[{}]:{port}", target.host),
        port => format!("{}:{port}", target.host),
    };
    let mut request = hyper::Request::post(target.path.as_str())
        .header(HOST, host)
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, concat!("tongxin/", env!("CARGO_PKG_VERSION")));
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request.body(Full::new(Bytes::copy_from_slice(body.as_bytes())));
    let answered = sender.send_request(request.map_err(|_| OutwardError::Malformed)?).await;
    driven.abort();
    Ok(answered.map_err(unreachable)?.status().as_u16())
}

/// Why in particular may repeat the address: only that it was so is told.
fn unreachable<E>(_: E) -> OutwardError {
    OutwardError::Unreachable
}
