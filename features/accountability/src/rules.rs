//! A measure of accountability, from its proposal to its end. Pure.

use kernel::time::{Date, Instant};
use kernel::{
    AccountId, Actor, Aggregate, Hands, MatterId, Recorded, Refusal, Sealed, SubjectId, UnitId, codes,
};
use serde::{Deserialize, Serialize};

/// Sealed words.
pub type Text = Sealed<String>;

codes! {
    /// What is done about a unit's failing.
    MeasureKind, "accountability-kind" {
        /// 提醒
        Reminder = "reminder",
        /// 通报
        Circular = "circular",
        /// 建议约谈
        Talk = "talk",
        /// 问题线索移交: to the body that is competent.
        Clue = "clue",
        /// 容错: why it is not held against the unit.
        Tolerance = "tolerance",
    }
}

codes! {
    /// Why a unit is held to account 情形.
    Failing, "failing" {
        /// 久拖不办、严重超期
        Delay = "delay",
        /// 虚假办结
        FalseClosing = "false_closing",
        /// 推诿扯皮
        Shirking = "shirking",
        /// 施压、打击报复诉求人
        Pressure = "pressure",
        /// 多次重办仍未解决
        Redone = "redone",
        /// 泄露诉求人信息
        Leak = "leak",
        /// 其他
        Other = "other",
    }
}

impl MeasureKind {
    /// Whether the unit may have something to make good: what is handed to another body is that
    /// body's business, and what is tolerated is nobody's.
    pub fn can_rectify(self) -> bool {
        matches!(self, Self::Reminder | Self::Circular | Self::Talk)
    }
}

codes! {
    /// How far a measure is.
    MeasureState, "accountability-state" {
        /// 待审批
        Proposed = "proposed",
        /// 不予采纳
        Refused = "refused",
        /// 已作出: in force.
        Decided = "decided",
        /// 已反馈: the competent body has answered.
        Answered = "answered",
        /// 已撤销
        Cancelled = "cancelled",
    }
}

/// A measure as proposed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proposed {
    /// What is to be done.
    pub kind: MeasureKind,
    /// The unit it is about.
    pub unit: UnitId,
    /// Why.
    pub failing: Failing,
    /// The matter in which it failed.
    pub matter: Option<MatterId>,
    /// Under whose key its words are sealed: its own.
    pub subject: SubjectId,
    /// Sealed facts.
    pub facts: Text,
    /// Sealed basis: the rule it rests on; of a tolerance its ground.
    pub basis: Text,
    /// What is to be made good, and by which day.
    pub rectify: Option<(Text, Date)>,
    /// The competent body that a clue goes to.
    #[serde(default)]
    pub body: String,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Command {
    /// Proposes one.
    Propose(Box<Proposed>),
    /// By a second person. `number` and `rectification` are what it gets where it is taken.
    Decide {
        /// Whether it is taken.
        approve: bool,
        /// Why; needed where it is refused.
        reason: Option<Text>,
        /// Year and running number of its kind.
        number: Option<(i16, i64)>,
        /// The rectification it became.
        rectification: Option<MatterId>,
    },
    /// What the competent body answered.
    Feedback {
        /// Its answer.
        text: Text,
    },
    /// It no longer stands; by somebody who did not propose it.
    Cancel {
        /// Why.
        reason: Text,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Proposed(Box<Proposed>),
    Decided { number: (i16, i64), reason: Option<Text>, rectification: Option<MatterId> },
    Refused { reason: Option<Text> },
    Answered { text: Text },
    Cancelled { reason: Text },
}

/// A measure.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// As proposed; none: it never was.
    pub proposed: Option<Proposed>,
    /// Whose work the proposal is.
    pub by: Option<Hands>,
    /// How far it is.
    pub state: Option<MeasureState>,
    /// Year and running number, once decided.
    pub number: Option<(i16, i64)>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// The rectification it became.
    pub rectification: Option<MatterId>,
    /// Why it was taken, refused or cancelled.
    pub reason: Option<Text>,
    /// What the competent body answered.
    pub answer: Option<Text>,
}

/// What must be known.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who acts.
    pub actor: Actor,
    /// The local day.
    pub today: Date,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct AccountabilityRules;

