//! How an appeal of the demo goes, as data, and the steps that follow from it.

use crate::DemoError;
use crate::dice::Dice;
use kernel::UnitId;
use kernel::time::{Date, DateTime, Time};
use matters_rules::{
    AppealType, CallOutcome, Channel, ContactWay, DeclineGround, ExpressLine, Grade, NodeRole, Outcome,
    Solved, Urgency,
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
            regrade: None,
            objection: None,
            objection_basis: String::new(),
            reassign_to: None,
            extension: None,
            extension_reason: String::new(),
            suspension: None,
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

/// A point on the way at which a story can stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named as the state they stand for")]
pub enum Milestone {
    Registered,
    DeclineProposed,
    Accepted,
    Assigned,
    PlatformSigned,
    PassedOn,
    Objected,
    Signed,
    Contacted,
    ExtensionAsked,
    Submitted,
    SignedOff,
    ReviewedOnce,
    CallBack,
    RedoAsked,
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
    AskCompletion,
    Complete,
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
    ReportPressure,
    AskExtension(UnitId),
    GrantExtension(UnitId),
    AskSuspension(UnitId),
    GrantSuspension(UnitId),
    Answer { unit: UnitId, again: bool },
    CoAnswer(UnitId),
    Submit(UnitId),
    SignOff(UnitId),
    Review(UnitId),
    Merge,
    CallBack(CallOutcome),
    Rate { again: bool },
    OrderRedo,
    RefuseRedo,
    Close,
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
        let dice = self.seed.map(|seed| Dice::of("pace", seed));
        let mut script = Script { story: self, steps: Vec::new(), dice };
        script.write();
        let mut steps = script.steps;
        if let Some(until) = self.until
            && let Some(at) = steps.iter().position(|step| step.reached == Some(until))
        {
            steps.truncate(at + 1);
        }
        steps
    }

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
        self.platform.iter().chain(&self.unit).chain(&self.co).chain(&self.reassign_to)
    }
}

struct Script<'a> {
    story: &'a Story,
    steps: Vec<Step>,
    dice: Option<Dice>,
}

impl Script<'_> {
    /// A step so many minutes after the one before, a little more or less.
    fn add(&mut self, after: u32, who: Who, act: Act) -> &mut Step {
        let percent = self.dice.as_mut().map_or(100, |dice| dice.range(55, 150));
        self.add_after(after * percent / 100, who, act)
    }

    fn add_after(&mut self, after: u32, who: Who, act: Act) -> &mut Step {
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
                if self.story.ground == Some(DeclineGround::NoConcreteDemand) {
                    self.add(30, Who::Intake, Act::AskCompletion);
                    self.add(110, Who::Appellant, Act::Complete);
                }
                self.add(95, Who::Intake, Act::ProposeDecline).reached = Some(Milestone::DeclineProposed);
                self.add(60, Who::ShiftHead, Act::DecideDecline);
            }
            Way::LeftEarly => {
                self.add(50, Who::Appellant, Act::Withdraw);
            }
            Way::Transferred => {
                self.add(130, Who::Intake, Act::Transfer);
            }
            Way::Merged => {
                self.accept();
                self.add(25, Who::Intake, Act::Merge);
                self.rate(false);
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
            self.add(90, Who::Liaison(unit.clone()), Act::Object(unit.clone())).reached =
                Some(Milestone::Objected);
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
        match self.story.contact_after {
            Some(after) => self.add_after(after, liaison.clone(), Act::Contact(unit.clone())),
            None => self.add(80, liaison.clone(), Act::Contact(unit.clone())),
        };
        if self.story.progress.is_some() {
            self.add(150, liaison.clone(), Act::Progress(unit.clone()));
        }
        if self.story.pressure.is_some() {
            self.add(200, Who::Appellant, Act::ReportPressure);
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
            self.add(240, liaison.clone(), Act::AskExtension(unit.clone())).reached =
                Some(Milestone::ExtensionAsked);
            self.add(60, decider, Act::GrantExtension(unit.clone()));
        }
        for co in self.story.co.iter().filter(|_| !self.story.co_silent) {
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
        let usual = if self.story.urgency == Urgency::Critical { 60 } else { 500 };
        let work = self.story.work.filter(|_| !again).unwrap_or(usual);
        self.add_after(work, liaison.clone(), Act::Answer { unit: unit.clone(), again });
        self.add(20, liaison, Act::Submit(unit.clone())).reached = Some(Milestone::Submitted);
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
        let story = self.story;
        for _ in 0..story.missed_calls {
            self.add(150, Who::CallBack, Act::CallBack(CallOutcome::NoAnswer));
        }
        if story.unrated {
            return;
        }
        let after = story.rate_after.unwrap_or(190);
        let rate = Act::Rate { again };
        match story.channel {
            Channel::Online | Channel::Message => self.add(after, Who::Appellant, rate),
            _ => {
                self.add(after, Who::CallBack, Act::CallBack(CallOutcome::Reached));
                self.add_after(2, Who::CallBack, rate)
            }
        }
        .reached = Some(Milestone::RedoAsked);
        if story.asks_redo(again) && (again || !story.redo) {
            self.add(120, Who::CallBack, Act::RefuseRedo);
            self.add(30, Who::CallBack, Act::Close);
        }
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
