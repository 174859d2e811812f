//! Accept, decline, transfer, deemed acceptance, direct answer, merge.

use crate::support::commands::*;
use crate::support::{Scenario, at, date};
use kernel::time::{Instant, Span};
use matters_rules::command::{Accept, Circumstances, File, Noted, Occasion, OnBehalf, Proposed};
use matters_rules::facts::OtherMatter;
use matters_rules::{ActionCode, ClosingType, Command, Consent, Outcome, Phase, Urgency};

#[test]
fn filing_starts_the_appellants_clock_and_the_review_limit() {
    let s = Scenario::filed();
    assert_eq!(s.matter.phase, Phase::Registered);
    assert_eq!(s.matter.filed_at, Some(at("2022-06-13T09:00")));
    assert_eq!(s.date(s.matter.review.as_ref().expect("a limit")), date("2022-06-15"));
    s.clone().refuses("public", file(), "already-filed");
}

#[test]
fn a_filing_needs_a_number_and_an_open_office() {
    let with = |change: fn(&mut matters_rules::command::File)| {
        let mut file = filing();
        change(&mut file);
        Command::File(Box::new(file))
    };
    Scenario::start()
        .refuses("public", with(|f| f.number = " ".into()), "number-missing")
        .refuses("public", with(|f| f.office = "c-old".into()), "office-closed")
        .refuses("public", with(|f| f.office = "nowhere".into()), "unit-unknown")
        .refuses("appellant", accept(), "matter-unknown");
}

#[test]
fn acceptance_lists_the_demands_and_promises_a_date() {
    let mut s = Scenario::filed();
    s.refuses(
        "intake",
        Command::Accept(Accept { demands: vec![], ..acceptance(Urgency::General) }),
        "demands-missing",
    )
    .refuses(
        "intake",
        Command::Accept(Accept { category: String::new(), ..acceptance(Urgency::General) }),
        "category-missing",
    )
    .does("intake", accept())
    .is_in(Phase::Accepted);
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-06-24"));
    assert_eq!(s.date(s.matter.assignment.as_ref().expect("a limit")), date("2022-06-14"));
    s.refuses("intake", accept(), "already-reviewed");
}

#[test]
fn a_natural_time_matter_is_promised_in_hours() {
    let accept = Accept { natural_time: true, ..acceptance(Urgency::Critical) };
    let mut s = Scenario::filed().then("intake", Command::Accept(accept));
    assert_eq!(s.matter.promise.as_ref().map(|p| p.due), Some(at("2022-06-14T21:00")));
    s.does("dispatcher", assign(None, &[("fgw", "lead")]));
    assert_eq!(s.node("fgw").limits.handling.own.span, Span::natural_hours(24));
}

#[test]
fn a_decline_needs_a_second_person() {
    let mut s = Scenario::filed().then("shift-head", propose_decline());
    s.refuses("shift-head", decide_decline(true), "own-work")
        .refuses("intake", propose_decline(), "decline-proposed-already")
        .does("shift-head-2", decide_decline(true))
        .is_in(Phase::Declined)
        .refuses("intake", accept(), "already-reviewed");
}

#[test]
fn a_refused_decline_leaves_the_matter_to_be_reviewed() {
    let mut s = Scenario::filed().then("intake", propose_decline()).then("shift-head", decide_decline(false));
    s.is_in(Phase::Registered).refuses("shift-head", decide_decline(true), "decline-not-proposed");
    s.does("intake", accept()).is_in(Phase::Accepted);
}

#[test]
fn the_review_limit_passed_is_acceptance() {
    let mut s = Scenario::filed();
    s.does("intake", propose_decline())
        .refuses("system", Command::DeemAccepted, "review-limit-running")
        .until("2022-06-16T00:00")
        .is_in(Phase::Accepted);
    assert!(s.matter.deemed && s.matter.demands.is_empty());
    let promised = s.matter.promise.clone();
    s.refuses("dispatcher", assign(None, &[("fgw", "lead")]), "demands-not-listed")
        .does("intake", accept_as(Urgency::Urgent));
    assert_eq!(s.matter.urgency, Some(Urgency::Urgent));
    assert_eq!(s.matter.promise, promised, "the promise stays as it was given");
    s.does("dispatcher", assign(None, &[("fgw", "lead")]));
}

