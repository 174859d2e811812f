//! The messages. One form for the line and for files, the same upwards and downwards, so that
//! two installations of this platform understand each other; docs/exchange.md describes it to
//! others. `number` is always the number under which the matter was handed down.

use kernel::time::{Date, Instant, Zone};
use kernel::{Refusal, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// What a message says.
    Kind, "exchange-kind" {
        /// From above: handle this.
        HandedDown = "handed_down",
        /// From above: it is to be done again.
        Redo = "redo",
        /// From above: it is urged.
        Urged = "urged",
        /// From above: it is taken back.
        Recalled = "recalled",
        /// From above: until when it has.
        LimitSet = "limit_set",
        /// From below: it is here, under this number.
        Received = "received",
        /// From below: how far it is.
        Progress = "progress",
        /// From below: more time is asked for.
        ExtensionAsked = "extension_asked",
        /// From below: it is none of ours.
        Returned = "returned",
        /// From below: the result.
        Answered = "answered",
        /// From below: how it ended.
        Closed = "closed",
    }
}

impl Kind {
    /// Whether it is sent from the platform above to the one below.
    pub fn is_downward(self) -> bool {
        matches!(self, Self::HandedDown | Self::Redo | Self::Urged | Self::Recalled | Self::LimitSet)
    }

    /// As messages name it.
    pub fn wire(self) -> String {
        format!("matter.{}", self.code())
    }
}

/// A message.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    /// Names it: sent again, it is the same one.
    pub id: String,
    /// When what it says happened.
    pub timestamp: Instant,
    /// What it says.
    #[serde(flatten)]
    pub said: Said,
}

/// What a message says. Holds personal data in the clear: no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[allow(missing_docs, reason = "the variants are those of `Kind`")]
pub enum Said {
    #[serde(rename = "matter.handed_down")]
    HandedDown(Box<HandedDown>),
    #[serde(rename = "matter.redo")]
    Redo(Limited),
    #[serde(rename = "matter.urged")]
    Urged(Words),
    #[serde(rename = "matter.recalled")]
    Recalled(Words),
    #[serde(rename = "matter.limit_set")]
    LimitSet(Limited),
    #[serde(rename = "matter.received")]
    Received(Received),
    #[serde(rename = "matter.progress")]
    Progress(Progress),
    #[serde(rename = "matter.extension_asked")]
    ExtensionAsked(ExtensionAsked),
    #[serde(rename = "matter.returned")]
    Returned(Returned),
    #[serde(rename = "matter.answered")]
    Answered(Answered),
    #[serde(rename = "matter.closed")]
    Closed(Closed),
}

impl Said {
    /// Which it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::HandedDown(_) => Kind::HandedDown,
            Self::Redo(_) => Kind::Redo,
            Self::Urged(_) => Kind::Urged,
            Self::Recalled(_) => Kind::Recalled,
            Self::LimitSet(_) => Kind::LimitSet,
            Self::ExtensionAsked(_) => Kind::ExtensionAsked,
            Self::Received(_) => Kind::Received,
            Self::Progress(_) => Kind::Progress,
            Self::Returned(_) => Kind::Returned,
            Self::Answered(_) => Kind::Answered,
            Self::Closed(_) => Kind::Closed,
        }
    }

    /// The number it is about.
    pub fn number(&self) -> &str {
        match self {
            Self::HandedDown(said) => &said.number,
            Self::Redo(said) | Self::LimitSet(said) => &said.number,
            Self::Urged(said) | Self::Recalled(said) => &said.number,
            Self::ExtensionAsked(said) => &said.number,
            Self::Returned(said) => &said.number,
            Self::Received(said) => &said.number,
            Self::Progress(said) => &said.number,
            Self::Answered(said) => &said.number,
            Self::Closed(said) => &said.number,
        }
    }
}

/// A matter that is handed down.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandedDown {
    /// Its number there.
    pub number: String,
    /// Until when it is to be answered there: a time, or a date, which ends at 24:00.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `help`, `consultation`, `complaint` or `suggestion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeal_type: Option<String>,
    /// Code of its category, where both sides have the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Code of the county or township it is about (GB/T 2260 and 10114).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// One line.
    pub title: String,
    /// The whole story.
    pub text: String,
    /// What should happen.
    pub expected: String,
    /// Who filed it; empty for one whose identity is kept secret 保密.
    pub contact: Contact,
    /// Whether the identity is kept secret.
    pub shielded: bool,
    /// Photos and papers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
}

