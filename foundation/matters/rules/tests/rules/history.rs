//! Cases of an earlier system are taken over as far as that system went, and no further.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::figures::{Cell, Query, facts_of, figures};
use matters_rules::state::NodeState;
use matters_rules::{ClosingType, Command, Phase};

fn conclude(closing: ClosingType) -> Command {
    Command::Conclude { closing, note: None }
}

/// Filed and taken over at the same moment, as the import does it.
fn taken_over() -> Scenario {
    Scenario::start().then("operator", file()).then("operator", take_over("fgw"))
}

#[test]
fn it_is_with_its_unit_from_the_moment_it_was_filed() {
    let s = taken_over();
    let node = s.matter.node(s.node_id("fgw")).expect("assigned");
    assert_eq!((s.matter.phase, node.state), (Phase::Assigned, NodeState::Working));
    assert_eq!(s.matter.accepted_at, s.matter.filed_at);
    assert_eq!((node.assigned_at, node.signed_at), (s.now, Some(s.now)));
    assert!(node.limits.contact.is_none(), "the earlier system recorded no contact");
}

#[test]
fn concluded_it_is_closed_unrated_and_counts_by_its_own_dates() {
    let mut s = taken_over();
    let filed = s.now;
    s.now = at("2022-06-15T10:00");
    s.does("operator", conclude(ClosingType::Solved));
    assert_eq!((s.matter.phase, s.matter.closing), (Phase::Closed, Some(ClosingType::Solved)));
    assert!(s.matter.ratings.is_empty() && s.matter.calls.is_empty());
    let facts = facts_of(&s.entries);
    let zone = s.world.calendar.zone();
    let on = |at| figures([facts.as_slice()], &Query::as_of(zone.date_of(at), zone.clone(), s.now));
    let (before, after) = (on(filed), on(s.now));
    assert_eq!((before.count(Cell::Open), before.count(Cell::Closed)), (1, 0));
    assert_eq!((after.count(Cell::Open), after.count(Cell::Closed)), (0, 1));
    assert_eq!((after.count(Cell::Assigned), after.count(Cell::Rated)), (1, 0));
    assert!(after.adds_up());
}

#[test]
fn it_says_no_more_than_a_result() {
    taken_over().refuses("operator", conclude(ClosingType::Withdrawn), "closing-not-by-result").refuses(
        "operator",
        take_over("fgw"),
        "not-registered",
    );
}

#[test]
fn what_went_on_here_is_not_ended_from_outside() {
    let mut s = taken_over();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", progress(node));
    s.refuses("operator", conclude(ClosingType::Solved), "history-went-on");
}

#[test]
fn nobody_but_the_operator_takes_over() {
    let mut s = Scenario::filed();
    for who in ["public", "appellant", "system", "intake", "shift-head"] {
        assert!(s.tries(who, &take_over("fgw")).is_err(), "{who}");
    }
}
