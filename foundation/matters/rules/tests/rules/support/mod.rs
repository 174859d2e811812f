//! The language of the stories: who does what when, and what is refused.

pub mod commands;
pub mod world;

use kernel::permission::Grant;
use kernel::time::{Date, DateTime, Instant};
use kernel::{Actor, Aggregate, NodeId, Recorded, Refusal, Source};
use matters_rules::authority;
use matters_rules::standing::{Action, actions};
use matters_rules::state::Limit;
use matters_rules::timers::timers;
use matters_rules::{ActionCode, Command, Event, Matter, MatterRules, Node, Phase};
use world::World;

/// One matter on its way through the world.
#[derive(Clone)]
pub struct Scenario {
    pub world: World,
    pub matter: Matter,
    pub now: Instant,
    pub entries: Vec<Recorded<Event>>,
}

impl Scenario {
    /// Monday, 13 June 2022, nine o'clock; nothing filed yet.
    pub fn start() -> Self {
        Self {
            world: World::default(),
            matter: Matter::default(),
            now: at("2022-06-13T09:00"),
            entries: Vec::new(),
        }
    }

    /// Filed by the appellant.
    pub fn filed() -> Self {
        Self::start().then("public", commands::file())
    }

    /// Filed and accepted as general, with two demands.
    pub fn accepted() -> Self {
        Self::filed().then("intake", commands::accept())
    }

    /// Assigned to one city department as the lead.
    pub fn assigned() -> Self {
        Self::accepted().then("dispatcher", commands::assign(None, &[("fgw", "lead")]))
    }

    /// The lead has signed.
    pub fn signed() -> Self {
        let s = Self::assigned();
        let node = s.node_id("fgw");
        s.then("fgw-liaison", Command::Sign { node })
    }

    /// The lead has contacted the appellant and answered: all solved.
    pub fn answered() -> Self {
        let mut s = Self::signed();
        s.works("fgw-liaison", "fgw");
        s
    }

    /// The lead's submission is signed off and awaits the office.
    pub fn signed_off() -> Self {
        let mut s = Self::answered();
        s.submits("fgw-liaison", "fgw-head", "fgw");
        s
    }

    /// The office approved: the call-back begins.
    pub fn called_back() -> Self {
        let mut s = Self::signed_off();
        s.reviews("dispatcher", "fgw", true);
        s
    }

    /// Closed by the appellant's satisfied rating.
    pub fn closed() -> Self {
        Self::called_back().then("appellant", commands::rate("yes", "satisfied"))
    }

    /// Through the county platform, which passed it on to its department; all signed.
    pub fn passed_on() -> Self {
        let mut s = Self::accepted().then("dispatcher", commands::assign(None, &[("x-pt", "lead")]));
        s.signs("x-pt-liaison", "x-pt");
        let node = s.node_id("x-pt");
        s.does("x-pt-liaison", commands::assign(Some(node), &[("x-fgj", "lead")]));
        s.signs("x-fgj-liaison", "x-fgj");
        s
    }

    /// The same, one step on, for stories told in a chain.
    pub fn then(mut self, who: &str, command: Command) -> Self {
        self.does(who, command);
        self
    }

    /// Someone does something.
    #[track_caller]
    pub fn does(&mut self, who: &str, command: Command) -> &mut Self {
        if let Err(refusal) = self.tries(who, &command) {
            panic!("{who} may not {:?}: {refusal:?}", command.action());
        }
        self
    }

    /// Someone is refused, for that reason.
    #[track_caller]
    pub fn refuses(&mut self, who: &str, command: Command, code: &str) -> &mut Self {
        let action = command.action();
        match self.clone().tries(who, &command) {
            Ok(events) => panic!("{who} should not {action:?}, but: {events:?}"),
            Err(refusal) => assert_eq!(refusal.code, code, "{who} {action:?}"),
        }
        self
    }

