//! "Not ours": once, in time, decided one level up by somebody else.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use matters_rules::Phase;
use matters_rules::state::NodeState;

#[test]
fn an_upheld_objection_reassigns_with_fresh_limits_and_leaves_the_promise() {
    let mut s = Scenario::assigned();
    let (node, promise, filed) = (s.node_id("fgw"), s.matter.promise.clone(), s.matter.filed_at);
    s.on("2022-06-14T16:40").does("fgw-liaison", object(node));
    let decide = &s.node("fgw").objection.as_ref().expect("an objection").decide_limit;
    assert_eq!(decide.due, crate::support::at("2022-06-15T11:40"), "four working hours");
    s.on("2022-06-15T09:00").does("dispatcher", reassign(node, "zjj")).is_in(Phase::Assigned);
    assert_eq!(s.node("fgw").state, NodeState::Reassigned);
    assert_eq!(s.date(&s.node("zjj").limits.handling.own), date("2022-06-24"));
    assert_eq!((s.matter.promise.clone(), s.matter.filed_at), (promise, filed));
    assert_eq!(s.matter.reassignments, 1);
}

#[test]
fn a_final_ruling_allows_no_other_objection() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", object(node)).does("shift-head", rule_finally(node));
    assert_eq!(s.node("fgw").limits.objection, None);
    s.refuses("fgw-liaison", object(node), "objection-ruled");
}

#[test]
fn a_unit_objects_once_and_in_time() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", object(node)).refuses("fgw-head", object(node), "not-permitted");
    s.refuses("fgw-liaison", object(node), "objected-already");
    Scenario::assigned().on("2022-06-15T00:01").refuses(
        "fgw-liaison",
        object(node),
        "objection-limit-passed",
    );
}

#[test]
fn nobody_decides_their_own_objection() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.refuses("dispatcher", reassign(node, "zjj"), "objection-not-open")
        .does("fgw-liaison", object(node))
        .refuses("fgw-liaison", rule_finally(node), "not-permitted")
        .refuses("both", rule_finally(node), "own-unit")
        .refuses("dispatcher", reassign(node, "c-old"), "unit-closed")
        .does("dispatcher", reassign(node, "zjj"));
}

#[test]
fn the_level_above_decides_and_what_was_passed_on_ends() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-pt", "lead")]));
    s.signs("x-pt-liaison", "x-pt");
    let platform = s.node_id("x-pt");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-fgj", "lead")])).signs("x-fgj-liaison", "x-fgj");
    let department = s.node_id("x-fgj");
    s.does("x-fgj-liaison", assign(Some(department), &[("x-town", "lead")]))
        .does("x-fgj-liaison", object(department));
    s.refuses("dispatcher", reassign(department, "x-zjj"), "not-permitted")
        .does("x-pt-liaison", reassign(department, "x-zjj"));
    assert_eq!(s.node("x-town").state, NodeState::Released);
    assert_eq!(s.node("x-zjj").parent, Some(platform));
}

#[test]
fn the_clock_runs_while_an_objection_is_open_but_nothing_is_submitted() {
    let mut s = Scenario::signed();
    let (node, due) = (s.node_id("fgw"), s.node("fgw").limits.handling.clone());
    s.does("fgw-liaison", object(node)).works("fgw-liaison", "fgw");
    s.refuses("fgw-liaison", submit(node), "objection-open");
    s.refuses("fgw-liaison", ask_extension(node, 3), "objection-open");
    s.does("dispatcher", rule_finally(node));
    assert_eq!(s.node("fgw").limits.handling, due);
    s.does("fgw-liaison", submit(node));
}

#[test]
fn a_co_units_objection_does_not_touch_the_lead() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co")]));
    let (lead, co) = (s.node("fgw").limits.clone(), s.node_id("zjj"));
    s.does("zjj-liaison", object(co)).does("dispatcher", reassign(co, "y-pt"));
    assert_eq!(s.node("fgw").limits, lead);
    s.signs("fgw-liaison", "fgw").completes("fgw", "dispatcher").is_in(Phase::CallBack);
    assert!(matches!(s.node("y-pt").state, NodeState::Released));
}