#[test]
fn after_the_review_limit_nothing_can_be_turned_away() {
    let mut s = Scenario::filed().then("intake", propose_decline());
    s.on("2022-06-16T08:00")
        .refuses("shift-head", decide_decline(true), "review-limit-passed")
        .refuses("intake", transfer(), "review-limit-passed")
        .does("intake", accept());
    assert!(s.matter.deemed, "an officer who comes late finds it deemed accepted");
}

#[test]
fn only_a_registered_matter_is_transferred() {
    let mut s = Scenario::filed();
    s.refuses("intake", Command::Transfer { to: " ".into(), reason: text("x") }, "transfer-target-missing")
        .does("intake", transfer())
        .is_in(Phase::LeftEarly);
    Scenario::accepted().refuses("intake", transfer(), "not-registered");
}

#[test]
fn a_direct_answer_covers_every_demand_and_goes_to_call_back() {
    let mut s = Scenario::accepted();
    let incomplete = Command::AnswerDirectly { results: results(&[Outcome::Solved]), text: checked() };
    let wrong = Command::AnswerDirectly { results: results(&[Outcome::Solved; 3]), text: checked() };
    s.refuses("intake", incomplete, "results-incomplete")
        .refuses("intake", wrong, "results-wrong-demand")
        .does("intake", answer_directly())
        .is_in(Phase::CallBack)
        .does("appellant", rate("yes", "satisfied"))
        .is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::AnsweredDirectly));
    Scenario::assigned().refuses("intake", answer_directly(), "not-accepted");
}

#[test]
fn a_direct_answer_found_wanting_goes_to_a_unit() {
    let mut s =
        Scenario::accepted().then("intake", answer_directly()).then("appellant", rate("no", "dissatisfied"));
    s.does("call-back", decide_redo(true))
        .is_in(Phase::Accepted)
        .refuses("intake", answer_directly(), "direct-answer-contested")
        .does("dispatcher", assign(None, &[("fgw", "lead")]))
        .signs("fgw-liaison", "fgw")
        .completes("fgw", "dispatcher")
        .does("appellant", rate("yes", "very_satisfied"));
    assert_eq!(s.matter.closing, Some(ClosingType::Solved), "closed by what the unit did");
}

#[test]
fn a_follower_waits_for_its_master_and_is_rated_itself() {
    let mut s = Scenario::assigned();
    s.refuses("intake", merge(), "master-unknown");
    s.world.master = Some(other(false, false));
    s.refuses("intake", merge(), "master-not-open");
    s.world.master = Some(other(true, true));
    s.refuses("intake", merge(), "master-merged");
    s.world.master = Some(other(true, false));
    s.does("intake", merge()).is_in(Phase::Merged);
    assert!(s.matter.nodes.iter().all(|node| !node.state.is_open()), "its assignments end");
    s.does("system", Command::FollowMaster)
        .is_in(Phase::CallBack)
        .does("appellant", rate("yes", "satisfied"));
    assert_eq!(s.matter.closing, Some(ClosingType::Merged));
}

#[test]
fn a_follower_whose_master_ends_without_a_result_is_not_lost() {
    let mut s = Scenario::assigned();
    s.world.master = Some(other(true, false));
    s.does("intake", merge()).does("system", Command::LeaveMaster).is_in(Phase::Accepted);
    assert!(s.offers_verb("dispatcher", ActionCode::Assign));
    s.does("dispatcher", assign(None, &[("fgw", "lead")])).is_in(Phase::Assigned);
}

#[test]
fn nothing_merges_under_itself() {
    let itself = Command::Merge { master: crate::support::world::the_matter(), reason: text("x") };
    Scenario::accepted().refuses("intake", itself, "master-is-itself");
}

fn other(open: bool, merged: bool) -> OtherMatter {
    OtherMatter { id: crate::support::world::another_matter(), open, merged }
}

