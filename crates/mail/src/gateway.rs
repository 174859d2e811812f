//! Hands a message to the office's gateway, which knows the provider (docs/gateway.md).

use crate::{Channel, Message};
use outward::guard::{Guard, Target};
use outward::{Envelope, OutwardError};
use platform::config::{Carried, Gateway};
use platform::{App, Failure};
use serde::Serialize;

/// What is sent.
#[derive(Serialize)]
struct Body<'a> {
    channel: Channel,
    to: &'a str,
    subject: &'a str,
    text: &'a str,
}

/// The gateway, where there is one that carries messages that way.
pub(crate) fn of(app: &App, way: Carried) -> Option<&Gateway> {
    app.config.outward.gateway.as_ref().filter(|gateway| gateway.carries.contains(&way))
}

/// Sends one message; `id` names it, so that one sent again is sent on once.
///
/// # Errors
/// [`Failure::NotFound`] where the gateway says that nobody is there; [`Failure::Internal`] for
/// everything that may pass. Neither names the address.
pub(crate) async fn send(app: &App, gateway: &Gateway, id: &str, message: &Message) -> Result<(), Failure> {
    let Message { channel, to, subject, text, .. } = message;
    let body = serde_json::to_string(&Body { channel: *channel, to, subject, text })?;
    let envelope = Envelope { id, at: app.now(), body: &body };
    // The operator named this host: it may lie inside the house.
    let guard = Guard::allowing(Target::parse(&gateway.url).map(|target| target.host));
    match outward::post(&guard, &gateway.url, &gateway.secret, &envelope).await {
        Ok(()) => Ok(()),
        Err(error) if error.is_final() => Err(Failure::NotFound),
        Err(error @ (OutwardError::Malformed | OutwardError::Secret | OutwardError::Refused)) => {
            Err(Failure::Internal(format!("[outward] gateway: {error}")))
        }
        Err(error) => Err(Failure::Internal(format!("gateway: {error}"))),
    }
}
