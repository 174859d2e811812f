//! The check of one call or visit: scored item by item, answered by the officer who took it, read a
//! second time by somebody else, which then counts. Pure.

use kernel::permission::Standing;
use kernel::time::Instant;
use kernel::{AccountId, Actor, Aggregate, Hands, ReceptionId, Recorded, Refusal, Sealed, UnitId, codes};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sealed words.
pub type Text = Sealed<String>;

/// Days in which the officer may answer a score: a week, leave included.
pub const ANSWER_DAYS: i64 = 7;

codes! {
    /// How far a check is.
    CheckState, "call-check-state" {
        /// 已评分
        Scored = "scored",
        /// 已申诉，待复评
        Answered = "answered",
        /// 已复评
        Final = "final",
    }
}

/// The points of each item, by its code.
pub type Scores = BTreeMap<String, u32>;

/// A score as given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Score {
    /// The version of the score sheet.
    pub version: u32,
    /// Points by item.
    pub scores: Scores,
    /// What was heard and read.
    pub words: Text,
}

/// What is wanted.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words")]
pub enum Command {
    Score {
        draw: String,
        call: ReceptionId,
        score: Score,
    },
    /// By the officer who took the call.
    Answer {
        call: ReceptionId,
        text: Text,
    },
    /// By somebody who neither took the call nor scored it first.
    Second {
        call: ReceptionId,
        score: Score,
    },
}

impl Command {
    /// The call it is about, by whose id the stream is named.
    pub fn call(&self) -> ReceptionId {
        match self {
            Self::Score { call, .. } | Self::Answer { call, .. } | Self::Second { call, .. } => *call,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Scored { draw: String, officer: Option<AccountId>, office: UnitId, begun_at: Instant, score: Score },
    Answered { text: Text },
    SecondRead { score: Score },
}

/// A check.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// How far it is; none: it was not scored.
    pub state: Option<CheckState>,
    /// Who took the call.
    pub officer: Option<AccountId>,
    /// When it was scored first.
    pub scored_at: Option<Instant>,
    /// By whom.
    pub by: Hands,
    /// The first score.
    pub first: Option<Score>,
    /// What the officer answered.
    pub answer: Option<Text>,
    /// The second score, which counts.
    pub second: Option<Score>,
}

/// What must be known.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The time that counts.
    pub now: Instant,
    /// Who acts.
    pub actor: Actor,
    /// Who took the call.
    pub officer: Option<AccountId>,
    /// The office it was taken for.
    pub office: UnitId,
    /// When it began.
    pub begun_at: Instant,
    /// Whether the draw that is named drew it.
    pub drawn: bool,
    /// The items in use with the most points of each.
    pub items: Vec<(String, u32)>,
    /// Where the office stands.
    pub standing: Standing,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct CheckRules;

impl Aggregate for CheckRules {
    type State = Check;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "call_check";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Scored { .. } => "call_scored",
            Event::Answered { .. } => "call_answered",
            Event::SecondRead { .. } => "call_second_read",
        }
    }

    fn decide(check: &Check, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let event = match command {
            Command::Score { draw, score, .. } => {
                if check.state.is_some() {
                    return Err(Refusal::new("call-scored-already"));
                }
                if !facts.drawn {
                    return Err(Refusal::new("call-not-drawn"));
                }
                nobodys_own(facts, Hands::default())?;
                whole(score, facts)?;
                Event::Scored {
                    draw: draw.clone(),
                    officer: facts.officer,
                    office: facts.office.clone(),
                    begun_at: facts.begun_at,
                    score: score.clone(),
                }
            }
            Command::Answer { text, .. } => {
                in_state(check, CheckState::Scored)?;
                let hands = facts.actor.hands();
                if hands.account.is_none() || hands.account != facts.officer {
                    return Err(Refusal::new("call-not-yours"));
                }
                if check.scored_at.is_some_and(|at| facts.now > at.plus_days(ANSWER_DAYS)) {
                    return Err(Refusal::new("call-answer-late").with("days", ANSWER_DAYS));
                }
                Event::Answered { text: text.clone() }
            }
            Command::Second { score, .. } => {
                in_state(check, CheckState::Answered)?;
                nobodys_own(facts, check.by)?;
                whole(score, facts)?;
                Event::SecondRead { score: score.clone() }
            }
        };
        Ok(vec![event])
    }

    fn fold(mut check: Check, entry: &Recorded<Event>) -> Check {
        match &entry.event {
            Event::Scored { officer, score, .. } => {
                check.state = Some(CheckState::Scored);
                check.officer = *officer;
                check.scored_at = Some(entry.at());
                check.by = entry.actor.hands();
                check.first = Some(score.clone());
            }
            Event::Answered { text } => {
                check.state = Some(CheckState::Answered);
                check.answer = Some(text.clone());
            }
            Event::SecondRead { score } => {
                check.state = Some(CheckState::Final);
                check.second = Some(score.clone());
            }
        }
        check
    }
}

impl Score {
    /// Points of all items.
    pub fn total(&self) -> u32 {
        self.scores.values().sum()
    }
}

