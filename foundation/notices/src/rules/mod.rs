//! What was told to whom about one matter, or about another page of the product, as a stream of
//! its own: the matter's own version does not move when somebody is written to. Pure.

mod deadlines;
mod occasions;
mod quiet;

pub use deadlines::{Deadline, deadlines};
pub use occasions::{Audience, DESK, DESK_AND_HEAD, OFFICE, Occasion, occasions};
pub use quiet::{Choice, Hours, may_go_at};

use kernel::time::Instant;
use kernel::{AccountId, Aggregate, MatterId, NodeId, Recorded, Refusal, codes};
use matters::configuration::NoticeKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// By what somebody is reached.
    Channel, "notice-channel" {
        /// 站内
        InApp = "in_app",
        /// 电子邮件
        Email = "email",
        /// 短信
        Sms = "sms",
        /// 企业微信
        Wecom = "wecom",
        /// 钉钉
        Dingtalk = "dingtalk",
    }
}

impl Channel {
    /// What carries it out of the house; none for what stands on the pages.
    pub fn carried(self) -> Option<mail::Channel> {
        match self {
            Self::InApp => None,
            Self::Email => Some(mail::Channel::Email),
            Self::Sms => Some(mail::Channel::Sms),
            Self::Wecom => Some(mail::Channel::Wecom),
            Self::Dingtalk => Some(mail::Channel::Dingtalk),
        }
    }
}

/// To whom a notice goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recipient {
    /// Somebody with a post.
    Account {
        /// Whose account.
        account: AccountId,
    },
    /// The one who filed the matter.
    Appellant,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A matter.
    Matter(MatterId),
    /// Something else that has a page.
    Page(Leads),
}

/// A page of the product: what it is called, and its path from the root. Neither names anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads {
    /// What it is called, e.g. the title of a knowledge item.
    pub name: String,
    /// Its path, e.g. `/knowledge/items/…`.
    pub href: String,
}

/// One notice. Of a matter it holds no words and nobody's data: both are looked up when it is
/// sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Names it within the matter; the same occasion gives the same name.
    pub key: String,
    /// What for.
    pub kind: NoticeKind,
    /// To whom.
    pub to: Recipient,
    /// The assignment it is about.
    #[serde(default)]
    pub node: Option<NodeId>,
    /// The limit it speaks of.
    #[serde(default)]
    pub due: Option<Instant>,
    /// The page it is about, where that is no matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Leads>,
}

codes! {
    /// What became of a notice on a way out of the house.
    Fate, "notices-way" {
        /// It went out.
        Sent = "sent",
        /// It can never go out, or is too old to be of use.
        Failed = "failed",
        /// Nobody took it however often it was tried; it may still be sent again.
        GivenUp = "given_up",
    }
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Tells these, where they were not told yet.
    Tell(Vec<Notice>),
    /// What became of one on a channel.
    Report {
        /// Which.
        key: String,
        /// By what.
        channel: Channel,
        /// What became of it.
        fate: Fate,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "as the command and the fates say")]
pub enum Event {
    Told(Notice),
    Sent { key: String, channel: Channel },
    Failed { key: String, channel: Channel },
    GivenUp { key: String, channel: Channel },
}

impl Event {
    fn of(fate: Fate, key: &str, channel: Channel) -> Self {
        let key = key.to_owned();
        match fate {
            Fate::Sent => Self::Sent { key, channel },
            Fate::Failed => Self::Failed { key, channel },
            Fate::GivenUp => Self::GivenUp { key, channel },
        }
    }
}

/// One notice with what became of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was told.
    pub notice: Notice,
    /// When.
    pub at: Instant,
    /// What became of it by each channel so far, and when.
    pub fates: BTreeMap<Channel, (Instant, Fate)>,
}

/// All notices of one matter.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    /// By name.
    pub told: BTreeMap<String, Told>,
}

impl Notices {
    /// Whether that channel is through with that notice: sent, or never to be.
    pub fn is_through(&self, key: &str, channel: Channel) -> bool {
        self.told.get(key).is_some_and(|told| told.fate(channel).is_some_and(Fate::is_final))
    }
}

impl Told {
    fn fate(&self, channel: Channel) -> Option<Fate> {
        self.fates.get(&channel).map(|(_, fate)| *fate)
    }
}

impl Fate {
    fn is_final(self) -> bool {
        self != Self::GivenUp
    }
}

