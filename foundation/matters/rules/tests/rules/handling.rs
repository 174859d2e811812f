//! Contact, progress, answer: what a unit does before it submits.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::{Command, ContactWay, Outcome};

#[test]
fn contact_counts_by_when_it_was_recorded_and_can_not_be_back_dated() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.on("2022-06-15T10:00")
        .refuses("fgw-liaison", contact(node, at("2022-06-12T10:00")), "time-before-assignment")
        .refuses("fgw-liaison", contact(node, at("2022-06-15T10:01")), "time-ahead")
        .does("fgw-liaison", contact(node, at("2022-06-13T15:00")));
    assert_eq!(s.node("fgw").contacted_at, Some(at("2022-06-15T10:00")));
}

#[test]
fn the_appellant_is_spoken_to_before_the_answer() {
    let mut s = Scenario::signed();
    let (node, now) = (s.node_id("fgw"), s.now);
    s.refuses("fgw-liaison", answer(node, now), "contact-first");
    s.does("fgw-liaison", contact(node, now)).does("fgw-liaison", answer(node, now));
}

#[test]
fn an_attempt_is_no_contact_but_allows_an_answer_that_says_so() {
    let mut s = Scenario::signed();
    let (node, now) = (s.node_id("fgw"), s.now);
    s.does("fgw-liaison", contact_by(node, now, ContactWay::Unreachable));
    assert_eq!((s.node("fgw").contacted_at, s.node("fgw").contact_attempts), (None, 1));
    let unreachable = Command::Answer {
        node,
        results: solved(),
        text: checked(),
        way: ContactWay::Unreachable,
        answered_at: now,
    };
    s.does("fgw-liaison", unreachable.clone());
    let mut spoken = Scenario::signed();
    spoken.does("fgw-liaison", contact(node, now)).refuses("fgw-liaison", unreachable, "attempts-missing");
}

#[test]
fn a_lead_answers_every_demand_and_a_co_unit_what_it_can() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co")]));
    s.signs("fgw-liaison", "fgw").signs("zjj-liaison", "zjj");
    let (lead, co, now) = (s.node_id("fgw"), s.node_id("zjj"), s.now);
    s.does("fgw-liaison", contact(lead, now))
        .refuses("fgw-liaison", answer_with(lead, now, results(&[Outcome::Solved])), "results-incomplete")
        .does("fgw-liaison", answer(lead, now))
        .does("zjj-liaison", answer_with(co, now, vec![]))
        .refuses("zjj-liaison", answer_with(co, now, results(&[Outcome::Solved; 3])), "results-wrong-demand");
}

#[test]
fn nothing_is_handled_before_it_is_signed_or_after_it_is_submitted() {
    let mut s = Scenario::assigned();
    let (node, now) = (s.node_id("fgw"), s.now);
    s.refuses("fgw-liaison", contact(node, now), "not-signed").refuses(
        "fgw-liaison",
        progress(node),
        "not-signed",
    );
    let mut s = Scenario::signed_off();
    s.refuses("fgw-liaison", progress(node), "node-not-working");
    Scenario::accepted().refuses("fgw-liaison", progress(node), "not-permitted");
}
