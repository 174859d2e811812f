//! What must hold whoever did whatever.

use crate::support::Scenario;
use crate::support::world::{PEOPLE, account};
use kernel::time::{Instant, TimeBase};
use kernel::{AccountId, NodeId};
use matters_rules::facts::Level;
use matters_rules::figures::{Query, facts_of, figures};
use matters_rules::limits::Lateness;
use matters_rules::state::NodeState;
use matters_rules::timers::timers;
use matters_rules::{ActionCode, Event, Matter, Node, NodeRole, Phase};
use std::collections::BTreeSet;

pub fn hold(before: &Scenario, after: &Scenario, who: &str, events: &[Event]) {
    the_appellants_clock_stands(before, after, events);
    ended_matters_stay_ended(before, events);
    limits_move_only_by_decision(before, after, events);
    nobody_decides_their_own(before, who, events);
    the_tree_is_sound(after);
    delays_are_their_own(after);
    nothing_is_back_dated(after);
}

/// Both counting identities, on the figures that are printed.
pub fn counted_once(s: &Scenario) {
    let facts = facts_of(&s.entries);
    let zone = s.world.calendar.zone().clone();
    let query = Query::as_of(zone.date_of(s.now), zone, s.now);
    assert!(figures([facts.as_slice()], &query).adds_up());
}

/// Rule 1: filing starts it; nothing resets it, and only an approved extension (or a
/// changed calendar) moves the promise.
fn the_appellants_clock_stands(before: &Scenario, after: &Scenario, events: &[Event]) {
    assert_eq!(before.matter.filed_at, after.matter.filed_at);
    assert_eq!(after.matter.filed_at, Some(after.entries[0].recorded_at));
    if before.matter.promise != after.matter.promise {
        assert!(events.iter().any(|event| matches!(
            event,
            Event::Accepted(_)
                | Event::ExtensionGranted { promise: Some(_), .. }
                | Event::LimitsRecomputed(_)
        )));
        let due = |matter: &Matter| matter.promise.as_ref().map(|promise| promise.due);
        assert!(due(&before.matter) < due(&after.matter));
    }
}

fn ended_matters_stay_ended(before: &Scenario, events: &[Event]) {
    let protection =
        |event: &Event| matches!(event, Event::PressureReported { .. } | Event::PressureSettled { .. });
    let talk = |event: &Event| {
        matches!(
            event,
            Event::MaterialAdded { .. }
                | Event::Messaged { .. }
                | Event::Noted { .. }
                | Event::Corrected(_)
                | Event::OpeningRequested { .. }
                | Event::OpeningGranted { .. }
                | Event::OpeningRefused { .. }
                | Event::ContactOpened { .. }
                | Event::CodeRenewed { .. }
        ) || protection(event)
    };
    let reopening = |event: &Event| {
        matches!(
            event,
            Event::Rated { .. }
                | Event::Contested { .. }
                | Event::RedoOrdered { .. }
                | Event::RedoRefused { .. }
                | Event::Escalated { .. }
                | Event::Archived
        )
    };
    let second_look = |event: &Event| matches!(event, Event::Rechecked { .. });
    let exclusion = |event: &Event| {
        matches!(
            event,
            Event::ExclusionClaimed { .. }
                | Event::ExclusionJudged { .. }
                | Event::ExclusionGranted
                | Event::ExclusionRefused { .. }
        )
    };
    let evaluating = |event: &Event| reopening(event) || second_look(event) || exclusion(event);
    match before.matter.phase {
        Phase::Archived => {
            assert!(events.iter().all(|event| protection(event) || second_look(event)), "{events:?}");
        }
        Phase::Declined | Phase::LeftEarly => assert!(events.iter().all(talk), "{events:?}"),
        Phase::Closed => assert!(events.iter().all(|event| talk(event) || evaluating(event)), "{events:?}"),
        _ => {}
    }
}

/// A unit's limits move by decisions about it, or about a unit above it; never by what
/// others beside it do.
fn limits_move_only_by_decision(before: &Scenario, after: &Scenario, events: &[Event]) {
    for node in &before.matter.nodes {
        let now = after.matter.node(node.id).expect("nodes are never taken away");
        assert_eq!(now.first_limits.signing, node.first_limits.signing);
        if now.limits == node.limits {
            continue;
        }
        let above = ancestors(&before.matter, node);
        assert!(
            events.iter().any(|event| match event {
                Event::ExtensionGranted { node, .. }
                | Event::Resumed { node, .. }
                | Event::FinallyRuled { node, .. } => {
                    above.contains(node)
                }
                Event::RedoOrdered { nodes, .. } => nodes.iter().any(|(id, _)| *id == node.id),
                _ => false,
            }),
            "{events:?}"
        );
    }
}

