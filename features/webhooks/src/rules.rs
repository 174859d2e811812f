//! A subscription 订阅: where another system wants to be told, and of what. Pure.

use kernel::{Aggregate, Recorded, Refusal, codes};
use matters_rules::Event as Happened;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

codes! {
    /// What other systems can be told of. On the wire it is called `matter.` and the code.
    WebhookKind, "webhook-kind" {
        /// 登记
        Filed = "filed",
        /// 受理（含视为受理）
        Accepted = "accepted",
        /// 不予受理
        Declined = "declined",
        /// 交办
        Assigned = "assigned",
        /// 签收
        Signed = "signed",
        /// 期限调整
        Extended = "extended",
        /// 已答复：直接答复，或结果经审核
        Answered = "answered",
        /// 二次交办
        Redo = "redo",
        /// 督办
        Supervised = "supervised",
        /// 办结
        Closed = "closed",
        /// 撤回
        Withdrawn = "withdrawn",
    }
}

impl WebhookKind {
    /// What an event of a matter is told as; none for what stays in the house.
    pub fn of(event: &Happened) -> Option<Self> {
        use Happened as E;
        Some(match event {
            E::Filed(_) => Self::Filed,
            E::Accepted(_) => Self::Accepted,
            E::Declined => Self::Declined,
            E::Assigned(_) => Self::Assigned,
            E::Signed { .. } => Self::Signed,
            E::ExtensionGranted { .. } | E::Paused { .. } => Self::Extended,
            E::AnsweredDirectly { .. } | E::ResultApproved { .. } | E::MasterFollowed { .. } => {
                Self::Answered
            }
            E::RedoOrdered { .. } => Self::Redo,
            E::Supervised(_) => Self::Supervised,
            E::Closed { .. } => Self::Closed,
            E::Withdrawn { .. } => Self::Withdrawn,
            _ => return None,
        })
    }

    /// As requests name it.
    pub fn wire(self) -> String {
        format!("matter.{}", self.code())
    }
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// A new one.
    Add {
        /// Where to.
        url: String,
        /// Of what.
        kinds: BTreeSet<WebhookKind>,
        /// What requests are signed with, sealed.
        secret: String,
    },
    /// Elsewhere, or of something else.
    Change {
        /// Where to.
        url: String,
        /// Of what.
        kinds: BTreeSet<WebhookKind>,
    },
    /// A new secret, sealed: the old one holds no more.
    Renew {
        /// The secret.
        secret: String,
    },
    /// Told again, or not for the time being.
    Turn {
        /// Whether it is told.
        on: bool,
    },
    /// For good.
    Remove,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Added { url: String, kinds: BTreeSet<WebhookKind>, secret: String },
    Changed { url: String, kinds: BTreeSet<WebhookKind> },
    Renewed { secret: String },
    Turned { on: bool },
    Removed,
}

/// One subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Webhook {
    /// Where to; empty: it never was.
    pub url: String,
    /// Of what.
    pub kinds: BTreeSet<WebhookKind>,
    /// The sealed secret.
    pub secret: String,
    /// Whether it is told.
    pub on: bool,
    /// It is gone.
    pub removed: bool,
}

/// What the rules must know: whether the address is one that may be sent to.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// It reads as the address of a web server.
    pub reads: bool,
    /// [`outward::guard::Guard::lets`].
    pub allowed: bool,
}

/// The pure rules of the streams `webhook:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct WebhookRules;

