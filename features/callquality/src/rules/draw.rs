//! A draw of calls and visits, as evaluation draws matters: [`sampling`] ranks them by a seed that
//! the platform draws, so that anyone can draw them anew. Pure.

use kernel::permission::Standing;
use kernel::time::{Date, Instant};
use kernel::{Aggregate, ReceptionId, Recorded, Refusal, UnitId};
use matters_rules::sampling::{self, Size};
use serde::{Deserialize, Serialize};

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Begun from this local day on …
    pub from: Date,
    /// … to this one, the whole day included.
    pub to: Date,
    /// The office whose calls they are, with all below it.
    pub office: UnitId,
    /// Whether `amount` is a percentage or a number.
    pub size: Size,
    /// How much.
    pub amount: u32,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Drawn.
    Drawn {
        /// Of what.
        plan: Plan,
        /// When the population stood.
        as_of: Instant,
        /// Hex.
        seed: String,
        /// How many there were.
        population: u64,
        /// SHA-256 of their ids in order.
        digest: String,
        /// Those drawn, by rank.
        calls: Vec<ReceptionId>,
    },
}

/// A draw; none of it before it was made.
#[derive(Clone, Debug, Default)]
pub struct Draw {
    /// What was drawn.
    pub plan: Option<Plan>,
    /// When the population stood.
    pub as_of: Option<Instant>,
    /// Hex.
    pub seed: String,
    /// How many there were.
    pub population: u64,
    /// SHA-256 of their ids.
    pub digest: String,
    /// Those drawn, by rank.
    pub calls: Vec<ReceptionId>,
}

/// What must be known.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The time that counts.
    pub now: Instant,
    /// The local day.
    pub today: Date,
    /// What there is to draw from.
    pub population: Vec<ReceptionId>,
    /// The platform's seed, hex.
    pub seed: String,
    /// Where the office stands.
    pub standing: Standing,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct DrawRules;

impl Aggregate for DrawRules {
    type State = Draw;
    type Command = Plan;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "call_draw";

    fn event_kind(_: &Event) -> &'static str {
        "call_drawn"
    }

    fn decide(draw: &Draw, plan: &Plan, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        if draw.plan.is_some() {
            return Err(Refusal::new("draw-drawn-already"));
        }
        sampling::fits(plan.from, plan.to, facts.today, plan.size, plan.amount)?;
        if facts.population.is_empty() {
            return Err(Refusal::field("from", "call-draw-empty"));
        }
        let wanted = sampling::few_enough(plan.size, plan.amount, facts.population.len())?;
        Ok(vec![Event::Drawn {
            plan: plan.clone(),
            as_of: facts.now,
            seed: facts.seed.clone(),
            population: facts.population.len() as u64,
            digest: sampling::digest(&facts.population),
            calls: sampling::lowest(&facts.seed, &facts.population, wanted),
        }])
    }

    fn fold(_: Draw, entry: &Recorded<Event>) -> Draw {
        let Event::Drawn { plan, as_of, seed, population, digest, calls } = entry.event.clone();
        Draw { plan: Some(plan), as_of: Some(as_of), seed, population, digest, calls }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(n: u32) -> Facts {
        let call = |n: u32| format!("00000000-0000-7000-8000-{n:012}").parse().expect("an id");
        Facts {
            now: Instant::from_micros(0),
            today: "2022-07-01".parse().expect("a date"),
            population: (0..n).map(call).collect(),
            seed: "00ff".into(),
            standing: Standing::default(),
        }
    }

    fn plan(amount: u32) -> Plan {
        let date = |text: &str| text.parse().expect("a date");
        let (from, to) = (date("2022-06-01"), date("2022-06-30"));
        Plan { from, to, office: "office".into(), size: Size::Number, amount }
    }

    #[test]
    fn anyone_draws_the_same_in_whatever_order() {
        let mut facts = facts(40);
        let Event::Drawn { calls, digest, .. } =
            DrawRules::decide(&Draw::default(), &plan(7), &facts).expect("drawn").remove(0);
        facts.population.reverse();
        let Event::Drawn { calls: again, digest: same, .. } =
            DrawRules::decide(&Draw::default(), &plan(7), &facts).expect("drawn").remove(0);
        assert_eq!((calls.len(), &calls, &digest), (7, &again, &same));
        assert!(sampling::rank("00ff", calls[0]) < sampling::rank("00ff", calls[6]));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let code =
            |plan: &Plan, n| DrawRules::decide(&Draw::default(), plan, &facts(n)).expect_err("refused").code;
        assert_eq!(code(&plan(0), 5), "draw-amount");
        assert_eq!(code(&plan(5), 0), "call-draw-empty");
        assert_eq!(
            code(&Plan { to: "2022-07-02".parse().expect("a date"), ..plan(1) }, 5),
            "draw-period-ahead"
        );
        assert_eq!(code(&Plan { size: Size::Share, amount: 101, ..plan(1) }, 5), "draw-amount");
    }
}
