//! The cap and whose delay it is.

use crate::support::commands::*;
use crate::support::{Scenario, at, date};
use kernel::time::Calendar;
use matters_rules::limits::Lateness;
use matters_rules::state::Phase;
use matters_rules::{Command, Urgency};
use std::sync::Arc;

#[test]
fn a_child_has_its_own_limit_less_a_day_for_the_parent() {
    let s = Scenario::passed_on();
    let child = &s.node("x-fgj").limits.handling;
    assert_eq!(s.date(&child.own), date("2022-06-22"));
    assert_eq!(child.due(), at("2022-06-22T00:00"), "24:00 of the working day before");
    assert_eq!(child.fair, child.due(), "passed on at once, nothing is the parent's fault");
}

#[test]
fn what_the_parent_passed_on_late_is_the_parents_delay() {
    let mut s = passed_on_at("2022-06-17T10:00");
    let child = s.node("x-fgj").limits.clone();
    assert_eq!(child.handling.due(), at("2022-06-22T00:00"));
    assert_eq!(child.handling.fair, at("2022-06-28T00:00"), "the six working days it would have had");
    for (submitted, whose) in [
        ("2022-06-21T17:00", Lateness::InTime),
        ("2022-06-24T17:00", Lateness::ChargedToParent),
        ("2022-06-28T09:00", Lateness::Late),
    ] {
        assert_eq!(child.handling.lateness(at(submitted)), whose, "{submitted}");
    }
    s.on("2022-06-24T17:00").signs("x-fgj-liaison", "x-fgj").completes("x-fgj", "x-pt-head");
    s.on("2022-06-27T17:00").reviews("dispatcher", "x-pt", true).is_in(Phase::CallBack);
    let (child, parent) = (s.node("x-fgj"), s.node("x-pt"));
    assert_eq!(child.lateness(&child.first_limits, s.now), Lateness::ChargedToParent);
    assert!(parent.is_late(s.now), "the platform was late");
}

#[test]
fn a_child_assigned_when_the_parents_time_is_gone_has_its_day() {
    let s = passed_on_at("2022-06-27T10:00");
    let child = &s.node("x-fgj").limits.handling;
    assert_eq!(child.due(), at("2022-06-28T00:00"), "the end of the day it starts on");
    assert!(child.fair > child.due());
}

#[test]
fn a_day_is_a_day_even_for_the_critical() {
    let mut s = Scenario::filed().then("intake", accept_as(Urgency::Critical));
    s.does("dispatcher", assign(None, &[("x-pt", "lead")])).signs("x-pt-liaison", "x-pt");
    let platform = s.node_id("x-pt");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-fgj", "lead")]));
    assert_eq!(s.node("x-fgj").limits.handling.due(), at("2022-06-14T00:00"));
    assert_eq!(s.node("x-pt").limits.handling.due(), at("2022-06-15T00:00"));
}

#[test]
fn a_changed_holiday_notice_moves_open_limits_and_only_those() {
    let mut s = Scenario::passed_on();
    let review = s.matter.review.clone();
    s.does("system", Command::RecomputeLimits);
    assert_ne!(s.told().last(), Some(&"limits_recomputed"), "nothing moved, nothing is journaled");
    s.world.calendar = Arc::new(with_a_day_off());
    s.does("system", Command::RecomputeLimits);
    assert_eq!(s.told().last(), Some(&"limits_recomputed"));
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-06-27"));
    assert_eq!(s.date(&s.node("x-pt").limits.handling.own), date("2022-06-23"));
    assert_eq!(s.node("x-fgj").limits.handling.due(), at("2022-06-23T00:00"), "caps follow");
    assert_eq!(s.matter.review, review, "what is met stays");
    assert_eq!(s.date(&s.node("x-pt").first_limits.handling.own), date("2022-06-22"));
}

#[test]
fn a_changed_notice_moves_what_waits_in_every_phase() {
    for mut s in [Scenario::filed(), Scenario::accepted(), Scenario::called_back()] {
        s.world.calendar = Arc::new(with_a_day_off());
        s.does("system", Command::RecomputeLimits);
        assert_eq!(s.told().last(), Some(&"limits_recomputed"), "{:?}", s.matter.phase);
    }
}

/// 14 June 2022 off, which no notice said.
fn with_a_day_off() -> Calendar {
    let text = "version = \"changed\"\n[2022]\nrest = [[\"2022-06-14\", \"2022-06-14\", \"test\"]]\n";
    Calendar::parse(text).expect("a calendar")
}

fn passed_on_at(local: &str) -> Scenario {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-pt", "lead")]));
    s.signs("x-pt-liaison", "x-pt").on(local);
    let platform = s.node_id("x-pt");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-fgj", "lead")]));
    s
}