impl Check {
    /// The score that counts.
    pub fn counts(&self) -> Option<&Score> {
        self.second.as_ref().or(self.first.as_ref())
    }
}

fn in_state(check: &Check, wanted: CheckState) -> Result<(), Refusal> {
    match check.state {
        Some(state) if state == wanted => Ok(()),
        Some(CheckState::Scored) => Err(Refusal::new("call-not-answered")),
        Some(_) => Err(Refusal::new("call-answered-already")),
        None => Err(Refusal::new("call-not-scored")),
    }
}

/// Nobody scores a call they took, nor reads their own score a second time.
fn nobodys_own(facts: &Facts, first: Hands) -> Result<(), Refusal> {
    let hands = facts.actor.hands();
    let theirs = |account: AccountId| hands.into_iter().any(|hand| hand == account);
    if facts.officer.is_some_and(theirs) || first.into_iter().any(theirs) {
        return Err(Refusal::new("own-work"));
    }
    Ok(())
}

/// Every item in use once, none over its points.
fn whole(score: &Score, facts: &Facts) -> Result<(), Refusal> {
    for (item, most) in &facts.items {
        match score.scores.get(item) {
            Some(points) if points <= most => {}
            _ => return Err(Refusal::field("scores", "call-points").with("item", item).with("max", *most)),
        }
    }
    if score.scores.len() != facts.items.len() {
        return Err(Refusal::field("scores", "call-items-other"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::permission::Role;
    use kernel::{Source, SubjectId};

    fn account(n: u32) -> AccountId {
        format!("00000000-0000-7000-9000-{n:012}").parse().expect("an id")
    }

    fn facts(by: u32) -> Facts {
        let (unit, role) = ("office".into(), Role::Quality);
        Facts {
            now: Instant::from_micros(0),
            actor: Actor::Person { account: account(by), unit, role, stands_in_for: None },
            officer: Some(account(1)),
            office: "office".into(),
            begun_at: Instant::from_micros(0),
            drawn: true,
            items: vec![("a".into(), 60), ("b".into(), 40)],
            standing: Standing::default(),
        }
    }

    fn call() -> ReceptionId {
        "00000000-0000-7000-8000-000000000001".parse().expect("an id")
    }

    fn words() -> Text {
        Sealed::from_parts(SubjectId("s".into()), "sealed".into())
    }

    fn score(a: u32, b: u32) -> Score {
        Score { version: 1, scores: [("a".to_owned(), a), ("b".to_owned(), b)].into(), words: words() }
    }

    fn first(a: u32, b: u32) -> Command {
        Command::Score { draw: "d".into(), call: call(), score: score(a, b) }
    }

    fn refused(check: &Check, command: &Command, facts: &Facts) -> &'static str {
        CheckRules::decide(check, command, facts).expect_err("refused").code
    }

    fn done(check: Check, command: &Command, facts: &Facts) -> Check {
        let event = CheckRules::decide(&check, command, facts).expect("allowed").remove(0);
        let (source, actor, at) = (Source::Live, facts.actor.clone(), facts.now);
        let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
        CheckRules::fold(check, &entry)
    }

    #[test]
    fn every_item_is_scored_and_nobody_scores_their_own_call() {
        let fresh = Check::default();
        assert_eq!(refused(&fresh, &first(61, 40), &facts(2)), "call-points");
        assert_eq!(refused(&fresh, &first(60, 40), &facts(1)), "own-work");
        assert_eq!(refused(&fresh, &first(60, 40), &Facts { drawn: false, ..facts(2) }), "call-not-drawn");
        let mut more = score(60, 40);
        more.scores.insert("c".into(), 1);
        assert_eq!(
            refused(&fresh, &Command::Score { draw: "d".into(), call: call(), score: more }, &facts(2)),
            "call-items-other"
        );
        let scored = done(fresh, &first(50, 30), &facts(2));
        assert_eq!(scored.counts().map(Score::total), Some(80));
        assert_eq!(refused(&scored, &first(50, 30), &facts(3)), "call-scored-already");
    }

    #[test]
    fn the_officer_answers_within_a_week_and_another_reads_again() {
        let scored = done(Check::default(), &first(20, 30), &facts(2));
        let answer = Command::Answer { call: call(), text: words() };
        assert_eq!(refused(&scored, &answer, &facts(3)), "call-not-yours");
        let late = Facts { now: Instant::from_micros(1).plus_days(ANSWER_DAYS), ..facts(1) };
        assert_eq!(refused(&scored, &answer, &late), "call-answer-late");
        let second = Command::Second { call: call(), score: score(40, 30) };
        assert_eq!(refused(&scored, &second, &facts(3)), "call-not-answered");
        let answered = done(scored, &answer, &facts(1));
        assert_eq!(refused(&answered, &answer, &facts(1)), "call-answered-already");
        for own in [1, 2] {
            assert_eq!(refused(&answered, &second, &facts(own)), "own-work");
        }
        let last = done(answered, &second, &facts(3));
        assert_eq!((last.state, last.counts().map(Score::total)), (Some(CheckState::Final), Some(70)));
        assert_eq!(last.first.as_ref().map(Score::total), Some(50), "both are kept");
    }
}
