//! A second opinion that shares no logic with the product: it reads the notices by plain
//! text search and counts in minutes since the epoch, eight hours ahead of UTC.

use std::collections::HashSet;
use std::sync::LazyLock;
use tongxin_kernel::time::{Instant, TimeBase};

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60;
const AHEAD: i64 = 8 * 60;

/// Paused minutes: from, to (exclusive), counted from the epoch in UTC.
pub type Stop = (i64, i64);

/// Days since the epoch that the notices list as off and as worked.
static NOTICES: LazyLock<(HashSet<i64>, HashSet<i64>)> = LazyLock::new(|| {
    let text = include_str!("../../src/time/data/cn_workcal_2004_2026.toml");
    let (mut off, mut worked) = (HashSet::new(), HashSet::new());
    let mut in_rest = true;
    for line in text.lines() {
        in_rest = if line.starts_with("rest") { true } else { in_rest && !line.starts_with("work") };
        let dates: Vec<i64> = line
            .split('"')
            .filter(|part| part.len() == 10 && part.starts_with("20"))
            .map(day_number)
            .collect();
        match (in_rest, &dates[..]) {
            (true, [first, last]) => off.extend(*first..=*last),
            (false, [date]) => worked.extend([*date]),
            _ => {}
        }
    }
    assert_eq!((off.len(), worked.len()), (619, 150));
    (off, worked)
});

/// When the limit runs out, in minutes since the epoch.
pub fn due(start: i64, base: TimeBase, amount: u32, stops: &[Stop]) -> i64 {
    match base {
        TimeBase::WorkingDays | TimeBase::NaturalDays => {
            let mut day = (start + AHEAD).div_euclid(DAY);
            let mut left = amount;
            while left > 0 {
                day += 1;
                let begins = day * DAY - AHEAD;
                let stopped = (begins..begins + DAY).any(|minute| is_stopped(minute, stops));
                let counts = base == TimeBase::NaturalDays || is_worked(day);
                left -= u32::from(counts && !stopped);
            }
            (day + 1) * DAY - AHEAD
        }
        TimeBase::WorkingHours | TimeBase::NaturalHours => {
            let mut minute = start;
            let mut left = amount * 60;
            while left > 0 {
                let counts = base == TimeBase::NaturalHours || is_office_time(minute);
                left -= u32::from(counts && !is_stopped(minute, stops));
                minute += 1;
            }
            minute
        }
    }
}

pub fn instant(minute: i64) -> Instant {
    Instant::from_micros(minute * MINUTE)
}

fn is_stopped(minute: i64, stops: &[Stop]) -> bool {
    stops.iter().any(|(from, to)| (*from..*to).contains(&minute))
}

fn is_office_time(minute: i64) -> bool {
    let local = minute + AHEAD;
    let of_day = local.rem_euclid(DAY);
    let morning = (8 * 60 + 30..12 * 60).contains(&of_day);
    let afternoon = (14 * 60 + 30..17 * 60 + 30).contains(&of_day);
    (morning || afternoon) && is_worked(local.div_euclid(DAY))
}

fn is_worked(day: i64) -> bool {
    let (off, worked) = &*NOTICES;
    // The epoch was a Thursday.
    let weekend = matches!((day + 3).rem_euclid(7), 5 | 6);
    worked.contains(&day) || (!weekend && !off.contains(&day))
}

/// Days since the epoch, by adding up years and months.
fn day_number(date: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| date[range].parse::<i64>().expect("digits");
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let years: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    let february = 28 + i64::from(leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i64 = lengths.iter().take(usize::try_from(month - 1).expect("a month")).sum();
    years + months + day - 1
}
