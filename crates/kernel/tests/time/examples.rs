//! Worked examples of each rule, told as what was promised and why.

use crate::{at, date, local, pause};
use tongxin_kernel::time::{Calendar, CountReason, Due, Explanation, Instant, Pause, SkipReason, Span, Zone};

fn counted(due: &Due) -> Vec<(String, CountReason, Option<u32>)> {
    let days = due.explanation.counted.iter();
    days.map(|day| (day.date.to_string(), day.reason, day.minutes)).collect()
}

fn skipped(due: &Due) -> Vec<(String, SkipReason, Option<&str>)> {
    let days = due.explanation.skipped.iter();
    days.map(|day| (day.date.to_string(), day.reason, day.name.as_deref())).collect()
}

#[test]
fn four_working_hours_cross_into_a_make_up_saturday() {
    let calendar = Calendar::china();
    let due = calendar.due(at(&calendar, "2022-04-01T16:40"), Span::working_hours(4), &[]);
    assert_eq!(local(&calendar, due.at), "2022-04-02T11:40:00");
    assert_eq!(due.date, date("2022-04-02"));
    assert_eq!(
        counted(&due),
        [
            ("2022-04-01".into(), CountReason::Weekday, Some(50)),
            ("2022-04-02".into(), CountReason::MakeUpDay, Some(190)),
        ]
    );
    assert_eq!(due.explanation.counted[1].name.as_deref(), Some("清明节"));
    assert_eq!(due.explanation.rule, "working-hours/1");
}

#[test]
fn a_day_limit_names_the_days_it_passed_over() {
    let calendar = Calendar::china();
    let due = calendar.due(at(&calendar, "2022-04-01T09:00"), Span::working_days(3), &[]);
    assert_eq!(due.date, date("2022-04-07"));
    assert_eq!(
        counted(&due),
        [
            ("2022-04-02".into(), CountReason::MakeUpDay, None),
            ("2022-04-06".into(), CountReason::Weekday, None),
            ("2022-04-07".into(), CountReason::Weekday, None),
        ]
    );
    assert_eq!(
        skipped(&due),
        [
            ("2022-04-03".into(), SkipReason::Holiday, Some("清明节")),
            ("2022-04-04".into(), SkipReason::Holiday, Some("清明节")),
            ("2022-04-05".into(), SkipReason::Holiday, Some("清明节")),
        ]
    );
    assert_eq!(due.explanation.calendar, "cn-2004-2026/1");
    assert!(due.explanation.fallback_years.is_empty());
}

#[test]
fn working_hours_begin_at_the_next_interval_and_stay_at_the_end_of_one() {
    let calendar = Calendar::china();
    for (start, hours, due) in [
        ("2022-03-21T06:00", 1, "2022-03-21T09:30:00"),
        ("2022-03-21T12:30", 1, "2022-03-21T15:30:00"),
        ("2022-03-21T12:00", 3, "2022-03-21T17:30:00"),
        ("2022-03-21T14:30", 3, "2022-03-21T17:30:00"),
        ("2022-03-21T17:30", 1, "2022-03-22T09:30:00"),
        ("2022-03-25T18:00", 1, "2022-03-28T09:30:00"),
        ("2022-10-01T10:00", 7, "2022-10-09T09:00:00"),
        ("2022-03-21T08:30", 13, "2022-03-22T17:30:00"),
        ("2022-03-26T10:00", 0, "2022-03-26T10:00:00"),
    ] {
        let found = calendar.due(at(&calendar, start), Span::working_hours(hours), &[]);
        assert_eq!(local(&calendar, found.at), due, "{start} + {hours} working hours");
    }
    let late = calendar.due(at(&calendar, "2022-03-25T18:00"), Span::working_hours(1), &[]);
    assert_eq!(
        skipped(&late),
        [
            ("2022-03-25".into(), SkipReason::AfterHours, None),
            ("2022-03-26".into(), SkipReason::Weekend, None),
            ("2022-03-27".into(), SkipReason::Weekend, None),
        ]
    );
}