impl Aggregate for WebhookRules {
    type State = Webhook;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "webhook";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Added { .. } => "added",
            Event::Changed { .. } => "changed",
            Event::Renewed { .. } => "renewed",
            Event::Turned { .. } => "turned",
            Event::Removed => "removed",
        }
    }

    fn decide(state: &Webhook, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let known = !state.url.is_empty() && !state.removed;
        if !known && !matches!(command, Command::Add { .. }) {
            return Err(Refusal::new("webhook-gone"));
        }
        Ok(match command.clone() {
            Command::Add { .. } if !state.url.is_empty() => Vec::new(),
            Command::Add { url, kinds, secret } => {
                fits(&kinds, facts)?;
                vec![Event::Added { url, kinds, secret }]
            }
            Command::Change { url, kinds } => {
                fits(&kinds, facts)?;
                let same = (&url, &kinds) == (&state.url, &state.kinds);
                if same { Vec::new() } else { vec![Event::Changed { url, kinds }] }
            }
            Command::Renew { secret } => vec![Event::Renewed { secret }],
            Command::Turn { on } if on == state.on => Vec::new(),
            Command::Turn { on } => vec![Event::Turned { on }],
            Command::Remove => vec![Event::Removed],
        })
    }

    fn fold(state: Webhook, event: &Recorded<Event>) -> Webhook {
        match event.event.clone() {
            Event::Added { url, kinds, secret } => Webhook { url, kinds, secret, on: true, removed: false },
            Event::Changed { url, kinds } => Webhook { url, kinds, ..state },
            Event::Renewed { secret } => Webhook { secret, ..state },
            Event::Turned { on } => Webhook { on, ..state },
            Event::Removed => Webhook { secret: String::new(), on: false, removed: true, ..state },
        }
    }
}

fn fits(kinds: &BTreeSet<WebhookKind>, facts: &Facts) -> Result<(), Refusal> {
    if !facts.reads {
        return Err(Refusal::field("url", "webhook-url-malformed"));
    }
    if !facts.allowed {
        return Err(Refusal::field("url", "webhook-url-refused"));
    }
    if kinds.is_empty() {
        return Err(Refusal::field("kinds", "webhook-kinds-missing"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Instant;
    use kernel::{Actor, Source};

    const FINE: Facts = Facts { reads: true, allowed: true };

    fn after(state: Webhook, command: &Command) -> Webhook {
        let events = WebhookRules::decide(&state, command, &FINE).expect("decided");
        events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            WebhookRules::fold(state, &entry)
        })
    }

    fn added() -> Webhook {
        let kinds = BTreeSet::from([WebhookKind::Closed]);
        let add = Command::Add { url: "https://a.example.cn/".into(), kinds, secret: "sealed".into() };
        after(Webhook::default(), &add)
    }

    #[test]
    fn it_is_told_until_turned_off_and_gone_for_good() {
        let webhook = added();
        assert!(webhook.on && webhook.kinds.contains(&WebhookKind::Closed));
        let off = after(webhook.clone(), &Command::Turn { on: false });
        assert!(!off.on);
        let renewed = after(off, &Command::Renew { secret: "other".into() });
        assert_eq!(renewed.secret, "other");
        let gone = after(renewed, &Command::Remove);
        assert!(gone.removed && !gone.on && gone.secret.is_empty());
        let again = WebhookRules::decide(&gone, &Command::Turn { on: true }, &FINE);
        assert_eq!(again.expect_err("gone").code, "webhook-gone");
    }

    #[test]
    fn an_address_must_read_and_be_allowed_and_something_be_told() {
        let add = |kinds: &[WebhookKind]| Command::Add {
            url: "https://a.example.cn/".into(),
            kinds: kinds.iter().copied().collect(),
            secret: String::new(),
        };
        let code = |command: &Command, facts: Facts| {
            WebhookRules::decide(&Webhook::default(), command, &facts).expect_err("refused").code
        };
        let one = [WebhookKind::Filed];
        assert_eq!(code(&add(&one), Facts { reads: false, allowed: false }), "webhook-url-malformed");
        assert_eq!(code(&add(&one), Facts { reads: true, allowed: false }), "webhook-url-refused");
        assert_eq!(code(&add(&[]), FINE), "webhook-kinds-missing");
    }

    #[test]
    fn nobody_outside_is_told_of_a_grade_or_a_message() {
        assert_eq!(WebhookKind::of(&Happened::Archived), None);
        assert_eq!(WebhookKind::of(&Happened::Declined), Some(WebhookKind::Declined));
        assert_eq!(WebhookKind::Closed.wire(), "matter.closed");
    }
}
