//! How an appeal of the demo goes: read from `data/appeals.toml`, turned into steps.

use crate::DemoError;
use kernel::UnitId;
use matters_rules::{
    AppealType, Channel, DeclineGround, ExpressLine, Grade, NodeRole, Outcome, Solved, Urgency,
};
use serde::Deserialize;

/// All stories, in the order of the file.
///
/// # Errors
/// [`DemoError::Data`] where the file does not read.
pub fn all() -> Result<Vec<Story>, DemoError> {
    #[derive(Deserialize)]
    struct File {
        appeal: Vec<Story>,
    }
    let file: File = toml::from_str(include_str!("../data/appeals.toml"))
        .map_err(|error| DemoError::Data(error.to_string()))?;
    Ok(file.appeal)
}

/// The way a story goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Office → a unit of the city.
    City,
    /// Office → county platform → a unit of the county.
    Nested,
    /// The same down to a township, by an item of its duty list.
    Township,
    /// Answered by the office itself.
    Direct,
    /// Declined.
    Declined,
    /// Withdrawn before it was accepted.
    LeftEarly,
    /// Transferred out before it was accepted.
    Transferred,
}

/// One appeal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "fields are named as in the commands they become")]
pub struct Story {
    /// Working days before today, and local time.
    pub filed: String,
    #[serde(rename = "type")]
    pub appeal_type: AppealType,
    pub category: String,
    pub area: String,
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
    pub regrade: Option<Grade>,
    pub objection: Option<Objection>,
    #[serde(default)]
    pub objection_basis: String,
    pub reassign_to: Option<UnitId>,
    pub extension: Option<String>,
    #[serde(default)]
    pub extension_reason: String,
    pub suspension: Option<String>,
    pub progress: Option<String>,
    pub ground: Option<DeclineGround>,
    #[serde(default)]
    pub right_way: String,
    #[serde(default)]
    pub transfer_to: String,
    #[serde(default)]
    pub transfer_reason: String,
    /// The milestone at which it stands now; none: it goes to its end.
    pub until: Option<Milestone>,
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

/// A point on the way at which a story can stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named as the state they stand for")]
pub enum Milestone {
    Registered,
    Accepted,
    Assigned,
    PlatformSigned,
    PassedOn,
    Signed,
    Contacted,
    SignedOff,
    ReviewedOnce,
    CallBack,
}

/// Who takes a step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "named as the roles")]
pub enum Who {
    Appellant,
    Intake,
    Dispatcher,
    ShiftHead,
    CallBack,
    Liaison(UnitId),
    Head(UnitId),
}

/// What is done; texts come from the story.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named as the verbs")]
pub enum Act {
    Redact,
    Accept,
    ProposeDecline,
    DecideDecline,
    Withdraw,
    Transfer,
    AnswerDirectly,
    Assign { from: Option<UnitId>, to: Vec<(UnitId, NodeRole)> },
    Sign(UnitId),
    Object(UnitId),
    DecideObjection(UnitId),
    Contact(UnitId),
    Progress(UnitId),
    AskExtension(UnitId),
    GrantExtension(UnitId),
    AskSuspension(UnitId),
    GrantSuspension(UnitId),
    Answer { unit: UnitId, again: bool },
    CoAnswer(UnitId),
    Submit(UnitId),
    SignOff(UnitId),
    Review(UnitId),
    CallBack,
    Rate { again: bool },
    OrderRedo,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Working minutes after the step before.
    pub after: u32,
    /// Who.
    pub who: Who,
    /// What.
    pub act: Act,
    /// What is reached with it.
    pub reached: Option<Milestone>,
}

fn general() -> Urgency {
    Urgency::General
}

impl Story {
    /// Its steps, up to where it stands now.
    pub fn steps(&self) -> Vec<Step> {
        if self.until == Some(Milestone::Registered) {
            return Vec::new();
        }
        let mut script = Script { story: self, steps: Vec::new() };
        script.write();
        let mut steps = script.steps;
        if let Some(until) = self.until
            && let Some(at) = steps.iter().position(|step| step.reached == Some(until))
        {
            steps.truncate(at + 1);
        }
        steps
    }

    /// Every unit that has a part in it.
    pub fn units(&self) -> impl Iterator<Item = &UnitId> {
        self.platform.iter().chain(&self.unit).chain(&self.co).chain(&self.reassign_to)
    }
}

struct Script<'a> {
    story: &'a Story,
    steps: Vec<Step>,
}