/// Rule 4, told apart from the rules' own bookkeeping: who did what stands in the journal.
fn nobody_decides_their_own(before: &Scenario, who: &str, events: &[Event]) {
    if !PEOPLE.iter().any(|(name, _)| *name == who) {
        return;
    }
    let me = account(who);
    for event in events {
        match event {
            Event::Approved { node } | Event::Returned { node, .. } => {
                let below: BTreeSet<NodeId> =
                    before.matter.subtree(*node).iter().map(|node| node.id).collect();
                assert!(!worked(before, &below).contains(&me), "{who} reviewed own work");
                assert!(!has_post_in(before, who, &before.matter.node(*node).expect("a node").unit.0));
            }
            Event::SignedOff { node, scan } => {
                let node = before.matter.node(*node).expect("a node");
                let township = before.world.units[&node.unit].level == Level::Township;
                assert!(
                    (scan.is_some() && township) || node.submitted_by.is_none_or(|by| by.account != Some(me)),
                    "{who} signed off own work"
                );
            }
            Event::Rated { .. }
            | Event::CalledBack { .. }
            | Event::RedoOrdered { .. }
            | Event::RedoRefused { .. } => {
                independent(before, who);
            }
            Event::Closed { .. } => {
                let all = before.matter.nodes.iter().map(|node| node.id).collect();
                let answered = before.matter.direct.as_ref().and_then(|direct| direct.by.account);
                assert!(!worked(before, &all).contains(&me) && answered != Some(me), "{who} closed own work");
            }
            Event::Declined => {
                assert_ne!(before.matter.decline.as_ref().and_then(|case| case.by.account), Some(me))
            }
            Event::Terminated { .. } => {
                assert_ne!(before.matter.termination.as_ref().and_then(|asked| asked.by.account), Some(me))
            }
            Event::ExtensionGranted { node, .. } | Event::Paused { node, .. } => {
                let asked = before
                    .matter
                    .node(*node)
                    .and_then(|node| node.request.as_ref())
                    .and_then(|asked| asked.by.account);
                assert_ne!(asked, Some(me));
            }
            Event::Reassigned { node, .. } | Event::FinallyRuled { node, .. } => {
                let objection = before.matter.node(*node).and_then(|node| node.objection.as_ref());
                assert_ne!(objection.and_then(|objection| objection.by.account), Some(me));
            }
            Event::OpeningGranted { request, .. } => {
                let opening = before.matter.openings.iter().find(|opening| opening.request == *request);
                assert_ne!(opening.map(|opening| opening.by), Some(me));
            }
            _ => {}
        }
    }
}

fn independent(s: &Scenario, who: &str) {
    for node in s.matter.nodes.iter().filter(|node| node.state != NodeState::Reassigned) {
        assert!(!has_post_in(s, who, &node.unit.0), "{who} belongs to {}", node.unit);
    }
    assert_ne!(s.matter.direct.as_ref().and_then(|direct| direct.by.account), Some(account(who)));
}

fn has_post_in(s: &Scenario, who: &str, unit: &str) -> bool {
    let path = &s.world.units[&unit.into()].path;
    s.grants(who).iter().any(|grant| path.holds(&grant.path))
}

/// Who worked on these nodes, from the journal.
fn worked(s: &Scenario, nodes: &BTreeSet<NodeId>) -> BTreeSet<AccountId> {
    let mut found = BTreeSet::new();
    for entry in &s.entries {
        let (Event::Signed { node }
        | Event::Contacted { node, .. }
        | Event::Answered { node, .. }
        | Event::Submitted { node, .. }
        | Event::SignedOff { node, .. }) = &entry.event
        else {
            continue;
        };
        if nodes.contains(node) {
            found.extend(entry.actor.account());
        }
    }
    found
}

