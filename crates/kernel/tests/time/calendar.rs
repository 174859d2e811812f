//! The calendar's days, its file, and the texts by which times and spans are stored.

use crate::{at, date};
use tongxin_kernel::time::{
    Calendar, CalendarProblem, DayKind, DayReason, Instant, Span, TimeBase, WorkingInterval, Zone,
};

#[test]
fn days_have_a_kind_and_a_reason() {
    let calendar = Calendar::china();
    for (day, kind, reason) in [
        ("2022-03-31", DayKind::Work, DayReason::Weekday),
        ("2022-03-27", DayKind::Rest, DayReason::Weekend),
        ("2022-04-04", DayKind::Rest, DayReason::Holiday("清明节".into())),
        ("2022-04-02", DayKind::Work, DayReason::MakeUpDay(Some("清明节".into()))),
    ] {
        let found = calendar.day(date(day));
        assert_eq!((found.kind, found.reason, found.fallback), (kind, reason, false), "{day}");
    }
    assert!(calendar.day(date("2027-01-01")).fallback);
    assert!(calendar.is_working_day(date("2027-01-01")));
    assert_eq!(calendar.years().collect::<Vec<_>>(), (2004..=2026).collect::<Vec<_>>());
    assert_eq!(calendar.next_working_day(date("2022-09-30")), date("2022-10-08"));
    assert_eq!(calendar.previous_working_day(date("2022-10-08")), date("2022-09-30"));
    assert_eq!(calendar.working_days_between(date("2022-04-01"), date("2022-04-07")), 3);
    assert_eq!(calendar.working_days_between(date("2022-04-07"), date("2022-04-01")), 0);
    assert_eq!(calendar.minutes_per_working_day(), 390);
}

/// Compares every day with the reference list, where `TONGXIN_REFERENCE_DATA` has one.
#[test]
fn every_day_agrees_with_the_reference() {
    let Some(folder) = std::env::var_os("TONGXIN_REFERENCE_DATA") else {
        println!("skipped: TONGXIN_REFERENCE_DATA is not set");
        return;
    };
    let file = std::path::Path::new(&folder).join("calendar/cn_workcal_2004_2026.csv");
    let text = std::fs::read_to_string(file).expect("the reference calendar");
    let listed: std::collections::HashMap<&str, (&str, &str)> = text
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once(','))
        .filter_map(|(day, rest)| Some((day, rest.split_once(',')?)))
        .collect();
    let calendar = Calendar::china();
    let mut day = date("2004-01-01");
    let mut met = 0;
    while day <= date("2026-12-31") {
        let text = day.to_string();
        let expected = match (listed.get(text.as_str()), day.weekday().to_monday_zero_offset()) {
            (Some(("holiday", name)), _) => DayReason::Holiday((*name).into()),
            (Some((_, name)), _) => DayReason::MakeUpDay(Some((*name).into())),
            (None, 5 | 6) => DayReason::Weekend,
            (None, _) => DayReason::Weekday,
        };
        met += usize::from(listed.contains_key(text.as_str()));
        assert_eq!(calendar.day(day).reason, expected, "{day}");
        day = day.tomorrow().expect("a next day");
    }
    assert_eq!(met, listed.len());
}

#[test]
fn a_file_sets_what_it_names_and_leaves_the_rest_as_usual() {
    let plain = "[2026]\nrest = [[\"2026-01-01\",\"2026-01-03\",\"元旦\"]]\nwork = [\"2026-01-04\"]";
    let calendar = Calendar::parse(plain).expect("a calendar");
    assert_eq!(calendar.zone().name(), "Asia/Shanghai");
    assert_eq!(
        calendar.working_hours(),
        [WorkingInterval { from: 510, to: 720 }, WorkingInterval { from: 870, to: 1050 }]
    );
    assert_eq!(calendar.day(date("2026-01-04")).reason, DayReason::MakeUpDay(None));
    assert_eq!(calendar.day_end(date("2026-01-02")), at(&calendar, "2026-01-03T00:00"));

    let same = Calendar::parse(plain).expect("a calendar");
    let other = Calendar::parse(&plain.replace("01-04", "01-10")).expect("a calendar");
    assert_eq!(calendar.version(), same.version());
    assert_ne!(calendar.version(), other.version(), "other days, another version");
    let named = Calendar::parse(&format!("version = \"x/2\"\n{plain}")).expect("a calendar");
    assert_eq!(named.version(), "x/2");
}

