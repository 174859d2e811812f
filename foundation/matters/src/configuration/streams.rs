//! The streams `procedure:<id>` and `calendar:<id>`: what was published, version by
//! version. Only a text that reads can be published.

use kernel::time::{Calendar, Date};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use matters_rules::Procedure;
use platform::{By, Failure, Shell, Work};
use serde::{Deserialize, Serialize};

/// Publishes a text.
#[derive(Clone, Debug)]
pub struct Publish {
    /// The whole file.
    pub toml: String,
}

/// A published version.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Published {
    /// The file as it was, with what identifies it.
    Published {
        /// Its version, as text.
        version: String,
        /// First local date on which it holds; none: at once.
        effective_from: Option<Date>,
        /// The whole file.
        toml: String,
    },
}

/// Versions of a procedure.
#[derive(Clone, Copy, Debug)]
pub struct Procedures;

/// The versions published so far.
#[derive(Clone, Debug, Default)]
pub struct ProcedureState {
    last: u32,
}

/// Versions of a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Calendars;

/// The versions published so far.
#[derive(Clone, Debug, Default)]
pub struct CalendarState {
    versions: Vec<String>,
}

impl Aggregate for Procedures {
    type State = ProcedureState;
    type Command = Publish;
    type Event = Published;
    type Facts = ();

    const KIND: &'static str = "procedure";

    fn event_kind(_: &Published) -> &'static str {
        "published"
    }

    fn decide(state: &ProcedureState, command: &Publish, (): &()) -> Result<Vec<Published>, Refusal> {
        let procedure = Procedure::parse(&command.toml)
            .map_err(|error| Refusal::field("toml", "procedure-unreadable").with("error", error))?;
        if procedure.version <= state.last {
            return Err(Refusal::field("toml", "version-not-new").with("last", state.last));
        }
        Ok(vec![Published::Published {
            version: procedure.version.to_string(),
            effective_from: Some(procedure.effective_from),
            toml: command.toml.clone(),
        }])
    }

    fn fold(_: ProcedureState, event: &Recorded<Published>) -> ProcedureState {
        let Published::Published { version, .. } = &event.event;
        ProcedureState { last: version.parse().unwrap_or(u32::MAX) }
    }
}

impl Aggregate for Calendars {
    type State = CalendarState;
    type Command = Publish;
    type Event = Published;
    type Facts = ();

    const KIND: &'static str = "calendar";

    fn event_kind(_: &Published) -> &'static str {
        "published"
    }

    fn decide(state: &CalendarState, command: &Publish, (): &()) -> Result<Vec<Published>, Refusal> {
        let calendar = Calendar::parse(&command.toml)
            .map_err(|error| Refusal::field("toml", "calendar-unreadable").with("error", error))?;
        if state.versions.iter().any(|version| version == calendar.version()) {
            return Err(Refusal::field("toml", "version-not-new").with("last", calendar.version()));
        }
        Ok(vec![Published::Published {
            version: calendar.version().to_owned(),
            effective_from: None,
            toml: command.toml.clone(),
        }])
    }

    fn fold(mut state: CalendarState, event: &Recorded<Published>) -> CalendarState {
        let Published::Published { version, .. } = &event.event;
        state.versions.push(version.clone());
        state
    }
}

impl Shell for Procedures {
    fn facts(_: &mut Work<'_>, _: &ProcedureState, _: &Publish, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    fn permit(_: &ProcedureState, _: &Publish, (): &(), by: &By) -> Result<Actor, Failure> {
        operator(by)
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &ProcedureState, _: &ProcedureState) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for Calendars {
    fn facts(_: &mut Work<'_>, _: &CalendarState, _: &Publish, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    fn permit(_: &CalendarState, _: &Publish, (): &(), by: &By) -> Result<Actor, Failure> {
        operator(by)
    }

    fn with_actor((): &mut (), _: Actor) {}

    /// A changed notice moves open limits, and the journal says so (PRODUCT rule 2).
    fn after(work: &mut Work<'_>, _: &str, before: &CalendarState, _: &CalendarState) -> Result<(), Failure> {
        if before.versions.is_empty() { Ok(()) } else { crate::jobs::recompute_all(work) }
    }
}

/// Configuration is published at the shell of the server.
fn operator(by: &By) -> Result<Actor, Failure> {
    match by {
        By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
        _ => Err(Failure::NotPermitted),
    }
}
