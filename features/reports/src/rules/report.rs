//! A report: made with its figures as they stood, its words edited while it is a draft, then
//! issued by a person. What was issued stays.

use super::period::Kind;
use super::word::WordFile;
use kernel::time::{Date, Instant};
use kernel::{AccountId, Aggregate, BlobId, Recorded, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest text, in characters.
const LONGEST: usize = 40_000;

/// Items of lists: their fields by name.
pub type Lists = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Makes it.
    Make {
        /// How long its period is.
        kind: Kind,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// The template it was made from; 0: as delivered.
        template: u32,
        /// The filled template.
        text: String,
        /// Every figure by name, as it was printed.
        values: Vec<(String, String)>,
        /// The Word template it was made with, and its version.
        word: Option<(u32, WordFile)>,
        /// The items of the lists that one names, as they were printed.
        lists: Lists,
    },
    /// Changes its words.
    Edit {
        /// The whole text.
        text: String,
    },
    /// Takes the Word document as somebody changed it: that is what is issued, the computed one
    /// stays beside it.
    ByHand {
        /// The document.
        file: BlobId,
    },
    /// Leaves the document changed by hand: the computed one is what is issued.
    Computed,
    /// Issues it.
    Issue,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Made {
        kind: Kind,
        from: Date,
        until: Date,
        template: u32,
        text: String,
        values: Vec<(String, String)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<(u32, WordFile)>,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        lists: Lists,
    },
    Edited {
        text: String,
    },
    ByHand {
        file: BlobId,
    },
    Computed,
    Issued,
}

/// A document that somebody changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// The document.
    pub file: BlobId,
    /// When it came.
    pub at: Instant,
    /// Who brought it.
    pub by: Option<AccountId>,
}

/// One report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Of which days; none: it was never made.
    pub period: Option<(Kind, Date, Date)>,
    /// Which version of the template.
    pub template: u32,
    /// Its text as it stands.
    pub text: String,
    /// Its figures as they stood.
    pub values: Vec<(String, String)>,
    /// The Word template it is printed with, and its version; none: in the plain layout.
    pub word: Option<(u32, WordFile)>,
    /// The items of the lists that one names, as they stood.
    pub lists: Lists,
    /// The document that is issued in place of the computed one.
    pub by_hand: Option<ByHand>,
    /// When it was made.
    pub made_at: Option<Instant>,
    /// When it was issued, and by whom.
    pub issued: Option<(Instant, Option<AccountId>)>,
}

/// The pure rules of the streams `report:<id>`.
#[derive(Clone, Copy, Debug)]
pub struct ReportRules;

impl Aggregate for ReportRules {
    type State = Report;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "report";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Made { .. } => "made",
            Event::Edited { .. } => "edited",
            Event::ByHand { .. } => "by_hand",
            Event::Computed => "computed",
            Event::Issued => "issued",
        }
    }

    fn decide(state: &Report, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        match command.clone() {
            Command::Make { .. } if state.period.is_some() => Ok(Vec::new()),
            Command::Make { kind, from, until, template, text, values, word, lists } => {
                Ok(vec![Event::Made { kind, from, until, template, text, values, word, lists }])
            }
            _ if state.period.is_none() => Err(Refusal::new("report-unknown")),
            _ if state.issued.is_some() => Err(Refusal::new("report-issued")),
            // It would no longer say what the page says.
            Command::Edit { .. } if state.by_hand.is_some() => Err(Refusal::new("report-by-hand")),
            Command::Edit { text } if text.trim().is_empty() => Err(Refusal::field("text", "entry-missing")),
            Command::Edit { text } if text.chars().count() > LONGEST => {
                Err(Refusal::field("text", "entry-too-long").with("max", LONGEST))
            }
            Command::Edit { text } if text == state.text => Ok(Vec::new()),
            Command::Edit { text } => Ok(vec![Event::Edited { text }]),
            Command::ByHand { file } => Ok(vec![Event::ByHand { file }]),
            Command::Computed if state.by_hand.is_none() => Ok(Vec::new()),
            Command::Computed => Ok(vec![Event::Computed]),
            Command::Issue => Ok(vec![Event::Issued]),
        }
    }

    fn fold(mut state: Report, entry: &Recorded<Event>) -> Report {
        match entry.event.clone() {
            Event::Made { kind, from, until, template, text, values, word, lists } => {
                let (period, made_at) = (Some((kind, from, until)), Some(entry.at()));
                Report { period, template, text, values, word, lists, by_hand: None, made_at, issued: None }
            }
            Event::ByHand { file } => {
                state.by_hand = Some(ByHand { file, at: entry.at(), by: entry.actor.account() });
                state
            }
            Event::Computed => {
                state.by_hand = None;
                state
            }
            Event::Edited { text } => {
                state.text = text;
                state
            }
            Event::Issued => {
                state.issued = Some((entry.at(), entry.actor.account()));
                state
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Actor, Source};

    fn after(state: Report, command: &Command) -> Result<Report, &'static str> {
        let events = ReportRules::decide(&state, command, &()).map_err(|refusal| refusal.code)?;
        Ok(events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            ReportRules::fold(state, &entry)
        }))
    }

    #[test]
    fn words_change_until_it_is_issued_and_figures_never() {
        let day = Date::constant(2026, 11, 26);
        let values = vec![("received".to_owned(), "12".to_owned())];
        let text = "# 日报".to_owned();
        let (kind, lists) = (Kind::Daily, Lists::new());
        let make =
            Command::Make { kind, from: day, until: day, template: 0, text, values, word: None, lists };
        let edit = |text: &str| Command::Edit { text: text.to_owned() };
        assert_eq!(after(Report::default(), &edit("x")), Err("report-unknown"));
        let report = after(Report::default(), &make).expect("made");
        assert_eq!(after(report.clone(), &edit(" ")), Err("entry-missing"));
        let report = after(report, &edit("# 日报\n平稳")).expect("edited");
        let hand = Command::ByHand { file: BlobId(uuid::Uuid::from_u128(1)) };
        let by_hand = after(report.clone(), &hand).expect("taken");
        assert_eq!(after(by_hand.clone(), &edit("# 日报")), Err("report-by-hand"));
        assert_eq!(
            (&by_hand.text, &by_hand.values),
            (&report.text, &report.values),
            "beside what was computed"
        );
        let issued = after(by_hand.clone(), &Command::Issue).expect("issued");
        assert_eq!(after(issued, &Command::Computed), Err("report-issued"));
        let left = after(by_hand, &Command::Computed).expect("left");
        assert_eq!(left, report);
        let issued = after(report, &Command::Issue).expect("issued");
        assert_eq!(issued.values[0].1, "12");
        assert_eq!(after(issued, &edit("晚了")), Err("report-issued"));
    }
}
