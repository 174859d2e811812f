//! A sealed identity opens with a reason, by a second person, for a time.

use crate::support::commands::*;
use crate::support::{Scenario, at};
use matters_rules::{Command, ContactWay};

#[test]
fn two_people_open_a_shielded_identity_for_a_day_and_for_one() {
    let mut s = shielded();
    let ask = || Command::RequestOpening { reason: text("a site visit") };
    let decide = |request, approve| Command::DecideOpening { request, approve, reason: None };
    s.refuses("shift-head", open_contact(), "shielded")
        .refuses("shift-head", decide(1, true), "opening-not-asked")
        .does("shift-head", ask())
        .refuses("shift-head", ask(), "opening-asked-already")
        .refuses("shift-head", decide(1, true), "own-work")
        .refuses("shift-head-2", decide(2, true), "opening-not-asked")
        .does("shift-head-2", decide(1, true))
        .does("shift-head", open_contact())
        .refuses("intake", open_contact(), "not-permitted");
    assert_eq!(s.matter.openings[0].open_until, Some(at("2022-06-14T09:00")));
    s.on("2022-06-14T09:01").refuses("shift-head", open_contact(), "shielded");
    s.does("shift-head", ask()).does("shift-head-2", decide(2, false)).refuses(
        "shift-head",
        open_contact(),
        "shielded",
    );
}

#[test]
fn units_write_to_a_shielded_appellant_through_the_platform() {
    let mut s = shielded();
    s.does("dispatcher", assign(None, &[("fgw", "lead")])).signs("fgw-liaison", "fgw");
    let (node, now) = (s.node_id("fgw"), s.now);
    s.refuses("fgw-liaison", contact(node, now), "shielded-platform-only")
        .does("fgw-liaison", contact_by(node, now, ContactWay::Platform))
        .refuses("fgw-liaison", answer(node, now), "shielded-platform-only");
}

#[test]
fn contact_data_of_an_ordinary_matter_is_opened_and_journaled() {
    let mut s = Scenario::signed();
    s.refuses("zjj-liaison", open_contact(), "not-permitted")
        .does("fgw-liaison", open_contact())
        .refuses("shift-head", Command::RequestOpening { reason: text("x") }, "not-shielded")
        .refuses("intake", Command::Redact { title: text("t"), text: text("x") }, "not-shielded");
    assert_eq!(s.told().last(), Some(&"contact_opened"));
}

fn shielded() -> Scenario {
    let mut s = Scenario::start().then("public", file_shielded()).then("intake", accept());
    s.does("intake", Command::Redact { title: text("t"), text: text("r") });
    s
}
