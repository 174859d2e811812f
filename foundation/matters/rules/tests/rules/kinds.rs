//! What an office raises by itself: tasks, rectifications, leaders' instructions.

use crate::support::commands::*;
use crate::support::{Scenario, at, date};
use matters_rules::command::{Circumstances, Noted};
use matters_rules::figures::facts_of;
use matters_rules::kind::{Raise, Raised};
use matters_rules::{ActionCode, ClosingType, Command, MatterKind, NodeRole, Phase, Procedure, Urgency};

/// Raised for one unit, which signed.
fn raised(kind: MatterKind) -> Scenario {
    let who = if kind == MatterKind::Instruction { "clerk" } else { "supervisor" };
    let mut s = Scenario::start();
    s.world.procedure = Procedure::delivered(kind);
    s.does(who, raise(kind, &["fgw"])).signs("fgw-liaison", "fgw");
    s
}

/// The unit reported what it did, signed off and approved by the office.
fn approved(kind: MatterKind) -> Scenario {
    let mut s = raised(kind);
    report(&mut s);
    s
}

fn report(s: &mut Scenario) {
    let (node, now) = (s.node_id("fgw"), s.now);
    s.does("fgw-liaison", Command::Respond(Box::new(respond(node, now, false))));
    s.does("fgw-head", sign_off(node)).reviews("dispatcher", "fgw", true);
}

#[test]
fn a_task_is_accepted_and_assigned_as_it_is_raised_and_ends_with_its_result() {
    let mut s = raised(MatterKind::Task);
    assert_eq!(s.told(), ["filed", "accepted", "assigned", "signed"]);
    assert_eq!(s.node("fgw").role, NodeRole::Lead);
    assert!(s.node("fgw").limits.contact.is_none(), "there is nobody to speak to");
    report(&mut s);
    s.is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Solved));
}

#[test]
fn its_last_day_is_the_promise_and_the_limit_of_who_does_it() {
    let mut s = Scenario::start();
    s.world.procedure = Procedure::delivered(MatterKind::Task);
    let with_due = |day| {
        let raised = Raised { due: Some(date(day)), ..Raised::default() };
        Command::Raise(Box::new(Raise { raised, ..raising(MatterKind::Task, &["fgw"]) }))
    };
    s.refuses("supervisor", with_due("2022-06-12"), "due-past");
    s.does("supervisor", with_due("2022-06-30"));
    assert_eq!(s.matter.promise.as_ref().map(|limit| limit.due), Some(at("2022-07-01T00:00")));
    assert_eq!(s.node("fgw").limits.handling.due(), at("2022-07-01T00:00"));
}

#[test]
fn without_a_day_the_procedure_of_the_kind_holds() {
    let s = raised(MatterKind::Task);
    let handling =
        Procedure::delivered(MatterKind::Task).limits.handling(NodeRole::Lead, Urgency::General, false);
    assert_eq!(s.node("fgw").limits.handling.own.span, handling);
}

#[test]
fn a_rectification_is_struck_off_by_someone_without_a_hand_in_it() {
    let mut s = approved(MatterKind::Rectification);
    s.is_in(Phase::Verification);
    // Who approved the result does not verify it, and neither does whoever did the work.
    s.refuses("dispatcher", verify(true), "not-permitted");
    s.refuses("fgw-liaison", verify(true), "not-permitted");
    s.does("supervisor", verify(true)).is_in(Phase::Closed);
    assert_eq!(s.matter.closing, Some(ClosingType::Solved));
}

#[test]
fn who_approved_the_result_does_not_verify_it() {
    let mut s = raised(MatterKind::Rectification);
    let (node, now) = (s.node_id("fgw"), s.now);
    s.does("fgw-liaison", Command::Respond(Box::new(respond(node, now, false))));
    s.does("fgw-head", sign_off(node)).does("shift-head", review(node, true));
    s.refuses("shift-head", verify(true), "own-work");
    assert!(!s.offers_verb("shift-head", ActionCode::Verify));
    s.does("shift-head-2", verify(true)).is_in(Phase::Closed);
}

#[test]
fn not_passed_it_is_done_again_as_often_as_it_takes() {
    let mut s = approved(MatterKind::Rectification);
    for round in 1..=3 {
        s.does("supervisor", verify(false)).is_in(Phase::Redo);
        assert_eq!(s.matter.redos, round);
        report(&mut s);
        s.is_in(Phase::Verification);
    }
    s.does("supervisor", verify(true)).is_in(Phase::Closed);
}

#[test]
fn an_instruction_names_the_post_and_is_recorded_by_the_clerk() {
    let mut s = Scenario::start();
    s.world.procedure = Procedure::delivered(MatterKind::Instruction);
    let without = Raise { raised: Raised::default(), ..raising(MatterKind::Instruction, &["fgw"]) };
    s.refuses("clerk", Command::Raise(Box::new(without)), "instruction-missing");
    s.refuses("supervisor", raise(MatterKind::Instruction, &["fgw"]), "not-permitted");
    s.refuses("clerk", raise(MatterKind::Task, &["fgw"]), "not-permitted");
    let mut ahead = raising(MatterKind::Instruction, &["fgw"]);
    ahead.raised.instruction.as_mut().expect("one").on = date("2022-06-14");
    s.refuses("clerk", Command::Raise(Box::new(ahead)), "day-ahead");
    let mut s = approved(MatterKind::Instruction);
    s.is_in(Phase::Verification).does("clerk", verify(true)).is_in(Phase::Closed);
}

#[test]
fn an_appeal_is_not_raised_and_what_is_raised_knows_no_appellant() {
    let mut s = Scenario::start();
    s.refuses("supervisor", raise(MatterKind::Appeal, &["fgw"]), "kind-not-raised");
    let mut s = raised(MatterKind::Rectification);
    let (node, now) = (s.node_id("fgw"), s.now);
    s.refuses("fgw-liaison", contact(node, now), "not-for-kind");
    s.refuses("shift-head", close(ClosingType::Solved), "not-for-kind");
    s.refuses("intake", withdraw(), "not-for-kind");
    for verb in [ActionCode::Contact, ActionCode::Answer, ActionCode::Merge, ActionCode::OpenContact] {
        assert!(!s.offers_verb("fgw-liaison", verb) && !s.offers_verb("intake", verb), "{verb:?}");
    }
    let mut appeal = Scenario::signed();
    appeal.refuses("supervisor", verify(true), "not-for-kind");
}

#[test]
fn what_a_record_of_a_register_notes_is_raised_with_the_permission_of_registers() {
    let mut s = Scenario::start();
    s.world.procedure = Procedure::delivered(MatterKind::Task);
    let circumstances = Circumstances {
        noted: Some(Noted { pledged: Some(date("2022-06-20")) }),
        ..Circumstances::default()
    };
    let noted = Raise { circumstances, ..raising(MatterKind::Task, &[]) };
    s.does("registers", Command::Raise(Box::new(noted))).is_in(Phase::Accepted);
    assert_eq!(s.matter.promise.as_ref().map(|limit| limit.due), Some(at("2022-06-21T00:00")));
    s.does("dispatcher", assign(None, &[("fgw", "lead")])).is_in(Phase::Assigned);
}

#[test]
fn the_published_figures_are_of_appeals_alone() {
    let s = approved(MatterKind::Task);
    assert!(facts_of(&s.entries).is_empty());
    assert!(!facts_of(&Scenario::closed().entries).is_empty());
}
