//! A command's way into a subscription.

use crate::rules::{Command, Event, Facts, Webhook, WebhookRules};
use kernel::permission::{Permission, may_ever};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use outward::guard::{Guard, Target};
use platform::{By, Failure, Shell, Work};

/// The streams `webhook:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Webhooks;

/// Carries out a command on a subscription.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn act(work: &mut Work<'_>, by: &By, id: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Webhooks>(id, by, None, command).map(drop)
}

/// What a subscription's secret is sealed for.
pub(crate) fn owner(id: &str) -> String {
    format!("webhook:{id}")
}

impl Aggregate for Webhooks {
    type State = Webhook;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = WebhookRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        WebhookRules::event_kind(event)
    }

    fn decide(state: &Webhook, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        WebhookRules::decide(state, command, facts)
    }

    fn fold(state: Webhook, event: &Recorded<Event>) -> Webhook {
        WebhookRules::fold(state, event)
    }
}

impl Shell for Webhooks {
    fn facts(work: &mut Work<'_>, _: &Webhook, command: &Command, _: &By) -> Result<Facts, Failure> {
        let target = match command {
            Command::Add { url, .. } | Command::Change { url, .. } => Target::parse(url),
            _ => None,
        };
        let guard = Guard::of(work.app());
        Ok(Facts { reads: target.is_some(), allowed: target.is_some_and(|target| guard.lets(&target)) })
    }

    /// Whoever manages them; and the platform, which turns off one whose receiver is gone.
    fn permit(_: &Webhook, command: &Command, _: &Facts, by: &By) -> Result<Actor, Failure> {
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::WebhooksManage));
        match by {
            By::Person { .. } if grant.is_some() => by.actor(grant).ok_or(Failure::NotPermitted),
            By::System(_) if matches!(command, Command::Turn { on: false }) => {
                by.actor(None).ok_or(Failure::NotPermitted)
            }
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor(_: &mut Facts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Webhook, _: &Webhook) -> Result<(), Failure> {
        Ok(())
    }
}
