//! Extension, suspension, long-term tracking.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use matters_rules::state::Phase;
use matters_rules::{Command, IntervalKind, TimerKind, Urgency};

const EXTENSION: IntervalKind = IntervalKind::Extension;
const SUSPENSION: IntervalKind = IntervalKind::Suspension;
const TRACKING: IntervalKind = IntervalKind::Tracking;

#[test]
fn an_extension_moves_the_limit_and_the_promise_and_keeps_the_first() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 5)).does("shift-head", decide_interval(node, EXTENSION, true));
    assert_eq!(s.date(&s.node("fgw").limits.handling.own), date("2022-06-29"));
    assert_eq!(s.date(&s.node("fgw").first_limits.handling.own), date("2022-06-22"));
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-07-01"));
    assert_eq!(s.date(s.matter.first_promise.as_ref().expect("a promise")), date("2022-06-24"));
    s.refuses("fgw-liaison", ask_extension(node, 1), "extension-used");
}

#[test]
fn separate_units_extended_alike_move_the_promise_once() {
    let mut s =
        Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "separate"), ("zjj", "separate")]));
    for unit in ["fgw", "zjj"] {
        let (node, liaison) = (s.node_id(unit), format!("{unit}-liaison"));
        s.signs(&liaison, unit).does(&liaison, ask_extension(node, 5));
        s.does("shift-head", decide_interval(node, EXTENSION, true));
    }
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-07-01"));
}

#[test]
fn an_extension_is_asked_before_the_last_day_and_is_no_longer_than_allowed() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.refuses("fgw-liaison", ask_extension(node, 8), "extension-length").refuses(
        "fgw-liaison",
        ask_extension(node, 0),
        "extension-length",
    );
    s.clone().on("2022-06-21T23:59").does("fgw-liaison", ask_extension(node, 7));
    s.on("2022-06-22T08:00").refuses("fgw-liaison", ask_extension(node, 3), "extension-too-late");
    s.on("2022-06-23T08:00").refuses("fgw-liaison", ask_extension(node, 3), "limit-passed");
}

#[test]
fn the_critical_is_not_extended() {
    let mut s = Scenario::filed().then("intake", accept_as(Urgency::Critical));
    s.does("dispatcher", assign(None, &[("fgw", "lead")])).signs("fgw-liaison", "fgw");
    let node = s.node_id("fgw");
    s.refuses("fgw-liaison", ask_extension(node, 1), "extension-not-for-critical");
}

#[test]
fn another_person_decides_and_no_decision_is_a_refusal() {
    let mut s = Scenario::passed_on();
    let node = s.node_id("x-fgj");
    s.does("x-fgj-liaison", ask_extension(node, 2))
        .refuses("x-fgj-liaison", ask_extension(node, 2), "interval-asked-already")
        .refuses("x-fgj-head", decide_interval(node, EXTENSION, true), "not-permitted")
        .refuses("x-pt-head", decide_interval(node, SUSPENSION, true), "interval-not-asked");
    s.until("2022-06-22T00:00");
    assert!(s.node("x-fgj").request.is_none(), "undecided at the limit it lapses");
    assert_eq!(s.told().last(), Some(&"interval_refused"));
    assert_eq!(s.date(&s.node("x-fgj").limits.handling.own), date("2022-06-22"));
}

#[test]
fn a_unit_does_not_grant_its_own_request() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 2)).refuses(
        "both",
        decide_interval(node, EXTENSION, true),
        "own-unit",
    );
    s.does("shift-head", decide_interval(node, EXTENSION, false));
    assert_eq!(s.node("fgw").extensions, 0);
}

#[test]
fn a_childs_extension_stays_under_its_parent_and_a_parents_lifts_it() {
    let mut s = Scenario::passed_on();
    let (platform, department) = (s.node_id("x-pt"), s.node_id("x-fgj"));
    let promise = s.matter.promise.clone();
    s.does("x-fgj-liaison", ask_extension(department, 3))
        .does("x-pt-head", decide_interval(department, EXTENSION, true));
    assert_eq!(s.node("x-fgj").limits.handling.due(), s.node("x-fgj").first_limits.handling.due());
    assert_eq!(s.matter.promise, promise, "a child's extension is not the appellant's");
    s.does("x-pt-liaison", ask_extension(platform, 5))
        .does("shift-head", decide_interval(platform, EXTENSION, true));
    let child = &s.node("x-fgj").limits.handling;
    assert_eq!(s.date(&child.own), date("2022-06-27"));
    assert_eq!(child.due(), child.own.due, "the parent's new limit no longer cuts it");
    assert_eq!(child.fair, child.due());
}

#[test]
fn a_suspension_stops_the_units_clock_and_not_the_appellants() {
    let mut s = Scenario::signed();
    let (node, promise) = (s.node_id("fgw"), s.matter.promise.clone());
    s.refuses("fgw-liaison", ask_pause(node, SUSPENSION, "2022-06-13"), "until-past")
        .refuses("fgw-liaison", ask_pause(node, SUSPENSION, "2022-12-01"), "until-too-late")
        .refuses(
            "fgw-liaison",
            Command::RequestInterval {
                node,
                kind: SUSPENSION,
                span: None,
                until: None,
                ground: "good".into(),
                reason: text("x"),
            },
            "until-missing",
        );
    s.on("2022-06-14T09:00")
        .does("fgw-liaison", ask_pause(node, SUSPENSION, "2022-06-17"))
        .does("shift-head", decide_interval(node, SUSPENSION, true))
        .refuses("system", Command::EndPause { node }, "pause-running")
        .works("fgw-liaison", "fgw")
        .refuses("fgw-liaison", submit(node), "paused")
        .until("2022-06-20T00:00");
    assert!(s.node("fgw").paused.is_none());
    // 14 to 17 June don't count: seven working days from 20 June.
    assert_eq!(s.date(&s.node("fgw").limits.handling.own), date("2022-06-28"));
    assert_eq!(s.node("fgw").first_limits.handling, s.node("fgw").limits.handling);
    assert_eq!(s.matter.promise, promise);
    s.does("fgw-liaison", submit(node));
}

#[test]
fn the_unit_may_take_up_work_before_the_pause_ends() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_pause(node, SUSPENSION, "2022-07-29"))
        .does("shift-head", decide_interval(node, SUSPENSION, true))
        .refuses("fgw-liaison", ask_extension(node, 1), "paused");
    s.on("2022-06-15T09:00").does("fgw-liaison", Command::Resume { node, reason: text("the part came") });
    assert_eq!(s.date(&s.node("fgw").limits.handling.own), date("2022-06-24"));
    s.refuses("fgw-liaison", Command::Resume { node, reason: text("x") }, "not-paused");
}

#[test]
fn tracking_owes_reports() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_pause(node, TRACKING, "2022-12-30"))
        .does("shift-head", decide_interval(node, TRACKING, true));
    assert_eq!(s.node("fgw").report.as_ref().map(|report| s.date(report)), Some(date("2022-07-13")));
    s.on("2022-07-10T09:00").does("fgw-liaison", progress(node));
    assert_eq!(s.node("fgw").report.as_ref().map(|report| s.date(report)), Some(date("2022-08-09")));
    let ends: Vec<_> = matters_rules::timers::timers(&s.matter).into_iter().map(|t| t.kind).collect();
    assert_eq!(ends, [TimerKind::EndPause]);
    s.is_in(Phase::Assigned);
}
