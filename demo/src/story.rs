//! How an appeal of the demo goes, as data, and the steps that follow from it.

mod steps;

pub use steps::{Act, Milestone, Step, Who};

use crate::DemoError;
use kernel::UnitId;
use kernel::time::{Date, DateTime, Time};
use matters_rules::{
    AppealType, Channel, ContactWay, DeclineGround, ExpressLine, Grade, Outcome, Solved, Urgency,
};
use serde::Deserialize;

/// The hand-written stories of a file, in its order.
///
/// # Errors
/// [`DemoError::Data`] where the file does not read.
pub fn read(file: &str) -> Result<Vec<Story>, DemoError> {
    #[derive(Deserialize)]
    struct File {
        appeal: Vec<Story>,
    }
    let file: File = toml::from_str(file).map_err(|error| DemoError::Data(error.to_string()))?;
    Ok(file.appeal)
}

/// When a story begins, in local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Filed {
    /// So many working days before today: `"5 09:30"`.
    Before {
        /// Working days.
        days: u32,
        /// Of the day.
        time: Time,
    },
    /// So many minutes of working time before now.
    Ago {
        /// Minutes.
        minutes: u32,
    },
    /// On a day: `"2022-06-07 09:12"`.
    On(DateTime),
}

impl TryFrom<String> for Filed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("filed = \"{text}\"");
        let (day, time) = text.split_once(' ').ok_or_else(wrong)?;
        let time: Time = time.parse().map_err(|_| wrong())?;
        match day.parse() {
            Ok(days) => Ok(Self::Before { days, time }),
            Err(_) => {
                let date: Date = day.parse().map_err(|_| wrong())?;
                Ok(Self::On(date.to_datetime(time)))
            }
        }
    }
}

impl Default for Filed {
    fn default() -> Self {
        Self::Before { days: 0, time: Time::midnight() }
    }
}

/// The way a story goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Office → a unit of the city.
    City,
    /// Office → county platform → a unit of the county.
    Nested,
    /// The same down to a township, by an item of its duty list.
    Township,
    /// Answered by the office itself.
    #[default]
    Direct,
    /// Declined.
    Declined,
    /// Withdrawn before it was accepted.
    LeftEarly,
    /// Transferred out before it was accepted.
    Transferred,
    /// Put under another appeal, whose answer it gets.
    Merged,
}

/// One appeal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "fields are named as in the commands they become")]
pub struct Story {
    pub filed: Filed,
    #[serde(rename = "type")]
    pub appeal_type: AppealType,
    pub category: String,
    /// None: a made-up county's.
    pub area: Option<String>,
    pub channel: Channel,
    #[serde(default)]
    pub lines: Vec<ExpressLine>,
    #[serde(default = "general")]
    pub urgency: Urgency,
    #[serde(default)]
    pub natural: bool,
    #[serde(default)]
    pub shielded: bool,
    pub title: String,
    pub text: String,
    #[serde(default)]
    pub expected: String,
    pub name: String,
    pub phone: String,
    #[serde(default)]
    pub enterprise: String,
    #[serde(default)]
    pub redacted_title: String,
    #[serde(default)]
    pub redacted_text: String,
    pub complained: Option<UnitId>,
    pub story: Way,
    pub platform: Option<UnitId>,
    pub unit: Option<UnitId>,
    #[serde(default)]
    pub co: Vec<UnitId>,
    /// The co-units sign, and then nothing is heard of them.
    #[serde(default)]
    pub co_silent: bool,
    pub duty_item: Option<String>,
    #[serde(default)]
    pub answer: String,
    pub outcome: Option<Outcome>,
    pub solved: Option<Solved>,
    pub grade: Option<Grade>,
    #[serde(default)]
    pub redo: bool,
    #[serde(default)]
    pub redo_reason: String,
    #[serde(default)]
    pub redo_answer: String,
    /// What was done again is done once more.
    #[serde(default)]
    pub redo_twice: bool,
    pub regrade: Option<Grade>,
    pub objection: Option<Objection>,
    #[serde(default)]
    pub objection_basis: String,
    pub reassign_to: Option<UnitId>,
    /// It is not that unit's duty either: this one has it in the end.
    pub reassign_again: Option<UnitId>,
    pub extension: Option<String>,
    #[serde(default)]
    pub extension_reason: String,
    pub suspension: Option<String>,
    /// Why it is tracked for months.
    pub tracking: Option<String>,
    pub progress: Option<String>,
    /// What the appellant reports of being pressed, once the unit has been in touch.
    pub pressure: Option<String>,
    pub ground: Option<DeclineGround>,
    #[serde(default)]
    pub right_way: String,
    #[serde(default)]
    pub transfer_to: String,
    #[serde(default)]
    pub transfer_reason: String,
    pub source_number: Option<String>,
    /// Title of the appeal it is put under.
    pub merge_into: Option<String>,
    /// Working minutes from acceptance to the first contact, and from there to the answer.
    pub contact_after: Option<u32>,
    pub work: Option<u32>,
    pub contact_way: Option<ContactWay>,
    /// What was found and arranged at the first contact.
    #[serde(default)]
    pub contact: String,
    /// Working minutes from the approved result to the rating.
    pub rate_after: Option<u32>,
    /// Calls back that nobody took.
    #[serde(default)]
    pub missed_calls: u32,
    /// Nobody rates it: it closes by time.
    #[serde(default)]
    pub unrated: bool,
    /// What the appellant says with the rating.
    #[serde(default)]
    pub reason: String,
    /// Why a redo is not ordered, where the rating asks for one.
    #[serde(default)]
    pub refusal_reason: String,
    /// Solved, after a redo.
    pub resolved: Option<Solved>,
    /// The milestone at which it stands now; none: it goes to its end.
    pub until: Option<Milestone>,
    /// Makes its steps uneven, as people are; none: exactly as written.
    #[serde(skip)]
    pub seed: Option<u64>,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            filed: Filed::default(),
            appeal_type: AppealType::Help,
            category: String::new(),
            area: None,
            channel: Channel::Hotline,
            lines: Vec::new(),
            urgency: Urgency::General,
            natural: false,
            shielded: false,
            title: String::new(),
            text: String::new(),
            expected: String::new(),
            name: String::new(),
            phone: String::new(),
            enterprise: String::new(),
            redacted_title: String::new(),
            redacted_text: String::new(),
            complained: None,
            story: Way::Direct,
            platform: None,
            unit: None,
            co: Vec::new(),
            co_silent: false,
            duty_item: None,
            answer: String::new(),
            outcome: None,
            solved: None,
            grade: None,
            redo: false,
            redo_reason: String::new(),
            redo_answer: String::new(),
            redo_twice: false,
            regrade: None,
            objection: None,
            objection_basis: String::new(),
            reassign_to: None,
            reassign_again: None,
            extension: None,
            extension_reason: String::new(),
            suspension: None,
            tracking: None,
            progress: None,
            pressure: None,
            ground: None,
            right_way: String::new(),
            transfer_to: String::new(),
            transfer_reason: String::new(),
            source_number: None,
            merge_into: None,
            contact_after: None,
            work: None,
            contact_way: None,
            contact: String::new(),
            rate_after: None,
            missed_calls: 0,
            unrated: false,
            reason: String::new(),
            refusal_reason: String::new(),
            resolved: None,
            until: None,
            seed: None,
        }
    }
}