#[test]
fn a_wrong_file_is_refused_with_line_and_field() {
    for (text, line, field, problem) in [
        ("", 1, "file", "no year"),
        ("[2026\n", 1, "file", "not readable"),
        ("\n[26]\n", 2, "26", "four digits"),
        ("2026 = 3", 1, "2026", "form [2026] rest"),
        ("[holidays]", 1, "holidays", "unknown field"),
        ("[2026]\nfree = []", 2, "2026.free", "unknown field"),
        ("[2026]\nrest = \"2026-01-01\"", 2, "2026.rest", "form [[\"2026-10-01\""),
        ("[2026]\nrest = [\n[\"2026-01-01\", \"元旦\"]]", 3, "2026.rest", "form [[\"2026-10-01\""),
        ("[2026]\nwork = [\n\"2026-02-30\"]", 3, "2026.work", "`2026-02-30` is not a date"),
        ("[2026]\nwork = [2026-01-04]", 2, "2026.work", "form [\"2026-10-10\"]"),
        ("[2026]\nwork = [\"2025-01-04\"]", 2, "2026.work", "does not lie in this year"),
        (
            "[2026]\nrest = [[\"2026-01-03\", \"2026-01-01\", \"元旦\"]]",
            2,
            "2026.rest",
            "2026-01-01 comes before 2026-01-03",
        ),
        (
            "[2026]\nrest = [[\"2026-01-01\", \"2026-01-04\", \"元旦\"]]\nwork = [\"2026-01-04\"]",
            3,
            "2026.work",
            "2026-01-04 is listed twice",
        ),
        ("zone = \"Loudi\"\n[2026]", 1, "zone", "not an IANA time zone"),
        ("day_ends = \"25:00\"\n[2026]", 1, "day_ends", "not a time of day"),
        ("day_ends = \"8:30\"\n[2026]", 1, "day_ends", "not a time of day"),
        ("working_hours = []\n[2026]", 1, "working_hours", "must not be empty"),
        (
            "working_hours = [[\"08:00\", \"12:00\"],\n[\"11:00\", \"17:00\"]]\n[2026]",
            2,
            "working_hours",
            "overlap",
        ),
        ("version = \"\"\n[2026]", 1, "version", "form \"…\""),
    ] {
        let error = Calendar::parse(text).expect_err(text);
        assert_eq!((error.line, error.field.as_str()), (line, field), "{text}: {error}");
        assert!(error.problem.to_string().contains(problem), "{text}: {error}");
    }
    let error = Calendar::parse("[2026]\nwork = [\"x\"]").expect_err("no date");
    assert_eq!(error.problem, CalendarProblem::Date("x".into()));
    assert_eq!(error.to_string(), "line 2, 2026.work: `x` is not a date such as 2026-10-01");
}

#[test]
fn instants_are_stored_as_rfc_3339() {
    let at = Instant::from_micros(1_648_802_400_000_001);
    assert_eq!(at.to_string(), "2022-04-01T08:40:00.000001Z");
    assert_eq!(serde_json::to_string(&at).expect("json"), "\"2022-04-01T08:40:00.000001Z\"");
    assert_eq!(serde_json::from_str::<Instant>("\"2022-04-01T08:40:00.000001Z\"").ok(), Some(at));
    assert_eq!(Instant::parse("2022-04-01T16:40:00.0000019+08:00"), Ok(at));
    assert!(Instant::parse("2022-04-01T16:40:00").is_err(), "an offset is needed");
    assert_eq!(Instant::default().to_string(), "1970-01-01T00:00:00.000000Z");
    assert_eq!(Instant::MIN.to_string(), "0001-01-02T00:00:00.000000Z");
    assert_eq!(Instant::MAX.to_string(), "9999-12-30T00:00:00.000000Z");
    assert_eq!(Instant::MAX.plus_days(1), Instant::MAX);
    assert_eq!(Instant::MIN.plus_hours(i64::MIN), Instant::MIN);
    assert_eq!(at.plus_seconds(2).since(at), 2_000_000);
}

#[test]
fn spans_and_zones_are_stored_as_short_texts() {
    for (text, base, amount) in [
        ("7wd", TimeBase::WorkingDays, 7),
        ("4wh", TimeBase::WorkingHours, 4),
        ("24h", TimeBase::NaturalHours, 24),
        ("3d", TimeBase::NaturalDays, 3),
    ] {
        let span = Span { base, amount };
        assert_eq!(Span::parse(text), Ok(span));
        assert_eq!(span.to_string(), text);
        assert_eq!(serde_json::to_string(&span).expect("json"), format!("\"{text}\""));
    }
    for wrong in ["", "7", "wd", "-1d", "+1d", "7 wd", "7w", "10001d", "99999999999d", "7日"] {
        assert!(Span::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(serde_json::to_string(&Zone::default()).expect("json"), "\"Asia/Shanghai\"");
    assert!(serde_json::from_str::<Zone>("\"Mars/Olympus\"").is_err());
    assert_eq!(serde_json::to_string(&date("2022-04-01")).expect("json"), "\"2022-04-01\"");
}
