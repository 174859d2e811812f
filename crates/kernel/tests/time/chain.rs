//! Limits that hang on other limits: extensions and the cap within a parent's.

use crate::{at, date, local, pause};
use tongxin_kernel::time::{Calendar, CapReason, Due, Span};

fn due(start: &str, span: Span) -> (Calendar, Due) {
    let calendar = Calendar::china();
    let due = calendar.due(at(&calendar, start), span, &[]);
    (calendar, due)
}

#[test]
fn an_extension_counts_on_from_the_limit_and_keeps_the_first() {
    let (calendar, first) = due("2022-03-28T09:00", Span::working_days(3));
    assert_eq!(first.date, date("2022-03-31"));
    let now = at(&calendar, "2022-03-30T09:00");
    let longer = first.clone().extended(Span::working_days(2), &[], now, &calendar);
    assert_eq!(longer.date, date("2022-04-02"), "Friday and the make-up Saturday");
    assert_eq!(longer.first_at(), first.at);
    assert_eq!(longer.explanation.counted.len(), 5);
    assert_eq!(longer.explanation.extensions[0].from_date, date("2022-03-31"));

    let same = calendar.due(first.explanation.start, Span::working_days(5), &[]);
    assert_eq!((longer.at, &longer.explanation.counted), (same.at, &same.explanation.counted));

    let none = first.clone().extended(Span::working_days(0), &[], now, &calendar);
    assert_eq!((none.at, none.date), (first.at, first.date));
}

#[test]
fn an_extension_leaves_out_pauses_too() {
    let (calendar, first) = due("2022-03-28T09:00", Span::working_days(3));
    let pauses = [pause(&calendar, "2022-04-01T10:00", "2022-04-01T11:00")];
    let now = at(&calendar, "2022-04-01T12:00");
    let longer = first.extended(Span::working_days(1), &pauses, now, &calendar);
    assert_eq!(longer.date, date("2022-04-02"));
    assert_eq!(longer.explanation.paused, pauses);
}

#[test]
fn hour_limits_extend_from_their_moment_and_by_days_from_their_date() {
    let (calendar, first) = due("2022-03-21T16:30", Span::working_hours(4));
    assert_eq!(local(&calendar, first.at), "2022-03-22T11:30:00");
    let now = at(&calendar, "2022-03-22T09:00");
    let hours = first.clone().extended(Span::working_hours(1), &[], now, &calendar);
    assert_eq!(local(&calendar, hours.at), "2022-03-22T15:00:00");
    let days = first.extended(Span::working_days(1), &[], now, &calendar);
    assert_eq!(local(&calendar, days.at), "2022-03-24T00:00:00");
}

#[test]
fn a_child_ends_a_working_day_before_its_parent() {
    let (calendar, parent) = due("2022-03-28T09:00", Span::working_days(7));
    assert_eq!(parent.date, date("2022-04-07"));
    let own = calendar.due(at(&calendar, "2022-04-01T15:00"), Span::working_days(7), &[]);
    let child = own.clone().capped(parent.at, &calendar);
    assert_eq!(local(&calendar, child.at), "2022-04-07T00:00:00");
    assert_eq!(child.date, date("2022-04-06"));
    assert_eq!((child.own_at, child.own_date), (own.at, own.date), "the cut is not forgotten");
    let cap = child.explanation.capped.expect("a cap");
    assert_eq!(cap.because, CapReason::WorkingDayBeforeParent);
    assert_eq!((cap.at, cap.own_at, cap.parent_due), (child.at, own.at, parent.at));

    let recapped = child.capped(parent.at.plus_days(30), &calendar);
    assert_eq!(recapped, own, "a parent with time enough cuts nothing");
}

#[test]
fn a_cap_skips_holidays_backwards() {
    let (calendar, own) = due("2022-04-01T15:00", Span::working_days(7));
    let parent_due = calendar.zone().end_of_day(date("2022-04-06"));
    assert_eq!(own.capped(parent_due, &calendar).date, date("2022-04-02"));
}

#[test]
fn passed_on_late_a_child_has_the_parents_limit_and_at_least_its_day() {
    let (calendar, own) = due("2022-03-24T15:00", Span::working_days(3));
    let on_the_last_day = own.clone().capped(at(&calendar, "2022-03-25T00:00"), &calendar);
    assert_eq!(on_the_last_day.date, date("2022-03-24"));
    assert_eq!(on_the_last_day.explanation.capped.map(|c| c.because), Some(CapReason::ParentDue));

    let by_the_hour = own.clone().capped(at(&calendar, "2022-03-24T17:30"), &calendar);
    assert_eq!(local(&calendar, by_the_hour.at), "2022-03-24T17:30:00");

    let after_it = own.clone().capped(at(&calendar, "2022-03-20T00:00"), &calendar);
    assert_eq!(after_it.date, date("2022-03-24"));
    assert_eq!(local(&calendar, after_it.at), "2022-03-25T00:00:00");
    assert_eq!(after_it.explanation.capped.map(|c| c.because), Some(CapReason::StartDay));
    assert_eq!(after_it.own_at, own.at);
}

#[test]
fn an_extension_lifts_the_cap_until_it_is_set_again() {
    let (calendar, own) = due("2022-03-28T09:00", Span::working_days(3));
    let now = at(&calendar, "2022-03-29T09:00");
    let child = own.clone().capped(at(&calendar, "2022-03-31T00:00"), &calendar);
    assert_eq!(child.date, date("2022-03-29"));
    let longer = child.extended(Span::working_days(1), &[], now, &calendar);
    assert_eq!(longer.date, date("2022-04-01"));
    assert_eq!(longer.explanation.capped, None);
    assert_eq!(longer.capped(at(&calendar, "2022-03-31T00:00"), &calendar).date, date("2022-03-29"));
}

#[test]
fn a_changed_notice_moves_open_limits_and_keeps_what_was_granted() {
    let (old, first) = due("2026-12-30T09:00", Span::working_days(2));
    let now = at(&old, "2026-12-31T09:00");
    let promised = first.extended(Span::working_days(1), &[], now, &old);
    assert_eq!(promised.date, date("2027-01-04"));

    let text = "version = \"2027/1\"\n[2026]\n[2027]\nrest = [[\"2027-01-01\", \"2027-01-03\", \"元旦\"]]";
    let new = Calendar::parse(text).expect("a calendar");
    let moved = promised.recomputed(&[], now, &new);
    assert_eq!(moved.date, date("2027-01-05"));
    assert_eq!(moved.explanation.extensions[0].from_date, date("2027-01-04"));
    assert_eq!(moved.explanation.calendar, "2027/1");
    assert!(moved.explanation.fallback_years.is_empty());

    let paused = [pause(&new, "2026-12-31T10:00", "2026-12-31T11:00")];
    assert_eq!(moved.recomputed(&paused, now, &new).date, date("2027-01-06"));
}
