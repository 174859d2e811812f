//! A command's way into the notices of a matter, and the deliveries that follow from it.

use crate::deliver;
use crate::rules::{Command, Event, NoticeRules, Notices as State};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use platform::{By, Failure, Shell, Work};

/// The streams `notice:<matter>` and those of other things: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Notices;

/// Carries out a command on the notices of a matter, or of another thing.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn act(work: &mut Work<'_>, of: &str, command: &Command) -> Result<(), Failure> {
    let by = By::System("notices".into());
    work.act::<Notices>(of, &by, None, command).map(drop)
}

impl Aggregate for Notices {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = NoticeRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        NoticeRules::event_kind(event)
    }

    fn decide(state: &State, command: &Command, facts: &()) -> Result<Vec<Event>, Refusal> {
        NoticeRules::decide(state, command, facts)
    }

    fn fold(state: State, event: &Recorded<Event>) -> State {
        NoticeRules::fold(state, event)
    }
}

impl Shell for Notices {
    fn facts(_: &mut Work<'_>, _: &State, _: &Command, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    /// The platform tells; nobody else does.
    fn permit(_: &State, _: &Command, (): &(), by: &By) -> Result<Actor, Failure> {
        match by {
            By::System(_) => by.actor(None).ok_or(Failure::NotPermitted),
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(work: &mut Work<'_>, id: &str, before: &State, after: &State) -> Result<(), Failure> {
        let fresh = after.told.iter().filter(|(key, _)| !before.told.contains_key(*key));
        for (key, _) in fresh {
            deliver::plan(work, id, key)?;
        }
        Ok(())
    }
}
