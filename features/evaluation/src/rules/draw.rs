//! A draw 抽查: which closed matters are checked again, by [`sampling`]. Seed, size and digest of
//! the population and the drawn matters are journaled, so that anyone can draw them anew.

use kernel::permission::Standing;
use kernel::time::{Date, Instant};
use kernel::{Actor, Aggregate, MatterId, Recorded, Refusal, UnitId, codes};
use matters_rules::Finding;
use matters_rules::sampling;
pub use sampling::{MOST, Size, digest, lowest, rank};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Of what a draw is made.
    Population, "draw-kind" {
        /// 办结件: closed with a result of units.
        Closed = "closed",
        /// 直接答复件
        Direct = "direct",
        /// 全部
        Both = "both",
    }
}

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Of what.
    pub of: Population,
    /// Closed from this local day on …
    pub from: Date,
    /// … to this one, the whole day included.
    pub to: Date,
    /// The office whose matters they are, with all below it.
    pub office: UnitId,
    /// Whether `amount` is a percentage or a number.
    pub size: Size,
    /// How much.
    pub amount: u32,
}

/// What someone may want of a draw.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words")]
pub enum Command {
    Draw(Plan),
    /// A drawn matter was checked; its own stream says what was found in words.
    Record {
        matter: MatterId,
        called: bool,
        finding: Finding,
    },
}

/// What can have happened to a draw.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    /// `as_of`: when the population stood; `digest`: SHA-256 of its ids in order.
    Drawn {
        plan: Plan,
        as_of: Instant,
        seed: String,
        population: u64,
        digest: String,
        matters: Vec<MatterId>,
    },
    Recorded {
        matter: MatterId,
        called: bool,
        finding: Finding,
    },
}

/// What a draw adds up to.
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
    /// The drawn ones, by rank.
    pub matters: Vec<MatterId>,
    /// What was found of which.
    pub found: BTreeMap<MatterId, Finding>,
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The time that counts.
    pub now: Instant,
    /// The local day.
    pub today: Date,
    /// Who acts.
    pub actor: Actor,
    /// What there is to draw from, for a draw.
    pub population: Vec<MatterId>,
    /// The platform's seed, hex.
    pub seed: String,
    /// Where the office stands.
    pub standing: Standing,
}

/// The rules of a draw.
#[derive(Clone, Copy, Debug)]
pub struct DrawRules;

impl Aggregate for DrawRules {
    type State = Draw;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "draw";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Drawn { .. } => "draw_drawn",
            Event::Recorded { .. } => "draw_recorded",
        }
    }

    fn decide(draw: &Draw, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        Ok(vec![match command {
            Command::Draw(plan) => drawn(draw, plan, facts)?,
            Command::Record { matter, called, finding } => {
                if !draw.matters.contains(matter) {
                    return Err(Refusal::new("draw-not-drawn"));
                }
                if draw.found.contains_key(matter) {
                    return Err(Refusal::new("rechecked-already"));
                }
                Event::Recorded { matter: *matter, called: *called, finding: *finding }
            }
        }])
    }

    fn fold(mut draw: Draw, event: &Recorded<Event>) -> Draw {
        match &event.event {
            Event::Drawn { plan, as_of, seed, population, digest, matters } => {
                draw.plan = Some(plan.clone());
                draw.as_of = Some(*as_of);
                draw.seed.clone_from(seed);
                draw.population = *population;
                draw.digest.clone_from(digest);
                draw.matters.clone_from(matters);
            }
            Event::Recorded { matter, finding, .. } => {
                draw.found.insert(*matter, *finding);
            }
        }
        draw
    }
}

fn drawn(draw: &Draw, plan: &Plan, facts: &Facts) -> Result<Event, Refusal> {
    if draw.plan.is_some() {
        return Err(Refusal::new("draw-drawn-already"));
    }
    sampling::fits(plan.from, plan.to, facts.today, plan.size, plan.amount)?;
    if facts.population.is_empty() {
        return Err(Refusal::field("from", "draw-empty"));
    }
    let wanted = sampling::few_enough(plan.size, plan.amount, facts.population.len())?;
    Ok(Event::Drawn {
        plan: plan.clone(),
        as_of: facts.now,
        seed: facts.seed.clone(),
        population: facts.population.len() as u64,
        digest: digest(&facts.population),
        matters: lowest(&facts.seed, &facts.population, wanted),
    })
}

