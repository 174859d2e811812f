//! A substitute acts in another's post: whose work that is, and who may decide on it.

use crate::support::Scenario;
use crate::support::commands::*;
use crate::support::world::account;
use matters_rules::{ActionCode as A, Command};

#[test]
fn what_a_substitute_does_is_theirs_and_the_holders() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.does("zjj-liaison for fgw-liaison", Command::Sign { node });
    let last = s.entries.last().expect("signed");
    assert_eq!(last.actor.account(), Some(account("zjj-liaison")));
    assert_eq!(last.actor.stands_in_for(), Some(account("fgw-liaison")));
    assert_eq!(s.node("fgw").workers, [account("zjj-liaison"), account("fgw-liaison")].into());
}

#[test]
fn nobody_signs_off_their_own_work_by_standing_in_for_the_head() {
    let mut s = Scenario::answered();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", submit(node));
    s.refuses("fgw-liaison for fgw-head", sign_off(node), "own-work");
    assert!(!s.offers_verb("fgw-liaison for fgw-head", A::SignOff));
    s.does("zjj-head for fgw-head", sign_off(node));
}

#[test]
fn nobody_lets_a_substitute_sign_off_or_review_what_they_did() {
    let mut s = Scenario::signed();
    s.works("fgw-all", "fgw");
    let node = s.node_id("fgw");
    s.does("fgw-all", submit(node));
    s.refuses("zjj-head for fgw-all", sign_off(node), "own-work");
    s.does("fgw-head", sign_off(node));
    // The office's reviewer had a hand in it: neither they nor their substitute review it.
    s.refuses("both", review(node, true), "own-unit");
    s.refuses("supervisor for both", review(node, true), "own-unit");
}

#[test]
fn nobody_decides_on_what_a_substitute_did_in_their_name() {
    let mut s = Scenario::signed();
    s.works("zjj-liaison for fgw-all", "fgw");
    let node = s.node_id("fgw");
    s.does("zjj-liaison for fgw-all", submit(node));
    s.refuses("fgw-all", sign_off(node), "own-work").does("fgw-head", sign_off(node));
}

#[test]
fn ones_own_post_comes_first() {
    let mut s = Scenario::assigned();
    let node = s.node_id("fgw");
    s.does("fgw-liaison for fgw-all", Command::Sign { node });
    assert_eq!(s.entries.last().expect("signed").actor.stands_in_for(), None);
}
