//! 接待: a caller or visitor at the intake desk, from the first word to what came of it. An
//! appeal is one ending among several: calls that are none, and those handed to an emergency
//! service, are counted here and never become matters.
//!
//! Nothing personal is kept: a caller is known by a blind index alone, what was said stands
//! in the sealed draft and, once filed, in the matter.

use crate::codes::{Channel, EmergencyService, InvalidCall};
use kernel::time::Instant;
use kernel::{AccountId, Aggregate, MatterId, Recorded, Refusal, UnitId};
use serde::{Deserialize, Serialize};

/// What the officer at the desk may want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Someone is on the line, or at the counter.
    Begin {
        /// The office.
        office: UnitId,
        /// How they come.
        channel: Channel,
        /// Blind index of the caller's number, where known.
        caller: Option<String>,
    },
    /// Put aside while another is heard 挂起.
    Hold,
    /// Taken up again.
    Resume,
    /// Over.
    End(Ending),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ending", rename_all = "snake_case")]
pub enum Ending {
    /// An appeal was filed.
    Filed {
        /// Which.
        matter: MatterId,
        /// The channel as it was in the end.
        channel: Channel,
    },
    /// Handed to an emergency service.
    Emergency {
        /// Which.
        service: EmergencyService,
    },
    /// No appeal: harassment, a wrong number …
    Invalid {
        /// Why.
        reason: InvalidCall,
    },
    /// Given up by the officer, or left lying until its draft ended.
    GivenUp,
}

impl Ending {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Filed { .. } => "filed",
            Self::Emergency { .. } => "emergency",
            Self::Invalid { .. } => "invalid",
            Self::GivenUp => "given_up",
        }
    }
}

/// What happened at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Begun {
        office: UnitId,
        channel: Channel,
        #[serde(default)]
        caller: Option<String>,
    },
    Held,
    Resumed,
    Ended(Ending),
}

/// One caller or visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reception {
    /// When it began; none: it never did.
    pub begun_at: Option<Instant>,
    /// Whose desk it is: who began it, or took it up when it was held.
    pub officer: Option<AccountId>,
    /// The office.
    pub office: Option<UnitId>,
    /// How they come.
    pub channel: Option<Channel>,
    /// Blind index of the caller's number.
    pub caller: Option<String>,
    /// Since when it is held.
    pub held_at: Option<Instant>,
    /// Times it was held.
    pub holds: u32,
    /// What came of it.
    pub ending: Option<Ending>,
    /// When.
    pub ended_at: Option<Instant>,
}

/// The rules of a reception.
#[derive(Clone, Copy, Debug)]
pub struct ReceptionRules;

impl Aggregate for ReceptionRules {
    type State = Reception;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "reception";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Begun { .. } => "begun",
            Event::Held => "held",
            Event::Resumed => "resumed",
            Event::Ended(_) => "ended",
        }
    }

    /// Holding what is held, and resuming what is not, changes nothing: a key may be
    /// pressed twice.
    fn decide(state: &Reception, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        if state.ending.is_some() {
            return Err(Refusal::new("reception-ended"));
        }
        if let Command::Begin { office, channel, caller } = command {
            let begun = Event::Begun { office: office.clone(), channel: *channel, caller: caller.clone() };
            return Ok(if state.begun_at.is_none() { vec![begun] } else { Vec::new() });
        }
        if state.begun_at.is_none() {
            return Err(Refusal::new("reception-unknown"));
        }
        Ok(match command {
            Command::Hold if state.held_at.is_none() => vec![Event::Held],
            Command::Resume if state.held_at.is_some() => vec![Event::Resumed],
            Command::End(ending) => vec![Event::Ended(ending.clone())],
            Command::Begin { .. } | Command::Hold | Command::Resume => Vec::new(),
        })
    }

    fn fold(mut state: Reception, entry: &Recorded<Event>) -> Reception {
        match &entry.event {
            Event::Begun { office, channel, caller } => {
                state.begun_at = Some(entry.at());
                state.officer = entry.actor.account();
                state.office = Some(office.clone());
                state.channel = Some(*channel);
                state.caller.clone_from(caller);
            }
            Event::Held => {
                state.held_at = Some(entry.at());
                state.holds += 1;
            }
            // Whoever takes it up again has it.
            Event::Resumed => {
                state.held_at = None;
                state.officer = entry.actor.account().or(state.officer);
            }
            Event::Ended(ending) => {
                state.held_at = None;
                state.ended_at = Some(entry.at());
                state.ending = Some(ending.clone());
                if let Ending::Filed { channel, .. } = ending {
                    state.channel = Some(*channel);
                }
            }
        }
        state
    }
}
