//! Call-back, rating, contest, redo, escalation, closing by hand.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use matters_rules::limits::Lateness;
use matters_rules::state::NodeState;
use matters_rules::{CallOutcome, ClosingType, Command, Outcome, Phase, Procedure, RatedBy};
use std::sync::Arc;

#[test]
fn a_satisfied_appellant_closes_the_matter() {
    let mut s = Scenario::called_back();
    s.does("appellant", rate("yes", "fairly_satisfied")).is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Solved));
    assert_eq!(s.matter.rating().map(|rated| rated.by), Some(RatedBy::Appellant));
}

#[test]
fn fairly_satisfied_counts_by_configuration() {
    let mut procedure = (*Procedure::appeal_default()).clone();
    procedure.steps.fairly_satisfied_counts = false;
    let mut s = Scenario::called_back();
    s.world.procedure = Arc::new(procedure);
    s.does("appellant", rate("yes", "fairly_satisfied")).is_in(Phase::CallBack);
    assert!(s.matter.redo_pending);
}

#[test]
fn only_the_holder_of_the_matter_rates_it() {
    let mut s = Scenario::called_back();
    s.refuses("stranger", rate("yes", "satisfied"), "not-yours")
        .refuses("public", rate("yes", "satisfied"), "not-yours")
        .refuses("system", rate("yes", "satisfied"), "not-yours")
        .refuses("intake", rate("yes", "satisfied"), "not-permitted");
    Scenario::signed().refuses("appellant", rate("yes", "satisfied"), "not-in-call-back");
}

#[test]
fn a_call_back_officer_reached_the_appellant_and_belongs_to_no_handling_unit() {
    let mut s = Scenario::called_back();
    s.refuses("call-back", rate("yes", "satisfied"), "not-reached")
        .refuses("both", call(CallOutcome::Reached), "own-unit")
        .does("call-back", call(CallOutcome::Reached))
        .refuses("both", rate("yes", "satisfied"), "own-unit")
        .does("call-back", rate("yes", "satisfied"))
        .is_in(Phase::Closed);
    assert_eq!(s.matter.rating().map(|rated| rated.by), Some(RatedBy::CallBack));
}

#[test]
fn what_the_appellant_says_outranks_what_an_officer_heard() {
    let mut s = Scenario::called_back();
    s.does("call-back", call(CallOutcome::Reached)).does("appellant", rate("no", "dissatisfied")).refuses(
        "call-back",
        rate("yes", "satisfied"),
        "appellant-rated",
    );
    let mut s = Scenario::called_back();
    s.does("call-back", call(CallOutcome::Reached))
        .does("call-back", rate("no", "dissatisfied"))
        .does("appellant", rate("yes", "satisfied"))
        .is_in(Phase::Closed);
}

#[test]
fn a_rating_changes_within_a_day_and_by_the_same_hand_only() {
    let mut s = Scenario::closed();
    s.on("2022-06-14T08:59").does("appellant", rate("no", "very_dissatisfied"));
    assert!(s.matter.redo_pending, "a closed matter whose rating turned awaits a decision");
    s.refuses("call-back", rate("yes", "satisfied"), "not-in-call-back");
    s.on("2022-06-14T09:01").refuses("appellant", rate("yes", "satisfied"), "rating-final");
}

#[test]
fn a_valid_complaint_is_handled_again_and_first_limits_stay() {
    let mut s = Scenario::passed_on();
    s.completes("x-fgj", "x-pt-head").reviews("dispatcher", "x-pt", true);
    let (filed, promise) = (s.matter.filed_at, s.matter.promise.clone());
    let first = s.node("x-fgj").first_limits.clone();
    s.on("2022-06-20T09:00").does("appellant", rate("partly", "dissatisfied")).is_in(Phase::CallBack);
    s.refuses("dispatcher", decide_redo(true), "not-permitted")
        .does("call-back", decide_redo(true))
        .is_in(Phase::Redo);
    assert_eq!((s.matter.filed_at, s.matter.promise.clone()), (filed, promise));
    assert_eq!(s.date(&s.node("x-pt").limits.handling.own), date("2022-06-27"));
    assert_eq!(s.node("x-fgj").limits.handling.due(), crate::support::at("2022-06-25T00:00"));
    assert_eq!(s.node("x-fgj").first_limits, first);
    let node = s.node_id("x-fgj");
    s.refuses("x-fgj-liaison", submit(node), "answer-first")
        .completes("x-fgj", "x-pt-head")
        .reviews("dispatcher", "x-pt", true)
        .does("appellant", rate("yes", "satisfied"))
        .is_in(Phase::Closed);
    assert_eq!(s.matter.ratings.len(), 2, "all ratings are kept");
    let node = s.node("x-fgj");
    assert_eq!(node.lateness(&node.first_limits, s.now), Lateness::InTime);
}

