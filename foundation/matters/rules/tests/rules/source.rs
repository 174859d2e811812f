//! The limit that a matter came with from above: asking for more, and nothing beyond it.

use crate::support::commands::*;
use crate::support::{Scenario, date};
use kernel::time::Instant;
use matters_rules::command::File;
use matters_rules::{ActionCode, Channel, Command, IntervalKind};

const EXTENSION: IntervalKind = IntervalKind::Extension;

fn time(text: &str) -> Instant {
    text.parse().expect("a time")
}

/// Handed down on 13 June, to be answered by the end of the 20th; a unit is at work on it.
fn handed_down() -> Scenario {
    let source_due = Some(time("2022-06-20T16:00:00Z"));
    let file = File { source_due, channel: Channel::HandedDown, ..filing() };
    let mut s = Scenario::start();
    s.does("intake", Command::File(Box::new(file))).does("intake", accept());
    s.does("dispatcher", assign(None, &[("fgw", "lead")])).signs("fgw-liaison", "fgw");
    s
}

fn ask(until: &str) -> Command {
    Command::AskSource { until: date(until), reason: text("the meter comes from abroad") }
}

fn set(due: &str) -> Command {
    Command::SetSourceLimit { due: time(due), reason: None }
}

#[test]
fn more_time_is_the_sources_to_give() {
    let mut s = handed_down();
    let node = s.node_id("fgw");
    s.does("fgw-liaison", ask_extension(node, 5));
    let grant = || decide_interval(node, EXTENSION, true);
    s.refuses("shift-head", grant(), "extension-beyond-source");
    s.does("dispatcher", ask("2022-07-05")).does("platform", set("2022-07-05T16:00:00Z"));
    s.does("shift-head", grant());
    let promise = s.matter.promise.as_ref().expect("a promise").due;
    assert!(promise > time("2022-06-20T16:00:00Z") && promise <= time("2022-07-05T16:00:00Z"), "{promise}");
}

#[test]
fn it_is_asked_for_once_at_a_time_for_a_later_day() {
    let mut s = handed_down();
    s.refuses("fgw-liaison", ask("2022-07-05"), "not-permitted")
        .refuses("dispatcher", ask("2022-06-20"), "source-until-not-later")
        .does("dispatcher", ask("2022-07-05"))
        .refuses("dispatcher", ask("2022-07-06"), "source-asked-already");
    assert_eq!(s.matter.source_asked, Some(date("2022-07-05")));
    // The same limit as before is a refusal; it may be asked again.
    s.does("platform", set("2022-06-20T16:00:00Z"));
    assert_eq!(s.matter.source_asked, None);
    s.does("dispatcher", ask("2022-07-01"));
}

#[test]
fn what_was_not_handed_down_has_no_limit_of_a_source() {
    let mut s = Scenario::signed();
    s.refuses("dispatcher", ask("2022-07-05"), "source-limit-none").refuses(
        "dispatcher",
        set("2022-07-05T16:00:00Z"),
        "source-none",
    );
    assert!(!s.offers("dispatcher").iter().any(|action| action.code == ActionCode::SetSourceLimit));
}

#[test]
fn an_office_without_a_line_records_what_the_source_decided() {
    let mut s = handed_down();
    s.refuses("dispatcher", set("2022-06-01T16:00:00Z"), "until-past")
        .does("dispatcher", set("2022-07-05T16:00:00Z"));
    assert_eq!(s.matter.source_due, Some(time("2022-07-05T16:00:00Z")));
}

#[test]
fn what_is_to_be_done_again_ends_with_the_limit_set_anew() {
    let mut s = handed_down();
    s.works("fgw-liaison", "fgw");
    s.submits("fgw-liaison", "fgw-head", "fgw");
    s.reviews("dispatcher", "fgw", true);
    s.does("platform", Command::AskRedo { text: text("not yet solved") });
    s.does("platform", set("2022-06-16T16:00:00Z"));
    s.does("call-back", decide_redo(true));
    assert_eq!(s.node("fgw").limits.handling.due(), time("2022-06-16T16:00:00Z"));
}
