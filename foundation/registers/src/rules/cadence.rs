//! How often something must happen, and when it is overdue.

use jiff::Span;
use kernel::time::Date;
use serde::{Deserialize, Serialize};

/// An interval between contacts: `30 days`, `2 months`, `1 year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cadence {
    count: i32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    Months,
}

impl Cadence {
    /// Reads a cadence.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: i32 = count.parse().ok()?;
        let (count, unit) = match unit.trim() {
            "day" | "days" => (count, Unit::Days),
            "week" | "weeks" => (count.checked_mul(7)?, Unit::Days),
            "month" | "months" => (count, Unit::Months),
            "year" | "years" => (count.checked_mul(12)?, Unit::Months),
            _ => return None,
        };
        (1..=1200).contains(&count).then_some(Self { count, unit })
    }

    /// The last day on which the next one is still in time: as many days or months after the
    /// last; the end of a shorter month counts for a day it does not have.
    pub fn due(self, last: Date) -> Date {
        let span = match self.unit {
            Unit::Days => Span::new().days(self.count),
            Unit::Months => Span::new().months(self.count),
        };
        last.checked_add(span).unwrap_or(Date::MAX)
    }

    /// Its number and whether it counts months.
    pub fn parts(self) -> (i32, bool) {
        (self.count, self.unit == Unit::Months)
    }
}

impl TryFrom<String> for Cadence {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("expected a number and days, weeks, months or years, as in \"2 months\"")
    }
}

impl From<Cadence> for String {
    fn from(cadence: Cadence) -> Self {
        let unit = if cadence.unit == Unit::Months { "months" } else { "days" };
        format!("{} {unit}", cadence.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_there_is() {
        let monthly = Cadence::parse("1 month").expect("reads");
        assert_eq!(monthly.due(Date::constant(2022, 1, 31)), Date::constant(2022, 2, 28));
        let quarterly = Cadence::parse("3 months").expect("reads");
        assert_eq!(quarterly.due(Date::constant(2022, 6, 8)), Date::constant(2022, 9, 8));
        assert_eq!(
            Cadence::parse("2 weeks").expect("reads").due(Date::constant(2022, 6, 8)),
            Date::constant(2022, 6, 22)
        );
        assert_eq!((Cadence::parse("0 days"), Cadence::parse("often")), (None, None));
    }
}
