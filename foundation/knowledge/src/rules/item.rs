//! An item's life: drafted → reviewed by another person → in force → expired or withdrawn.
//! A change is a new draft beside the version in force, which stays in force until the new
//! one is reviewed. Every version stays readable.
//!
//! Whoever quotes an answer may say that it is wrong 答错; the owner mends it or says why it
//! is right, within a limit.

mod state;

pub use state::{Draft, Item, Report, Version};

use super::content::{Content, DocumentFile, FILES};
use kernel::permission::UnitPath;
use kernel::time::{Date, Instant};
use kernel::{Actor, Aggregate, BlobId, MatterId, Recorded, Refusal, codes};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest reason, in characters.
pub const REASON: usize = 500;
/// The most open reports of one item: what is reported so often is known.
const REPORTS: usize = 20;

codes! {
    /// How far an item is. That it has expired is told by the day, never kept.
    State, "knowledge-state" {
        /// 草稿
        Drafted = "drafted",
        /// 待审核
        Submitted = "submitted",
        /// 在用
        InForce = "in_force",
        /// 已停用
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What the owner made of a report.
    Outcome, "knowledge-outcome" {
        /// 已更正
        Mended = "mended",
        /// 已停用
        Withdrawn = "withdrawn",
        /// 原答复无误
        Upheld = "upheld",
    }
}

/// A report that an answer is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportId(pub Uuid);

impl std::fmt::Display for ReportId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ReportId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// A new item, or the next version of one: kept, not yet shown to the reviewer.
    Draft(Box<Content>),
    /// A file of the document it rests on, kept already: reviewed with the draft it makes.
    Attach(DocumentFile),
    /// That file goes from the draft; versions that had it keep it.
    Detach(BlobId),
    /// The draft goes to the reviewer.
    Submit,
    /// Approves what was submitted, or sends it back with a reason.
    Review {
        /// Whether it comes into force.
        approve: bool,
        /// Why not.
        reason: Option<String>,
    },
    /// The draft is given up; what is in force stays.
    Discard,
    /// No longer offered, with a reason.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// 答错: it is wrong, says whoever used it.
    Report {
        /// Names the report.
        report: ReportId,
        /// What is wrong.
        text: String,
        /// The matter it was met in.
        matter: Option<MatterId>,
    },
    /// What the owner makes of a report.
    Settle {
        /// Which.
        report: ReportId,
        /// What.
        outcome: Outcome,
        /// Why it is right, or what was mended.
        reason: Option<String>,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Drafted {
        content: Box<Content>,
    },
    Submitted,
    /// It is in force as that version.
    Approved {
        version: u32,
    },
    SentBack {
        reason: String,
    },
    Discarded,
    Withdrawn {
        reason: String,
    },
    Reported {
        report: ReportId,
        version: u32,
        text: String,
        #[serde(default)]
        matter: Option<MatterId>,
        due: Instant,
    },
    Settled {
        report: ReportId,
        outcome: Outcome,
        #[serde(default)]
        reason: Option<String>,
    },
}

/// What the rules must know.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day, here.
    pub today: Date,
    /// Who.
    pub actor: Actor,
    /// Until when a report of now is settled.
    pub report_due: Instant,
    /// Where the units stand that it belongs to, before and after.
    pub owners: Vec<UnitPath>,
    /// Whether the content's unit is one that takes work.
    pub unit_open: bool,
    /// Whether the content's category is on offer; true where it names none.
    pub category_known: bool,
}

/// The pure rules of the streams `knowledge:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct ItemRules;

