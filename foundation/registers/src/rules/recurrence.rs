//! Days that come again: "the 8th of each month", and what becomes of one that is a day off.

use kernel::time::{Calendar, Date};
use serde::{Deserialize, Serialize};

/// What happens when the day is no working day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffDay {
    /// It is held all the same.
    #[default]
    Stays,
    /// 顺延: on the next working day.
    After,
    /// 提前: on the working day before.
    Before,
}

/// A monthly activity day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// Day of the month, 1 to 31; the last day where a month is shorter.
    pub day: i8,
    /// What a day off does to it.
    #[serde(default)]
    pub off_day: OffDay,
}

impl Recurrence {
    /// Reads `每月8日`, `每月8日 顺延`, `monthly 8`, `monthly 8 before`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = kernel::text::fold_for_search(text);
        let rest = text.strip_prefix("每月").or_else(|| text.strip_prefix("monthly"))?.trim();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let day: i8 = digits.parse().ok()?;
        let rest = rest[digits.len()..].trim_start_matches(['日', '号']).trim();
        let off_day = match rest {
            "" => OffDay::Stays,
            "顺延" | "遇休息日顺延" | "after" => OffDay::After,
            "提前" | "遇休息日提前" | "before" => OffDay::Before,
            _ => return None,
        };
        (1..=31).contains(&day).then_some(Self { day, off_day })
    }

    /// As it is typed.
    pub fn written(&self) -> String {
        let off_day = match self.off_day {
            OffDay::Stays => "",
            OffDay::After => " 顺延",
            OffDay::Before => " 提前",
        };
        format!("每月{}日{off_day}", self.day)
    }

    /// The day of the month that `in_month` lies in.
    pub fn in_month(&self, in_month: Date, calendar: &Calendar) -> Date {
        let last = in_month.last_of_month();
        let day = if self.day <= last.day() { self.day } else { last.day() };
        let planned = in_month.with().day(day).build().unwrap_or(last);
        match self.off_day {
            _ if calendar.is_working_day(planned) => planned,
            OffDay::Stays => planned,
            OffDay::After => calendar.next_working_day(planned),
            OffDay::Before => calendar.previous_working_day(planned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eighth_of_each_month_stays_or_moves() {
        let stays = Recurrence::parse("每月8日").expect("reads");
        let moved = Recurrence::parse("monthly 8 after").expect("reads");
        let before = Recurrence::parse("每月8号 提前").expect("reads");
        let calendar = Calendar::china();
        // 8 October 2022 is a Saturday on which people work; 8 May 2022 a Sunday off.
        let (october, may) = (Date::constant(2022, 10, 1), Date::constant(2022, 5, 31));
        assert_eq!(moved.in_month(october, &calendar), Date::constant(2022, 10, 8));
        assert_eq!(stays.in_month(may, &calendar), Date::constant(2022, 5, 8));
        assert_eq!(moved.in_month(may, &calendar), Date::constant(2022, 5, 9));
        assert_eq!(before.in_month(may, &calendar), Date::constant(2022, 5, 7));
        assert_eq!(Recurrence::parse(&moved.written()), Some(moved));
        assert_eq!((Recurrence::parse("每周一"), Recurrence::parse("monthly 32")), (None, None));
    }

    #[test]
    fn a_short_month_ends_sooner() {
        let last = Recurrence { day: 31, off_day: OffDay::Stays };
        assert_eq!(
            last.in_month(Date::constant(2022, 2, 1), &Calendar::china()),
            Date::constant(2022, 2, 28)
        );
    }
}
