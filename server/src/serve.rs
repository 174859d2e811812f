//! Listens, runs the jobs, stops gracefully: requests in flight are answered, the job at
//! hand is finished, then the store closes.

use platform::App;
use platform::web::{Routes, service};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use tokio::sync::watch;

/// Where it listens: taken before anything is opened, so that the addresses it gives to people
/// are its own also where the port was drawn.
pub struct Door {
    listener: TcpListener,
    address: SocketAddr,
}

impl Door {
    /// Takes the address; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub fn at(listen: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        Ok(Self { address: listener.local_addr()?, listener })
    }

    /// The address as a browser on this machine is given it.
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}")
    }
}

/// Serves until SIGINT or SIGTERM. Says on standard output where it listens.
///
/// # Errors
/// When the door cannot be used.
pub async fn serve(app: App, routes: Routes, door: Door) -> std::io::Result<()> {
    let Door { listener, address } = door;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    if !app.config.is_https() && !address.ip().is_loopback() {
        tracing::warn!(
            "public_url is not https: cookies travel without Secure. Fine on a closed network; \
             otherwise put a proxy with TLS in front and set public_url"
        );
    }
    println!("listening on http://{address}");
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(platform::jobs::run_forever(app.clone(), stopped.clone()));
    let sealer = tokio::spawn(platform::seal::run_forever(app.clone(), stopped.clone()));
    let texts = tokio::spawn(platform::texts::run_forever(app.clone(), stopped.clone()));
    let listeners = tokio::spawn(platform::listeners::run_forever(app.clone(), stopped.clone()));
    let housekeeping = tokio::spawn(platform::housekeeping::run_forever(app.clone(), stopped));
    axum::serve(listener, service(app, routes).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(signal())
        .await?;
    // The receivers may be gone already; then there is nobody to tell.
    let _ = stop.send(true);
    let _ = tokio::join!(jobs, sealer, texts, listeners, housekeeping);
    tracing::info!("stopped");
    Ok(())
}

async fn signal() {
    let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a process may listen to its own signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}