#[test]
fn natural_time_runs_through_nights_and_holidays() {
    let calendar = Calendar::china();
    let start = at(&calendar, "2022-10-01T16:40");
    let hours = calendar.due(start, Span::natural_hours(24), &[]);
    assert_eq!(local(&calendar, hours.at), "2022-10-02T16:40:00");
    assert_eq!(
        counted(&hours),
        [
            ("2022-10-01".into(), CountReason::Natural, Some(440)),
            ("2022-10-02".into(), CountReason::Natural, Some(1000)),
        ]
    );
    let days = calendar.due(start, Span::natural_days(3), &[]);
    assert_eq!(days.date, date("2022-10-04"));
    assert_eq!(local(&calendar, days.at), "2022-10-05T00:00:00");
    assert!(days.explanation.skipped.is_empty());
}

#[test]
fn a_day_on_which_the_clock_stood_still_is_not_counted() {
    let calendar = Calendar::china();
    let start = at(&calendar, "2022-03-21T09:00");
    // Thirty minutes of the 22nd and half of the 23rd: neither is charged.
    let pauses = [
        pause(&calendar, "2022-03-22T16:00", "2022-03-22T16:30"),
        pause(&calendar, "2022-03-23T00:00", "2022-03-23T12:00"),
    ];
    let due = calendar.due(start, Span::working_days(3), &pauses);
    assert_eq!(due.date, date("2022-03-28"));
    assert_eq!(
        skipped(&due)[..2],
        [("2022-03-22".into(), SkipReason::Paused, None), ("2022-03-23".into(), SkipReason::Paused, None),]
    );
    assert_eq!(due.explanation.paused, pauses);

    let before_and_after = [
        pause(&calendar, "2022-03-21T10:00", "2022-03-22T00:00"),
        pause(&calendar, "2022-03-25T00:00", "2022-03-26T00:00"),
    ];
    let due = calendar.due(start, Span::working_days(3), &before_and_after);
    assert_eq!(due.date, date("2022-03-24"));
    assert!(due.explanation.paused.is_empty());
}

#[test]
fn paused_working_time_is_given_back_to_the_minute() {
    let calendar = Calendar::china();
    let start = at(&calendar, "2022-03-21T16:30");
    let pauses = [
        pause(&calendar, "2022-03-21T17:00", "2022-03-22T09:00"),
        pause(&calendar, "2022-03-22T08:50", "2022-03-22T09:30"),
    ];
    let due = calendar.due(start, Span::working_hours(2), &pauses);
    assert_eq!(local(&calendar, due.at), "2022-03-22T11:00:00");
    assert_eq!(
        due.explanation.paused,
        [pause(&calendar, "2022-03-21T17:00", "2022-03-22T09:30")],
        "overlapping pauses are one"
    );
    let all_day = [pause(&calendar, "2022-03-22T00:00", "2022-03-23T00:00")];
    let due = calendar.due(start, Span::working_hours(2), &all_day);
    assert_eq!(local(&calendar, due.at), "2022-03-23T09:30:00");
    assert_eq!(skipped(&due), [("2022-03-22".into(), SkipReason::Paused, None)]);
}

#[test]
fn a_running_pause_moves_the_limit_along_with_now() {
    let calendar = Calendar::china();
    let start = at(&calendar, "2022-03-21T09:00");
    let pauses = [Pause::open(at(&calendar, "2022-03-21T10:00"))];
    let span = Span::working_hours(2);
    assert_eq!(local(&calendar, calendar.due(start, span, &pauses).at), "2022-03-21T11:00:00");
    for (now, due) in [
        ("2022-03-21T09:30", "2022-03-21T11:00:00"),
        ("2022-03-21T11:00", "2022-03-21T12:00:00"),
        ("2022-03-22T08:30", "2022-03-22T09:30:00"),
    ] {
        let found = calendar.due_as_of(start, span, &pauses, at(&calendar, now));
        assert_eq!(local(&calendar, found.at), due, "as of {now}");
    }
    let now = at(&calendar, "2022-03-22T08:30");
    let running = calendar.due_as_of(start, span, &pauses, now);
    assert_eq!(running.explanation.paused, pauses, "shown as still running");
}