#[test]
fn who_files_for_another_says_how_the_other_agreed() {
    let filed = |on_behalf, consent| {
        let circumstances = Circumstances { consent, ..Circumstances::default() };
        Command::File(Box::new(File { on_behalf: Some(on_behalf), circumstances, ..filing() }))
    };
    Scenario::start()
        .refuses("public", filed(OnBehalf::Agent, None), "consent-missing")
        .refuses("public", filed(OnBehalf::Chamber, None), "consent-missing")
        .does("intake", filed(OnBehalf::Officer, None));
    Scenario::start().does("public", filed(OnBehalf::Agent, Some(Consent::Written)));
}

#[test]
fn what_the_desk_learned_stays_with_the_matter() {
    let circumstances = Circumstances {
        zone: Some("fgw".into()),
        proposed: Some(Proposed { urgency: Urgency::Urgent, natural_time: true }),
        occasion: Some(Occasion { name: "企业座谈会".into(), date: date("2022-06-10") }),
        ..Circumstances::default()
    };
    let zone = |zone: &str| {
        let circumstances = Circumstances { zone: Some(zone.into()), ..circumstances.clone() };
        Command::File(Box::new(File { circumstances, ..filing() }))
    };
    let mut s = Scenario::start();
    s.refuses("public", zone("nowhere"), "unit-unknown").does("intake", zone("fgw"));
    assert_eq!(s.matter.circumstances, circumstances);
    assert_eq!(s.matter.urgency, None, "proposed is not decided");
}

#[test]
fn a_filing_from_before_these_questions_still_reads() {
    let mut s = Scenario::start();
    s.does("public", file());
    let mut journaled = serde_json::to_value(&s.entries[0].event).expect("an event");
    journaled.as_object_mut().expect("an object").remove("circumstances");
    let event: matters_rules::Event = serde_json::from_value(journaled).expect("an older event");
    assert!(
        matches!(event, matters_rules::Event::Filed(filed) if filed.circumstances == Circumstances::default())
    );
}

#[test]
fn what_was_handed_down_keeps_the_limit_it_came_with() {
    let handed_down = |due: &str| {
        let source_due = Some(due.parse().expect("a time"));
        Command::File(Box::new(File { source_due, ..filing() }))
    };
    let promised = |due: &str| {
        let mut s = Scenario::start();
        s.does("intake", handed_down(due)).does("intake", accept());
        let promise = s.matter.promise.clone().expect("a promise");
        s.does("dispatcher", assign(None, &[("fgw", "lead")]));
        (promise.due, promise.span, s.node("fgw").limits.handling.due() == promise.due)
    };
    // To the end of a day it is counted in days, to an hour in hours.
    let at = |time: &str| Instant::parse(time).expect("a time");
    let (due, span, units) = promised("2022-06-20T16:00:00Z");
    assert_eq!((due, span.base.suffix(), units), (at("2022-06-20T16:00:00Z"), "d", true));
    let (due, span, _) = promised("2022-06-16T09:00:00Z");
    assert!(due <= at("2022-06-16T09:00:00Z") && due > at("2022-06-16T08:00:00Z"), "{due}");
    assert_eq!(span.base.suffix(), "h");
    // A later limit lengthens nothing, and one that is over binds nobody.
    for without_effect in ["2022-09-01T16:00:00Z", "2022-05-01T16:00:00Z"] {
        assert_eq!(promised(without_effect).0, at("2022-06-24T16:00:00Z"));
    }
}

#[test]
fn what_was_promised_by_a_day_is_due_on_that_day() {
    let noted = |pledged: &str| {
        let noted = Some(Noted { pledged: Some(date(pledged)) });
        let circumstances = Circumstances { noted, ..Circumstances::default() };
        Command::File(Box::new(File { circumstances, ..filing() }))
    };
    let mut s = Scenario::start();
    s.does("registers", noted("2022-08-31")).does("intake", accept());
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-08-31"));
    s.does("dispatcher", assign(None, &[("fgw", "lead")]));
    assert_eq!(s.date(&s.node("fgw").limits.handling.own), date("2022-08-31"));
    // A day that is over binds nobody: the procedure's limit holds.
    let mut s = Scenario::start();
    s.does("registers", noted("2022-06-01")).does("intake", accept());
    assert_eq!(s.date(s.matter.promise.as_ref().expect("a promise")), date("2022-06-24"));
}
