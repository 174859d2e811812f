//! A command's way into a measure: who stands how to the unit it is about.

use crate::rules::{AccountabilityRules, Command, Event, Facts, Measure};
use kernel::permission::{Permission, Standing, UnitPath, permit};
use kernel::{Actor, Aggregate, Recorded, Refusal, UnitId};
use platform::{By, Failure, Shell, Work};

/// The streams `accountability:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Accountability;

/// Carries out a command on a measure.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn act(work: &mut Work<'_>, by: &By, id: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Accountability>(id, by, None, command).map(drop)
}

/// How anyone stands to a unit that is held to account.
pub(crate) fn standing(path: &UnitPath) -> Standing {
    Standing { handlers: vec![path.clone()], ..Standing::default() }
}

/// What is known when a measure is decided, with where its unit stands.
#[derive(Clone, Debug)]
pub struct Around {
    facts: Facts,
    path: Option<UnitPath>,
}

impl Aggregate for Accountability {
    type State = Measure;
    type Command = Command;
    type Event = Event;
    type Facts = Around;

    const KIND: &'static str = AccountabilityRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        AccountabilityRules::event_kind(event)
    }

    fn decide(state: &Measure, command: &Command, around: &Around) -> Result<Vec<Event>, Refusal> {
        AccountabilityRules::decide(state, command, &around.facts)
    }

    fn fold(state: Measure, event: &Recorded<Event>) -> Measure {
        AccountabilityRules::fold(state, event)
    }
}

impl Shell for Accountability {
    fn facts(work: &mut Work<'_>, state: &Measure, command: &Command, _: &By) -> Result<Around, Failure> {
        let named: Option<&UnitId> = match command {
            Command::Propose(proposed) => Some(&proposed.unit),
            _ => state.proposed.as_ref().map(|proposed| &proposed.unit),
        };
        let path = match named {
            Some(unit) => network::unit(work.tx, unit)?.map(|unit| unit.path),
            None => None,
        };
        if let (None, Command::Propose(_)) = (&path, command) {
            return Err(Refusal::field("unit", "accountability-unit-missing").into());
        }
        let today = work.app().config.zone.date_of(work.now());
        Ok(Around { facts: Facts { actor: Actor::Public, today }, path })
    }

    fn permit(_: &Measure, command: &Command, around: &Around, by: &By) -> Result<Actor, Failure> {
        let permission = match command {
            Command::Propose(_) | Command::Feedback { .. } => Permission::AccountabilityPropose,
            Command::Decide { .. } | Command::Cancel { .. } => Permission::AccountabilityDecide,
        };
        match by {
            By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { .. } => {
                let path = around.path.as_ref().ok_or(Failure::NotFound)?;
                let grant = permit(by.grants(), permission, &standing(path)).ok_or(Failure::NotPermitted)?;
                by.actor(Some(grant)).ok_or(Failure::NotPermitted)
            }
            By::Appellant(_) | By::Public | By::System(_) | By::Platform { .. } => Err(Failure::NotPermitted),
        }
    }

    fn with_actor(around: &mut Around, actor: Actor) {
        around.facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Measure, _: &Measure) -> Result<(), Failure> {
        Ok(())
    }
}