    /// Permit, decide, fold: what the write path does.
    pub fn tries(&mut self, who: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let mut facts = self.world.facts(who, self.now, &self.matter);
        if facts.actor.account().is_some() {
            let grants = self.grants(who);
            let grant = authority::post(&self.matter, command, &facts, &grants);
            let grant = grant.ok_or_else(|| Refusal::new("not-permitted"))?.clone();
            facts.actor = Actor::Person {
                account: world::account(who),
                unit: grant.unit,
                role: grant.role,
                stands_in_for: grant.stands_in_for,
            };
        }
        let events = MatterRules::decide(&self.matter, command, &facts)?;
        for event in &events {
            let entry = Recorded {
                version: self.matter.version + 1,
                occurred_at: self.now,
                recorded_at: self.now,
                source: Source::Live,
                actor: facts.actor.clone(),
                event: event.clone(),
            };
            self.matter = MatterRules::fold(std::mem::take(&mut self.matter), &entry);
            self.entries.push(entry);
        }
        self.world.next_ids(events.len() as u128);
        Ok(events)
    }

    pub fn grants(&self, who: &str) -> Vec<Grant> {
        self.world.grants(who)
    }

    /// What the page of this person would offer.
    pub fn offers(&self, who: &str) -> Vec<Action> {
        let facts = self.world.facts(who, self.now, &self.matter);
        actions(&self.matter, &facts, &self.grants(who))
    }

    pub fn offers_verb(&self, who: &str, code: ActionCode) -> bool {
        self.offers(who).iter().any(|action| action.code == code)
    }

    /// Time passes; nothing happens by itself.
    pub fn on(&mut self, local: &str) -> &mut Self {
        self.now = at(local);
        self
    }

    /// Time passes, and the platform's timers do what has come due, in order.
    pub fn until(&mut self, local: &str) -> &mut Self {
        let end = at(local);
        while let Some(timer) = timers(&self.matter).into_iter().filter(|t| t.at <= end).min_by_key(|t| t.at)
        {
            self.now = self.now.max(timer.at);
            self.does("system", timer.command());
        }
        self.now = end;
        self
    }

    #[track_caller]
    pub fn is_in(&mut self, phase: Phase) -> &mut Self {
        assert_eq!(self.matter.phase, phase);
        self
    }

    /// The latest node of that unit.
    #[track_caller]
    pub fn node(&self, unit: &str) -> &Node {
        self.matter.nodes.iter().rev().find(|node| node.unit.as_str() == unit).expect("the unit has a node")
    }

    #[track_caller]
    pub fn node_id(&self, unit: &str) -> NodeId {
        self.node(unit).id
    }

    #[track_caller]
    pub fn signs(&mut self, who: &str, unit: &str) -> &mut Self {
        let node = self.node_id(unit);
        self.does(who, Command::Sign { node })
    }

    /// Contacts the appellant and answers: both demands solved.
    #[track_caller]
    pub fn works(&mut self, who: &str, unit: &str) -> &mut Self {
        let (node, now) = (self.node_id(unit), self.now);
        self.does(who, commands::contact(node, now)).does(who, commands::answer(node, now))
    }

    /// Submits, and the unit's head signs off.
    #[track_caller]
    pub fn submits(&mut self, who: &str, head: &str, unit: &str) -> &mut Self {
        let node = self.node_id(unit);
        self.does(who, commands::submit(node)).does(head, commands::sign_off(node))
    }

    #[track_caller]
    pub fn reviews(&mut self, who: &str, unit: &str, approve: bool) -> &mut Self {
        let node = self.node_id(unit);
        self.does(who, commands::review(node, approve))
    }

    /// From signed to approved, all by that unit's people and that reviewer.
    #[track_caller]
    pub fn completes(&mut self, unit: &str, reviewer: &str) -> &mut Self {
        let (liaison, head) = (format!("{unit}-liaison"), format!("{unit}-head"));
        self.works(&liaison, unit).submits(&liaison, &head, unit).reviews(reviewer, unit, true)
    }

    /// The kinds of events so far, in order.
    pub fn told(&self) -> Vec<&'static str> {
        self.entries.iter().map(|entry| entry.event.kind()).collect()
    }

    /// The last local date on which the limit can be met.
    pub fn date(&self, limit: &Limit) -> Date {
        limit.date(&self.world.calendar)
    }
}

/// A moment in the city's local time.
pub fn at(local: &str) -> Instant {
    let local: DateTime = local.parse().expect("a local time");
    kernel::time::Zone::default().instant(local)
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}
