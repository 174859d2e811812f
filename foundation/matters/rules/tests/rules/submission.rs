//! Submit, sign off, review level by level, return.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::state::NodeState;
use matters_rules::{Command, Phase, Procedure};
use std::sync::Arc;

#[test]
fn a_submission_needs_an_answer_and_another_persons_signature() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.refuses("fgw-liaison", submit(node), "answer-first").works("fgw-all", "fgw");
    s.does("fgw-all", submit(node))
        .refuses("fgw-all", sign_off(node), "own-work")
        .refuses("dispatcher", review(node, true), "not-signed-off")
        .does("fgw-head", sign_off(node));
    assert_eq!(s.node("fgw").state, NodeState::SignedOff);
}

#[test]
fn whoever_wrote_the_answer_does_not_sign_it_off() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.works("fgw-all", "fgw").does("fgw-liaison", submit(node)).refuses(
        "fgw-all",
        sign_off(node),
        "own-work",
    );
}

#[test]
fn a_township_of_one_signs_on_paper() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-town", "lead")]));
    s.signs("solo", "x-town").works("solo", "x-town");
    let node = s.node_id("x-town");
    let paper = Command::SignOff { node, approve: true, scan: Some(blob(1)), reason: None };
    s.does("solo", submit(node)).refuses("solo", sign_off(node), "scan-missing").does("solo", paper);
    s.reviews("dispatcher", "x-town", true).is_in(Phase::CallBack);
    let mut department = Scenario::signed();
    let node = department.node_id("fgw");
    department.works("fgw-all", "fgw").does("fgw-all", submit(node));
    let paper = Command::SignOff { node, approve: true, scan: Some(blob(1)), reason: None };
    department.refuses("fgw-all", paper, "own-work");
}

#[test]
fn the_head_may_send_it_back_and_says_why() {
    let mut s = Scenario::answered();
    let node = s.node_id("fgw");
    let refuse = |reason| Command::SignOff { node, approve: false, scan: None, reason };
    s.does("fgw-liaison", submit(node))
        .refuses("fgw-head", refuse(None), "reason-missing")
        .does("fgw-head", refuse(Some(text("weak"))))
        .does("fgw-liaison", submit(node));
}

#[test]
fn nobody_reviews_their_own_work_or_their_own_unit() {
    let mut s = Scenario::signed_off();
    let node = s.node_id("fgw");
    s.refuses("fgw-head", review(node, true), "not-permitted").refuses(
        "both",
        review(node, true),
        "own-unit",
    );
    s.refuses("dispatcher", Command::Review { node, approve: false, reason: None }, "reason-missing");
    s.reviews("dispatcher", "fgw", true).is_in(Phase::CallBack);
    assert_eq!(s.node("fgw").approved_submission_at, s.node("fgw").submitted_at);
}

#[test]
fn two_levels_two_reviews_by_two_people() {
    let mut s = Scenario::passed_on();
    let platform = s.node_id("x-pt");
    s.refuses("x-pt-liaison", submit(platform), "submit-by-part-below").completes("x-fgj", "x-pt-head");
    assert_eq!(s.node("x-pt").state, NodeState::SignedOff, "the approval is the platform's submission");
    assert_eq!(s.node("x-pt").submitted_at, Some(s.now));
    s.is_in(Phase::Assigned)
        .refuses("x-pt-head", review(platform, true), "not-permitted")
        .reviews("dispatcher", "x-pt", true)
        .is_in(Phase::CallBack);
}

#[test]
fn a_return_goes_back_down_to_who_answered_and_keeps_the_limits() {
    let mut s = Scenario::passed_on();
    let limits: Vec<_> = s.matter.nodes.iter().map(|node| node.limits.clone()).collect();
    s.completes("x-fgj", "x-pt-head").on("2022-06-15T09:00").reviews("dispatcher", "x-pt", false);
    for node in &s.matter.nodes {
        assert_eq!((node.state, node.returns), (NodeState::Working, 1));
    }
    assert_eq!(s.matter.nodes.iter().map(|node| node.limits.clone()).collect::<Vec<_>>(), limits);
    s.submits("x-fgj-liaison", "x-fgj-head", "x-fgj").reviews("x-pt-head", "x-fgj", true);
    s.reviews("dispatcher", "x-pt", true).is_in(Phase::CallBack);
    assert_eq!(s.node("x-pt").approved_submission_at, Some(at("2022-06-15T09:00")));
}

#[test]
fn separate_parts_below_are_all_approved_before_the_unit_has_submitted() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-pt", "lead")]));
    s.signs("x-pt-liaison", "x-pt");
    let platform = s.node_id("x-pt");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-fgj", "separate"), ("x-zjj", "separate")]));
    s.signs("x-fgj-liaison", "x-fgj").signs("x-zjj-liaison", "x-zjj");
    s.completes("x-fgj", "x-pt-head");
    assert_eq!(s.node("x-pt").state, NodeState::Working);
    s.completes("x-zjj", "x-pt-head");
    assert_eq!(s.node("x-pt").state, NodeState::SignedOff);
}

#[test]
fn co_units_still_open_end_with_the_result_and_are_reviewed_like_others() {
    let mut s = Scenario::accepted()
        .then("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co"), ("y-pt", "co")]));
    s.signs("fgw-liaison", "fgw").signs("zjj-liaison", "zjj");
    let (co, now) = (s.node_id("zjj"), s.now);
    s.does("zjj-liaison", answer_with(co, now, vec![])).submits("zjj-liaison", "zjj-head", "zjj");
    s.reviews("dispatcher", "zjj", true).is_in(Phase::Assigned);
    s.completes("fgw", "dispatcher").is_in(Phase::CallBack);
    assert_eq!(s.node("zjj").state, NodeState::Approved);
    assert_eq!(s.node("y-pt").state, NodeState::Released);
}

#[test]
fn a_procedure_without_evaluation_or_sign_off_closes_with_the_review() {
    let mut procedure = (*Procedure::appeal_default()).clone();
    procedure.steps.rated = false;
    procedure.steps.sign_off = false;
    let mut s = Scenario::answered();
    s.world.procedure = Arc::new(procedure);
    let node = s.node_id("fgw");
    s.does("fgw-liaison", submit(node)).does("dispatcher", review(node, true)).is_in(Phase::Closed);
}