/// How an objection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    /// Upheld.
    Reassign,
    /// Rejected.
    FinalRuling,
}

fn general() -> Urgency {
    Urgency::General
}

impl Story {
    /// Whether the rating asks for a redo.
    fn asks_redo(&self, again: bool) -> bool {
        let (solved, grade) = self.rating(again);
        solved != Solved::Yes || !grade.is_satisfied(true)
    }

    /// What the appellant says in the end, or after a redo.
    pub fn rating(&self, again: bool) -> (Solved, Grade) {
        let first = (self.solved.unwrap_or(Solved::Yes), self.grade.unwrap_or(Grade::Satisfied));
        if again { (self.resolved.unwrap_or(Solved::Yes), self.regrade.unwrap_or(first.1)) } else { first }
    }

    /// Every unit that has a part in it.
    pub fn units(&self) -> impl Iterator<Item = &UnitId> {
        self.platform
            .iter()
            .chain(&self.unit)
            .chain(&self.co)
            .chain(&self.reassign_to)
            .chain(&self.reassign_again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_hand() -> Vec<Story> {
        read(include_str!("../data/appeals.toml")).expect("the file reads")
    }

    #[test]
    fn the_file_reads_and_every_story_that_is_handled_names_its_unit() {
        for story in by_hand() {
            let handled = matches!(story.story, Way::City | Way::Nested | Way::Township);
            assert!(!handled || story.unit.is_some(), "{}", story.title);
            assert!(
                story.until.is_some() || story.story != Way::City || !story.answer.is_empty(),
                "{}",
                story.title
            );
            assert_eq!(story.story == Way::Merged, story.merge_into.is_some(), "{}", story.title);
        }
    }

    #[test]
    fn a_story_stops_where_it_stands() {
        let stories = by_hand();
        let waiting = stories.iter().find(|story| story.until == Some(Milestone::Signed)).expect("one waits");
        assert_eq!(waiting.steps().last().and_then(|step| step.reached), Some(Milestone::Signed));
    }

    #[test]
    fn a_beginning_is_a_day_or_so_many_days_ago() {
        let read = |text: &str| Filed::try_from(text.to_owned());
        assert_eq!(read("5 09:30"), Ok(Filed::Before { days: 5, time: Time::constant(9, 30, 0, 0) }));
        assert_eq!(read("2022-06-07 09:12"), Ok(Filed::On(Date::constant(2022, 6, 7).at(9, 12, 0, 0))));
        assert!(read("soon").is_err());
    }
}
