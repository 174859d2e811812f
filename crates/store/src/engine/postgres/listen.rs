//! Wakes across nodes: LISTEN on a connection of its own, and NOTIFY outside the commands'
//! transactions (inside, it would take a lock that lets them commit one by one only).

use crate::engine::Shared;
use std::future::poll_fn;
use std::time::Duration;
use tokio::sync::watch;
use tokio_postgres::{AsyncMessage, Config, Error, NoTls};

/// Passes wakes on until the store closes; reconnects when the server goes away.
#[expect(clippy::disallowed_methods, reason = "nothing tells when a server is back")]
pub(super) async fn run(config: &Config, shared: &Shared, mut stopped: watch::Receiver<()>) {
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            outcome = exchange(config, shared) => {
                if let Err(error) = outcome {
                    tracing::warn!(error = %super::failure(error), "listening interrupted");
                }
            }
        }
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(RECONNECT) => {}
        }
    }
}

const RECONNECT: Duration = Duration::from_secs(1);

/// Many local wakes while one NOTIFY is under way become one.
async fn exchange(config: &Config, shared: &Shared) -> Result<(), Error> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let wake = || shared.wakes.send_modify(|count| *count += 1);
    let incoming = async {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(_) = message? {
                wake();
            }
        }
        Ok(())
    };
    let outgoing = async {
        client.batch_execute("listen tongxin").await?;
        // Whatever was announced while nobody listened.
        wake();
        loop {
            shared.outgoing.notified().await;
            client.batch_execute("notify tongxin").await?;
        }
    };
    tokio::select! {
        outcome = incoming => outcome,
        outcome = outgoing => outcome,
    }
}
