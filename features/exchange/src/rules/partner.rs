//! Another platform 对接平台: one above that hands matters down, or one below that handles them
//! for a unit of this city.

use kernel::{Aggregate, Recorded, Refusal, UnitId, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// Where it stands.
    Direction, "exchange-direction" {
        /// 上级平台: it hands matters down to this one.
        Above = "above",
        /// 下级平台: it handles matters for a unit of this one.
        Below = "below",
    }
}

codes! {
    /// How messages pass.
    Adapter, "exchange-adapter" {
        /// Signed requests over HTTP.
        Http = "http",
        /// Files in a folder that somebody's transfer carries on, and workbooks.
        Files = "files",
    }
}

/// What is agreed with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What it is called.
    pub name: String,
    /// Above: the office that receives what it hands down. Below: the unit whose assignments
    /// it handles.
    pub unit: UnitId,
    /// How messages pass.
    pub adapter: Adapter,
    /// Where it takes messages; empty for files.
    pub url: String,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// A new one. The secret is sealed.
    Add {
        /// Where it stands.
        direction: Direction,
        /// See [`Terms`].
        terms: Terms,
        /// What messages are signed with, both ways.
        secret: String,
    },
    /// On other terms.
    Change(Terms),
    /// Another secret, sealed: the old one holds no more.
    Renew {
        /// The secret.
        secret: String,
    },
    /// Messages wait, or pass again.
    Turn {
        /// Whether they pass.
        on: bool,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Added { direction: Direction, terms: Terms, secret: String },
    Changed { terms: Terms },
    Renewed { secret: String },
    Turned { on: bool },
}

/// One of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partner {
    /// None: it never was.
    pub terms: Option<Terms>,
    /// Whether messages pass.
    pub on: bool,
}

/// What the rules must know of what was typed.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The unit is known and takes work.
    pub unit: bool,
    /// Another platform below handles that unit's assignments already.
    pub taken: bool,
    /// The address reads as one of a web server.
    pub reads: bool,
    /// It may be sent to.
    pub allowed: bool,
}

/// Longest name, in characters.
pub const NAME_MAX: usize = 40;

/// The pure rules of the streams `partner:<code>`.
#[derive(Clone, Copy, Debug)]
pub struct PartnerRules;

impl Aggregate for PartnerRules {
    type State = Partner;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "partner";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Added { .. } => "added",
            Event::Changed { .. } => "changed",
            Event::Renewed { .. } => "renewed",
            Event::Turned { .. } => "turned",
        }
    }

    fn decide(state: &Partner, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let one = |event| Ok(vec![event]);
        match (command.clone(), &state.terms) {
            (Command::Add { .. }, Some(_)) => Err(Refusal::field("code", "exchange-code-taken")),
            (Command::Add { direction, terms, secret }, None) => {
                fits(&terms, facts)?;
                one(Event::Added { direction, terms, secret })
            }
            (_, None) => Err(Refusal::new("exchange-partner-unknown")),
            (Command::Change(terms), Some(held)) => {
                fits(&terms, facts)?;
                if terms == *held { Ok(Vec::new()) } else { one(Event::Changed { terms }) }
            }
            (Command::Renew { secret }, _) => one(Event::Renewed { secret }),
            (Command::Turn { on }, _) if on == state.on => Ok(Vec::new()),
            (Command::Turn { on }, _) => one(Event::Turned { on }),
        }
    }

    fn fold(state: Partner, event: &Recorded<Event>) -> Partner {
        match event.event.clone() {
            Event::Added { terms, .. } => Partner { terms: Some(terms), on: true },
            Event::Changed { terms } => Partner { terms: Some(terms), ..state },
            Event::Renewed { .. } => state,
            Event::Turned { on } => Partner { on, ..state },
        }
    }
}

fn fits(terms: &Terms, facts: &Facts) -> Result<(), Refusal> {
    let refuse = |field, code| Err(Refusal::field(field, code));
    match terms.name.trim().chars().count() {
        0 => return refuse("name", "exchange-name-missing"),
        n if n > NAME_MAX => {
            return Err(Refusal::field("name", "exchange-name-long").with("max", NAME_MAX));
        }
        _ => {}
    }
    if !facts.unit {
        return refuse("unit", "exchange-unit-unknown");
    }
    if facts.taken {
        return refuse("unit", "exchange-unit-taken");
    }
    match terms.adapter {
        Adapter::Http if !facts.reads => refuse("url", "exchange-url-malformed"),
        Adapter::Http if !facts.allowed => refuse("url", "exchange-url-refused"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Instant;
    use kernel::{Actor, Source};

    const FINE: Facts = Facts { unit: true, taken: false, reads: true, allowed: true };

    fn terms() -> Terms {
        Terms {
            name: "省12345平台".into(),
            unit: UnitId::from("office"),
            adapter: Adapter::Http,
            url: "https://a.example.cn/".into(),
        }
    }

    fn add(terms: Terms) -> Command {
        Command::Add { direction: Direction::Above, terms, secret: "sealed".into() }
    }

    fn after(state: Partner, command: &Command) -> Partner {
        let events = PartnerRules::decide(&state, command, &FINE).expect("decided");
        events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            PartnerRules::fold(state, &entry)
        })
    }

    #[test]
    fn a_code_is_given_once_and_messages_wait_while_it_is_off() {
        let partner = after(Partner::default(), &add(terms()));
        assert!(partner.on);
        let again = PartnerRules::decide(&partner, &add(terms()), &FINE);
        assert_eq!(again.expect_err("taken").code, "exchange-code-taken");
        let off = after(partner, &Command::Turn { on: false });
        assert!(!off.on);
        let unknown = PartnerRules::decide(&Partner::default(), &Command::Turn { on: true }, &FINE);
        assert_eq!(unknown.expect_err("unknown").code, "exchange-partner-unknown");
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        let refused = |terms: Terms, facts: Facts| {
            let refusal =
                PartnerRules::decide(&Partner::default(), &add(terms), &facts).expect_err("refused");
            (refusal.field.unwrap_or_default().to_string(), refusal.code)
        };
        let said = |field: &str, code: &'static str| (field.to_owned(), code);
        let nameless = Terms { name: " ".into(), ..terms() };
        assert_eq!(refused(nameless, FINE), said("name", "exchange-name-missing"));
        assert_eq!(refused(terms(), Facts { unit: false, ..FINE }), said("unit", "exchange-unit-unknown"));
        assert_eq!(refused(terms(), Facts { taken: true, ..FINE }), said("unit", "exchange-unit-taken"));
        assert_eq!(refused(terms(), Facts { reads: false, ..FINE }), said("url", "exchange-url-malformed"));
        assert_eq!(refused(terms(), Facts { allowed: false, ..FINE }), said("url", "exchange-url-refused"));
        let files = Terms { adapter: Adapter::Files, url: String::new(), ..terms() };
        let folder = Facts { reads: false, allowed: false, ..FINE };
        assert!(PartnerRules::decide(&Partner::default(), &add(files), &folder).is_ok());
    }
}
