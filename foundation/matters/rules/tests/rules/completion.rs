//! Completion 补正: what is missing is asked for once, within the review limit, and no clock
//! stands still for it.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::timers::timers;
use matters_rules::{ActionCode as A, CallOutcome, Command, Phase, TimerKind};

#[test]
fn the_appellant_is_given_a_working_day_and_no_clock_stands_still() {
    let before = Scenario::filed();
    let mut s = before.clone().then("intake", ask_completion());
    s.is_in(Phase::Registered);
    let asked = s.matter.open_completion().expect("it is waited for");
    assert_eq!(asked.limit.due, at("2022-06-15T00:00"));
    assert_eq!(s.matter.filed_at, before.matter.filed_at);
    assert_eq!(s.matter.review, before.matter.review);
}

#[test]
fn asked_for_late_the_time_ends_with_the_review_limit() {
    let mut s = Scenario::filed();
    s.on("2022-06-15T16:00").does("intake", ask_completion());
    let (asked, review) = (s.matter.open_completion().expect("open"), s.matter.review.as_ref());
    assert_eq!(Some(asked.limit.due), review.map(|review| review.due));
}

#[test]
fn material_of_the_appellant_completes_it_whoever_takes_it_down() {
    for who in ["appellant", "intake"] {
        let mut s = Scenario::filed().then("intake", ask_completion());
        s.on("2022-06-14T09:00").does(who, add_material());
        assert_eq!(s.told(), ["filed", "completion_asked", "material_added", "completion_given"]);
        assert!(s.matter.open_completion().is_none());
        s.does("intake", accept()).is_in(Phase::Accepted);
    }
}

#[test]
fn material_that_nobody_asked_for_is_no_completion() {
    let s = Scenario::filed().then("appellant", add_material());
    assert_eq!(s.told(), ["filed", "material_added"]);
}

#[test]
fn everything_missing_is_asked_for_at_once() {
    let mut s = Scenario::filed().then("intake", ask_completion());
    s.refuses("intake-2", ask_completion(), "completion-asked-already").does("appellant", add_material());
    s.refuses("intake", ask_completion(), "completion-asked-already");
    assert!(!s.offers_verb("intake", A::AskCompletion));
}

#[test]
fn only_while_review_runs_and_no_decline_is_proposed() {
    Scenario::accepted().refuses("intake", ask_completion(), "not-registered");
    Scenario::filed().then("intake", propose_decline()).refuses(
        "intake",
        ask_completion(),
        "decline-proposed-already",
    );
    Scenario::filed().on("2022-06-20T09:00").refuses("intake", ask_completion(), "review-limit-passed");
    Scenario::filed().refuses("fgw-liaison", ask_completion(), "not-permitted").refuses(
        "appellant",
        ask_completion(),
        "not-yours",
    );
}

#[test]
fn it_lapses_by_itself_and_the_office_still_has_to_decide() {
    let mut s = Scenario::filed().then("intake", ask_completion());
    let kinds: Vec<_> = timers(&s.matter).into_iter().map(|timer| timer.kind).collect();
    assert_eq!(kinds, [TimerKind::DeemAccepted, TimerKind::LapseCompletion]);
    s.refuses("system", Command::LapseCompletion, "limit-running").until("2022-06-15T00:00");
    assert!(s.matter.completion.as_ref().is_some_and(|asked| asked.lapsed));
    s.is_in(Phase::Registered)
        .refuses("system", Command::LapseCompletion, "completion-not-asked")
        .until("2022-06-16T00:00")
        .is_in(Phase::Accepted);
    assert!(s.matter.deemed, "waiting for the appellant does not hold up acceptance");
}

#[test]
fn accepting_early_ends_the_waiting() {
    let mut s = Scenario::filed().then("intake", ask_completion()).then("intake", accept());
    assert!(s.matter.open_completion().is_none() && timers(&s.matter).is_empty());
    s.does("appellant", add_material());
    assert_eq!(s.told().last(), Some(&"material_added"));
}

#[test]
fn that_nothing_concrete_is_asked_is_said_only_after_asking() {
    let mut s = Scenario::filed();
    s.refuses("intake", propose_decline_without_demand(), "completion-first")
        .does("intake", ask_completion())
        .refuses("intake", propose_decline_without_demand(), "completion-first")
        .does("intake", propose_decline());
    let mut lapsed = Scenario::filed().then("intake", ask_completion());
    lapsed.until("2022-06-15T00:00").does("intake", propose_decline_without_demand());
    lapsed.does("shift-head", decide_decline(true)).is_in(Phase::Declined);
    let mut answered = Scenario::filed().then("intake", ask_completion()).then("appellant", add_material());
    answered.does("intake", propose_decline_without_demand());
}

#[test]
fn a_call_for_later_says_when_and_only_ahead() {
    let mut s = Scenario::called_back();
    let later = |outcome, again: &str| Command::CallBack {
        outcome,
        again_at: Some(at(again)),
        note: None,
        recordings: Vec::new(),
    };
    s.refuses("call-back", later(CallOutcome::NoAnswer, "2022-06-14T09:00"), "again-only-later")
        .refuses("call-back", later(CallOutcome::Later, "2022-06-13T09:00"), "again-past")
        .does("call-back", later(CallOutcome::Later, "2022-06-14T09:00"));
    assert_eq!(s.matter.calls[0].again_at, Some(at("2022-06-14T09:00")));
}
