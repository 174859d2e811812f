//! Hands a message to the office's mail server (RFC 5321).

use crate::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use platform::Failure;
use platform::config::{Security, Smtp};
use std::time::Duration;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends one message over a connection of its own: there are few, and no connection is kept
/// that may have died.
///
/// # Errors
/// [`Failure::NotFound`] for an address no server takes, which trying again would not
/// change; [`Failure::Internal`] for everything that may pass. Neither names the address.
pub(crate) async fn send(server: &Smtp, message: &Message) -> Result<(), Failure> {
    let to: Mailbox = message.to.parse().map_err(|_| Failure::NotFound)?;
    let from: Mailbox =
        server.from.parse().map_err(|_| Failure::Internal("[mail] from is no e-mail address".into()))?;
    let mail = lettre::Message::builder()
        .from(from)
        .to(to)
        .subject(message.subject.as_str())
        .header(ContentType::TEXT_PLAIN)
        .body(message.text.clone())
        .map_err(|error| Failure::Internal(format!("mail: {error}")))?;
    match transport(server)?.send(mail).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => Err(Failure::NotFound),
        // The server's words may repeat the address: only what kind of failure it was is kept.
        Err(error) if error.is_transient() => Err(Failure::Internal("mail: put off by the server".into())),
        Err(error) if error.is_timeout() => Err(Failure::Internal("mail: the server is silent".into())),
        Err(_) => Err(Failure::Internal("mail: the server cannot be reached".into())),
    }
}

fn transport(server: &Smtp) -> Result<AsyncSmtpTransport<Tokio1Executor>, Failure> {
    let parameters = || {
        TlsParameters::new(server.host.clone()).map_err(|error| Failure::Internal(format!("mail: {error}")))
    };
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::StartTls => Tls::Required(parameters()?),
        Security::None => Tls::None,
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
        .port(server.port)
        .timeout(Some(PATIENCE))
        .tls(tls);
    Ok(match (&server.user, &server.password) {
        (Some(user), Some(password)) => {
            builder.credentials(Credentials::new(user.clone(), password.expose().to_owned())).build()
        }
        _ => builder.build(),
    })
}