impl Aggregate for AccountabilityRules {
    type State = Measure;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "accountability";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Proposed(_) => "proposed",
            Event::Decided { .. } => "decided",
            Event::Refused { .. } => "refused",
            Event::Answered { .. } => "answered",
            Event::Cancelled { .. } => "cancelled",
        }
    }

    fn decide(state: &Measure, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let event = match command {
            Command::Propose(proposed) => propose(state, proposed, facts)?,
            Command::Decide { approve, reason, number, rectification } => {
                in_state(state, MeasureState::Proposed)?;
                not_own(state, facts)?;
                match (approve, number, reason) {
                    (true, Some(number), _) => Event::Decided {
                        number: *number,
                        reason: reason.clone(),
                        rectification: *rectification,
                    },
                    (true, None, _) => return Err(Refusal::new("accountability-number-missing")),
                    (false, _, Some(_)) => Event::Refused { reason: reason.clone() },
                    (false, _, None) => {
                        return Err(Refusal::field("reason", "accountability-reason-missing"));
                    }
                }
            }
            Command::Feedback { text } => {
                in_state(state, MeasureState::Decided)?;
                let clue = state.proposed.as_ref().is_some_and(|measure| measure.kind == MeasureKind::Clue);
                if !clue {
                    return Err(Refusal::new("accountability-no-clue"));
                }
                Event::Answered { text: text.clone() }
            }
            Command::Cancel { reason } => {
                in_state(state, MeasureState::Decided)?;
                not_own(state, facts)?;
                Event::Cancelled { reason: reason.clone() }
            }
        };
        Ok(vec![event])
    }

    fn fold(mut state: Measure, entry: &Recorded<Event>) -> Measure {
        match &entry.event {
            Event::Proposed(proposed) => {
                state.proposed = Some((**proposed).clone());
                state.by = Some(entry.actor.hands());
                state.state = Some(MeasureState::Proposed);
            }
            Event::Decided { number, reason, rectification } => {
                state.state = Some(MeasureState::Decided);
                state.number = Some(*number);
                state.decided_at = Some(entry.at());
                state.reason.clone_from(reason);
                state.rectification = *rectification;
            }
            Event::Refused { reason } => {
                state.state = Some(MeasureState::Refused);
                state.reason.clone_from(reason);
            }
            Event::Answered { text } => {
                state.state = Some(MeasureState::Answered);
                state.answer = Some(text.clone());
            }
            Event::Cancelled { reason } => {
                state.state = Some(MeasureState::Cancelled);
                state.reason = Some(reason.clone());
            }
        }
        state
    }
}

fn propose(state: &Measure, proposed: &Proposed, facts: &Facts) -> Result<Event, Refusal> {
    if state.proposed.is_some() {
        return Err(Refusal::new("accountability-proposed-already"));
    }
    match (&proposed.rectify, proposed.kind) {
        (Some(_), kind) if !kind.can_rectify() => {
            return Err(Refusal::field("demand", "accountability-nothing-to-rectify"));
        }
        (Some((_, by)), _) if *by < facts.today => return Err(Refusal::field("due", "due-past")),
        _ => {}
    }
    if proposed.kind == MeasureKind::Clue && proposed.body.trim().is_empty() {
        return Err(Refusal::field("body", "accountability-body-missing"));
    }
    Ok(Event::Proposed(Box::new(proposed.clone())))
}

fn in_state(state: &Measure, wanted: MeasureState) -> Result<(), Refusal> {
    match state.state {
        Some(found) if found == wanted => Ok(()),
        Some(_) => Err(Refusal::new("accountability-settled")),
        None => Err(Refusal::new("accountability-unknown")),
    }
}

/// Nobody decides what they proposed, nor for whom they stand in.
fn not_own(state: &Measure, facts: &Facts) -> Result<(), Refusal> {
    let Hands { account, stood_in_for } = facts.actor.hands();
    let own = |other: AccountId| account == Some(other) || stood_in_for == Some(other);
    if state.by.into_iter().flatten().any(own) { Err(Refusal::new("own-work")) } else { Ok(()) }
}
