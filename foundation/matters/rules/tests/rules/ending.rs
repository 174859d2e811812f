//! Withdraw, terminate, archive.

use crate::support::Scenario;
use crate::support::commands::*;
use crate::support::world::another_matter;
use matters_rules::facts::OtherMatter;
use matters_rules::{ClosingType, Command, Phase};

#[test]
fn a_withdrawal_leaves_before_acceptance_and_closes_after_it() {
    Scenario::filed().does("appellant", withdraw()).is_in(Phase::LeftEarly);
    let mut s = Scenario::passed_on();
    s.does("appellant", withdraw()).is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Withdrawn));
    assert!(s.matter.nodes.iter().all(|node| !node.state.is_open()));
    s.refuses("appellant", contest(), "contest-withdrawn").refuses("appellant", withdraw(), "matter-ended");
    Scenario::accepted().does("intake", withdraw()).is_in(Phase::Closed);
}

#[test]
fn a_result_is_rated_not_withdrawn() {
    Scenario::called_back().refuses("appellant", withdraw(), "rate-instead");
}

#[test]
fn a_merged_matter_can_still_be_withdrawn() {
    let mut s = Scenario::accepted();
    s.world.master = Some(OtherMatter { id: another_matter(), open: true, merged: false });
    s.does("intake", merge()).does("appellant", withdraw()).is_in(Phase::Closed);
}

#[test]
fn termination_takes_two() {
    Scenario::filed().refuses("shift-head", ask_termination(), "not-accepted");
    let mut s = Scenario::signed();
    s.refuses("shift-head", decide_termination(true), "termination-not-asked")
        .does("shift-head", ask_termination())
        .refuses("dispatcher", ask_termination(), "termination-asked-already")
        .refuses("shift-head", decide_termination(true), "own-work")
        .does("supervisor", decide_termination(false))
        .is_in(Phase::Assigned)
        .does("dispatcher", ask_termination())
        .does("shift-head", decide_termination(true))
        .is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Terminated));
    assert!(s.matter.nodes.iter().all(|node| !node.state.is_open()));
    s.does("appellant", contest()).does("call-back", decide_redo(true)).is_in(Phase::Accepted);
    s.does("dispatcher", assign(None, &[("fgw", "lead")]));
}

#[test]
fn the_archive_waits_until_a_closing_could_be_contested() {
    let mut s = Scenario::closed();
    s.on("2022-06-20T09:00").refuses("shift-head", Command::Archive, "contest-open");
    s.refuses("system", Command::ArchiveDue, "archive-not-due");
    s.on("2022-06-29T09:00").does("shift-head", Command::Archive).is_in(Phase::Archived);
    s.refuses("appellant", Command::AddMaterial { text: Some(text("x")), attachments: vec![] }, "archived");
    let mut s = Scenario::closed();
    s.until("2022-07-14T00:00").is_in(Phase::Archived);
    Scenario::signed().refuses("shift-head", Command::Archive, "not-closed");
}