impl Aggregate for ItemRules {
    type State = Item;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "knowledge";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Drafted { .. } => "drafted",
            Event::Submitted => "submitted",
            Event::Approved { .. } => "approved",
            Event::SentBack { .. } => "sent_back",
            Event::Discarded => "discarded",
            Event::Withdrawn { .. } => "withdrawn",
            Event::Reported { .. } => "reported",
            Event::Settled { .. } => "settled",
        }
    }

    fn decide(state: &Item, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Draft(content) => draft(state, content, facts),
            Command::Attach(file) => change_files(state, |files| {
                if files.len() >= FILES {
                    return Err(Refusal::field("file", "knowledge-files-many").with("max", FILES));
                }
                files.push(file.clone());
                Ok(())
            }),
            Command::Detach(file) => change_files(state, |files| {
                files.retain(|known| known.file != *file);
                Ok(())
            }),
            Command::Submit => submit(state, facts),
            Command::Review { approve, reason } => review(state, *approve, reason.as_deref(), facts),
            Command::Discard => {
                state.draft.as_ref().ok_or_else(|| Refusal::new("knowledge-no-draft"))?;
                Ok(vec![Event::Discarded])
            }
            Command::Withdraw { reason } => {
                if state.versions.is_empty() || state.withdrawn.is_some() {
                    return Err(Refusal::new("knowledge-not-in-force"));
                }
                let reason = worded("reason", reason)?;
                let mut events = vec![Event::Withdrawn { reason }];
                events.extend(settle_all(state, Outcome::Withdrawn));
                Ok(events)
            }
            Command::Report { report, text, matter } => report_wrong(state, *report, text, *matter, facts),
            Command::Settle { report, outcome, reason } => {
                settle(state, *report, *outcome, reason.as_deref())
            }
        }
    }

    fn fold(mut state: Item, entry: &Recorded<Event>) -> Item {
        let account = entry.actor.account();
        match &entry.event {
            Event::Drafted { content } => {
                let mut authors = state.draft.take().map(|draft| draft.authors).unwrap_or_default();
                authors.extend(account.filter(|account| !authors.contains(account)));
                let content = (**content).clone();
                state.draft = Some(Draft { content, authors, submitted: false, sent_back: None });
            }
            Event::Submitted => {
                if let Some(draft) = &mut state.draft {
                    draft.submitted = true;
                    draft.sent_back = None;
                    draft.authors.extend(account.filter(|account| !draft.authors.contains(account)));
                }
            }
            Event::Approved { version } => {
                if let Some(draft) = state.draft.take() {
                    let at = entry.at();
                    let version = Version { number: *version, content: draft.content, reviewer: account, at };
                    state.versions.push(version);
                    state.withdrawn = None;
                }
            }
            Event::SentBack { reason } => {
                if let Some(draft) = &mut state.draft {
                    draft.submitted = false;
                    draft.sent_back = Some(reason.clone());
                }
            }
            Event::Discarded => state.draft = None,
            Event::Withdrawn { reason } => state.withdrawn = Some(reason.clone()),
            Event::Reported { report, version, text, matter, due } => state.reports.push(Report {
                id: *report,
                version: *version,
                text: text.clone(),
                matter: *matter,
                at: entry.at(),
                by: account,
                due: *due,
                settled: None,
                reason: None,
            }),
            Event::Settled { report, outcome, reason } => {
                if let Some(known) = state.reports.iter_mut().find(|known| known.id == *report) {
                    known.settled = Some((*outcome, entry.at()));
                    known.reason.clone_from(reason);
                }
            }
        }
        state
    }
}

fn draft(state: &Item, content: &Content, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    if state.draft.as_ref().is_some_and(|draft| draft.submitted) {
        return Err(Refusal::new("knowledge-under-review"));
    }
    content.check(facts.today)?;
    if !facts.unit_open {
        return Err(Refusal::field("unit", "knowledge-unit-unknown"));
    }
    if !facts.category_known {
        return Err(Refusal::field("category", "knowledge-category-unknown"));
    }
    // Words are written anew, files come and go by themselves.
    let mut content = content.clone();
    content.source.files = state.edited().map(|edited| edited.source.files.clone()).unwrap_or_default();
    Ok(drafted(state, content))
}

/// The draft, unless it says what stands already.
fn drafted(state: &Item, content: Content) -> Vec<Event> {
    let same = match (&state.draft, state.current()) {
        (Some(draft), _) => draft.content == content,
        (None, Some(version)) => state.withdrawn.is_none() && version.content == content,
        (None, None) => false,
    };
    if same { Vec::new() } else { vec![Event::Drafted { content: Box::new(content) }] }
}

