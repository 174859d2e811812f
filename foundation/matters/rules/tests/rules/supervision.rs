//! Supervision: what conditions find, rules that fire once and explain themselves, and what
//! nobody decides in time.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use kernel::NodeId;
use matters_rules::command::{Supervise, Trigger};
use matters_rules::watch::{Condition, Found, met};
use matters_rules::{Addressee, Command, Event, IntervalKind, Measure, Phase};

fn urge(node: Option<NodeId>, rule: Option<(&str, &[&str])>) -> Command {
    Command::Supervise(Box::new(Supervise {
        node,
        measure: Measure::Urge,
        to: Addressee::Unit,
        text: rule.is_none().then(|| text("hurry")),
        slip: None,
        trigger: rule.map(|(rule, when)| Trigger { rule: rule.into(), version: 1, when: conditions(when) }),
    }))
}

fn conditions(lines: &[&str]) -> Vec<Condition> {
    lines.iter().map(|line| line.parse().expect("a condition")).collect()
}

#[track_caller]
fn holds(s: &Scenario, unit: &str, lines: &[&str]) -> bool {
    met(&conditions(lines), &s.matter, s.node(unit), &s.world.calendar, s.now).is_some()
}

#[test]
fn lateness_is_told_from_the_clock_day_by_day() {
    let mut s = Scenario::signed();
    // Seven working days from Monday, 13 June: due at the end of Wednesday, 22 June.
    s.on("2022-06-22T23:59");
    assert!(!holds(&s, "fgw", &["late >= 0wd"]) && holds(&s, "fgw", &["light = yellow"]));
    s.on("2022-06-23T00:01");
    assert!(holds(&s, "fgw", &["late >= 0wd"]) && !holds(&s, "fgw", &["late >= 1wd"]));
    s.on("2022-06-24T00:00");
    assert!(holds(&s, "fgw", &["late >= 1wd", "light = red"]) && !holds(&s, "fgw", &["late >= 2wd"]));
    // The weekend counts for nobody.
    s.on("2022-06-27T12:00");
    assert!(holds(&s, "fgw", &["late >= 2wd"]) && !holds(&s, "fgw", &["late >= 3wd"]));
    s.on("2022-07-20T00:00");
    assert!(holds(&s, "fgw", &["light = gross"]));
}

#[test]
fn unsigned_work_ages_too_and_silence_counts_from_the_last_act() {
    let mut s = Scenario::assigned();
    s.on("2022-06-14T12:00");
    assert!(!holds(&s, "fgw", &["unsigned >= 0wd"]));
    s.on("2022-06-15T09:00");
    assert!(holds(&s, "fgw", &["unsigned >= 0wd"]) && !holds(&s, "fgw", &["silent >= 1wd"]));
    s.signs("fgw-liaison", "fgw");
    assert!(!holds(&s, "fgw", &["unsigned >= 0wd"]));
    s.on("2022-06-17T12:00");
    assert!(!holds(&s, "fgw", &["silent >= 2wd"]));
    s.on("2022-06-18T00:00");
    assert!(holds(&s, "fgw", &["silent >= 2wd"]));
    let node = s.node_id("fgw");
    s.does("fgw-liaison", contact(node, at("2022-06-18T00:00")));
    assert!(!holds(&s, "fgw", &["silent >= 1wd"]));
}

#[test]
fn a_suspended_clock_is_neither_late_nor_silent_and_a_missed_report_is_found() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_pause(node, IntervalKind::Tracking, "2022-12-01"));
    s.does("shift-head", decide_interval(node, IntervalKind::Tracking, true));
    s.on("2022-07-01T09:00");
    assert!(!holds(&s, "fgw", &["late >= 0wd"]) && !holds(&s, "fgw", &["silent >= 1wd"]));
    assert!(!holds(&s, "fgw", &["report >= 0wd"]));
    s.on("2022-07-15T09:00");
    assert!(holds(&s, "fgw", &["report >= 0wd"]));
    s.does("fgw-liaison", progress(node));
    assert!(!holds(&s, "fgw", &["report >= 0wd"]));
}

