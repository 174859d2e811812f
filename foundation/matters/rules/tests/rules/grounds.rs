//! The ground of a step: one that may be given that day, kept as it was worded.

use crate::support::Scenario;
use crate::support::commands::*;
use crate::support::world::ground;
use matters_rules::{Event, GivenGround, IntervalKind};

fn given(events: Vec<Event>) -> Option<GivenGround> {
    events.into_iter().find_map(|event| match event {
        Event::DeclineProposed { wording: ground, .. }
        | Event::Objected { ground, .. }
        | Event::IntervalRequested { ground, .. }
        | Event::ExtensionGranted { ground, .. }
        | Event::Paused { ground, .. }
        | Event::TerminationRequested { ground, .. }
        | Event::Terminated { ground, .. } => ground,
        _ => None,
    })
}

#[test]
fn a_step_needs_a_ground_that_may_be_given_and_keeps_its_words() {
    let signed = Scenario::signed();
    let node = signed.node_id("fgw");
    let steps = [
        (Scenario::filed(), "intake", propose_decline()),
        (signed.clone(), "fgw-liaison", object(node)),
        (signed.clone(), "fgw-liaison", ask_extension(node, 3)),
        (signed.clone(), "fgw-liaison", ask_pause(node, IntervalKind::Suspension, "2022-06-20")),
        (signed.clone(), "fgw-liaison", ask_pause(node, IntervalKind::Tracking, "2022-06-20")),
        (Scenario::accepted(), "dispatcher", ask_termination()),
    ];
    for (mut s, who, command) in steps {
        s.world.ground = None;
        s.refuses(who, command.clone(), "ground-not-offered");
        s.world.ground = Some(ground());
        let events = s.tries(who, &command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        assert_eq!(given(events), Some(ground()), "{command:?}");
    }
}

#[test]
fn what_is_granted_says_on_which_ground_it_was_asked_for() {
    let mut s = Scenario::signed();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 3));
    // A ground that is retired meanwhile was a good one when it was given.
    s.world.ground = None;
    let granted = s.tries("shift-head", &decide_interval(node, IntervalKind::Extension, true));
    assert_eq!(given(granted.expect("granted")), Some(ground()));

    let mut s = Scenario::accepted();
    s.does("dispatcher", ask_termination());
    s.world.ground = None;
    assert_eq!(given(s.tries("shift-head", &decide_termination(true)).expect("terminated")), Some(ground()));
}

#[test]
fn entries_from_before_a_ground_was_asked_for_still_read() {
    let s = Scenario::signed();
    let node = s.node_id("fgw");
    let events = s.clone().tries("fgw-liaison", &object(node)).expect("an objection");
    let mut entry = serde_json::to_value(&events[0]).expect("JSON");
    assert_eq!(entry["ground"]["zh"], "有理由");
    entry.as_object_mut().expect("an object").remove("ground");
    let read: Event = serde_json::from_value(entry).expect("an old entry");
    assert!(matches!(read, Event::Objected { ground: None, .. }), "{read:?}");
}