#[test]
fn after_two_redos_it_goes_up() {
    let mut s = Scenario::called_back();
    for _ in 0..2 {
        s.does("appellant", rate("no", "dissatisfied"))
            .does("call-back", decide_redo(true))
            .is_in(Phase::Redo);
        s.completes("fgw", "dispatcher");
    }
    s.does("appellant", rate("no", "dissatisfied"))
        .does("call-back", decide_redo(true))
        .is_in(Phase::CallBack);
    assert!(s.matter.escalated && !s.matter.redo_pending);
    s.does("shift-head", close(ClosingType::NotYet)).is_in(Phase::Closed);
}

#[test]
fn a_result_upheld_is_closed_by_hand_and_claims_no_more_than_it_did() {
    let mut s = Scenario::signed();
    let (node, now) = (s.node_id("fgw"), s.now);
    let partly = answer_with(node, now, results(&[Outcome::Solved, Outcome::Explained]));
    s.does("fgw-liaison", contact(node, now)).does("fgw-liaison", partly).submits(
        "fgw-liaison",
        "fgw-head",
        "fgw",
    );
    s.reviews("dispatcher", "fgw", true)
        .refuses("shift-head", close(ClosingType::Partly), "evaluation-first")
        .does("appellant", rate("no", "dissatisfied"))
        .refuses("shift-head", close(ClosingType::Partly), "redo-undecided")
        .does("call-back", decide_redo(false))
        .refuses("call-back", decide_redo(true), "redo-not-asked")
        .refuses("both", close(ClosingType::Partly), "own-unit")
        .refuses("shift-head", close(ClosingType::Solved), "closing-not-by-result")
        .refuses("shift-head", close(ClosingType::AnsweredDirectly), "closing-not-by-result")
        .does("shift-head", close(ClosingType::Partly))
        .is_in(Phase::Closed);
}

#[test]
fn nobody_closes_what_they_answered() {
    let mut s = Scenario::accepted().then("shift-head", answer_directly());
    s.does("call-back", call(CallOutcome::Refused))
        .refuses("shift-head", close(ClosingType::AnsweredDirectly), "own-work")
        .does("shift-head-2", close(ClosingType::AnsweredDirectly));
}

#[test]
fn where_nobody_answers_the_telephone_attempts_suffice() {
    let mut s = Scenario::called_back();
    for outcome in [CallOutcome::NoAnswer, CallOutcome::Later, CallOutcome::NoAnswer] {
        s.refuses("shift-head", close(ClosingType::Solved), "evaluation-first")
            .does("call-back", call(outcome));
    }
    s.does("shift-head", close(ClosingType::Solved));
    assert!(s.matter.rating().is_none(), "unrated stays unrated");
}

#[test]
fn a_closing_is_contested_once() {
    let mut s = Scenario::called_back();
    s.until("2022-06-23T00:00").is_in(Phase::Closed);
    s.does("appellant", contest())
        .refuses("appellant", contest(), "contested-already")
        .refuses("shift-head", Command::Archive, "redo-undecided")
        .does("call-back", decide_redo(true))
        .is_in(Phase::Redo);
    assert_eq!((s.matter.closed_at, s.matter.closing), (None, None));
    let mut refused = Scenario::closed().then("appellant", contest()).then("call-back", decide_redo(false));
    refused.is_in(Phase::Closed);
}

#[test]
fn a_valid_contest_after_all_redos_opens_the_closing() {
    let mut s = Scenario::called_back();
    for _ in 0..2 {
        s.does("appellant", rate("no", "dissatisfied")).does("call-back", decide_redo(true));
        s.completes("fgw", "dispatcher");
    }
    s.does("appellant", rate("yes", "satisfied"))
        .does("appellant", contest())
        .does("call-back", decide_redo(true));
    s.is_in(Phase::CallBack).does("shift-head", close(ClosingType::Partly)).is_in(Phase::Closed);
}

#[test]
fn escalation_by_hand_shows_and_closes_nothing() {
    let mut s = Scenario::signed();
    let up = || Command::Escalate { reason: text("three units, no one moves") };
    s.does("supervisor", up()).is_in(Phase::Assigned).refuses("shift-head", up(), "escalated-already");
    s.completes("fgw", "dispatcher").refuses("shift-head", close(ClosingType::Solved), "evaluation-first");
    Scenario::filed().refuses("shift-head", up(), "not-open");
}

#[test]
fn a_redo_reopens_the_answering_units_only() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co")]));
    s.signs("fgw-liaison", "fgw").completes("fgw", "dispatcher");
    s.does("appellant", rate("no", "dissatisfied")).does("call-back", decide_redo(true));
    assert_eq!(s.node("fgw").state, NodeState::Working);
    assert_eq!(s.node("zjj").state, NodeState::Released);
}
