//! What an item adds up to: its versions, the draft beside them, the reports of it.

use super::{Outcome, ReportId, State};
use crate::rules::content::Content;
use kernel::time::{Date, Instant};
use kernel::{AccountId, MatterId, UnitId};

/// A version that came into force.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// What it says.
    pub content: Content,
    /// Who approved it.
    pub reviewer: Option<AccountId>,
    /// When.
    pub at: Instant,
}

/// A draft beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it says.
    pub content: Content,
    /// Everyone who had a hand in it: none of them reviews it.
    pub authors: Vec<AccountId>,
    /// Whether it waits for the reviewer.
    pub submitted: bool,
    /// Why it came back.
    pub sent_back: Option<String>,
}

/// A report with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Which.
    pub id: ReportId,
    /// Of which version.
    pub version: u32,
    /// What is wrong.
    pub text: String,
    /// Where it was met.
    pub matter: Option<MatterId>,
    /// When it was reported.
    pub at: Instant,
    /// Who reported it.
    pub by: Option<AccountId>,
    /// Until when the owner settles it.
    pub due: Instant,
    /// What became of it, and when.
    pub settled: Option<(Outcome, Instant)>,
    /// In whose words.
    pub reason: Option<String>,
}

/// One item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What came into force, the oldest first.
    pub versions: Vec<Version>,
    /// What is being changed.
    pub draft: Option<Draft>,
    /// It is no longer offered, and why.
    pub withdrawn: Option<String>,
    /// All reports, the oldest first.
    pub reports: Vec<Report>,
}

impl Item {
    /// Whether there is such an item.
    pub fn exists(&self) -> bool {
        !self.versions.is_empty() || self.draft.is_some()
    }

    /// The version in force or, where withdrawn, the last that was.
    pub fn current(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The version offered on that day.
    pub fn offered(&self, day: Date) -> Option<&Version> {
        let stands = self.withdrawn.is_none();
        self.current().filter(|version| stands && version.content.holds_on(day))
    }

    /// How far it is, as a list tells it: what is in force counts before a draft beside it.
    pub fn state(&self) -> State {
        match (&self.draft, self.versions.is_empty(), &self.withdrawn) {
            (_, false, None) => State::InForce,
            (Some(draft), ..) if draft.submitted => State::Submitted,
            (_, false, Some(_)) => State::Withdrawn,
            _ => State::Drafted,
        }
    }

    /// The unit that owns it: of the version in force, else of the draft.
    pub fn unit(&self) -> Option<&UnitId> {
        let current = self.current().map(|version| &version.content.unit);
        current.or_else(|| self.draft.as_ref().map(|draft| &draft.content.unit))
    }

    /// What is being changed, or what a change would begin with.
    pub fn edited(&self) -> Option<&Content> {
        let draft = self.draft.as_ref().map(|draft| &draft.content);
        draft.or_else(|| self.current().map(|version| &version.content))
    }

    /// The open report of that name.
    pub(super) fn open_report(&self, id: ReportId) -> Option<&Report> {
        self.reports.iter().find(|report| report.id == id && report.settled.is_none())
    }
}
