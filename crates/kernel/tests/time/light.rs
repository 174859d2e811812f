//! The light and the time left, at the moments where they change.

use crate::{at, pause};
use tongxin_kernel::time::{Calendar, Elapsed, Light, Pause, Remaining, Span, TimeBase, light, remaining};

fn light_at(start: &str, span: Span, pauses: &[Pause], now: &str) -> Light {
    let calendar = Calendar::china();
    let (start, now) = (at(&calendar, start), at(&calendar, now));
    let due = calendar.due_as_of(start, span, pauses, now);
    light(&calendar, start, due.at, span, pauses, now)
}

fn left_at(due: &str, base: TimeBase, now: &str) -> (bool, u32, u32, u32) {
    let calendar = Calendar::china();
    let (due, now) = (at(&calendar, due), at(&calendar, now));
    let Remaining { late, base: measured, days, hours, minutes } = remaining(&calendar, due, base, &[], now);
    assert_eq!(measured, base);
    (late, days, hours, minutes)
}

#[test]
fn long_limits_turn_yellow_with_one_working_day_left() {
    let start = "2022-03-21T09:00";
    let span = Span::working_days(7); // to 2022-03-30, 24:00
    for (now, expected) in [
        ("2022-03-21T09:00", Light::Green),
        ("2022-03-29T17:29", Light::Green),
        ("2022-03-29T17:30", Light::Yellow),
        ("2022-03-30T23:59", Light::Yellow),
        ("2022-03-31T00:00", Light::Yellow),
        ("2022-03-31T00:01", Light::Red),
        ("2022-04-20T23:59", Light::Red),
        ("2022-04-21T00:00", Light::Gross),
    ] {
        assert_eq!(light_at(start, span, &[], now), expected, "{now}");
    }
}

#[test]
fn short_limits_turn_yellow_with_a_quarter_left() {
    for (span, now, expected) in [
        // A quarter of a working day is 97.5 minutes of working time.
        (Span::working_days(1), "2022-03-22T15:52", Light::Green),
        (Span::working_days(1), "2022-03-22T15:53", Light::Yellow),
        (Span::working_hours(4), "2022-03-21T11:29", Light::Green),
        (Span::working_hours(4), "2022-03-21T11:30", Light::Yellow),
        (Span::working_hours(4), "2022-03-21T15:01", Light::Red),
        (Span::working_hours(4), "2022-03-22T16:29", Light::Red),
        (Span::working_hours(4), "2022-03-22T16:30", Light::Gross),
        (Span::natural_hours(24), "2022-03-22T02:29", Light::Green),
        (Span::natural_hours(24), "2022-03-22T02:30", Light::Yellow),
        (Span::natural_hours(24), "2022-03-24T08:29", Light::Red),
        (Span::natural_hours(24), "2022-03-24T08:30", Light::Gross),
        (Span::natural_days(10), "2022-03-30T23:59", Light::Green),
        (Span::natural_days(10), "2022-03-31T00:00", Light::Yellow),
        (Span::working_days(0), "2022-03-21T17:00", Light::Yellow),
        (Span::working_days(0), "2022-03-22T09:00", Light::Red),
    ] {
        assert_eq!(light_at("2022-03-21T08:30", span, &[], now), expected, "{span} at {now}");
    }
}

#[test]
fn a_clock_that_stands_still_does_not_turn_red() {
    let calendar = Calendar::china();
    let open = [Pause::open(at(&calendar, "2022-03-22T09:00"))];
    assert_eq!(light_at("2022-03-21T09:00", Span::working_days(3), &open, "2022-05-20T10:00"), Light::Green);
}

#[test]
fn elapsed_time_is_told_in_the_measure_of_its_base() {
    let calendar = Calendar::china();
    let from = at(&calendar, "2022-04-01T16:40");
    let to = at(&calendar, "2022-04-07T09:00");
    let paused = [pause(&calendar, "2022-04-06T08:00", "2022-04-06T09:30")];
    for (base, pauses, expected) in [
        (TimeBase::WorkingDays, &[][..], Elapsed::Days(2)),
        (TimeBase::WorkingDays, &paused[..], Elapsed::Days(1)),
        (TimeBase::NaturalDays, &[][..], Elapsed::Days(5)),
        (TimeBase::WorkingHours, &[][..], Elapsed::Minutes(50 + 390 + 390 + 30)),
        (TimeBase::WorkingHours, &paused[..], Elapsed::Minutes(50 + 390 + 330 + 30)),
        (TimeBase::NaturalHours, &[][..], Elapsed::Minutes(5 * 1440 + 980)),
        (TimeBase::NaturalHours, &paused[..], Elapsed::Minutes(5 * 1440 + 890)),
    ] {
        assert_eq!(calendar.elapsed(from, to, base, pauses), expected, "{base:?}");
        let none = calendar.elapsed(to, from, base, pauses);
        assert!(matches!(none, Elapsed::Days(0) | Elapsed::Minutes(0)), "{base:?} backwards");
    }
}

#[test]
fn what_is_left_is_told_in_amounts_people_say() {
    use TimeBase::{NaturalDays, NaturalHours, WorkingDays, WorkingHours};
    for (due, base, now, expected) in [
        ("2022-04-08T00:00", WorkingDays, "2022-04-01T09:00", (false, 3, 0, 0)),
        ("2022-04-08T00:00", WorkingDays, "2022-04-07T15:30", (false, 0, 8, 30)),
        ("2022-04-08T00:00", WorkingDays, "2022-04-08T00:00", (false, 0, 0, 0)),
        ("2022-04-08T00:00", WorkingDays, "2022-04-08T09:20", (true, 0, 9, 20)),
        ("2022-04-08T00:00", WorkingDays, "2022-04-12T09:00", (true, 2, 0, 0)),
        ("2022-04-08T00:00", NaturalDays, "2022-04-12T09:00", (true, 4, 0, 0)),
        ("2022-04-02T11:40", WorkingHours, "2022-04-01T16:40", (false, 0, 4, 0)),
        ("2022-04-02T11:40", WorkingHours, "2022-04-06T08:45", (true, 0, 3, 35)),
        ("2022-04-02T11:40", NaturalHours, "2022-03-31T10:30", (false, 2, 1, 10)),
    ] {
        assert_eq!(left_at(due, base, now), expected, "{base:?} due {due} at {now}");
    }
}
