//! Who may be assigned what, by whom, as what.

use crate::support::commands::*;
use crate::support::world::another_matter;
use crate::support::{Scenario, at};
use matters_rules::command::{Assignee, Correction};
use matters_rules::facts::OtherMatter;
use matters_rules::state::NodeState;
use matters_rules::{Command, NodeRole, Phase};

#[test]
fn one_lead_with_co_units_or_separate_units_alone() {
    let mut s = Scenario::accepted();
    let refuses: &[(&[(&str, &str)], &str)] = &[
        (&[], "assignee-missing"),
        (&[("fgw", "lead"), ("zjj", "lead")], "lead-only-one"),
        (&[("fgw", "lead"), ("zjj", "separate")], "lead-or-separate"),
        (&[("fgw", "co")], "co-without-lead"),
        (&[("fgw", "separate"), ("zjj", "co")], "co-without-lead"),
        (&[("fgw", "lead"), ("fgw", "co")], "unit-already-assigned"),
        (&[("c-old", "lead")], "unit-closed"),
        (&[("nowhere", "lead")], "unit-unknown"),
        (&[("office", "lead")], "assign-to-office"),
        (&[("x-village", "lead")], "village-not-assignable"),
    ];
    for (to, code) in refuses {
        s.refuses("dispatcher", assign(None, to), code);
    }
    s.does("dispatcher", assign(None, &[("fgw", "lead"), ("zjj", "co")])).is_in(Phase::Assigned);
    s.refuses("dispatcher", assign(None, &[("y-pt", "lead")]), "lead-only-one");
    s.does("dispatcher", assign(None, &[("y-pt", "co")]));
    Scenario::accepted().does("dispatcher", assign(None, &[("fgw", "separate"), ("zjj", "separate")]));
    assert_eq!(s.node("zjj").limits.contact, None, "co-units need not contact the appellant");
}

#[test]
fn there_are_only_so_many_at_once() {
    let many: Vec<(&str, &str)> =
        ["fgw", "zjj", "x-pt", "y-pt", "x-fgj", "y-fgj", "x-zjj"].map(|u| (u, "separate")).into();
    Scenario::accepted().refuses("dispatcher", assign(None, &many), "too-many-assignees");
}

#[test]
fn a_township_gets_only_what_its_duty_list_names() {
    let to_town = |duty_item: Option<&str>| Command::Assign {
        parent: None,
        to: vec![Assignee { duty_item: duty_item.map(Into::into), ..assignee("x-town", "lead") }],
    };
    let mut s = Scenario::accepted();
    s.refuses("dispatcher", to_town(None), "duty-item-missing")
        .refuses("dispatcher", to_town(Some("invented")), "duty-item-unknown")
        .does("dispatcher", to_town(Some("fire-safety-check")));
}

#[test]
fn a_complaint_never_lies_with_the_unit_it_is_about() {
    let mut s = Scenario::start().then("public", file_about("zjj")).then("intake", accept());
    s.refuses("dispatcher", assign(None, &[("zjj", "lead")]), "conflict-of-interest")
        .refuses("dispatcher", assign(None, &[("zjj-team", "lead")]), "conflict-of-interest")
        .does("dispatcher", assign(None, &[("fgw", "lead")]));
    let about = |unit: &str| {
        Command::Correct(Box::new(Correction {
            complained_about: Some(Some(unit.into())),
            ..Correction::default()
        }))
    };
    s.refuses("intake", about("fgw"), "conflict-open-assignment").does("intake", about("x-zjj"));
}

#[test]
fn the_people_of_the_unit_complained_about_are_shut_out() {
    let mut s = Scenario::start().then("public", file_about("zjj")).then("intake", accept());
    s.does("dispatcher", assign(None, &[("fgw", "lead")]));
    assert!(s.offers("zjj-liaison").is_empty());
    s.refuses("zjj-liaison", Command::Note { text: text("x") }, "not-permitted");
}

