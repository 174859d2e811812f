//! A sheet put before a leader 呈批单、要情, and the links by which it is read. Pure.

use kernel::time::Instant;
use kernel::{Aggregate, MatterId, Recorded, Refusal, Sealed, SubjectId, codes};
use serde::{Deserialize, Serialize};

/// Sealed words.
pub type Text = Sealed<String>;

/// The longest a link holds, in hours: three days.
pub const HOURS_MAX: u32 = 72;

codes! {
    /// What is put before a leader.
    BriefKind, "brief-kind" {
        /// 呈批单: with the opinion proposed and room for the leader's.
        Submission = "submission",
        /// 要情: what a leader should know, on one page.
        Digest = "digest",
    }
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Writes one.
    Write(Box<Written>),
    /// A link that shows it for so many hours.
    GiveLink {
        /// From 1 to [`HOURS_MAX`].
        hours: u32,
    },
    /// A link that shows nothing from now on.
    TakeBackLink {
        /// Its number.
        link: u32,
    },
    /// By whoever holds the address: it is shown.
    Look {
        /// By which link.
        link: u32,
    },
    /// What the leader instructed on it was recorded.
    Instructed {
        /// The matter it became.
        matter: MatterId,
    },
}

/// A sheet as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Which.
    pub kind: BriefKind,
    /// Its number, e.g. 呈批〔2022〕3号.
    pub number: String,
    /// The post it is put before.
    pub post: String,
    /// The matter it is about.
    pub about: Option<MatterId>,
    /// Under whose key its words are sealed: those of its matter, or its own.
    pub subject: SubjectId,
    /// Sealed title.
    pub title: Text,
    /// Sealed text.
    pub text: Text,
    /// Sealed opinion proposed 拟办意见; a submission has one.
    pub opinion: Option<Text>,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Written(Box<Written>),
    LinkGiven { link: u32, until: Instant },
    LinkTakenBack { link: u32 },
    Looked { link: u32 },
    Instructed { matter: MatterId },
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// As written; none: it never was.
    pub written: Option<Written>,
    /// When.
    pub at: Option<Instant>,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// The matters that were instructed on it.
    pub instructed: Vec<MatterId>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its number, from 1.
    pub link: u32,
    /// Until when it shows the sheet.
    pub until: Instant,
    /// Taken back before that.
    pub taken_back: bool,
    /// How often the sheet was looked at by it.
    pub looks: u32,
    /// When last.
    pub last: Option<Instant>,
}

impl Link {
    /// Whether it shows the sheet at that time.
    pub fn is_open(&self, now: Instant) -> bool {
        !self.taken_back && now < self.until
    }
}

/// What must be known.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The time that counts.
    pub now: Instant,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct BriefRules;

impl Aggregate for BriefRules {
    type State = Brief;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "brief";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Written(_) => "written",
            Event::LinkGiven { .. } => "link_given",
            Event::LinkTakenBack { .. } => "link_taken_back",
            Event::Looked { .. } => "looked",
            Event::Instructed { .. } => "instructed",
        }
    }

    fn decide(state: &Brief, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        if let Command::Write(written) = command {
            return write(state, written);
        }
        if state.written.is_none() {
            return Err(Refusal::new("brief-unknown"));
        }
        let event = match command {
            Command::Write(_) => return Err(Refusal::new("brief-written-already")),
            Command::GiveLink { hours } if (1..=HOURS_MAX).contains(hours) => Event::LinkGiven {
                link: u32::try_from(state.links.len()).unwrap_or(u32::MAX).saturating_add(1),
                until: facts.now.plus_micros(i64::from(*hours) * HOUR),
            },
            Command::GiveLink { .. } => {
                return Err(Refusal::field("hours", "brief-hours").with("max", HOURS_MAX));
            }
            Command::TakeBackLink { link } => {
                open_link(state, *link, facts)?;
                Event::LinkTakenBack { link: *link }
            }
            Command::Look { link } => {
                open_link(state, *link, facts)?;
                Event::Looked { link: *link }
            }
            Command::Instructed { matter } => Event::Instructed { matter: *matter },
        };
        Ok(vec![event])
    }

    fn fold(mut state: Brief, entry: &Recorded<Event>) -> Brief {
        match &entry.event {
            Event::Written(written) => {
                state.at = Some(entry.at());
                state.written = Some((**written).clone());
            }
            Event::LinkGiven { link, until } => {
                state.links.push(Link { link: *link, until: *until, taken_back: false, looks: 0, last: None })
            }
            Event::LinkTakenBack { link } => {
                state.links.iter_mut().filter(|known| known.link == *link).for_each(|l| l.taken_back = true);
            }
            Event::Looked { link } => {
                for known in state.links.iter_mut().filter(|known| known.link == *link) {
                    known.looks += 1;
                    known.last = Some(entry.at());
                }
            }
            Event::Instructed { matter } => state.instructed.push(*matter),
        }
        state
    }
}

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

fn write(state: &Brief, written: &Written) -> Result<Vec<Event>, Refusal> {
    if state.written.is_some() {
        return Err(Refusal::new("brief-written-already"));
    }
    if written.post.trim().is_empty() {
        return Err(Refusal::field("post", "post-missing"));
    }
    if written.kind == BriefKind::Submission && written.opinion.is_none() {
        return Err(Refusal::field("opinion", "brief-opinion-missing"));
    }
    Ok(vec![Event::Written(Box::new(written.clone()))])
}

fn open_link(state: &Brief, link: u32, facts: &Facts) -> Result<(), Refusal> {
    let found = state.links.iter().find(|known| known.link == link);
    match found {
        Some(found) if found.is_open(facts.now) => Ok(()),
        _ => Err(Refusal::new("brief-link-over")),
    }
}
