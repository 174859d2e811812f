//! A unit is closed while it is at work: its successor goes on, and what was done stays who
//! did it.

use crate::support::commands::{assign, contact, text};
use crate::support::{Scenario, at};
use kernel::NodeId;
use kernel::time::Date;
use matters_rules::Command;
use matters_rules::command::ObjectionRuling;
use matters_rules::figures::{By, Cell, Query, facts_of, parts};
use matters_rules::state::NodeState;

fn succeed(node: NodeId, to: &str) -> Command {
    Command::Succeed { node, to: to.into(), split: false }
}

fn close(s: &mut Scenario, unit: &str) {
    s.world.units.get_mut(&unit.into()).expect("a unit of this world").open = false;
}

#[test]
fn the_successor_goes_on_where_the_closed_unit_stood() {
    let mut s = Scenario::signed();
    let (node, due) = (s.node_id("fgw"), s.node("fgw").limits.handling.due());
    s.refuses("system", succeed(node, "zjj"), "unit-still-open");
    close(&mut s, "fgw");
    s.refuses("dispatcher", succeed(node, "zjj"), "not-permitted")
        .refuses("system", succeed(node, "c-old"), "unit-closed")
        .refuses("system", succeed(node, "nobody"), "unit-unknown")
        .does("system", succeed(node, "zjj"));
    let taken = s.node("zjj");
    assert_eq!((taken.id, taken.state, taken.limits.handling.due()), (node, NodeState::Working, due));
    assert_eq!(taken.unit_at(at("2022-06-13T08:59")).as_str(), "fgw", "then it was the other's");
    s.works("zjj-liaison", "zjj");
    s.submits("zjj-liaison", "zjj-head", "zjj");
    s.reviews("dispatcher", "zjj", true);
}

#[test]
fn a_unit_that_stays_gives_up_what_goes_to_the_one_split_off() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.refuses("dispatcher", Command::Succeed { node, to: "zjj".into(), split: true }, "not-permitted");
    s.does("system", Command::Succeed { node, to: "zjj".into(), split: true });
    assert_eq!((s.node("zjj").id, s.node("zjj").state), (node, NodeState::Working));
}

#[test]
fn what_is_left_at_a_closed_unit_is_given_to_another_by_whoever_assigned_it() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    let reassign = |reason| {
        let ruling = ObjectionRuling::Reassign { to: "zjj".into(), duty_item: None };
        Command::DecideObjection { node, ruling, reason }
    };
    let keep = |reason| Command::DecideObjection { node, ruling: ObjectionRuling::FinalRuling, reason };
    let words = || text("由其他单位办理");
    s.refuses("dispatcher", reassign(words()), "objection-not-open");
    close(&mut s, "fgw");
    s.refuses("dispatcher", keep(words()), "objection-not-open").does("dispatcher", reassign(words()));
    assert_eq!(s.node("zjj").state, NodeState::Unsigned);
}

#[test]
fn nobody_goes_on_who_could_not_have_got_it() {
    let mut s = Scenario::passed_on();
    let (platform, below) = (s.node_id("x-pt"), s.node_id("x-fgj"));
    close(&mut s, "x-pt");
    s.refuses("system", succeed(platform, "x-fgj"), "unit-already-assigned");
    close(&mut s, "x-fgj");
    s.refuses("system", succeed(below, "zjj"), "assign-not-below");
    s.refuses("system", succeed(platform, "x-town"), "duty-item-missing");
    s.refuses("system", succeed(platform, "x-village"), "village-not-assignable");
}

/// 发改 leads, 住建 works along; each of them may be the one that is closed.
fn with_a_co_unit() -> Scenario {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co")]));
    s.signs("fgw-liaison", "fgw");
    s.signs("zjj-liaison", "zjj");
    s
}

#[test]
fn a_co_unit_that_goes_on_for_the_lead_leads_with_its_limit_and_works_along_no_more() {
    let mut s = with_a_co_unit();
    let (lead, co, due) = (s.node_id("fgw"), s.node_id("zjj"), s.node("fgw").limits.handling.due());
    close(&mut s, "fgw");
    s.does("system", succeed(lead, "zjj"));
    let state = |s: &Scenario, id| s.matter.node(id).expect("a part").state;
    assert_eq!(state(&s, co), NodeState::Released);
    let taken = s.matter.node(lead).expect("a part");
    assert_eq!((taken.unit.as_str(), taken.state), ("zjj", NodeState::Working));
    assert_eq!(taken.limits.handling.due(), due);
    let now = s.now;
    s.does("zjj-liaison", contact(lead, now));
}

#[test]
fn a_lead_that_goes_on_for_its_co_unit_keeps_its_own_part_alone() {
    let mut s = with_a_co_unit();
    let (lead, co) = (s.node_id("fgw"), s.node_id("zjj"));
    close(&mut s, "zjj");
    s.does("system", succeed(co, "fgw"));
    assert_eq!(s.matter.node(co).expect("a part").state, NodeState::Released);
    assert_eq!(s.matter.node(lead).expect("a part").state, NodeState::Working);
    s.works("fgw-liaison", "fgw");
    s.submits("fgw-liaison", "fgw-head", "fgw");
    s.reviews("dispatcher", "fgw", true);
}

#[test]
fn two_parts_of_their_own_are_not_joined_unasked() {
    let mut s =
        Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "separate"), ("zjj", "separate")]));
    s.signs("fgw-liaison", "fgw");
    let node = s.node_id("fgw");
    close(&mut s, "fgw");
    s.refuses("system", succeed(node, "zjj"), "unit-already-assigned");
}

#[test]
fn what_it_passed_on_answers_to_the_successor() {
    let mut s = Scenario::passed_on();
    let platform = s.node_id("x-pt");
    close(&mut s, "x-pt");
    s.does("system", succeed(platform, "x-zjj"));
    assert_eq!(s.node("x-fgj").from.as_str(), "x-zjj");
}

#[test]
fn a_finished_part_stays_with_the_unit_that_earned_it() {
    let mut s = Scenario::called_back();
    let node = s.node_id("fgw");
    close(&mut s, "fgw");
    s.refuses("system", succeed(node, "zjj"), "node-not-open");
}

#[test]
fn figures_of_a_day_before_are_those_of_the_unit_that_had_it() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    close(&mut s, "fgw");
    s.on("2022-06-15T09:00").does("system", succeed(node, "zjj"));
    let facts = facts_of(&s.entries);
    let open = |day: Date| {
        let query = Query::as_of(day, s.world.calendar.zone().clone(), s.now);
        let found = parts(&facts, &query, Some(By::Unit));
        ["fgw", "zjj"].map(|unit| {
            let row = found.iter().find(|(key, _)| key == unit);
            row.and_then(|(_, tally)| tally.get(&Cell::AssignmentsOpen)).copied().unwrap_or(0)
        })
    };
    assert_eq!(open(Date::constant(2022, 6, 14)), [1, 0]);
    assert_eq!(open(Date::constant(2022, 6, 15)), [0, 1]);
}