/// Who filed it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "as in the contact card of a matter")]
pub struct Contact {
    pub name: String,
    pub phone: String,
    pub enterprise: String,
    pub credit_code: String,
    pub email: String,
    pub address: String,
}

/// A file.
#[derive(Clone, Serialize, Deserialize)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Base64 (RFC 4648 §4).
    pub content: String,
}

/// Some words about a matter.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// The number it was handed down under.
    pub number: String,
    /// Why.
    pub text: String,
}

/// Words with a limit.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Limited {
    /// The number it was handed down under.
    pub number: String,
    /// Until when it has from now on, as in [`HandedDown`]; left out, as before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Why.
    pub text: String,
}

/// More time is asked for.
#[derive(Clone, Serialize, Deserialize)]
pub struct ExtensionAsked {
    /// The number it was handed down under.
    pub number: String,
    /// The last day that is asked for.
    pub until: Date,
    /// Code of one of the grounds for an extension above, where the sender knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Why.
    #[serde(default)]
    pub text: String,
}

/// It is none of theirs.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Returned {
    /// The number it was handed down under.
    pub number: String,
    /// Code of one of the grounds for an objection above, where the sender knows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Why.
    pub text: String,
}

/// It has arrived.
#[derive(Clone, Serialize, Deserialize)]
pub struct Received {
    /// The number it was handed down under.
    pub number: String,
    /// Its number below.
    #[serde(default)]
    pub own_number: String,
}

/// How far it is.
#[derive(Clone, Serialize, Deserialize)]
pub struct Progress {
    /// The number it was handed down under.
    pub number: String,
    /// What happened, e.g. `accepted`, `assigned`, `extended`, `redo`.
    #[serde(default)]
    pub stage: String,
    /// The same in words.
    #[serde(default)]
    pub text: String,
}

/// The result.
#[derive(Clone, Serialize, Deserialize)]
pub struct Answered {
    /// The number it was handed down under.
    pub number: String,
    /// What the appellant was answered.
    pub text: String,
    /// `solved`, `partly`, `explained` or `not_yet`: one for all of it, or one a demand.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// When; the message's own time where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Instant>,
    /// Photos and papers that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<File>,
}

/// How it ended.
#[derive(Clone, Serialize, Deserialize)]
pub struct Closed {
    /// The number it was handed down under.
    pub number: String,
    /// Closing type below, in words.
    #[serde(default)]
    pub text: String,
}

/// A limit as it came: a time, or a date that ends at 24:00 local time.
///
/// # Errors
/// `exchange-due-unreadable`.
pub fn due(written: &str, zone: &Zone) -> Result<Instant, Refusal> {
    let written = written.trim();
    let day = || written.replace('/', "-").parse::<Date>().ok().map(|day| zone.end_of_day(day));
    Instant::parse(written).ok().or_else(day).ok_or_else(|| Refusal::field("due", "exchange-due-unreadable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reads_as_it_is_written() {
        let words = Limited { number: "202611180003".into(), due: None, text: "请重新核实".into() };
        let at = Instant::parse("2026-11-18T01:30:00Z").expect("a time");
        let sent = Message { id: "m1".into(), timestamp: at, said: Said::Redo(words) };
        let written = serde_json::to_value(&sent).expect("JSON");
        assert_eq!(
            written,
            serde_json::json!({
                "id": "m1", "timestamp": at.to_string(), "type": "matter.redo",
                "data": { "number": "202611180003", "text": "请重新核实" },
            })
        );
        let read: Message = serde_json::from_value(written).expect("reads");
        assert_eq!((read.said.kind(), read.said.number()), (Kind::Redo, "202611180003"));
        assert_eq!(read.said.kind().wire(), "matter.redo");
    }

    #[test]
    fn what_a_newer_platform_adds_is_passed_over() {
        let json = r#"{"id":"m","timestamp":"2026-11-18T01:30:00Z","type":"matter.received","sent_by":"x",
                       "data":{"number":"7","own_number":"8","colour":"red"}}"#;
        let read: Message = serde_json::from_str(json).expect("reads");
        assert_eq!(read.said.number(), "7");
    }

    #[test]
    fn a_limit_is_a_time_or_a_day_that_ends_at_midnight() {
        let zone = Zone::default();
        let at = |written| due(written, &zone).expect("a limit");
        let is = |time| Instant::parse(time).expect("a time");
        assert_eq!(at("2026-12-01T09:00:00+08:00"), is("2026-12-01T01:00:00Z"));
        assert_eq!(at("2026-12-01"), is("2026-12-01T16:00:00Z"));
        assert_eq!(due("soon", &zone).expect_err("no limit").code, "exchange-due-unreadable");
    }
}
