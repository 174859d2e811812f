//! The steps that follow from a story: who does what, how long after the step before.

use super::{Objection, Story, Way};
use crate::dice::Dice;
use kernel::UnitId;
use matters_rules::{CallOutcome, Channel, DeclineGround, NodeRole, Urgency};
use serde::Deserialize;

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
    RedoneTwice,
    ReassignedTwice,
    Tracked,
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
    Supervisor,
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
    AskTracking(UnitId),
    GrantTracking(UnitId),
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
            self.add(55, self.reviewer(relay.as_ref()), Act::DecideObjection(unit.clone()));
            if objection == Objection::Reassign {
                unit = self.story.reassign_to.clone().unwrap_or(unit);
            }
            if let Some(to) = &self.story.reassign_again {
                self.add(90, Who::Liaison(unit.clone()), Act::Object(unit.clone()));
                self.add(55, self.reviewer(relay.as_ref()), Act::DecideObjection(unit.clone())).reached =
                    Some(Milestone::ReassignedTwice);
                unit = to.clone();
            }
        }
        self.work(&unit, relay.as_ref());
        if self.story.redo {
            self.add(60, Who::CallBack, Act::OrderRedo);
            self.answer_and_submit(&unit, relay.as_ref(), true);
            self.rate(true);
        }
        if self.story.redo_twice {
            self.add(60, Who::CallBack, Act::OrderRedo).reached = Some(Milestone::RedoneTwice);
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
        if self.story.tracking.is_some() {
            self.add(150, liaison.clone(), Act::AskTracking(unit.clone()));
            // For months is more than a county's head grants.
            self.add(90, Who::Supervisor, Act::GrantTracking(unit.clone())).reached =
                Some(Milestone::Tracked);
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
        let ordered = if again { story.redo_twice } else { story.redo };
        if story.asks_redo(again) && !ordered {
            self.add(120, Who::CallBack, Act::RefuseRedo);
            self.add(30, Who::CallBack, Act::Close);
        }
    }
}
