//! Of which days a report is.

use kernel::codes;
use kernel::time::Date;
use std::time::Duration;

codes! {
    /// How long the period of a report is.
    Kind, "report-kind" {
        /// 日报
        Daily = "daily",
        /// 周报
        Weekly = "weekly",
        /// 月报
        Monthly = "monthly",
    }
}

impl Kind {
    /// First and last day of the period that holds a day; weeks begin on Monday.
    pub fn around(self, day: Date) -> (Date, Date) {
        match self {
            Self::Daily => (day, day),
            Self::Weekly => {
                let since = u64::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
                let monday = back(day, since);
                (monday, on(monday, 6))
            }
            Self::Monthly => (day.first_of_month(), day.last_of_month()),
        }
    }

    /// The last period that is over on a day: of which the day before is the last or later.
    pub fn last_before(self, today: Date) -> (Date, Date) {
        let (from, until) = self.around(today);
        if until < today { (from, until) } else { self.around(back(from, 1)) }
    }

    /// The template as delivered.
    pub fn delivered(self) -> &'static str {
        match self {
            Self::Daily => include_str!("../../defaults/daily.txt"),
            Self::Weekly => include_str!("../../defaults/weekly.txt"),
            Self::Monthly => include_str!("../../defaults/monthly.txt"),
        }
    }
}

fn back(day: Date, days: u64) -> Date {
    day.checked_sub(Duration::from_secs(days * 86_400)).unwrap_or(day)
}

fn on(day: Date, days: u64) -> Date {
    day.checked_add(Duration::from_secs(days * 86_400)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn periods_hold_their_days() {
        let friday = day("2026-11-27");
        assert_eq!(Kind::Daily.around(friday), (friday, friday));
        assert_eq!(Kind::Weekly.around(friday), (day("2026-11-23"), day("2026-11-29")));
        assert_eq!(Kind::Monthly.around(friday), (day("2026-11-01"), day("2026-11-30")));
        assert_eq!(Kind::Daily.last_before(friday).0, day("2026-11-26"));
        assert_eq!(Kind::Weekly.last_before(friday), (day("2026-11-16"), day("2026-11-22")));
        assert_eq!(Kind::Monthly.last_before(day("2026-03-01")), (day("2026-02-01"), day("2026-02-28")));
    }
}