/// The pure rules of the streams `notice:<matter>`, and `notice:<kind>-<id>` of other things.
#[derive(Clone, Copy, Debug)]
pub struct NoticeRules;

impl Aggregate for NoticeRules {
    type State = Notices;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "notice";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Told(_) => "told",
            Event::Sent { .. } => "sent",
            Event::Failed { .. } => "failed",
            Event::GivenUp { .. } => "given_up",
        }
    }

    /// Nothing is told twice, nor reported twice.
    fn decide(state: &Notices, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Tell(notices) => {
                let mut fresh: BTreeMap<&str, &Notice> = BTreeMap::new();
                for notice in notices.iter().filter(|notice| !state.told.contains_key(&notice.key)) {
                    fresh.entry(&notice.key).or_insert(notice);
                }
                Ok(fresh.into_values().cloned().map(Event::Told).collect())
            }
            Command::Report { key, channel, fate } => {
                let told = state.told.get(key).ok_or_else(|| Refusal::new("no-such-notice"))?;
                let known = told.fate(*channel).is_some_and(|known| known.is_final() || known == *fate);
                Ok(if known { Vec::new() } else { vec![Event::of(*fate, key, *channel)] })
            }
        }
    }

    fn fold(mut state: Notices, event: &Recorded<Event>) -> Notices {
        let at = event.at();
        let mut became = |key: &String, channel: Channel, fate: Fate| {
            if let Some(told) = state.told.get_mut(key) {
                told.fates.insert(channel, (at, fate));
            }
        };
        match &event.event {
            Event::Told(notice) => {
                let told = Told { notice: notice.clone(), at, fates: BTreeMap::new() };
                state.told.insert(notice.key.clone(), told);
            }
            Event::Sent { key, channel } => became(key, *channel, Fate::Sent),
            Event::Failed { key, channel } => became(key, *channel, Fate::Failed),
            Event::GivenUp { key, channel } => became(key, *channel, Fate::GivenUp),
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Actor, Source};

    fn notice(key: &str) -> Notice {
        Notice {
            key: key.into(),
            kind: NoticeKind::Receipt,
            to: Recipient::Appellant,
            node: None,
            due: None,
            page: None,
        }
    }

    fn after(state: Notices, command: &Command) -> (Notices, usize) {
        let events = NoticeRules::decide(&state, command, &()).expect("decided");
        let count = events.len();
        let at = Instant::from_micros(1);
        let fold = |state, event| {
            let (actor, source) = (Actor::System { job: "notices".into() }, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            NoticeRules::fold(state, &entry)
        };
        (events.into_iter().fold(state, fold), count)
    }

    #[test]
    fn nothing_is_told_or_reported_twice() {
        let tell = Command::Tell(vec![notice("1"), notice("2"), notice("1")]);
        let (state, told) = after(Notices::default(), &tell);
        assert_eq!(told, 2);
        let (state, told) = after(state, &tell);
        assert_eq!(told, 0);
        let email = |key: &str, fate| Command::Report { key: key.into(), channel: Channel::Email, fate };
        let sent = email("1", Fate::Sent);
        let (state, reported) = after(state, &sent);
        assert_eq!((reported, state.is_through("1", Channel::Email)), (1, true));
        assert!(!state.is_through("1", Channel::Sms) && !state.is_through("2", Channel::Email));
        assert_eq!(after(state.clone(), &sent).1, 0, "a report again changes nothing");
        assert!(NoticeRules::decide(&Notices::default(), &email("9", Fate::Sent), &()).is_err());
        assert_eq!(after(state, &email("1", Fate::GivenUp)).1, 0, "what went out was not given up");
    }

    #[test]
    fn what_was_given_up_may_still_go_out_or_be_too_late() {
        let report = |fate| Command::Report { key: "1".into(), channel: Channel::Sms, fate };
        let (state, _) = after(Notices::default(), &Command::Tell(vec![notice("1")]));
        let (state, reported) = after(state, &report(Fate::GivenUp));
        assert_eq!((reported, state.is_through("1", Channel::Sms)), (1, false));
        assert_eq!(after(state.clone(), &report(Fate::GivenUp)).1, 0, "once");
        for last in [Fate::Sent, Fate::Failed] {
            let (state, reported) = after(state.clone(), &report(last));
            assert_eq!((reported, state.is_through("1", Channel::Sms)), (1, true));
        }
    }
}