fn change_files(
    state: &Item,
    change: impl FnOnce(&mut Vec<DocumentFile>) -> Result<(), Refusal>,
) -> Result<Vec<Event>, Refusal> {
    if state.draft.as_ref().is_some_and(|draft| draft.submitted) {
        return Err(Refusal::new("knowledge-under-review"));
    }
    let mut content = state.edited().cloned().ok_or_else(|| Refusal::new("knowledge-no-draft"))?;
    change(&mut content.source.files)?;
    Ok(drafted(state, content))
}

fn submit(state: &Item, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    let draft = state.draft.as_ref().ok_or_else(|| Refusal::new("knowledge-no-draft"))?;
    // It may have lain until it expired.
    draft.content.check(facts.today)?;
    Ok(if draft.submitted { Vec::new() } else { vec![Event::Submitted] })
}

/// PRODUCT rule 4: nobody reviews what they wrote themselves.
fn review(state: &Item, approve: bool, reason: Option<&str>, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    let draft = state.draft.as_ref().filter(|draft| draft.submitted);
    let draft = draft.ok_or_else(|| Refusal::new("knowledge-not-submitted"))?;
    if facts.actor.account().is_some_and(|account| draft.authors.contains(&account)) {
        return Err(Refusal::new("knowledge-own-review"));
    }
    if !approve {
        return Ok(vec![Event::SentBack { reason: worded("reason", reason.unwrap_or_default())? }]);
    }
    draft.content.check(facts.today)?;
    let version = u32::try_from(state.versions.len()).unwrap_or(u32::MAX) + 1;
    let mut events = vec![Event::Approved { version }];
    events.extend(settle_all(state, Outcome::Mended));
    Ok(events)
}

/// A new version, and a withdrawal, answer whatever was still open about the old one.
fn settle_all(state: &Item, outcome: Outcome) -> impl Iterator<Item = Event> {
    let open = state.reports.iter().filter(|report| report.settled.is_none());
    open.map(move |report| Event::Settled { report: report.id, outcome, reason: None })
}

fn report_wrong(
    state: &Item,
    report: ReportId,
    text: &str,
    matter: Option<MatterId>,
    facts: &Facts,
) -> Result<Vec<Event>, Refusal> {
    if state.reports.iter().any(|known| known.id == report) {
        return Ok(Vec::new());
    }
    let current = state.current().ok_or_else(|| Refusal::new("knowledge-not-in-force"))?;
    if state.reports.iter().filter(|known| known.settled.is_none()).count() >= REPORTS {
        return Err(Refusal::new("knowledge-reported-often"));
    }
    // What was said by a caller does not belong here; a number that slipped in is masked.
    let text = kernel::text::mask_numbers(&worded("text", text)?);
    Ok(vec![Event::Reported { report, version: current.number, text, matter, due: facts.report_due }])
}

/// Mending is a new version and a withdrawal its own step: both settle by themselves. What
/// is left to say is that the answer was right, with the reason.
fn settle(
    state: &Item,
    report: ReportId,
    outcome: Outcome,
    reason: Option<&str>,
) -> Result<Vec<Event>, Refusal> {
    let open = state.open_report(report).ok_or_else(|| Refusal::new("knowledge-report-settled"))?;
    let newer = state.current().is_some_and(|version| version.number > open.version);
    let done = match outcome {
        Outcome::Upheld => true,
        Outcome::Mended => newer,
        Outcome::Withdrawn => state.withdrawn.is_some(),
    };
    if !done {
        return Err(Refusal::field("outcome", "knowledge-not-mended"));
    }
    let reason = match (outcome, reason) {
        (Outcome::Upheld, reason) => Some(worded("reason", reason.unwrap_or_default())?),
        (_, Some(reason)) if !reason.trim().is_empty() => Some(worded("reason", reason)?),
        _ => None,
    };
    Ok(vec![Event::Settled { report, outcome, reason }])
}

fn worded(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = kernel::text::plain(text);
    if text.is_empty() {
        return Err(Refusal::field(field, "entry-missing"));
    }
    if text.chars().count() > REASON {
        return Err(Refusal::field(field, "entry-too-long").with("max", REASON));
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