#[test]
fn a_missing_year_falls_back_to_weekdays_and_says_so() {
    let calendar = Calendar::china();
    let due = calendar.due(at(&calendar, "2026-12-30T10:00"), Span::working_days(3), &[]);
    assert_eq!(due.date, date("2027-01-04"), "New Year's Day is taken for a Friday");
    assert_eq!(due.explanation.fallback_years, [2027]);

    let due = calendar.due(at(&calendar, "2026-12-30T10:00"), Span::working_days(1), &[]);
    assert!(due.explanation.fallback_years.is_empty());
    let natural = calendar.due(at(&calendar, "2026-12-30T10:00"), Span::natural_days(5), &[]);
    assert!(natural.explanation.fallback_years.is_empty(), "natural time asks no notice");
}

#[test]
fn days_may_end_with_the_office() {
    let calendar = Calendar::parse("day_ends = \"17:30\"\n[2022]\n").expect("a calendar");
    let due = calendar.due(at(&calendar, "2022-03-21T09:00"), Span::working_days(1), &[]);
    assert_eq!(local(&calendar, due.at), "2022-03-22T17:30:00");
    let evening = at(&calendar, "2022-03-21T20:00");
    let due = calendar.due(evening, Span::working_days(0), &[]);
    assert_eq!(due.at, evening, "no limit ends before it starts");
}

#[test]
fn clock_changes_neither_give_nor_take_time() {
    let text = r#"
        zone = "America/Los_Angeles"
        working_hours = [["00:00", "08:00"]]
        [2022]
        work = ["2022-03-13", "2022-11-06"]
    "#;
    let calendar = Calendar::parse(text).expect("a calendar");
    for (start, span, due) in [
        ("2022-03-12T12:00", Span::natural_hours(24), "2022-03-13T13:00:00"),
        ("2022-11-05T12:00", Span::natural_hours(24), "2022-11-06T11:00:00"),
        ("2022-03-12T12:00", Span::natural_days(1), "2022-03-14T00:00:00"),
        ("2022-03-12T12:00", Span::working_days(1), "2022-03-14T00:00:00"),
        ("2022-03-13T00:00", Span::working_hours(8), "2022-03-14T01:00:00"),
        ("2022-11-06T00:00", Span::working_hours(9), "2022-11-06T08:00:00"),
    ] {
        let found = calendar.due(at(&calendar, start), span, &[]);
        assert_eq!(local(&calendar, found.at), due, "{start} + {span}");
    }
    let start = at(&calendar, "2022-03-12T12:00");
    let day = calendar.due(start, Span::natural_days(1), &[]);
    assert_eq!(day.at.since(calendar.zone().start_of_day(day.date)), 23 * 3_600_000_000);
    assert_eq!(calendar.zone().rfc3339(start), "2022-03-12T12:00:00-08:00");
    assert_eq!(calendar.zone().rfc3339(day.at), "2022-03-14T00:00:00-07:00");
}

#[test]
fn a_skipped_midnight_starts_the_day_late() {
    let zone = Zone::named("America/Sao_Paulo").expect("a zone");
    let spring = date("2018-11-04");
    assert_eq!(zone.local(zone.start_of_day(spring)).to_string(), "2018-11-04T01:00:00");
    assert_eq!(zone.end_of_day(date("2018-11-03")), zone.start_of_day(spring));
}

#[test]
fn explanations_stay_bounded_and_survive_the_journal() {
    let calendar = Calendar::china();
    let start = at(&calendar, "2022-03-21T09:00");
    let due = calendar.due(start, Span::working_days(1_000), &[]);
    let why = &due.explanation;
    assert_eq!(why.counted.len(), Explanation::MAX_LISTED);
    assert_eq!(why.unlisted_counted, 600);
    assert_eq!(
        calendar.working_days_between(date("2022-03-21"), due.date),
        1_000,
        "what is not listed is counted all the same"
    );
    let stored = serde_json::to_string(&due).expect("serializable");
    assert_eq!(serde_json::from_str::<Due>(&stored).expect("readable"), due);

    let endless = calendar.due(Instant::MAX, Span::working_hours(u32::MAX), &[]);
    assert_eq!(endless.at, Instant::MAX, "the end of time is the end of the count");
}