/// How many a plan draws of so many.
pub fn wanted(plan: &Plan, population: usize) -> usize {
    sampling::wanted(plan.size, plan.amount, population)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Source;

    fn matter(n: u128) -> MatterId {
        let digits = format!("{n:032x}");
        let id = format!(
            "{}-{}-{}-{}-{}",
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..]
        );
        id.parse().expect("an id")
    }

    fn plan(size: Size, amount: u32) -> Plan {
        let date = |text: &str| text.parse().expect("a date");
        let (from, to) = (date("2022-06-01"), date("2022-06-30"));
        Plan { of: Population::Both, from, to, office: "office".into(), size, amount }
    }

    fn facts(population: u128) -> Facts {
        Facts {
            now: Instant::from_micros(0),
            today: "2022-07-01".parse().expect("a date"),
            actor: Actor::Public,
            population: (0..population).map(matter).collect(),
            seed: "00ff".into(),
            standing: Standing::default(),
        }
    }

    fn fold(event: Event) -> Draw {
        let now = Instant::from_micros(0);
        let entry = Recorded {
            version: 1,
            occurred_at: now,
            recorded_at: now,
            source: Source::Live,
            actor: Actor::Public,
            event,
        };
        DrawRules::fold(Draw::default(), &entry)
    }

    fn draw(plan: Plan, facts: &Facts) -> Result<Draw, &'static str> {
        let events = DrawRules::decide(&Draw::default(), &Command::Draw(plan), facts);
        events.map(|mut events| fold(events.remove(0))).map_err(|refusal| refusal.code)
    }

    #[test]
    fn anyone_draws_the_same_from_seed_and_population_in_whatever_order() {
        let mut facts = facts(40);
        let once = draw(plan(Size::Number, 7), &facts).expect("drawn");
        facts.population.reverse();
        let again = draw(plan(Size::Number, 7), &facts).expect("drawn");
        assert_eq!((once.matters.len(), once.population), (7, 40));
        assert_eq!((&once.matters, &once.digest), (&again.matters, &again.digest));
        facts.seed = "00fe".into();
        assert_ne!(draw(plan(Size::Number, 7), &facts).expect("drawn").matters, once.matters);
        // The rule as docs tell it, with any other tool: printf '00ff:<id>' | sha256sum.
        assert!(rank("00ff", once.matters[0]) < rank("00ff", once.matters[6]));
    }

    #[test]
    fn every_matter_is_drawn_about_as_often_as_any_other() {
        let population: Vec<MatterId> = (0..20).map(matter).collect();
        let mut times = BTreeMap::new();
        for seed in 0..2_000 {
            for drawn in lowest(&format!("{seed:04x}"), &population, 5) {
                *times.entry(drawn).or_insert(0_u32) += 1;
            }
        }
        // 500 expected; six standard deviations of a binomial are 116.
        assert!(times.len() == 20 && times.values().all(|n| (384..=616).contains(n)), "{times:?}");
    }

    #[test]
    fn a_share_is_rounded_up_and_never_more_than_there_are() {
        assert_eq!(draw(plan(Size::Share, 10), &facts(41)).expect("drawn").matters.len(), 5);
        assert_eq!(draw(plan(Size::Number, 100), &facts(3)).expect("drawn").matters.len(), 3);
        assert_eq!(draw(plan(Size::Share, 100), &facts(501)).expect_err("too many"), "draw-too-many");
        assert_eq!(draw(plan(Size::Share, 101), &facts(5)).expect_err("no share"), "draw-amount");
        assert_eq!(draw(plan(Size::Number, 0), &facts(5)).expect_err("none"), "draw-amount");
        assert_eq!(draw(plan(Size::Number, 1), &facts(0)).expect_err("empty"), "draw-empty");
        let ahead = Plan { to: "2022-07-02".parse().expect("a date"), ..plan(Size::Number, 1) };
        assert_eq!(draw(ahead, &facts(5)).expect_err("ahead"), "draw-period-ahead");
        let reversed = Plan { from: "2022-07-01".parse().expect("a date"), ..plan(Size::Number, 1) };
        assert_eq!(draw(reversed, &facts(5)).expect_err("reversed"), "draw-period");
    }

    #[test]
    fn only_what_was_drawn_is_recorded_and_once() {
        let drawn = draw(plan(Size::Number, 1), &facts(2)).expect("drawn");
        let inside = drawn.matters[0];
        let outside = (0..2).map(matter).find(|other| *other != inside).expect("the other");
        let record = |matter| Command::Record { matter, called: true, finding: Finding::False };
        let refused = |draw: &Draw, matter| {
            DrawRules::decide(draw, &record(matter), &facts(0)).map(|_| ()).map_err(|refusal| refusal.code)
        };
        assert_eq!(refused(&drawn, outside), Err("draw-not-drawn"));
        assert_eq!(refused(&drawn, inside), Ok(()));
        let mut done = drawn;
        done.found.insert(inside, Finding::Confirmed);
        assert_eq!(refused(&done, inside), Err("rechecked-already"));
    }
}