#[test]
fn a_rule_fires_once_for_a_limit_and_says_what_it_found() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    let fire = urge(Some(node), Some(("late-urge", &["late >= 0wd"])));
    assert!(s.tries("system", &fire).expect("nothing to do").is_empty());
    s.on("2022-06-23T08:00");
    let events = s.tries("system", &fire).expect("fires");
    let [Event::Supervised(taken)] = events.as_slice() else { panic!("{events:?}") };
    let why = taken.why.as_ref().expect("a reason");
    assert_eq!((why.rule.as_str(), why.version), ("late-urge", 1));
    assert_eq!(why.met[0].found, Found::Since(at("2022-06-23T00:00")));
    assert!(s.tries("system", &fire).expect("once").is_empty());
    let next = urge(Some(node), Some(("late-head", &["after late-urge >= 1wd"])));
    assert!(s.tries("system", &next).expect("not yet").is_empty());
    s.on("2022-06-25T00:00");
    assert_eq!(s.tries("system", &next).expect("fires").len(), 1);
}

#[test]
fn a_moved_limit_is_watched_anew() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    let fire = urge(Some(node), Some(("soon", &["light = yellow"])));
    s.on("2022-06-21T08:00").does("fgw-liaison", ask_extension(node, 5));
    s.on("2022-06-22T15:00");
    assert_eq!(s.tries("system", &fire).expect("fires").len(), 1);
    s.does("shift-head", decide_interval(node, IntervalKind::Extension, true));
    assert!(s.tries("system", &fire).expect("time enough").is_empty());
    s.on("2022-06-29T15:00");
    assert_eq!(s.tries("system", &fire).expect("fires again").len(), 1);
}

#[test]
fn people_supervise_what_is_open_and_never_their_own_unit() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.refuses("fgw-liaison", urge(Some(node), None), "not-permitted")
        .refuses("both", urge(Some(node), None), "own-unit")
        .does("supervisor", urge(Some(node), None))
        .does("dispatcher", urge(None, None));
    assert_eq!(s.matter.measures.len(), 2);
    let slip = Supervise {
        node: Some(node),
        measure: Measure::Slip,
        to: Addressee::Unit,
        text: None,
        slip: None,
        trigger: None,
    };
    s.refuses("supervisor", Command::Supervise(Box::new(slip)), "slip-missing");
    s.completes("fgw", "dispatcher");
    s.refuses("supervisor", urge(Some(node), None), "not-running");
    let mut s = Scenario::passed_on();
    let below = s.node_id("x-fgj");
    s.does("x-pt-liaison", urge(Some(below), None)).does("x-pt-head", urge(Some(below), None));
}

#[test]
fn supervision_moves_no_limit() {
    let mut s = Scenario::signed();
    let (node, limits, promise) = (s.node_id("fgw"), s.node("fgw").limits.clone(), s.matter.promise.clone());
    s.does("supervisor", urge(Some(node), None));
    assert_eq!((s.node("fgw").limits.clone(), s.matter.promise.clone()), (limits, promise));
}

#[test]
fn an_objection_nobody_decides_in_time_is_not_granted() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.on("2022-06-14T16:40").does("fgw-liaison", object(node));
    s.refuses("system", Command::LapseObjection { node }, "limit-running");
    s.until("2022-06-15T11:40").is_in(Phase::Assigned);
    assert_eq!(s.told().last(), Some(&"objection_lapsed"));
    assert!(!s.node("fgw").has_open_objection());
    s.refuses("dispatcher", reassign(node, "zjj"), "objection-not-open")
        .refuses("fgw-liaison", object(node), "objected-already")
        .signs("fgw-liaison", "fgw");
}

#[test]
fn a_termination_nobody_decides_in_time_is_not_granted() {
    let mut s = Scenario::signed();
    s.does(
        "dispatcher",
        Command::RequestTermination { ground: "good".into(), reason: text("withdrawn elsewhere") },
    );
    s.refuses("system", Command::LapseTermination, "limit-running");
    s.until("2022-06-16T00:00").is_in(Phase::Assigned);
    assert_eq!(s.told().last(), Some(&"termination_lapsed"));
    assert!(s.matter.termination.is_none());
    s.refuses(
        "shift-head",
        Command::DecideTermination { approve: true, reason: text("r") },
        "termination-not-asked",
    );
}
