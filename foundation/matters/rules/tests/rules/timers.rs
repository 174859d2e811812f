//! What happens by itself when its time has come.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::timers::timers;
use matters_rules::{ClosingType, Command, Phase, TimerKind};

#[test]
fn an_unrated_matter_closes_seven_working_days_after_the_result() {
    let mut s = Scenario::called_back();
    assert_eq!(s.matter.close_unrated_at, Some(at("2022-06-23T00:00")));
    s.refuses("system", Command::CloseUnrated, "limit-running")
        .until("2022-06-23T00:00")
        .is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Solved));
    assert!(s.matter.rating().is_none());
}

#[test]
fn a_rated_matter_does_not_close_by_itself() {
    let mut s = Scenario::called_back().then("appellant", rate("no", "dissatisfied"));
    assert!(timers(&s.matter).is_empty());
    s.on("2022-07-30T09:00").refuses("system", Command::CloseUnrated, "rated-already");
}

#[test]
fn left_alone_every_filed_matter_moves_on() {
    let mut s = Scenario::filed();
    s.until("2022-06-30T00:00").is_in(Phase::Accepted);
    assert!(timers(&s.matter).is_empty(), "from here on people must act");
}

#[test]
fn downtime_is_caught_up_in_order() {
    let mut s = Scenario::called_back();
    s.until("2022-12-01T00:00").is_in(Phase::Archived);
    assert_eq!(s.told().iter().rev().take(2).copied().collect::<Vec<_>>(), ["archived", "closed"]);
    assert_eq!(s.matter.closed_at, Some(at("2022-06-23T00:00")));
}

#[test]
fn timers_name_what_they_wait_for() {
    let kinds = |s: &Scenario| timers(&s.matter).into_iter().map(|t| t.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&Scenario::filed()), [TimerKind::DeemAccepted]);
    assert_eq!(kinds(&Scenario::called_back()), [TimerKind::CloseUnrated]);
    assert_eq!(kinds(&Scenario::closed()), [TimerKind::Archive]);
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 2));
    assert_eq!(kinds(&s), [TimerKind::LapseInterval]);
    s.refuses("system", timers(&s.matter)[0].command(), "limit-running");
}

#[test]
fn nobody_plays_the_platform() {
    let mut s = Scenario::filed();
    s.on("2022-06-20T09:00").refuses("shift-head", Command::DeemAccepted, "not-permitted").refuses(
        "appellant",
        Command::DeemAccepted,
        "not-yours",
    );
}
