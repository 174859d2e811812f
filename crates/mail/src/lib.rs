//! Messages to people outside: written in the transaction that causes them, sealed until a
//! job sends them. Start with [`post`].
//!
//! - `smtp`: the one place that speaks SMTP.
//! - `gateway`: the one adapter for short messages and the office's messenger.
//! - [`outbox`]: where a demo's messages go, to be looked at.

mod gateway;
pub mod outbox;
mod smtp;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kernel::time::Instant;
use kernel::{Refusal, SubjectId};
use platform::config::{Carried, Mail};
use platform::feature::Feature;
use platform::jobs::{enqueue, handler};
use platform::{App, Failure, Work};
use serde::{Deserialize, Serialize};
use store::jobs::Job;

/// Kind of the job that sends a message.
const SEND: &str = "mail.send";

/// By what a message reaches someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// 短信
    Sms,
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
}

/// A message. Holds an address and perhaps a secret in the clear: no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    /// By what it is sent.
    pub channel: Channel,
    /// The address.
    pub to: String,
    /// Its subject line.
    pub subject: String,
    /// Its words, plain.
    pub text: String,
    /// After this it is of no use any more and not sent.
    pub until: Instant,
}

/// Whether messages of that channel are sent here at all.
pub fn is_open(app: &App, channel: Channel) -> bool {
    match carried(channel) {
        None => !matches!(app.config.mail, Mail::Off),
        // A demo shows them too.
        Some(way) => gateway::of(app, way).is_some() || outbox::is_used(app),
    }
}

/// Leaves a message to be sent once the transaction is through. `about` is whose data it
/// holds: erasing that person takes back what was not sent yet.
///
/// # Errors
/// `channel-closed` where nothing of that channel is sent here; whatever the store says.
pub fn post(work: &mut Work<'_>, about: Option<&SubjectId>, message: &Message) -> Result<(), Failure> {
    if !is_open(work.app(), message.channel) {
        return Err(Refusal::new("channel-closed").into());
    }
    let id = work.fresh.uuid().to_string();
    let plain = serde_json::to_vec(message)?;
    let sealed = work.vault().seal_own(&context(&id), &plain, &mut work.fresh);
    let waiting = Waiting { id: id.clone(), about: about.cloned(), sealed: STANDARD_NO_PAD.encode(sealed) };
    let now = work.when().recorded_at;
    enqueue(work, SEND, &id, &waiting, now)
}

/// What this crate brings along: the job.
pub fn feature() -> Feature {
    Feature { jobs: vec![(SEND, handler(send))], ..Feature::default() }
}

/// A message as it waits: whom it is about in the clear, all else sealed.
#[derive(Serialize, Deserialize)]
struct Waiting {
    id: String,
    about: Option<SubjectId>,
    sealed: String,
}

async fn send(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    let unreadable = || Failure::Internal("a waiting message does not read".into());
    let sealed = STANDARD_NO_PAD.decode(&waiting.sealed).map_err(|_| unreadable())?;
    let message: Message = serde_json::from_slice(&app.vault.open_own(&context(&waiting.id), &sealed)?)?;
    if message.until < app.now() {
        return Ok(());
    }
    send_now(&app, &waiting.id, message).await
}

/// Sends a message at once, for a job of one's own that notes what became of it. `id` names
/// it: the same message again is the same one in an outbox.
///
/// # Errors
/// [`Failure::NotFound`] for an address that no server takes; everything else may pass.
pub async fn send_now(app: &App, id: &str, message: Message) -> Result<(), Failure> {
    if let Some(gateway) = carried(message.channel).and_then(|way| gateway::of(app, way)) {
        return gateway::send(app, gateway, id, &message).await;
    }
    match &app.config.mail {
        // It was switched off since; whoever waits for the message asks again.
        Mail::Off => Ok(()),
        Mail::Outbox => outbox::deliver(app, id, message).await,
        Mail::Smtp(server) if message.channel == Channel::Email => smtp::send(server, &message).await,
        Mail::Smtp(_) => Ok(()),
    }
}

/// What a gateway calls it; none for mail, which it does not carry.
fn carried(channel: Channel) -> Option<Carried> {
    match channel {
        Channel::Email => None,
        Channel::Sms => Some(Carried::Sms),
        Channel::Wecom => Some(Carried::Wecom),
        Channel::Dingtalk => Some(Carried::Dingtalk),
    }
}

fn context(id: &str) -> String {
    format!("mail:{id}")
}
