//! Dates, numbers and money as each language writes them.

use super::i18n::Locale;
use kernel::time::{Date, DateTime};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// `2026年11月23日` · `23 Nov 2026`
pub fn date(locale: Locale, date: Date) -> String {
    match locale {
        Locale::ZhCn => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Locale::En => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

/// `11月23日` · `23 Nov`: where the year is plain from what stands around.
pub fn short_date(locale: Locale, date: Date) -> String {
    match locale {
        Locale::ZhCn => format!("{}月{}日", date.month(), date.day()),
        Locale::En => format!("{} {}", date.day(), month(date)),
    }
}

/// `2026年11月` · `Nov 2026`
pub fn year_month(locale: Locale, date: Date) -> String {
    match locale {
        Locale::ZhCn => format!("{}年{}月", date.year(), date.month()),
        Locale::En => format!("{} {}", month(date), date.year()),
    }
}

/// `2026年11月23日 09:12` · `23 Nov 2026, 09:12`
pub fn datetime(locale: Locale, at: DateTime) -> String {
    let day = date(locale, at.date());
    let comma = if locale == Locale::En { "," } else { "" };
    format!("{day}{comma} {:02}:{:02}", at.hour(), at.minute())
}

/// `星期一` · `Monday`
pub fn weekday(locale: Locale, date: Date) -> String {
    let index = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    match locale {
        Locale::ZhCn => format!("星期{}", WEEKDAYS_ZH[index]),
        Locale::En => WEEKDAYS[index].to_owned(),
    }
}

/// A whole number in groups of three: `12,345`.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        grouped.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `n` of `of` in percent with one decimal, rounded half up: `96.8%`; a dash when there is
/// nothing to divide by.
pub fn percent(n: u64, of: u64) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    let (n, of) = (u128::from(n), u128::from(of));
    let tenths = (n * 2000 + of) / (of * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Money from whole fen: `350.5 元`, from ten thousand yuan on `12.5 万元`, from a hundred
/// million on `44.09 亿元` · `¥350.5`, from a million on `¥4,409 million`.
pub fn money(locale: Locale, fen: i64) -> String {
    let sign = if fen < 0 { "−" } else { "" };
    let fen = fen.unsigned_abs();
    match locale {
        Locale::ZhCn => {
            let (unit, name) = match fen {
                0..1_000_000 => (100, "元"),
                1_000_000..10_000_000_000 => (1_000_000, "万元"),
                _ => (10_000_000_000, "亿元"),
            };
            format!("{sign}{} {name}", two_decimals(fen, unit))
        }
        Locale::En if fen < 100_000_000 => {
            format!("{sign}¥{}", two_decimals(fen, 100))
        }
        Locale::En => format!("{sign}¥{} million", two_decimals(fen, 100_000_000)),
    }
}

/// A quotient with at most two decimals, half up, without idle zeros.
fn two_decimals(value: u64, unit: u64) -> String {
    let hundredths = (u128::from(value) * 200 + u128::from(unit)) / (u128::from(unit) * 2);
    let whole = number(i64::try_from(hundredths / 100).unwrap_or(i64::MAX));
    match hundredths % 100 {
        0 => whole,
        part if part % 10 == 0 => format!("{whole}.{}", part / 10),
        part => format!("{whole}.{part:02}"),
    }
}

fn month(date: Date) -> &'static str {
    MONTHS[usize::try_from(date.month() - 1).unwrap_or_default()]
}

/// A file's size: `1.4 MB`.
pub fn file_size(bytes: usize) -> String {
    const MB: usize = 1024 * 1024;
    if bytes >= MB {
        let tenths = (bytes * 10 + MB / 2) / MB;
        if tenths.is_multiple_of(10) {
            format!("{} MB", tenths / 10)
        } else {
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::{En, ZhCn};
    use super::*;

    fn day() -> Date {
        Date::constant(2026, 11, 23)
    }

    #[test]
    fn days_are_written_as_each_language_does() {
        assert_eq!(date(ZhCn, day()), "2026年11月23日");
        assert_eq!(date(En, day()), "23 Nov 2026");
        assert_eq!(short_date(ZhCn, day()), "11月23日");
        assert_eq!(weekday(ZhCn, day()), "星期一");
        assert_eq!(weekday(En, Date::constant(2026, 11, 29)), "Sunday");
        let at = day().at(9, 5, 0, 0);
        assert_eq!(datetime(ZhCn, at), "2026年11月23日 09:05");
        assert_eq!(datetime(En, at), "23 Nov 2026, 09:05");
    }

    #[test]
    fn numbers_are_grouped_and_percents_rounded_half_up() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(-999), "−999");
        assert_eq!(percent(335, 346), "96.8%");
        assert_eq!(percent(1, 2000), "0.1%");
        assert_eq!(percent(0, 0), "—");
    }

    #[test]
    fn money_takes_the_unit_people_use() {
        assert_eq!(money(ZhCn, 35_050), "350.5 元");
        assert_eq!(money(ZhCn, 12_500_000), "12.5 万元");
        assert_eq!(money(ZhCn, 440_900_000_000), "44.09 亿元");
        assert_eq!(money(En, 440_900_000_000), "¥4,409 million");
        assert_eq!(money(En, -125_000), "−¥1,250");
    }
}
