//! The working calendar: which days offices work, during which hours, and why.
//! Built from a file of the yearly notices; a year without one falls back to Mon-Fri.

use super::instant::MINUTE;
use super::{CalendarError, Date, Instant, Zone, calendar_file};
use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// A version of the working calendar. Cloning is cheap: copies share the days.
#[derive(Clone, PartialEq, Eq)]
pub struct Calendar(Arc<Contents>);

/// What a calendar file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub version: String,
    pub zone: Zone,
    pub day_ends: MinuteOfDay,
    pub working_hours: Vec<WorkingInterval>,
    pub years: BTreeSet<i16>,
    pub marks: BTreeMap<Date, Mark>,
}

/// What a notice says about one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Rest(String),
    Work(Option<String>),
}

/// Minutes since local midnight, 0 to 1440; 1440 is 24:00.
pub(super) type MinuteOfDay = u16;

pub(super) const MIDNIGHT: MinuteOfDay = 24 * 60;

/// A stretch of a working day, in minutes since local midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingInterval {
    /// First minute, 0 to 1439.
    pub from: u16,
    /// The minute at which it ends, up to 1440 (24:00).
    pub to: u16,
}

/// A date as the calendar sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Work or rest.
    pub kind: DayKind,
    /// Why.
    pub reason: DayReason,
    /// Whether the calendar lacks this year, so that only the weekday decided.
    pub fallback: bool,
}

/// Whether offices work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// They do.
    Work,
    /// They do not.
    Rest,
}

/// Why a day is one of work or of rest. Names are those of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "name", rename_all = "snake_case")]
pub enum DayReason {
    /// Monday to Friday without a notice to the contrary.
    Weekday,
    /// Saturday or Sunday without a notice to the contrary.
    Weekend,
    /// Off by notice, the weekend within a break included.
    Holiday(String),
    /// Worked in exchange for a day of that holiday; the file may leave its name out.
    MakeUpDay(Option<String>),
}

static CHINA: LazyLock<Calendar> = LazyLock::new(|| {
    Calendar::parse(Calendar::CHINA_TOML).expect("the embedded calendar is parsed by a test")
});

impl Calendar {
    /// The text of [`Calendar::china`], as an office gets it to publish.
    pub const CHINA_TOML: &'static str = include_str!("data/cn_workcal_2004_2026.toml");

    /// The State Council's calendar for 2004-2026, in Asia/Shanghai, with working hours
    /// 8:30-12:00 and 14:30-17:30 and days that end at 24:00.
    pub fn china() -> Self {
        CHINA.clone()
    }

    /// Reads a calendar file (TOML): per year the ranges of rest days and the make-up
    /// days; optionally `version`, `zone`, `day_ends` and `working_hours`. Where these are
    /// left out they are as in [`Calendar::china`]; a version left out becomes a
    /// fingerprint of the text, so that different files never share one.
    ///
    /// # Errors
    /// The first thing wrong, with its line and field.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        calendar_file::read(text).map(|contents| Self(Arc::new(contents)))
    }

    /// The version that explanations name.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The zone whose dates are counted.
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// The same days and hours, lived in another zone.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> Self {
        Self(Arc::new(Contents { zone, ..Contents::clone(&self.0) }))
    }

    /// The working intervals of a working day, in order.
    pub fn working_hours(&self) -> &[WorkingInterval] {
        &self.0.working_hours
    }

    /// The years whose notices it holds.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.0.years.iter().copied()
    }

    /// Whether the year is missing, so that only weekdays decide.
    pub fn is_fallback(&self, year: i16) -> bool {
        !self.0.years.contains(&year)
    }

    /// What kind of day it is, and why.
    pub fn day(&self, date: Date) -> Day {
        let reason = match self.0.marks.get(&date) {
            Some(Mark::Rest(name)) => DayReason::Holiday(name.clone()),
            Some(Mark::Work(name)) => DayReason::MakeUpDay(name.clone()),
            None if is_weekend(date) => DayReason::Weekend,
            None => DayReason::Weekday,
        };
        let kind = match reason {
            DayReason::Weekday | DayReason::MakeUpDay(_) => DayKind::Work,
            DayReason::Weekend | DayReason::Holiday(_) => DayKind::Rest,
        };
        Day { date, kind, reason, fallback: self.is_fallback(date.year()) }
    }

    /// Whether offices work on that date.
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.0.marks.get(&date) {
            Some(mark) => matches!(mark, Mark::Work(_)),
            None => !is_weekend(date),
        }
    }

    /// The first working day after the date.
    pub fn next_working_day(&self, date: Date) -> Date {
        days_after(date).find(|day| self.is_working_day(*day)).unwrap_or(Date::MAX)
    }

    /// The last working day before the date.
    pub fn previous_working_day(&self, date: Date) -> Date {
        std::iter::successors(date.yesterday().ok(), |day| day.yesterday().ok())
            .find(|day| self.is_working_day(*day))
            .unwrap_or(Date::MIN)
    }

    /// How many working days lie after `from` up to and including `to`.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let days = days_after(from).take_while(|day| *day <= to);
        days.fold(0, |count, day| count + u32::from(self.is_working_day(day)))
    }

    /// When a limit that ends on the date runs out: 24:00, unless the file sets `day_ends`.
    pub fn day_end(&self, date: Date) -> Instant {
        self.moment(date, self.0.day_ends)
    }

    /// The minute of the local day at which [`Calendar::day_end`] falls, 1440 for 24:00.
    pub fn day_ends(&self) -> u16 {
        self.0.day_ends
    }

    /// How long a working day is, in minutes.
    pub fn minutes_per_working_day(&self) -> u32 {
        self.0.working_hours.iter().map(|interval| u32::from(interval.to - interval.from)).sum()
    }

    pub(super) fn working_day_micros(&self) -> i64 {
        i64::from(self.minutes_per_working_day()) * MINUTE
    }

    /// The working intervals of the date, none on a day of rest. They never overlap, even
    /// where a change of the clocks folds local times onto each other.
    pub(super) fn working_time(&self, date: Date) -> Vec<(Instant, Instant)> {
        if !self.is_working_day(date) {
            return Vec::new();
        }
        let mut free = Instant::MIN;
        let mut intervals = Vec::with_capacity(self.0.working_hours.len());
        for interval in &self.0.working_hours {
            let from = self.moment(date, interval.from).max(free);
            let to = self.moment(date, interval.to);
            if from < to {
                intervals.push((from, to));
                free = to;
            }
        }
        intervals
    }

    fn moment(&self, date: Date, minute: MinuteOfDay) -> Instant {
        match clock_time(minute) {
            Some(time) => self.0.zone.instant(date.to_datetime(time)),
            None => self.0.zone.end_of_day(date),
        }
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({}, {})", self.version(), self.zone())
    }
}

/// The dates after `date`, to the end of time.
pub(super) fn days_after(date: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok())
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The wall-clock time of a minute; 24:00 has none.
fn clock_time(minute: MinuteOfDay) -> Option<Time> {
    let hour = i8::try_from(minute / 60).ok()?;
    let minute = i8::try_from(minute % 60).ok()?;
    Time::new(hour, minute, 0, 0).ok()
}
