//! The small world of the model check: its state, what can happen in it, what must hold.

use crate::support::commands::*;
use crate::support::world::account;
use crate::support::{Scenario, at};
use kernel::time::Instant;
use kernel::{AccountId, NodeId, UnitId};
use matters_rules::state::{Completion, NodeState, ResultSource};
use matters_rules::timers::timers;
use matters_rules::{
    CallOutcome, ClosingType, Command, Event, Matter, Node, NodeRole, Phase, Procedure, RatedBy,
};
use stateright::{Model, Property};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex};

const OFFICE: [&str; 2] = ["office-a", "office-b"];
const TOP: &str = "x-pt";
const BELOW: &str = "x-fgj";
/// More assignments in one matter say nothing new.
const MOST_NODES: usize = 3;
/// All in order; near the end of the first limits; everything over.
static TIMES: LazyLock<[Instant; 3]> =
    LazyLock::new(|| ["2022-06-13T09:00", "2022-06-14T16:00", "2022-09-01T09:00"].map(at));

/// The model; it notes which state follows which, to ask afterwards whether all can end.
#[derive(Clone, Default)]
pub struct Loop {
    pub edges: Arc<Mutex<Edges>>,
}

#[derive(Default)]
pub struct Edges {
    pub after: BTreeMap<u64, BTreeSet<u64>>,
    pub ended: BTreeSet<u64>,
}

