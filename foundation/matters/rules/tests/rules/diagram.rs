//! The README's two diagrams are what the rules do: every arrow is walked, and no other.

use crate::support::Scenario;
use crate::support::commands::*;
use crate::support::world::another_matter;
use kernel::Aggregate;
use matters_rules::facts::OtherMatter;
use matters_rules::{CallOutcome, Command, Matter, MatterRules, Phase};
use std::collections::BTreeSet;

type Arrow = (String, String, String);

#[test]
fn the_matters_arrows_are_those_of_the_readme() {
    assert_eq!(arrows(0), walked(phases));
}

#[test]
fn the_assignments_arrows_are_those_of_the_readme() {
    assert_eq!(arrows(1), walked(node_states));
}

fn arrows(diagram: usize) -> BTreeSet<Arrow> {
    let readme = include_str!("../../README.md");
    let text = readme.split("```mermaid").nth(diagram + 1).and_then(|rest| rest.split("```").next());
    let lines = text.expect("the README has the diagram").lines().filter(|line| line.contains("-->"));
    lines
        .map(|line| {
            let (from, rest) = line.split_once(" --> ").expect("an arrow");
            let (to, event) = rest.split_once(": ").expect("a named arrow");
            (from.trim().to_owned(), to.to_owned(), event.to_owned())
        })
        .collect()
}

fn walked(steps: fn(&Matter, &Matter, &str) -> Vec<Arrow>) -> BTreeSet<Arrow> {
    let mut found = BTreeSet::new();
    for story in stories() {
        let mut matter = Matter::default();
        for entry in &story.entries {
            let after = MatterRules::fold(matter.clone(), entry);
            found.extend(steps(&matter, &after, entry.event.kind()));
            matter = after;
        }
    }
    found
}

fn phases(before: &Matter, after: &Matter, event: &str) -> Vec<Arrow> {
    let moved = before.phase != after.phase;
    let from = if before.phase == Phase::None { "[*]" } else { before.phase.code() };
    moved.then(|| (from.to_owned(), after.phase.code().to_owned(), event.to_owned())).into_iter().collect()
}

fn node_states(before: &Matter, after: &Matter, event: &str) -> Vec<Arrow> {
    let was = |node| before.node(node).map_or("[*]", |node| node.state.code());
    let moved = after.nodes.iter().filter(|node| was(node.id) != node.state.code());
    moved.map(|node| (was(node.id).to_owned(), node.state.code().to_owned(), event.to_owned())).collect()
}

/// Stories that walk every arrow.
fn stories() -> Vec<Scenario> {
    vec![
        Scenario::filed().then("intake", propose_decline()).then("shift-head", decide_decline(true)),
        Scenario::filed().then("intake", transfer()),
        Scenario::filed().then("appellant", withdraw()),
        Scenario::accepted().then("appellant", withdraw()),
        merged(Scenario::accepted()).then("appellant", withdraw()),
        merged(Scenario::accepted()).then("system", Command::FollowMaster),
        merged(Scenario::assigned()).then("system", Command::LeaveMaster),
        direct_and_contested(),
        Scenario::accepted()
            .then("intake", answer_directly())
            .then("appellant", rate("no", "dissatisfied"))
            .then("call-back", decide_redo(true)),
        Scenario::signed().then("appellant", withdraw()),
        redone().then("appellant", withdraw()),
        Scenario::closed().then("appellant", contest()).then("call-back", decide_redo(true)),
        contested_to_the_end(),
        archived(),
        reassigned(Scenario::assigned()),
        reassigned(Scenario::signed()),
        sent_back(),
        ended_at_every_step(),
        completed_by_release(),
    ]
}

fn merged(mut s: Scenario) -> Scenario {
    s.world.master = Some(OtherMatter { id: another_matter(), open: true, merged: false });
    s.then("intake", merge())
}

fn direct_and_contested() -> Scenario {
    let s =
        Scenario::accepted().then("intake", answer_directly()).then("appellant", rate("yes", "satisfied"));
    s.then("appellant", contest()).then("call-back", decide_redo(true))
}

fn redone() -> Scenario {
    Scenario::called_back().then("appellant", rate("no", "dissatisfied")).then("call-back", decide_redo(true))
}

fn contested_to_the_end() -> Scenario {
    let mut s = redone();
    s.completes("fgw", "dispatcher")
        .does("appellant", rate("no", "dissatisfied"))
        .does("call-back", decide_redo(true));
    s.completes("fgw", "dispatcher").does("appellant", rate("yes", "satisfied")).does("appellant", contest());
    s.then("call-back", decide_redo(true)).then("call-back", call(CallOutcome::NoAnswer))
}

fn archived() -> Scenario {
    let mut s = Scenario::closed();
    s.until("2022-08-01T00:00");
    s
}

fn reassigned(mut s: Scenario) -> Scenario {
    let node = s.node_id("fgw");
    s.does("fgw-liaison", object(node));
    s.then("dispatcher", reassign(node, "zjj"))
}

fn sent_back() -> Scenario {
    let mut s = Scenario::passed_on();
    let node = s.node_id("x-fgj");
    s.works("x-fgj-liaison", "x-fgj").does("x-fgj-liaison", submit(node));
    s.does("x-fgj-head", Command::SignOff { node, approve: false, scan: None, reason: Some(text("weak")) });
    s.submits("x-fgj-liaison", "x-fgj-head", "x-fgj").reviews("x-pt-head", "x-fgj", true).reviews(
        "dispatcher",
        "x-pt",
        false,
    );
    s
}

/// Five units side by side, each left at another step when the matter is withdrawn.
fn ended_at_every_step() -> Scenario {
    let units = [("fgw", "separate"), ("zjj", "separate"), ("x-pt", "separate"), ("y-pt", "separate")];
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &units));
    for unit in ["fgw", "zjj", "x-pt"] {
        s.signs(&format!("{unit}-liaison"), unit);
    }
    let submitted = s.node_id("zjj");
    s.works("zjj-liaison", "zjj").does("zjj-liaison", submit(submitted));
    s.works("x-pt-liaison", "x-pt").submits("x-pt-liaison", "x-pt-head", "x-pt");
    s.then("appellant", withdraw())
}

fn completed_by_release() -> Scenario {
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &[("x-pt", "lead")]));
    s.signs("x-pt-liaison", "x-pt");
    let platform = s.node_id("x-pt");
    s.does("x-pt-liaison", assign(Some(platform), &[("x-fgj", "separate"), ("x-zjj", "separate")]));
    s.signs("x-fgj-liaison", "x-fgj").completes("x-fgj", "x-pt-head");
    let rest = s.node_id("x-zjj");
    s.then("x-pt-liaison", release(rest))
}
