//! How far a post grants on its own what a unit asks for, and where the rest goes.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use kernel::Level;
use kernel::permission::{Permission, Role};
use kernel::time::Span;
use matters_rules::authority::{Asked, Authority, Granting, Most, OwnLimit, Reach};
use matters_rules::state::{NodeState, Phase};
use matters_rules::{ClosingType, Command, Event, IntervalKind, Matter};
use std::sync::Arc;

const EXTENSION: IntervalKind = IntervalKind::Extension;
const SUSPENSION: IntervalKind = IntervalKind::Suspension;
const TRACKING: IntervalKind = IntervalKind::Tracking;

fn line(role: Role, level: Option<Level>, granting: Granting, most: Span) -> OwnLimit {
    OwnLimit { role, level, granting, most: Most::Time(most) }
}

/// A line of what is counted; 0: not on their own.
fn times(role: Role, granting: Granting, times: u32) -> OwnLimit {
    OwnLimit { role, level: None, granting, most: Most::Times(times) }
}

fn limited(mut s: Scenario, limits: &[OwnLimit]) -> Scenario {
    s.world.authority = Arc::new(Authority { limits: limits.to_vec() });
    s
}

fn county(granting: Granting, most: Span) -> OwnLimit {
    line(Role::UnitHead, Some(Level::County), granting, most)
}

fn goes_up(s: &Scenario) -> bool {
    let asked = s.entries.iter().rev().find_map(|entry| match entry.event {
        Event::IntervalRequested { goes_up, .. } | Event::Objected { goes_up, .. } => Some(goes_up),
        _ => None,
    });
    asked.expect("something was asked for")
}

#[test]
fn a_county_grants_within_its_own_limit_and_above_it_the_supervisor_decides() {
    let three = [county(Granting::Extension, Span::working_days(3))];
    let mut s = limited(Scenario::passed_on(), &three);
    let node = s.node_id("x-fgj");
    s.clone()
        .then("x-fgj-liaison", ask_extension(node, 3))
        .does("x-pt-head", decide_interval(node, EXTENSION, true));
    s.does("x-fgj-liaison", ask_extension(node, 4));
    assert!(goes_up(&s), "the entry says so from the first");
    s.refuses("x-pt-head", decide_interval(node, EXTENSION, true), "beyond-own-limit");
    s.does("supervisor", decide_interval(node, EXTENSION, true));
    assert_eq!(s.node("x-fgj").extensions, 1);
}

#[test]
fn refusing_is_within_everybodys_limits_and_undecided_is_not_granted() {
    let none = [county(Granting::Extension, Span::working_days(0))];
    let mut s = limited(Scenario::passed_on(), &none);
    let node = s.node_id("x-fgj");
    s.does("x-fgj-liaison", ask_extension(node, 1));
    assert!(goes_up(&s));
    s.clone().then("x-pt-head", decide_interval(node, EXTENSION, false));
    let due = s.node("x-fgj").limits.handling.due();
    s.until("2022-06-22T00:00");
    assert!(s.node("x-fgj").request.is_none(), "nobody above decided: it lapses");
    assert_eq!(s.told().last(), Some(&"interval_refused"));
    assert_eq!((s.node("x-fgj").limits.handling.due(), s.node("x-fgj").extensions), (due, 0));
}

#[test]
fn a_line_of_a_level_goes_before_one_of_any_and_another_level_is_not_meant() {
    let limits = [
        line(Role::UnitHead, None, Granting::Extension, Span::working_days(1)),
        county(Granting::Extension, Span::working_days(5)),
    ];
    let mut s = limited(Scenario::passed_on(), &limits);
    let node = s.node_id("x-fgj");
    s.does("x-fgj-liaison", ask_extension(node, 5)).does("x-pt-head", decide_interval(node, EXTENSION, true));
    let township = [line(Role::UnitHead, Some(Level::Township), Granting::Extension, Span::working_days(0))];
    let mut s = limited(Scenario::passed_on(), &township);
    s.does("x-fgj-liaison", ask_extension(node, 7));
    assert!(!goes_up(&s));
    s.does("x-pt-head", decide_interval(node, EXTENSION, true));
}

#[test]
fn pauses_are_measured_from_the_day_they_were_asked_for() {
    let limits = [
        line(Role::ShiftHead, None, Granting::Suspension, Span::natural_days(10)),
        line(Role::ShiftHead, None, Granting::Tracking, Span::natural_days(0)),
    ];
    let mut s = limited(Scenario::signed(), &limits);
    let node = s.node_id("fgw");
    s.clone()
        .then("fgw-liaison", ask_pause(node, SUSPENSION, "2022-06-23"))
        .on("2022-06-15T09:00")
        .does("shift-head", decide_interval(node, SUSPENSION, true));
    s.clone()
        .then("fgw-liaison", ask_pause(node, SUSPENSION, "2022-06-24"))
        .refuses("shift-head", decide_interval(node, SUSPENSION, true), "beyond-own-limit")
        .does("supervisor", decide_interval(node, SUSPENSION, true));
    s.does("fgw-liaison", ask_pause(node, TRACKING, "2022-06-14"))
        .refuses("shift-head", decide_interval(node, TRACKING, true), "beyond-own-limit")
        .does("supervisor", decide_interval(node, TRACKING, true));
    assert_eq!(s.node("fgw").paused.map(|(kind, _)| kind), Some(TRACKING));
}

