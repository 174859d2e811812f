//! One matter that passed between two platforms: under which number, which matter (and, below,
//! which assignment) it is here, and every message about it, once.

use super::partner::Direction;
use super::wire::Kind;
use kernel::{Aggregate, MatterId, NodeId, Recorded, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Code of the other platform.
    pub partner: String,
    /// Where that stands.
    pub direction: Direction,
    /// The number it was handed down under.
    pub number: String,
    /// The matter here.
    pub matter: MatterId,
    /// The assignment it handles, where it was handed down from here.
    pub node: Option<NodeId>,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// It passes.
    Open(Passed),
    /// A message that came and was acted on; again it is nothing new.
    Hear {
        /// Its id.
        message: String,
        /// What it said.
        kind: Kind,
        /// The number of the matter on the other side, where it named one.
        other_number: Option<String>,
    },
    /// A message that is to be sent.
    Tell {
        /// Its id.
        message: String,
        /// What it says.
        kind: Kind,
    },
    /// It has arrived.
    Deliver {
        /// Its id.
        message: String,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Opened { passed: Passed },
    Heard { message: String, kind: Kind, other_number: Option<String> },
    Told { message: String, kind: Kind },
    Delivered { message: String },
}

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// None: nothing passed.
    pub passed: Option<Passed>,
    /// Ids of the messages that came.
    pub heard: BTreeSet<String>,
    /// Those to be sent, and whether they have arrived.
    pub told: BTreeMap<String, bool>,
}

/// The pure rules of the streams `exchange:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct HandoverRules;

impl Aggregate for HandoverRules {
    type State = Handover;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "exchange";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Opened { .. } => "opened",
            Event::Heard { .. } => "heard",
            Event::Told { .. } => "told",
            Event::Delivered { .. } => "delivered",
        }
    }

    fn decide(state: &Handover, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        let one = |event| Ok(vec![event]);
        let Some(passed) = &state.passed else {
            return match command.clone() {
                Command::Open(passed) => one(Event::Opened { passed }),
                _ => Err(Refusal::new("exchange-number-unknown")),
            };
        };
        match command.clone() {
            Command::Open(_) => Ok(Vec::new()),
            Command::Hear { message, .. } if state.heard.contains(&message) => Ok(Vec::new()),
            Command::Hear { message, kind, other_number } => {
                passes(passed.direction, kind, true)?;
                one(Event::Heard { message, kind, other_number })
            }
            Command::Tell { message, .. } if state.told.contains_key(&message) => Ok(Vec::new()),
            Command::Tell { message, kind } => {
                passes(passed.direction, kind, false)?;
                one(Event::Told { message, kind })
            }
            Command::Deliver { message } => match state.told.get(&message) {
                Some(false) => one(Event::Delivered { message }),
                Some(true) => Ok(Vec::new()),
                None => Err(Refusal::new("exchange-message-unknown")),
            },
        }
    }

    fn fold(mut state: Handover, event: &Recorded<Event>) -> Handover {
        match event.event.clone() {
            Event::Opened { passed } => state.passed = Some(passed),
            Event::Heard { message, .. } => drop(state.heard.insert(message)),
            Event::Told { message, .. } => drop(state.told.insert(message, false)),
            Event::Delivered { message } => drop(state.told.insert(message, true)),
        }
        state
    }
}

/// Who stands above instructs, and who stands below reports: nothing passes the other way.
///
/// # Errors
/// `exchange-wrong-way`.
pub fn passes(other: Direction, kind: Kind, incoming: bool) -> Result<(), Refusal> {
    let downward = (other == Direction::Above) == incoming;
    if kind.is_downward() == downward { Ok(()) } else { Err(Refusal::field("type", "exchange-wrong-way")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Instant;
    use kernel::{Actor, Source};
    use uuid::Uuid;

    fn after(state: Handover, command: &Command) -> Handover {
        let events = HandoverRules::decide(&state, command, &()).expect("decided");
        events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            HandoverRules::fold(state, &entry)
        })
    }

    fn opened(direction: Direction) -> Handover {
        let passed = Passed {
            partner: "province".into(),
            direction,
            number: "S1".into(),
            matter: MatterId(Uuid::nil()),
            node: None,
        };
        after(Handover::default(), &Command::Open(passed))
    }

    fn tell(kind: Kind) -> Command {
        Command::Tell { message: kind.code().into(), kind }
    }

    fn hear(kind: Kind) -> Command {
        Command::Hear { message: kind.code().into(), kind, other_number: None }
    }

    #[test]
    fn who_is_above_instructs_and_who_is_below_reports() {
        for kind in Kind::ALL {
            let (above, below) = (opened(Direction::Above), opened(Direction::Below));
            let fine = |state: &Handover, command| HandoverRules::decide(state, &command, &()).is_ok();
            assert_eq!(fine(&above, hear(*kind)), kind.is_downward(), "{kind:?}");
            assert_eq!(fine(&above, tell(*kind)), !kind.is_downward(), "{kind:?}");
            assert_eq!(fine(&below, hear(*kind)), !kind.is_downward(), "{kind:?}");
            assert_eq!(fine(&below, tell(*kind)), kind.is_downward(), "{kind:?}");
        }
    }

    #[test]
    fn a_message_counts_once() {
        let heard = after(opened(Direction::Above), &hear(Kind::Redo));
        assert!(HandoverRules::decide(&heard, &hear(Kind::Redo), &()).expect("known").is_empty());
        let told = after(heard, &tell(Kind::Answered));
        let deliver = Command::Deliver { message: Kind::Answered.code().into() };
        let delivered = after(told, &deliver);
        assert_eq!(delivered.told.values().copied().collect::<Vec<_>>(), [true]);
        assert!(HandoverRules::decide(&delivered, &deliver, &()).expect("known").is_empty());
        let other = Command::Deliver { message: "other".into() };
        assert!(HandoverRules::decide(&delivered, &other, &()).is_err());
    }

    #[test]
    fn nothing_is_said_of_what_never_passed() {
        let refused = HandoverRules::decide(&Handover::default(), &hear(Kind::Redo), &());
        assert_eq!(refused.expect_err("unknown").code, "exchange-number-unknown");
    }
}