impl Script<'_> {
    fn add(&mut self, after: u32, who: Who, act: Act) -> &mut Step {
        self.steps.push(Step { after, who, act, reached: None });
        self.steps.last_mut().expect("just pushed")
    }

    fn write(&mut self) {
        match self.story.story {
            Way::Direct => {
                self.accept();
                self.add(25, Who::Intake, Act::AnswerDirectly).reached = Some(Milestone::CallBack);
                self.rate(false);
            }
            Way::Declined => {
                self.add(95, Who::Intake, Act::ProposeDecline);
                self.add(60, Who::ShiftHead, Act::DecideDecline);
            }
            Way::LeftEarly => {
                self.add(50, Who::Appellant, Act::Withdraw);
            }
            Way::Transferred => {
                self.add(130, Who::Intake, Act::Transfer);
            }
            Way::City | Way::Nested | Way::Township => self.handled(),
        }
    }

    fn accept(&mut self) {
        if self.story.shielded {
            self.add(20, Who::Intake, Act::Redact);
        }
        self.add(35, Who::Intake, Act::Accept).reached = Some(Milestone::Accepted);
    }

    fn handled(&mut self) {
        self.accept();
        let Some(mut unit) = self.story.unit.clone() else { return };
        let relay = self.story.platform.clone();
        let lead = relay.clone().unwrap_or_else(|| unit.clone());
        let mut to = vec![(lead.clone(), NodeRole::Lead)];
        if relay.is_none() {
            to.extend(self.story.co.iter().map(|co| (co.clone(), NodeRole::Co)));
        }
        self.add(15, Who::Dispatcher, Act::Assign { from: None, to }).reached = Some(Milestone::Assigned);
        if let Some(platform) = &relay {
            self.add(70, Who::Liaison(platform.clone()), Act::Sign(platform.clone())).reached =
                Some(Milestone::PlatformSigned);
            let mut to = vec![(unit.clone(), NodeRole::Lead)];
            to.extend(self.story.co.iter().map(|co| (co.clone(), NodeRole::Co)));
            self.add(20, Who::Liaison(platform.clone()), Act::Assign { from: Some(platform.clone()), to })
                .reached = Some(Milestone::PassedOn);
        }
        if let Some(objection) = self.story.objection {
            self.add(90, Who::Liaison(unit.clone()), Act::Object(unit.clone()));
            self.add(55, Who::Dispatcher, Act::DecideObjection(unit.clone()));
            if objection == Objection::Reassign {
                unit = self.story.reassign_to.clone().unwrap_or(unit);
            }
        }
        self.work(&unit, relay.as_ref());
        if self.story.redo {
            self.add(60, Who::CallBack, Act::OrderRedo);
            self.answer_and_submit(&unit, relay.as_ref(), true);
            self.rate(true);
        }
    }

    fn work(&mut self, unit: &UnitId, relay: Option<&UnitId>) {
        let liaison = Who::Liaison(unit.clone());
        self.add(55, liaison.clone(), Act::Sign(unit.clone())).reached = Some(Milestone::Signed);
        for co in &self.story.co {
            self.add(30, Who::Liaison(co.clone()), Act::Sign(co.clone()));
        }
        self.add(80, liaison.clone(), Act::Contact(unit.clone()));
        if self.story.progress.is_some() {
            self.add(150, liaison.clone(), Act::Progress(unit.clone()));
        }
        let decider = relay.map_or(Who::ShiftHead, |platform| Who::Head(platform.clone()));
        if self.story.suspension.is_some() {
            self.add(120, liaison.clone(), Act::AskSuspension(unit.clone()));
            self.add(60, decider.clone(), Act::GrantSuspension(unit.clone()));
        }
        if let Some(step) = self.steps.last_mut() {
            step.reached = Some(Milestone::Contacted);
        }
        if self.story.extension.is_some() {
            self.add(240, liaison.clone(), Act::AskExtension(unit.clone()));
            self.add(60, decider, Act::GrantExtension(unit.clone()));
        }
        for co in &self.story.co {
            self.add(100, Who::Liaison(co.clone()), Act::CoAnswer(co.clone()));
            self.add(5, Who::Liaison(co.clone()), Act::Submit(co.clone()));
            self.add(45, Who::Head(co.clone()), Act::SignOff(co.clone()));
            self.add(40, self.reviewer(relay), Act::Review(co.clone()));
        }
        self.answer_and_submit(unit, relay, false);
        self.rate(false);
    }

    fn answer_and_submit(&mut self, unit: &UnitId, relay: Option<&UnitId>, again: bool) {
        let liaison = Who::Liaison(unit.clone());
        let work = if self.story.urgency == Urgency::Critical { 60 } else { 500 };
        self.add(work, liaison.clone(), Act::Answer { unit: unit.clone(), again });
        self.add(20, liaison, Act::Submit(unit.clone()));
        self.add(45, Who::Head(unit.clone()), Act::SignOff(unit.clone())).reached =
            Some(Milestone::SignedOff);
        if let Some(platform) = relay {
            self.add(60, Who::Liaison(platform.clone()), Act::Review(unit.clone())).reached =
                Some(Milestone::ReviewedOnce);
        }
        let top = relay.unwrap_or(unit).clone();
        self.add(75, Who::Dispatcher, Act::Review(top)).reached = Some(Milestone::CallBack);
    }

    fn reviewer(&self, relay: Option<&UnitId>) -> Who {
        relay.map_or(Who::Dispatcher, |platform| Who::Liaison(platform.clone()))
    }

    /// By telephone where the appeal came by telephone or in person, else by the appellant.
    fn rate(&mut self, again: bool) {
        match self.story.channel {
            Channel::Online | Channel::Message => {
                self.add(200, Who::Appellant, Act::Rate { again });
            }
            _ => {
                self.add(180, Who::CallBack, Act::CallBack);
                self.add(2, Who::CallBack, Act::Rate { again });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_every_story_that_is_handled_names_its_unit() {
        for story in all().expect("the file reads") {
            let handled = matches!(story.story, Way::City | Way::Nested | Way::Township);
            assert!(!handled || story.unit.is_some(), "{}", story.title);
            assert!(
                story.until.is_some() || story.story != Way::City || !story.answer.is_empty(),
                "{}",
                story.title
            );
        }
    }

    #[test]
    fn a_story_stops_where_it_stands() {
        let stories = all().expect("the file reads");
        let waiting = stories.iter().find(|story| story.until == Some(Milestone::Signed)).expect("one waits");
        assert_eq!(waiting.steps().last().and_then(|step| step.reached), Some(Milestone::Signed));
    }
}
