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

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Tells these, where they were not told yet.
    Tell(Vec<Notice>),
    /// One went out by a channel.
    Sent {
        /// Which.
        key: String,
        /// By what.
        channel: Channel,
    },
    /// One can never go out by a channel.
    Failed {
        /// Which.
        key: String,
        /// By what.
        channel: Channel,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Told(Notice),
    Sent { key: String, channel: Channel },
    Failed { key: String, channel: Channel },
}

/// One notice with what became of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was told.
    pub notice: Notice,
    /// When.
    pub at: Instant,
    /// The channels that are through with it, and when: sent, or never to be.
    pub through: BTreeMap<Channel, (Instant, bool)>,
}

/// All notices of one matter.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    /// By name.
    pub told: BTreeMap<String, Told>,
}

impl Notices {
    /// Whether that channel is through with that notice.
    pub fn is_through(&self, key: &str, channel: Channel) -> bool {
        self.told.get(key).is_some_and(|told| told.through.contains_key(&channel))
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
        }
    }

    /// Nothing is told twice, nor reported twice.
    fn decide(state: &Notices, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        let report = |key: &String, channel: Channel, event: Event| match state.told.get(key) {
            None => Err(Refusal::new("no-such-notice")),
            Some(told) if told.through.contains_key(&channel) => Ok(Vec::new()),
            Some(_) => Ok(vec![event]),
        };
        match command {
            Command::Tell(notices) => {
                let mut fresh: BTreeMap<&str, &Notice> = BTreeMap::new();
                for notice in notices.iter().filter(|notice| !state.told.contains_key(&notice.key)) {
                    fresh.entry(&notice.key).or_insert(notice);
                }
                Ok(fresh.into_values().cloned().map(Event::Told).collect())
            }
            Command::Sent { key, channel } => {
                report(key, *channel, Event::Sent { key: key.clone(), channel: *channel })
            }
            Command::Failed { key, channel } => {
                report(key, *channel, Event::Failed { key: key.clone(), channel: *channel })
            }
        }
    }

    fn fold(mut state: Notices, event: &Recorded<Event>) -> Notices {
        let at = event.at();
        let mut through = |key: &String, channel: Channel, sent: bool| {
            if let Some(told) = state.told.get_mut(key) {
                told.through.insert(channel, (at, sent));
            }
        };
        match &event.event {
            Event::Told(notice) => {
                let told = Told { notice: notice.clone(), at, through: BTreeMap::new() };
                state.told.insert(notice.key.clone(), told);
            }
            Event::Sent { key, channel } => through(key, *channel, true),
            Event::Failed { key, channel } => through(key, *channel, false),
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
        let sent = Command::Sent { key: "1".into(), channel: Channel::Email };
        let (state, reported) = after(state, &sent);
        assert_eq!((reported, state.is_through("1", Channel::Email)), (1, true));
        assert!(!state.is_through("1", Channel::Sms) && !state.is_through("2", Channel::Email));
        assert_eq!(after(state, &sent).1, 0, "a report again changes nothing");
        let unknown = Command::Sent { key: "9".into(), channel: Channel::Email };
        assert!(NoticeRules::decide(&Notices::default(), &unknown, &()).is_err());
    }
}