/// The matter and the time; equal where nothing that rules look at differs.
#[derive(Clone)]
pub struct State {
    pub matter: Arc<Matter>,
    pub time: usize,
    /// Someone decided on their own work on the way here.
    pub self_approved: bool,
    /// Who worked on which assignment, and who answered directly, by the model's own book.
    worked: BTreeMap<NodeId, BTreeSet<AccountId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Time moves on.
    Tick,
    /// A due timer does its work.
    Timer(usize),
    /// Someone does something.
    Does(&'static str, Verb),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Accept,
    AskCompletion,
    Complete,
    ProposeDecline,
    /// For want of a concrete demand.
    ProposeEmpty,
    Decline,
    AnswerDirectly,
    AssignTo(&'static str),
    PassOn(usize),
    Sign(usize),
    Object(usize),
    ReassignTo(usize, &'static str),
    Rule(usize),
    Release(usize),
    /// Contact and answer.
    Work(usize),
    Submit(usize),
    SignOff(usize),
    Approve(usize),
    Return(usize),
    Reach,
    Rate(bool),
    Contest,
    Redo(bool),
    Close,
    Withdraw,
}

impl Model for Loop {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let filed = Scenario::filed().matter;
        vec![State { matter: Arc::new(filed), time: 0, self_approved: false, worked: BTreeMap::new() }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        if state.time + 1 < TIMES.len() {
            actions.push(Action::Tick);
        }
        let now = state.now();
        let due = timers(&state.matter).into_iter().enumerate().filter(|(_, timer)| timer.at <= now);
        actions.extend(due.map(|(place, _)| Action::Timer(place)));
        actions.extend(wishes(&state.matter).into_iter().map(|(who, verb)| Action::Does(who, verb)));
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let after = step(before, action)?;
        let (from, to) = (before.fingerprint(), after.fingerprint());
        let mut edges = self.edges.lock().expect("no thread panicked");
        for (state, print) in [(before, from), (&after, to)] {
            edges.after.entry(print).or_default();
            if state.matter.phase.is_ended() && !state.matter.redo_pending {
                edges.ended.insert(print);
            }
        }
        edges.after.entry(from).or_default().insert(to);
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("both identities hold", |model: &Self, s: &State| model.counted_once(s)),
            Property::always("nobody approves, rates or closes their own work", |_, s: &State| {
                !s.self_approved
            }),
            Property::always("the appellant's clock and promise stand", |_, s: &State| {
                s.matter.filed_at == Some(TIMES[0])
                    && s.matter.promise.as_ref().map(|p| p.due)
                        == s.matter.first_promise.as_ref().map(|p| p.due)
            }),
            Property::always("closed means answered, or withdrawn", |_, s: &State| closed_rightly(&s.matter)),
            Property::always("only a running matter has open assignments, and it has one", |_, s: &State| {
                s.matter.is_running() == s.matter.nodes.iter().any(|node| node.state.is_open())
            }),
            Property::always("a delay that is its own came after the fair limit", |_, s: &State| {
                s.matter.nodes.iter().all(|node| {
                    let limit = &node.limits.handling;
                    !node.is_late(s.now()) || s.now() > limit.fair
                })
            }),
            Property::sometimes("closed as solved by the tree", |_, s: &State| {
                s.matter.closing == Some(ClosingType::Solved) && s.matter.nodes.len() > 1
            }),
            Property::sometimes("closed unrated", |_, s: &State| {
                s.matter.closing.is_some() && s.matter.rating().is_none()
            }),
            Property::sometimes("deemed accepted", |_, s: &State| s.matter.deemed),
            Property::sometimes("declined", |_, s: &State| s.matter.phase == Phase::Declined),
            Property::always("nobody waits for the appellant past the review limit", |_, s: &State| {
                let review = s.matter.review.as_ref().map(|review| review.due);
                s.matter.open_completion().is_none_or(|asked| Some(asked.limit.due) <= review)
            }),
            Property::sometimes("declined after the appellant completed", |_, s: &State| {
                let completed = s.matter.completion.as_ref().is_some_and(|asked| asked.given_at.is_some());
                completed && s.matter.phase == Phase::Declined
            }),
            Property::sometimes("left early", |_, s: &State| s.matter.phase == Phase::LeftEarly),
            Property::sometimes("a unit that passed on has submitted", |_, s: &State| {
                s.matter.nodes.iter().any(|n| n.state == NodeState::SignedOff && n.answer.is_none())
            }),
            Property::sometimes("reassigned", |_, s: &State| s.matter.reassignments > 0),
            Property::sometimes("finally ruled", |_, s: &State| s.matter.nodes.iter().any(|node| node.ruled)),
            Property::sometimes("redone and closed", |_, s: &State| {
                s.matter.redos > 0 && s.matter.phase == Phase::Closed
            }),
            Property::sometimes("escalated", |_, s: &State| s.matter.escalated),
            Property::sometimes("archived", |_, s: &State| s.matter.phase == Phase::Archived),
        ]
    }
}

/// What people may try: some of it is refused, and then it is no step.
fn wishes(matter: &Matter) -> Vec<(&'static str, Verb)> {
    let mut wishes = Vec::new();
    match matter.phase {
        Phase::Registered => {
            wishes.extend([("office-a", Verb::ProposeDecline), ("office-b", Verb::Accept)]);
            wishes.extend([("office-a", Verb::ProposeEmpty), ("office-b", Verb::AskCompletion)]);
            wishes.push(("appellant", Verb::Complete));
            office(&mut wishes, &[Verb::Decline]);
        }
        Phase::Accepted => {
            wishes.push(("office-a", Verb::AnswerDirectly));
            wishes.extend(
                [Verb::Accept, Verb::AssignTo(TOP), Verb::AssignTo(BELOW)].map(|verb| ("office-b", verb)),
            );
        }
        Phase::CallBack => {
            office(
                &mut wishes,
                &[Verb::Rate(true), Verb::Rate(false), Verb::Redo(true), Verb::Redo(false), Verb::Close],
            );
            if !matter.round_calls().any(|call| call.outcome == CallOutcome::Reached) {
                office(&mut wishes, &[Verb::Reach]);
            }
        }
        Phase::Closed => office(&mut wishes, &[Verb::Redo(true), Verb::Redo(false)]),
        _ => {}
    }
    let appellant = [Verb::Withdraw, Verb::Rate(true), Verb::Rate(false), Verb::Contest];
    wishes.extend(appellant.map(|verb| ("appellant", verb)));
    for (place, node) in matter.nodes.iter().enumerate() {
        wishes_about(matter, place, node, &mut wishes);
    }
    wishes
}

/// One objection, and detours in the first round only, say what more of them would say.
fn wishes_about(matter: &Matter, place: usize, node: &Node, wishes: &mut Vec<(&'static str, Verb)>) {
    let (liaison, head) = people_of(&node.unit);
    let first_round = matter.redos == 0;
    let room = first_round && matter.nodes.len() < MOST_NODES;
    let deciders = ["office-a", "office-b", "x-pt-head", "x-fgj-head"];
    match node.state {
        NodeState::Unsigned => wishes.push((liaison, Verb::Sign(place))),
        NodeState::Working => {
            wishes.extend([Verb::Work(place), Verb::Submit(place)].map(|verb| (liaison, verb)));
            if room {
                wishes.push((liaison, Verb::PassOn(place)));
            }
        }
        NodeState::Submitted => wishes.extend([liaison, head].map(|who| (who, Verb::SignOff(place)))),
        NodeState::SignedOff => {
            wishes.extend(deciders.map(|who| (who, Verb::Approve(place))));
            if first_round {
                wishes.extend(deciders.map(|who| (who, Verb::Return(place))));
            }
        }
        _ => return,
    }
    if first_round && matter.objected.is_empty() {
        wishes.push((liaison, Verb::Object(place)));
    }
    if node.has_open_objection() {
        let other = if node.unit.as_str() == TOP { BELOW } else { TOP };
        wishes.extend(deciders.map(|who| (who, Verb::Rule(place))));
        if room {
            wishes.extend(deciders.map(|who| (who, Verb::ReassignTo(place, other))));
        }
    }
    if node.parent.is_some() {
        wishes.push(("x-pt-liaison", Verb::Release(place)));
    }
}

fn office(wishes: &mut Vec<(&'static str, Verb)>, verbs: &[Verb]) {
    wishes.extend(OFFICE.iter().flat_map(|who| verbs.iter().map(move |verb| (*who, *verb))));
}

fn people_of(unit: &UnitId) -> (&'static str, &'static str) {
    if unit.as_str() == TOP { ("x-pt-liaison", "x-pt-head") } else { ("x-fgj-liaison", "x-fgj-head") }
}

fn step(before: &State, action: Action) -> Option<State> {
    if action == Action::Tick {
        return Some(State { time: before.time + 1, ..before.clone() });
    }
    let mut s = SMALL.clone();
    s.matter = (*before.matter).clone();
    s.now = before.now();
    s.world.next_ids(10 * before.matter.nodes.len() as u128);
    let (who, commands) = match action {
        Action::Tick => return None,
        Action::Timer(place) => ("system", vec![timers(&s.matter).get(place)?.command()]),
        Action::Does(who, verb) => (who, commands_of(&s, verb)),
    };
    let mut after = before.clone();
    for command in commands {
        let events = s.tries(who, &command).ok()?;
        for event in &events {
            after.note(&before.matter, who, event);
        }
    }
    s.matter.version = 0;
    after.matter = Arc::new(s.matter);
    Some(after)
}

fn commands_of(s: &Scenario, verb: Verb) -> Vec<Command> {
    let id = |place: usize| s.matter.nodes[place].id;
    vec![match verb {
        Verb::Accept => accept(),
        Verb::AskCompletion => ask_completion(),
        Verb::Complete => add_material(),
        Verb::ProposeDecline => propose_decline(),
        Verb::ProposeEmpty => propose_decline_without_demand(),
        Verb::Decline => decide_decline(true),
        Verb::AnswerDirectly => answer_directly(),
        Verb::AssignTo(unit) => assign(None, &[(unit, "lead")]),
        Verb::PassOn(place) => assign(Some(id(place)), &[(BELOW, "lead")]),
        Verb::Sign(place) => Command::Sign { node: id(place) },
        Verb::Object(place) => object(id(place)),
        Verb::ReassignTo(place, unit) => reassign(id(place), unit),
        Verb::Rule(place) => rule_finally(id(place)),
        Verb::Release(place) => release(id(place)),
        Verb::Work(place) => {
            return vec![contact(id(place), s.now), answer(id(place), s.now)];
        }
        Verb::Submit(place) => submit(id(place)),
        Verb::SignOff(place) => sign_off(id(place)),
        Verb::Approve(place) => review(id(place), true),
        Verb::Return(place) => review(id(place), false),
        Verb::Reach => call(CallOutcome::Reached),
        Verb::Rate(true) => rate("yes", "satisfied"),
        Verb::Rate(false) => rate("no", "dissatisfied"),
        Verb::Contest => contest(),
        Verb::Redo(valid) => decide_redo(valid),
        Verb::Close => close(s.matter.closing_by_result()),
        Verb::Withdraw => withdraw(),
    }]
}

/// Three units, and one redo at most.
static SMALL: LazyLock<Scenario> = LazyLock::new(|| {
    let mut s = Scenario::start();
    let mut procedure = (*Procedure::appeal_default()).clone();
    procedure.limits.redos = 1;
    s.world.procedure = Arc::new(procedure);
    s.world.units.retain(|unit, _| ["office", TOP, BELOW].contains(&unit.as_str()));
    s
});

impl State {
    pub fn now(&self) -> Instant {
        TIMES[self.time]
    }

    /// The model's own book of who did what.
    fn note(&mut self, before: &Matter, who: &str, event: &Event) {
        if matches!(who, "appellant" | "system") {
            return;
        }
        let me = account(who);
        let did = |nodes: Vec<&Node>| {
            nodes.iter().any(|node| self.worked.get(&node.id).is_some_and(|people| people.contains(&me)))
        };
        let own = match event {
            Event::Approved { node } => did(before.subtree(*node)),
            Event::Rated { .. }
            | Event::Closed { .. }
            | Event::RedoOrdered { .. }
            | Event::RedoRefused { .. } => {
                did(before.nodes.iter().collect())
                    || before.direct.as_ref().is_some_and(|direct| direct.by.account == Some(me))
            }
            Event::SignedOff { node, .. } => before
                .node(*node)
                .is_some_and(|node| node.submitted_by.is_some_and(|by| by.account == Some(me))),
            Event::Declined => before.decline.as_ref().is_some_and(|decline| decline.by.account == Some(me)),
            _ => false,
        };
        self.self_approved |= own;
        if let Event::Signed { node }
        | Event::Contacted { node, .. }
        | Event::Answered { node, .. }
        | Event::Submitted { node, .. }
        | Event::SignedOff { node, .. } = event
        {
            self.worked.entry(*node).or_default().insert(me);
        }
    }

    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// States are the same where nothing that a rule looks at, now or later, differs. Moments
/// count by what they can still change: whether they come before the last of the times.
impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let m = &self.matter;
        (self.self_approved, m.phase).hash(hasher);
        if m.phase == Phase::Archived || m.closing == Some(ClosingType::Withdrawn) {
            return;
        }
        let over = |moment: Option<Instant>| moment.map(|moment| moment <= TIMES[2]);
        (self.time, m.demands.len(), m.decline.as_ref().map(|decline| decline.by)).hash(hasher);
        let waits = |asked: &Completion| (m.open_completion().is_some(), asked.given_at.is_some());
        let reviewed = m.phase != Phase::Registered && m.phase != Phase::Declined;
        m.completion.as_ref().filter(|_| !reviewed).map(waits).hash(hasher);
        (m.redo_pending, m.redo_decided, m.redos, m.contested, m.escalated, m.closing, m.result).hash(hasher);
        (over(m.close_unrated_at), over(m.contest_until), over(m.archive_at)).hash(hasher);
        (&m.handled_by, &m.objected, m.direct.as_ref().map(|direct| direct.by)).hash(hasher);
        m.round_calls().map(|call| call.outcome).collect::<BTreeSet<_>>().hash(hasher);
        for by in RatedBy::ALL {
            let rated = m.ratings.iter().rev().find(|rated| rated.round == m.round() && rated.by == *by);
            rated.map(|rated| rated.first_at == self.now()).hash(hasher);
        }
        m.round_rating().map(|rated| rated.by).hash(hasher);
        for node in &m.nodes {
            (node.id, &node.unit, node.parent, node.state).hash(hasher);
            if !node.state.is_open() && node.state != NodeState::Approved {
                continue;
            }
            (node.ruled, &node.workers, node.contacted_at.is_some()).hash(hasher);
            (node.answer.as_ref().map(|answer| answer.by), node.submitted_by).hash(hasher);
            (over(Some(node.limits.handling.fair)), node.limits.objection.is_some()).hash(hasher);
            node.objection.as_ref().map(|objection| (objection.by, objection.decided)).hash(hasher);
        }
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint() == other.fingerprint()
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nodes: Vec<_> = self.matter.nodes.iter().map(|node| (&node.unit, node.state)).collect();
        write!(f, "{:?} at {} {nodes:?}", self.matter.phase, TIMES[self.time])
    }
}

/// The cells of 收到 that the matter stands in.
pub fn cell_of_received(matter: &Matter) -> Vec<&'static str> {
    let cells = [
        ("accepted", matter.accepted_at.is_some()),
        ("declined", matter.decline.as_ref().is_some_and(|decline| decline.declined_at.is_some())),
        ("left", matter.left_at.is_some() && matter.phase == Phase::LeftEarly),
        ("pending", matter.phase == Phase::Registered),
    ];
    cells.into_iter().filter(|(_, here)| *here).map(|(cell, _)| cell).collect()
}

/// The cells of 受理, and of 办结 and 在办, that it stands in.
pub fn cell_of_accepted(matter: &Matter) -> Vec<&'static str> {
    let closed = matter.closed_at.is_some();
    if closed == (matter.closing.is_none())
        || closed != matches!(matter.phase, Phase::Closed | Phase::Archived)
    {
        return Vec::new();
    }
    let assigned = !matter.nodes.is_empty();
    let direct = !assigned && matter.result == Some(ResultSource::Direct);
    let left = !assigned && !direct && closed;
    let cells = [
        ("assigned", assigned),
        ("direct", direct),
        ("left", left),
        ("unassigned", !assigned && !direct && !left),
    ];
    cells.into_iter().filter(|(_, here)| *here).map(|(cell, _)| cell).collect()
}

fn closed_rightly(matter: &Matter) -> bool {
    let approved = || {
        let mut parts =
            matter.children(None).filter(|node| node.role != NodeRole::Co).filter(|node| node.is_part());
        parts.all(|node| node.state == NodeState::Approved && node.approved_submission_at.is_some())
    };
    match (matter.phase, matter.closing) {
        (Phase::Closed | Phase::Archived, Some(ClosingType::AnsweredDirectly)) => matter.direct.is_some(),
        (Phase::Closed | Phase::Archived, Some(ClosingType::Withdrawn)) => true,
        (Phase::Closed | Phase::Archived, Some(_)) => matter.is_complete() && approved(),
        (Phase::Closed | Phase::Archived, None) => false,
        _ => true,
    }
}