#[test]
fn a_termination_goes_up_where_the_shift_head_may_grant_none() {
    let none = [times(Role::ShiftHead, Granting::Termination, 0)];
    let mut s = limited(Scenario::signed(), &none);
    s.does("dispatcher", ask_termination())
        .refuses("shift-head", decide_termination(true), "beyond-own-limit")
        .does("supervisor", decide_termination(true))
        .is_in(Phase::Closed);
}

#[test]
fn of_several_posts_the_one_that_reaches_as_far_decides() {
    let none = [line(Role::ShiftHead, None, Granting::Extension, Span::working_days(0))];
    let mut s = limited(Scenario::signed(), &none);
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 2));
    let reached = |matter: &Matter, who: &str| {
        let facts = s.world.facts(who, s.now, matter);
        let asked = Asked::open(matter, Permission::IntervalDecide, Some(node)).expect("asked for");
        Reach::of(&facts).beyond_all(asked, matter, &s.grants(who))
    };
    assert_eq!(reached(&s.matter, "shift-head"), Some(Most::Time(Span::working_days(0))));
    assert_eq!(reached(&s.matter, "shift-head for supervisor"), None, "standing in for one who may");
    assert_eq!(reached(&s.matter, "fgw-liaison"), None, "who decides on nothing has no limit");
    s.refuses("shift-head", decide_interval(node, EXTENSION, true), "beyond-own-limit");
    s.does("shift-head for supervisor", decide_interval(node, EXTENSION, true));
    assert_eq!(s.date(&s.node("fgw").limits.handling.own), date("2022-06-24"));
    assert_eq!(s.entries.last().and_then(|entry| entry.actor.role()), Some(Role::Supervisor));
}

#[test]
fn who_has_reassigned_as_often_as_they_may_leaves_the_next_to_the_supervisor() {
    let once = [
        times(Role::Dispatcher, Granting::Reassignment, 1),
        times(Role::ShiftHead, Granting::Reassignment, 1),
    ];
    let mut s = limited(Scenario::assigned(), &once);
    let first = s.node_id("fgw");
    s.does("fgw-liaison", object(first));
    assert!(!goes_up(&s));
    s.does("dispatcher", reassign(first, "zjj"));
    let second = s.node_id("zjj");
    s.does("zjj-liaison", object(second));
    assert!(goes_up(&s), "the entry says so from the first");
    s.refuses("dispatcher", reassign(second, "x-pt"), "beyond-own-limit").refuses(
        "shift-head",
        reassign(second, "x-pt"),
        "beyond-own-limit",
    );
    s.clone().then("dispatcher", rule_finally(second));
    s.does("supervisor", reassign(second, "x-pt"));
    assert_eq!(s.matter.reassignments, 2);
}

#[test]
fn an_objection_goes_up_only_where_nobody_below_may_reassign() {
    let mut s = limited(Scenario::assigned(), &[times(Role::Dispatcher, Granting::Reassignment, 0)]);
    let node = s.node_id("fgw");
    s.does("fgw-liaison", object(node));
    assert!(!goes_up(&s), "the head of the shift may");
    s.refuses("dispatcher", reassign(node, "zjj"), "beyond-own-limit")
        .does("shift-head", reassign(node, "zjj"));
}

#[test]
fn an_objection_that_went_up_and_nobody_decided_lapses() {
    let none = [
        times(Role::UnitLiaison, Granting::Reassignment, 0),
        times(Role::UnitHead, Granting::Reassignment, 0),
    ];
    let mut s = limited(Scenario::passed_on(), &none);
    let node = s.node_id("x-fgj");
    s.does("x-fgj-liaison", object(node));
    assert!(goes_up(&s));
    s.refuses("x-pt-liaison", reassign(node, "x-zjj"), "beyond-own-limit");
    let due = s.node("x-fgj").objection.as_ref().map(|objection| objection.decide_limit.due);
    s.on("2022-06-22T00:00").does("system", Command::LapseObjection { node });
    assert!(due.is_some_and(|due| due < s.now));
    assert_eq!((s.node("x-fgj").state, s.matter.reassignments), (NodeState::Working, 0));
}

#[test]
fn a_decline_goes_up_where_the_shift_head_may_approve_none() {
    let mut s = limited(Scenario::filed(), &[times(Role::ShiftHead, Granting::Decline, 0)]);
    s.does("intake", propose_decline()).refuses("shift-head", decide_decline(true), "beyond-own-limit");
    s.clone().then("shift-head", decide_decline(false)).is_in(Phase::Registered);
    s.does("supervisor", decide_decline(true)).is_in(Phase::Declined);
}

#[test]
fn a_post_of_the_panel_that_may_not_speak_for_an_exclusion_speaks_against_it() {
    let none = [times(Role::Quality, Granting::Exclusion, 0)];
    let mut s = limited(Scenario::called_back(), &none);
    s.does("appellant", rate("partly", "dissatisfied"))
        .does("call-back", decide_redo(false))
        .does("call-back", close(ClosingType::Solved))
        .on("2022-06-14T10:00");
    let node = s.node_id("fgw");
    s.does("fgw-liaison", claim_exclusion(node)).refuses("quality", judge(true), "beyond-own-limit");
    s.does("quality", judge(false)).does("supervisor", judge(true));
}