fn the_tree_is_sound(s: &Scenario) {
    let matter = &s.matter;
    let open: Vec<&Node> = matter.nodes.iter().filter(|node| node.state.is_open()).collect();
    assert!(open.is_empty() || matter.is_running(), "open assignments in {:?}", matter.phase);
    let units: BTreeSet<_> = open.iter().map(|node| &node.unit).collect();
    assert_eq!(units.len(), open.len(), "a unit has it twice");
    for node in &open {
        let fact = &s.world.units[&node.unit];
        let about = matter.complained_about.as_ref().map(|unit| &s.world.units[unit].path);
        assert!(about.is_none_or(|about| !about.holds(&fact.path)), "lies with the unit complained about");
        assert_ne!(fact.level, Level::Village);
        assert!(fact.level != Level::Township || node.duty_item.is_some());
        assert!(fact.level != Level::City || node.parent.is_none(), "passed upwards");
    }
    for parent in matter.nodes.iter().map(|node| Some(node.id)).chain([None]) {
        let parts: Vec<&Node> = matter.children(parent).filter(|node| node.is_part()).collect();
        let leads = parts.iter().filter(|node| node.role == NodeRole::Lead).count();
        assert!(leads == 0 || parts.len() == 1, "one lead or separate units");
        let co_units =
            matter.children(parent).filter(|node| node.role == NodeRole::Co && node.state.is_open()).count();
        assert!(co_units == 0 || leads == 1, "co-units stand beside a lead");
    }
}

/// The cap takes time from a unit, never fairness: until `fair` it is not late, and it
/// would have had that long had the one above passed the matter on at once.
fn delays_are_their_own(s: &Scenario) {
    let calendar = &s.world.calendar;
    let date = |at: Instant| calendar.zone().date_of(at.plus_micros(-1));
    for node in &s.matter.nodes {
        let limit = &node.limits.handling;
        assert!(limit.due() <= limit.fair, "{limit:?}");
        assert_ne!(limit.lateness(limit.fair), Lateness::Late);
        let Some(parent) = node.parent.and_then(|parent| s.matter.node(parent)) else {
            assert_eq!((limit.cap, limit.fair), (None, limit.own.due), "nothing above, nothing cut");
            continue;
        };
        // A limit that ended stays as it was; what moved above it later is not its own.
        let stands = node.state.is_open() && node.returns == 0 && !s.told().contains(&"paused");
        let cut = limit.own.span.base == TimeBase::WorkingDays && limit.cap.is_some();
        if stands && cut {
            let from = &parent.limits.handling;
            let day_before = calendar.previous_working_day(date(from.due()));
            let start = calendar.zone().date_of(from.own.start);
            let at_once = calendar.working_days_between(start, day_before).min(limit.own.span.amount);
            let had =
                calendar.working_days_between(calendar.zone().date_of(limit.own.start), date(limit.fair));
            assert!(had >= at_once, "had {had} of {at_once} days: {limit:?}");
        }
    }
}

/// In every phase that is not an ending somebody (or the clock) can move the matter on.
pub fn nothing_is_lost(s: &Scenario) {
    assert_ne!(s.matter.phase, Phase::None);
    if s.matter.is_running() {
        assert!(s.matter.children(None).any(|node| node.is_part() && node.state.is_open()), "nobody has it");
        for node in s.matter.nodes.iter().filter(|node| node.state.is_open()) {
            assert!(moves(s, node), "{} in {:?} is stuck", node.unit, node.state);
        }
    } else if !s.matter.phase.is_ended() && timers(&s.matter).is_empty() {
        let verbs = [
            ActionCode::Assign,
            ActionCode::Accept,
            ActionCode::Redact,
            ActionCode::FollowMaster,
            ActionCode::DecideRedo,
            ActionCode::Rate,
            ActionCode::Close,
        ];
        let everyone = PEOPLE.iter().map(|(who, _)| *who).chain(["appellant", "system"]);
        let mut offers = everyone.flat_map(|who| s.offers(who));
        assert!(offers.any(|action| verbs.contains(&action.code)), "stuck in {:?}", s.matter.phase);
    }
}

fn moves(s: &Scenario, node: &Node) -> bool {
    use ActionCode as A;
    let on_it = [A::Sign, A::Contact, A::SignOff, A::Review, A::DecideObjection, A::Release, A::Assign];
    let relay = node.is_relay(&s.matter) && node.state == NodeState::Working;
    relay
        || PEOPLE.iter().any(|(who, _)| {
            s.offers(who).iter().any(|action| action.node == Some(node.id) && on_it.contains(&action.code))
        })
}

fn nothing_is_back_dated(s: &Scenario) {
    let recorded: Vec<Instant> = s.entries.iter().map(|entry| entry.recorded_at).collect();
    assert!(recorded.is_sorted());
    for node in &s.matter.nodes {
        let then = [node.signed_at, node.contacted_at, node.submitted_at, node.approved_at, node.ended_at];
        for at in then.into_iter().flatten() {
            assert!(at >= node.assigned_at && at <= s.now && recorded.contains(&at));
        }
    }
}

fn ancestors(matter: &Matter, node: &Node) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::from([node.id]);
    let mut at = node.parent;
    while let Some(parent) = at.and_then(|id| matter.node(id)) {
        found.insert(parent.id);
        at = parent.parent;
    }
    found
}
