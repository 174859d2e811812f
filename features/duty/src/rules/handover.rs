//! 交接班: what one shift leaves to the next: words, what was promised, and what is open,
//! counted and listed by the platform. The head of the next shift signs for it.

use kernel::permission::UnitPath;
use kernel::time::Instant;
use kernel::{AccountId, Actor, Aggregate, MatterId, Recorded, Refusal, UnitId};
use serde::{Deserialize, Serialize};

/// What was open in one respect when it was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Code of the tab of the desk, e.g. `review`.
    pub tab: String,
    /// How many.
    pub count: u64,
    /// The most pressing of them, by number.
    pub matters: Vec<(MatterId, String)>,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Hands over.
    Write {
        /// Which office.
        office: UnitId,
        /// Which shift, in words.
        shift: String,
        /// Free words, sealed.
        words: String,
        /// What was promised to whom until when, sealed.
        promised: String,
        /// What is open.
        open: Vec<Open>,
        /// Calls that are not over.
        calls: u64,
    },
    /// Takes over.
    Sign {
        /// What is noted on it, sealed; may be empty.
        note: String,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Written {
        office: UnitId,
        shift: String,
        words: String,
        promised: String,
        open: Vec<Open>,
        #[serde(default)]
        calls: u64,
    },
    Signed {
        #[serde(default)]
        note: String,
    },
}

/// One hand-over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handover {
    /// What was written, by whom and when; none: it never was.
    pub written: Option<Written>,
    /// Who signed for it, and when.
    pub signed: Option<(Option<AccountId>, Instant)>,
    /// What was noted with it, sealed.
    pub note: String,
}

/// What was handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Which office.
    pub office: UnitId,
    /// Which shift.
    pub shift: String,
    /// Free words, sealed.
    pub words: String,
    /// What was promised, sealed.
    pub promised: String,
    /// What was open.
    pub open: Vec<Open>,
    /// Calls that were not over.
    pub calls: u64,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    pub at: Instant,
}

/// What the rules must know.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Where the office stands.
    pub office: UnitPath,
    /// Who.
    pub actor: Actor,
}

/// The pure rules of the streams `handover:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct HandoverRules;

impl Aggregate for HandoverRules {
    type State = Handover;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "handover";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Written { .. } => "written",
            Event::Signed { .. } => "signed",
        }
    }

    fn decide(state: &Handover, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        match (command.clone(), &state.written) {
            (Command::Write { .. }, Some(_)) => Ok(Vec::new()),
            (Command::Write { office, shift, words, promised, open, calls }, None) => {
                Ok(vec![Event::Written { office, shift, words, promised, open, calls }])
            }
            (Command::Sign { .. }, None) => Err(Refusal::new("handover-unknown")),
            (Command::Sign { .. }, Some(_)) if state.signed.is_some() => Err(Refusal::new("handover-signed")),
            // Nobody takes over from themselves.
            (Command::Sign { .. }, Some(written))
                if written.by.is_some() && written.by == facts.actor.account() =>
            {
                Err(Refusal::new("handover-own"))
            }
            (Command::Sign { note }, Some(_)) => Ok(vec![Event::Signed { note }]),
        }
    }

    fn fold(mut state: Handover, entry: &Recorded<Event>) -> Handover {
        match entry.event.clone() {
            Event::Written { office, shift, words, promised, open, calls } => {
                let (by, at) = (entry.actor.account(), entry.at());
                state.written = Some(Written { office, shift, words, promised, open, calls, by, at });
            }
            Event::Signed { note } => {
                state.signed = Some((entry.actor.account(), entry.at()));
                state.note = note;
            }
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Source;
    use kernel::permission::Role;
    use uuid::Uuid;

    fn by(who: u128, state: Handover, command: &Command) -> Result<Handover, &'static str> {
        let actor = Actor::Person {
            account: AccountId(Uuid::from_u128(who)),
            unit: "ld-ztc".into(),
            role: Role::ShiftHead,
            stands_in_for: None,
        };
        let facts = Facts { office: UnitPath("ld/ld-ztc/".into()), actor: actor.clone() };
        let events = HandoverRules::decide(&state, command, &facts).map_err(|refusal| refusal.code)?;
        Ok(events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (actor.clone(), Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            HandoverRules::fold(state, &entry)
        }))
    }

    #[test]
    fn the_next_head_signs_once_and_nobody_for_themselves() {
        let write = Command::Write {
            office: "ld-ztc".into(),
            shift: "白班".into(),
            words: "sealed".into(),
            promised: String::new(),
            open: Vec::new(),
            calls: 0,
        };
        let sign = Command::Sign { note: String::new() };
        assert_eq!(by(2, Handover::default(), &sign), Err("handover-unknown"));
        let written = by(1, Handover::default(), &write).expect("written");
        assert_eq!(by(1, written.clone(), &sign), Err("handover-own"));
        let signed = by(2, written, &sign).expect("signed");
        assert_eq!(by(3, signed, &sign), Err("handover-signed"));
    }
}
