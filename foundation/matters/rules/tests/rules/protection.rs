//! The appellant's protection: a redo asked for without a grade, pressure and reprisal
//! reported past the handling units, a lost code replaced.

use crate::support::Scenario;
use crate::support::commands::*;
use matters_rules::{ActionCode, CallOutcome, Command, Phase, PressureKind};

fn report(kind: PressureKind) -> Command {
    Command::ReportPressure { kind, text: text("they came to the plant and asked who had called") }
}

fn settle(report: u32) -> Command {
    Command::SettlePressure { report, text: text("talked to the unit; the visit was noted") }
}

fn ask_redo() -> Command {
    Command::AskRedo { text: text("the meter still trips") }
}

#[test]
fn a_redo_is_asked_for_without_a_grade_once_a_round() {
    let mut s = Scenario::called_back();
    s.does("appellant", ask_redo()).is_in(Phase::CallBack);
    assert!(s.matter.redo_pending && s.matter.rating().is_none());
    s.refuses("appellant", ask_redo(), "redo-undecided")
        .does("call-back", call(CallOutcome::Reached))
        .refuses("call-back", rate("yes", "satisfied"), "appellant-rated")
        .does("call-back", decide_redo(true))
        .is_in(Phase::Redo);
    s.refuses("appellant", ask_redo(), "not-in-call-back").completes("fgw", "dispatcher");
    s.does("appellant", ask_redo())
        .does("call-back", decide_redo(false))
        .refuses("appellant", ask_redo(), "redo-decided")
        .does("appellant", rate("yes", "satisfied"))
        .is_in(Phase::Closed);
}

#[test]
fn an_undecided_redo_keeps_the_matter_open_and_a_good_rating_ends_it() {
    let mut s = Scenario::called_back();
    s.does("appellant", ask_redo()).until("2022-07-20T00:00").is_in(Phase::CallBack);
    s.does("appellant", rate("yes", "satisfied")).is_in(Phase::Closed);
}

#[test]
fn pressure_is_reported_at_any_time_and_settled_by_someone_without_a_hand_in_it() {
    let mut s = Scenario::signed();
    s.refuses("shift-head", settle(1), "pressure-not-reported")
        .refuses("stranger", report(PressureKind::Reprisal), "not-yours")
        .refuses("intake", report(PressureKind::Reprisal), "not-permitted")
        .does("appellant", report(PressureKind::Exposure))
        .does("appellant", report(PressureKind::Withdrawal));
    for handler in ["fgw-liaison", "fgw-head", "intake", "call-back"] {
        s.refuses(handler, settle(1), "not-permitted");
        assert!(!s.offers_verb(handler, ActionCode::SettlePressure), "{handler}");
    }
    s.refuses("both", settle(1), "own-unit").refuses("shift-head", settle(3), "pressure-not-reported");
    s.does("supervisor", settle(2)).does("shift-head", settle(1));
    assert!(s.matter.open_pressure().next().is_none());
    s.completes("fgw", "dispatcher").does("appellant", rate("yes", "satisfied"));
    s.until("2022-12-01T00:00").is_in(Phase::Archived).does("appellant", report(PressureKind::Reprisal));
}

#[test]
fn reports_that_wait_are_not_buried_under_new_ones() {
    let mut s = Scenario::filed();
    for _ in 0..5 {
        s.does("appellant", report(PressureKind::Other));
    }
    s.refuses("appellant", report(PressureKind::Other), "pressure-reported-already")
        .does("shift-head", settle(1))
        .does("appellant", report(PressureKind::Other));
    assert_eq!(s.matter.pressure.last().map(|report| report.report), Some(6));
}

#[test]
fn a_lost_code_is_replaced_by_its_holder_only() {
    let mut s = Scenario::filed();
    let renew = || Command::RenewCode { code_hmac: "new".into() };
    s.refuses("intake", renew(), "not-permitted").does("appellant", renew());
    assert_eq!(s.matter.code_hmac.as_deref(), Some("new"));
}