#[test]
fn a_platform_passes_on_within_its_county_and_nobody_passes_sideways_twice() {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-pt", "lead")]));
    let platform = Some(s.node_id("x-pt"));
    s.refuses("x-pt-liaison", assign(platform, &[("x-fgj", "lead")]), "not-signed")
        .signs("x-pt-liaison", "x-pt");
    for (unit, code) in
        [("y-fgj", "assign-not-below"), ("fgw", "assign-not-below"), ("x-pt", "unit-already-assigned")]
    {
        s.refuses("x-pt-liaison", assign(platform, &[(unit, "lead")]), code);
    }
    s.refuses("dispatcher", assign(platform, &[("x-fgj", "lead")]), "not-permitted")
        .does("x-pt-liaison", assign(platform, &[("x-fgj", "lead"), ("x-zjj", "co")]))
        .signs("x-fgj-liaison", "x-fgj");
    let department = Some(s.node_id("x-fgj"));
    s.refuses("x-fgj-liaison", assign(department, &[("x", "lead")]), "assign-not-below")
        .does("x-fgj-liaison", assign(department, &[("x-town", "lead")]));
    assert_eq!(s.node("x-town").from.as_str(), "x-fgj");
}

#[test]
fn a_city_department_passes_down_not_across() {
    let mut s = Scenario::signed();
    let lead = Some(s.node_id("fgw"));
    s.refuses("fgw-liaison", assign(lead, &[("zjj", "lead")]), "assign-not-below")
        .does("fgw-liaison", assign(lead, &[("y-fgj", "lead")]));
}

#[test]
fn signing_is_the_units_and_happens_once() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.refuses("zjj-liaison", Command::Sign { node }, "not-permitted")
        .does("fgw-liaison", Command::Sign { node })
        .refuses("fgw-head", Command::Sign { node }, "already-signed");
    assert_eq!(s.node("fgw").signed_at, Some(at("2022-06-13T09:00")));
}

#[test]
fn a_release_ends_what_is_below_but_somebody_keeps_the_matter() {
    let mut s = Scenario::passed_on();
    let (platform, department) = (s.node_id("x-pt"), s.node_id("x-fgj"));
    s.refuses("dispatcher", release(platform), "release-last")
        .refuses("dispatcher", release(department), "not-permitted")
        .does("x-pt-liaison", release(department));
    assert_eq!(s.node("x-fgj").state, NodeState::Released);
    assert_eq!(s.node("x-pt").state, NodeState::Working, "the platform has it again");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-zjj", "lead")]));
}

#[test]
fn releasing_the_last_open_part_completes_the_result() {
    let mut s =
        Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "separate"), ("zjj", "separate")]));
    s.signs("fgw-liaison", "fgw").completes("fgw", "dispatcher").is_in(Phase::Assigned);
    s.world.master = Some(OtherMatter { id: another_matter(), open: true, merged: false });
    s.refuses("intake", merge(), "merge-has-result");
    let rest = s.node_id("zjj");
    s.does("dispatcher", release(rest)).is_in(Phase::CallBack);
    assert_eq!(s.node("zjj").role, NodeRole::Separate);
}

#[test]
fn a_shielded_matter_is_assigned_only_redacted() {
    let mut s = Scenario::start().then("public", file_shielded()).then("intake", accept());
    s.refuses("dispatcher", assign(None, &[("fgw", "lead")]), "redaction-missing")
        .does("intake", Command::Redact { title: text("t"), text: text("r") })
        .does("dispatcher", assign(None, &[("fgw", "lead")]));
}

#[test]
fn a_unit_whose_part_is_approved_is_not_assigned_again() {
    let mut s =
        Scenario::accepted().then("dispatcher", assign(None, &[("fgw", "separate"), ("zjj", "separate")]));
    s.signs("fgw-liaison", "fgw");
    s.works("fgw-liaison", "fgw");
    s.submits("fgw-liaison", "fgw-head", "fgw");
    s.reviews("dispatcher", "fgw", true);
    // A redo would open that part again, and the unit would have the matter twice.
    s.refuses("dispatcher", assign(None, &[("fgw", "separate")]), "unit-already-assigned");
}
