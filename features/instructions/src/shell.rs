//! A command's way into a sheet.

use crate::rules::{Brief, BriefRules, Command, Event, Facts};
use kernel::permission::{Permission, may_ever};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use platform::{App, By, Failure, Shell, Work};
use uuid::Uuid;

/// The streams `brief:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Briefs;

/// Carries out a command on a sheet.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn act(work: &mut Work<'_>, by: &By, id: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Briefs>(id, by, None, command).map(drop)
}

/// What signs the address of a link: only this installation can make one.
pub(crate) fn signature(app: &App, id: Uuid, link: u32) -> String {
    app.vault.blind("brief-link", format!("{id} {link}"))
}

impl Aggregate for Briefs {
    type State = Brief;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = BriefRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        BriefRules::event_kind(event)
    }

    fn decide(state: &Brief, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        BriefRules::decide(state, command, facts)
    }

    fn fold(state: Brief, event: &Recorded<Event>) -> Brief {
        BriefRules::fold(state, event)
    }
}

impl Shell for Briefs {
    fn facts(work: &mut Work<'_>, _: &Brief, _: &Command, _: &By) -> Result<Facts, Failure> {
        Ok(Facts { now: work.now() })
    }

    /// Clerks write and send; whoever holds a signed address looks, and nothing else.
    fn permit(_: &Brief, command: &Command, _: &Facts, by: &By) -> Result<Actor, Failure> {
        let looks = matches!(command, Command::Look { .. });
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::InstructionRecord));
        let admitted = match by {
            By::Public => looks,
            By::Person { .. } => looks || grant.is_some(),
            By::Operator => true,
            By::Appellant(_) | By::System(_) | By::Platform { .. } => false,
        };
        let by = if looks { &By::Public } else { by };
        if admitted { by.actor(grant).ok_or(Failure::NotPermitted) } else { Err(Failure::NotPermitted) }
    }

    fn with_actor(_: &mut Facts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Brief, _: &Brief) -> Result<(), Failure> {
        Ok(())
    }
}
