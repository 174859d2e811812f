//! Why a limit ends when it does: which days counted, which did not, under which version
//! of rule and calendar. Codes and values only; the words live with the languages.

use super::{Date, Instant, Pause, Span, Zone};
use serde::{Deserialize, Serialize};

/// The whole story of a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The event that started the clock.
    pub start: Instant,
    /// The limit.
    pub span: Span,
    /// Identifier and version of the counting rule, e.g. `working-days/1`.
    pub rule: String,
    /// Version of the calendar.
    pub calendar: String,
    /// The zone whose dates were counted.
    pub zone: Zone,
    /// What counted, in order; at most [`Explanation::MAX_LISTED`] days.
    pub counted: Vec<CountedDay>,
    /// What did not, in order; at most [`Explanation::MAX_LISTED`] days.
    pub skipped: Vec<SkippedDay>,
    /// Days that counted but are not listed for their number.
    #[serde(default)]
    pub unlisted_counted: u32,
    /// Days that did not count and are not listed for their number.
    #[serde(default)]
    pub unlisted_skipped: u32,
    /// Approved intervals that fell into the limit, merged; open while one runs.
    #[serde(default)]
    pub paused: Vec<Pause>,
    /// Years that the calendar lacks: there Monday to Friday were taken for working days.
    #[serde(default)]
    pub fallback_years: Vec<i16>,
    /// Extensions granted, in order. The days they add stand in the lists as well.
    #[serde(default)]
    pub extensions: Vec<Extension>,
    /// What cut the limit short, if anything did. The lists tell of the uncut limit.
    #[serde(default)]
    pub capped: Option<Cap>,
}

/// A day that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedDay {
    /// The date.
    pub date: Date,
    /// Why it counted.
    pub reason: CountReason,
    /// The holiday a make-up day was exchanged for, where the calendar names it.
    #[serde(default)]
    pub name: Option<String>,
    /// For hour limits, the minutes it gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// Why a day counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountReason {
    /// An ordinary working day.
    Weekday,
    /// A weekend day worked in exchange for a holiday.
    MakeUpDay,
    /// Natural time counts every day.
    Natural,
}

/// A day that did not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedDay {
    /// The date.
    pub date: Date,
    /// Why it did not count.
    pub reason: SkipReason,
    /// The holiday's name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Why a day did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Saturday or Sunday.
    Weekend,
    /// A day off by notice.
    Holiday,
    /// The clock stood still on it by approval.
    Paused,
    /// The clock started after the day's last working hour.
    AfterHours,
}

/// An extension that was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// By how much.
    pub by: Span,
    /// The limit before it.
    pub from_at: Instant,
    /// The last date of the limit before it.
    pub from_date: Date,
}

/// A limit cut short because it hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Where it was cut.
    pub at: Instant,
    /// Why there.
    pub because: CapReason,
    /// The parent's limit.
    pub parent_due: Instant,
    /// Where the limit would have ended by itself. What is done between the cut and here
    /// is late because the parent passed it on late, and counts against the parent.
    pub own_at: Instant,
    /// The last date of the limit by itself.
    pub own_date: Date,
}

/// Where a child's limit was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapReason {
    /// At the end of the last working day before the parent's last date.
    WorkingDayBeforeParent,
    /// At the parent's limit: passed on too late to keep a working day between.
    ParentDue,
    /// At the end of the starting day: the parent's limit had passed before.
    StartDay,
}

impl Explanation {
    /// No more days than this stand in either list.
    pub const MAX_LISTED: usize = 400;
}

impl CountReason {
    /// The code by which texts know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::MakeUpDay => "make_up_day",
            Self::Natural => "natural",
        }
    }
}

impl SkipReason {
    /// The code by which texts know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekend => "weekend",
            Self::Holiday => "holiday",
            Self::Paused => "paused",
            Self::AfterHours => "after_hours",
        }
    }
}

impl CapReason {
    /// The code by which texts know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WorkingDayBeforeParent => "working_day_before_parent",
            Self::ParentDue => "parent_due",
            Self::StartDay => "start_day",
        }
    }
}
