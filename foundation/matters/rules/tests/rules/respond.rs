//! Answer and submit in one step: the same rules as one after the other, all or nothing.

use crate::support::Scenario;
use crate::support::commands::*;
use matters_rules::command::Respond;
use matters_rules::state::NodeState;
use matters_rules::{ActionCode as A, Command, ContactWay, Outcome};

fn whole(respond: Respond) -> Command {
    Command::Respond(Box::new(respond))
}

#[test]
fn one_step_does_what_three_would() {
    let mut steps = Scenario::signed();
    let node = steps.node_id("fgw");
    steps.works("fgw-liaison", "fgw").does("fgw-liaison", submit(node));
    let mut once = Scenario::signed();
    let (node, now) = (once.node_id("fgw"), once.now);
    assert!(once.offers_verb("fgw-liaison", A::Respond) && !once.offers_verb("fgw-head", A::Respond));
    once.does("fgw-liaison", whole(respond(node, now, true)));
    assert_eq!(once.told(), steps.told());
    let [once, steps] = [&once, &steps].map(|s| s.node("fgw"));
    assert_eq!(once.state, NodeState::Submitted);
    assert_eq!((once.contacted_at, once.submitted_at), (steps.contacted_at, steps.submitted_at));
    assert_eq!((&once.attachments, once.submitted_by), (&steps.attachments, steps.submitted_by));
}

#[test]
fn a_contact_on_record_is_not_asked_for_again() {
    let mut s = Scenario::signed();
    let (node, now) = (s.node_id("fgw"), s.now);
    s.refuses("fgw-liaison", whole(respond(node, now, false)), "contact-first")
        .does("fgw-liaison", contact(node, now))
        .does("fgw-liaison", whole(respond(node, now, false)));
    assert_eq!(s.told().iter().filter(|kind| **kind == "contacted").count(), 1);
}

#[test]
fn nothing_of_it_stands_where_one_part_is_refused() {
    let s = Scenario::signed();
    let node = s.node_id("fgw");
    let sound = respond(node, s.now, true);
    let refused = |wrong: Respond, code: &str| {
        let mut tried = s.clone();
        let refusal = tried.tries("fgw-liaison", &whole(wrong)).expect_err("refused");
        assert_eq!(refusal.code, code);
        assert_eq!(tried.told(), s.told());
    };
    refused(Respond { results: results(&[Outcome::Solved]), ..sound.clone() }, "results-incomplete");
    refused(Respond { way: ContactWay::Unreachable, ..sound.clone() }, "attempts-missing");
    refused(Respond { answered_at: s.now.plus_hours(1), ..sound }, "time-ahead");
}

#[test]
fn whoever_passed_it_on_answers_through_the_unit_below() {
    let mut s = Scenario::passed_on();
    let (platform, now) = (s.node_id("x-pt"), s.now);
    s.refuses("x-pt-liaison", whole(respond(platform, now, true)), "submit-by-part-below");
    assert!(!s.offers_verb("x-pt-liaison", A::Respond) && s.offers_verb("x-fgj-liaison", A::Respond));
}

#[test]
fn the_lead_may_submit_while_a_co_unit_is_open_which_ends_with_the_approval() {
    let units = [("fgw", "lead"), ("zjj", "co")];
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &units));
    s.signs("fgw-liaison", "fgw").signs("zjj-liaison", "zjj");
    let (lead, now) = (s.node_id("fgw"), s.now);
    s.does("fgw-liaison", whole(respond(lead, now, true))).does("fgw-head", sign_off(lead));
    assert_eq!(s.node("zjj").state, NodeState::Working);
    s.reviews("dispatcher", "fgw", true);
    assert_eq!(s.node("zjj").state, NodeState::Released);
}

#[test]
fn a_co_unit_answers_the_lead_without_speaking_to_the_appellant() {
    let units = [("fgw", "lead"), ("zjj", "co")];
    let mut s = Scenario::accepted().then("dispatcher", assign(None, &units));
    s.signs("zjj-liaison", "zjj");
    let (node, now) = (s.node_id("zjj"), s.now);
    s.does("zjj-liaison", whole(respond(node, now, false)));
    assert!(!s.told().contains(&"contacted"));
}
