//! Exclusions 不满意件申诉(剔除): claimed once by who answered, judged by a panel of others.
//! And the second look at what was closed.

use crate::support::Scenario;
use crate::support::commands::*;
use matters_rules::figures::{FactKind, facts_of};
use matters_rules::state::ExclusionOutcome;
use matters_rules::{CallOutcome, ClosingType, Command, Finding, Phase};

/// Rated badly on Monday, 13 June 2022, found no reason for a redo, closed; the rating is
/// final since the day after.
fn dissatisfied() -> Scenario {
    let mut s = Scenario::called_back();
    s.does("appellant", rate("partly", "dissatisfied"))
        .does("call-back", decide_redo(false))
        .does("call-back", close(ClosingType::Solved))
        .is_in(Phase::Closed);
    s.on("2022-06-14T10:00");
    s
}

fn claim(s: &Scenario) -> Command {
    claim_exclusion(s.node_id("fgw"))
}

fn claimed() -> Scenario {
    let mut s = dissatisfied();
    let command = claim(&s);
    s.does("fgw-liaison", command);
    s
}

fn excluded(s: &Scenario) -> bool {
    facts_of(&s.entries).iter().any(|fact| fact.kind == FactKind::RatingExcluded)
}

fn outcome(s: &Scenario) -> Option<ExclusionOutcome> {
    s.matter.exclusions.last().and_then(|claim| claim.outcome).map(|(outcome, _)| outcome)
}

#[test]
fn more_than_half_of_the_panel_grant_it_and_the_rating_stays() {
    let mut s = claimed();
    s.does("quality", judge(true));
    assert!(!excluded(&s), "one member is no panel");
    s.refuses("quality", judge(true), "exclusion-judged-already").does("supervisor", judge(false));
    assert_eq!(outcome(&s), None);
    s.does("shift-head", judge(true));
    assert_eq!(outcome(&s), Some(ExclusionOutcome::Granted));
    assert!(excluded(&s));
    assert_eq!(s.matter.ratings.len(), 1, "the rating itself is never touched");
    s.refuses("supervisor", judge(true), "exclusion-not-claimed");
    let again = claim(&s);
    s.refuses("fgw-liaison", again, "exclusion-claimed-already");
}

#[test]
fn as_soon_as_the_panel_can_no_longer_grant_it_it_is_refused() {
    let mut s = claimed();
    s.does("quality", judge(false)).does("supervisor", judge(false));
    assert_eq!(outcome(&s), Some(ExclusionOutcome::Refused));
    assert!(!excluded(&s));
}

#[test]
fn undecided_in_time_it_is_not_granted() {
    let mut s = claimed();
    s.does("quality", judge(true)).until("2022-06-21T23:59");
    assert_eq!(outcome(&s), None, "five working days: the 15th to the 21st");
    s.until("2022-06-22T00:00");
    assert_eq!(outcome(&s), Some(ExclusionOutcome::Lapsed));
    assert!(!excluded(&s));
    s.refuses("supervisor", judge(true), "exclusion-not-claimed");
}

#[test]
fn nobody_of_a_handling_unit_and_nobody_who_evaluated_judges() {
    let mut s = Scenario::called_back();
    s.does("office-a", call(CallOutcome::Reached))
        .does("office-a", rate("no", "dissatisfied"))
        .does("call-back", decide_redo(false))
        .does("call-back", close(ClosingType::Solved));
    s.on("2022-06-14T10:00");
    let command = claim(&s);
    s.does("fgw-head", command)
        .refuses("fgw-head", judge(true), "not-permitted")
        .refuses("both", judge(true), "own-unit")
        .refuses("office-a", judge(true), "own-work")
        .does("office-b", judge(true));
}

#[test]
fn it_is_claimed_by_who_answered_with_evidence_once_the_rating_is_final_and_in_time() {
    let mut s = dissatisfied();
    let command = claim(&s);
    s.refuses("zjj-liaison", command.clone(), "not-permitted");
    let Command::ClaimExclusion { node, ground, reason, .. } = command.clone() else { unreachable!() };
    let bare = Command::ClaimExclusion { node, ground, reason, attachments: vec![] };
    s.refuses("fgw-liaison", bare, "exclusion-evidence-missing");
    s.clone().on("2022-06-14T08:00").refuses("fgw-liaison", command.clone(), "exclusion-rating-open");
    s.on("2022-06-21T00:00").refuses("fgw-liaison", command, "limit-passed");

    let mut s = Scenario::called_back();
    let command = claim(&s);
    s.refuses("fgw-liaison", command.clone(), "not-closed");
    s.does("appellant", rate("yes", "satisfied")).on("2022-06-15T09:00");
    s.refuses("fgw-liaison", command, "exclusion-positive");
}

#[test]
fn a_redo_overtakes_it_and_the_archive_waits_for_it() {
    let mut s = claimed();
    s.on("2022-07-20T09:00").refuses("shift-head", Command::Archive, "exclusion-undecided");
    let mut s = claimed();
    s.does("appellant", contest()).does("call-back", decide_redo(true)).is_in(Phase::Redo);
    assert_eq!(outcome(&s), Some(ExclusionOutcome::Overtaken));
    s.refuses("quality", judge(true), "exclusion-not-claimed");
}

#[test]
fn a_second_look_that_finds_it_wrong_is_put_before_whoever_decides_on_a_redo() {
    let mut s = Scenario::closed();
    s.refuses("fgw-liaison", recheck("one", Finding::False), "not-permitted")
        .does("quality", recheck("one", Finding::Confirmed))
        .refuses("quality-2", recheck("one", Finding::Confirmed), "rechecked-already");
    assert!(!s.matter.redo_pending);
    s.does("call-back-2", recheck("two", Finding::False));
    assert!(s.matter.redo_pending);
    s.refuses("call-back-2", decide_redo(true), "own-work")
        .does("call-back", decide_redo(true))
        .is_in(Phase::Redo);
}

#[test]
fn a_direct_answer_is_looked_at_again_by_another_officer_who_did_not_call_back_either() {
    let mut s = Scenario::accepted();
    s.does("office-a", answer_directly())
        .does("office-b", call(CallOutcome::Reached))
        .does("office-b", rate("yes", "satisfied"))
        .refuses("office-a", recheck("one", Finding::Confirmed), "own-work")
        .refuses("office-b", recheck("one", Finding::Confirmed), "own-work")
        .does("quality", recheck("one", Finding::Incomplete));
    assert!(s.matter.redo_pending);
    s.does("call-back", decide_redo(true)).is_in(Phase::Accepted);
    Scenario::signed().refuses("quality", recheck("one", Finding::Confirmed), "not-closed");
}
