//! A command's way into a partner and into a handover.

use crate::projection;
use crate::rules::handover::{Command as HandoverCommand, Event as HandoverEvent, Handover, HandoverRules};
use crate::rules::partner::{Command, Direction, Event, Facts, Partner, PartnerRules, Terms};
use kernel::permission::{Permission, may_ever};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use outward::guard::{Guard, Target};
use platform::{By, Failure, Shell, Work};

/// The streams `partner:<code>`.
#[derive(Clone, Copy, Debug)]
pub struct Partners;

/// The streams `exchange:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct Handovers;

/// Carries out a command on a partner.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn act(work: &mut Work<'_>, by: &By, code: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Partners>(code, by, None, command).map(drop)
}

/// Carries out a command on a handover.
///
/// # Errors
/// The rules' refusals.
pub fn pass(work: &mut Work<'_>, by: &By, id: &str, command: &HandoverCommand) -> Result<(), Failure> {
    work.act::<Handovers>(id, by, None, command).map(drop)
}

/// What a partner's secret is sealed for.
pub fn owner(code: &str) -> String {
    format!("partner:{code}")
}

impl Aggregate for Partners {
    type State = Partner;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = PartnerRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        PartnerRules::event_kind(event)
    }

    fn decide(state: &Partner, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        PartnerRules::decide(state, command, facts)
    }

    fn fold(state: Partner, event: &Recorded<Event>) -> Partner {
        PartnerRules::fold(state, event)
    }
}

impl Shell for Partners {
    fn facts(work: &mut Work<'_>, _: &Partner, command: &Command, _: &By) -> Result<Facts, Failure> {
        let own = work.acting_on().to_owned();
        let (terms, direction) = match command {
            Command::Add { direction, terms, .. } => (Some(terms), Some(*direction)),
            Command::Change(terms) => {
                (Some(terms), projection::partner(work.tx, &own)?.map(|row| row.direction))
            }
            _ => (None, None),
        };
        let Some(Terms { unit, url, .. }) = terms else {
            return Ok(Facts { unit: true, taken: false, reads: true, allowed: true });
        };
        let known = network::unit(work.tx, unit)?.is_some_and(|unit| unit.open);
        let taken = direction == Some(Direction::Below)
            && projection::below(work.tx, unit)?.is_some_and(|other| other.code != own);
        let target = Target::parse(url);
        let guard = Guard::of(work.app());
        let allowed = target.as_ref().is_some_and(|target| guard.lets(target));
        Ok(Facts { unit: known, taken, reads: target.is_some(), allowed })
    }

    fn permit(_: &Partner, _: &Command, _: &Facts, by: &By) -> Result<Actor, Failure> {
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::ExchangeManage));
        match by {
            By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { .. } if grant.is_some() => by.actor(grant).ok_or(Failure::NotPermitted),
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor(_: &mut Facts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Partner, _: &Partner) -> Result<(), Failure> {
        Ok(())
    }
}

impl Aggregate for Handovers {
    type State = Handover;
    type Command = HandoverCommand;
    type Event = HandoverEvent;
    type Facts = ();

    const KIND: &'static str = HandoverRules::KIND;

    fn event_kind(event: &HandoverEvent) -> &'static str {
        HandoverRules::event_kind(event)
    }

    fn decide(state: &Handover, command: &HandoverCommand, (): &()) -> Result<Vec<HandoverEvent>, Refusal> {
        HandoverRules::decide(state, command, &())
    }

    fn fold(state: Handover, event: &Recorded<HandoverEvent>) -> Handover {
        HandoverRules::fold(state, event)
    }
}

impl Shell for Handovers {
    fn facts(_: &mut Work<'_>, _: &Handover, _: &HandoverCommand, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    /// What passes is recorded by the platform, by the other one, or by the clerk who carries
    /// its files.
    fn permit(_: &Handover, _: &HandoverCommand, (): &(), by: &By) -> Result<Actor, Failure> {
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::ExchangeUse));
        match by {
            By::System(_) | By::Platform { .. } => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { .. } if grant.is_some() => by.actor(grant).ok_or(Failure::NotPermitted),
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Handover, _: &Handover) -> Result<(), Failure> {
        Ok(())
    }
}
