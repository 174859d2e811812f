//! What records hold, in the reader's language.

use kernel::time::Date;
use platform::ui::{Locale, Page};
use registers::read::indicators::Figure;
use registers::read::names::Names;
use registers::rules::definition::{Definition, Field, Kind};
use registers::rules::recurrence::OffDay;
use registers::rules::value::{Value, written_point};
use registers::rules::{Cadence, Decimal, Name};

/// Whether this page is read in English.
pub(crate) fn english(page: &Page) -> bool {
    page.locale() == Locale::En
}

/// A name in the reader's language.
pub(crate) fn name<'n>(page: &Page, name: &'n Name) -> &'n str {
    name.read(english(page))
}

/// A value as people read it.
pub(crate) fn value(page: &Page, field: &Field, value: &Value, names: &Names) -> String {
    let joined = if english(page) { ", " } else { "、" };
    match value {
        Value::Text(text) => text.clone(),
        Value::Sealed(_) => page.t("register-sealed"),
        Value::Number { number, bound } => {
            let suffix = match &field.kind {
                Kind::Number { suffix, .. } => name(page, suffix),
                _ => "",
            };
            let space = if suffix.is_empty() { "" } else { " " };
            format!("{}{}{space}{suffix}", bound.sign(), decimal(page, *number))
        }
        Value::Money { fen, bound } => format!("{}{}", bound.sign(), page.money(fen)),
        Value::Date(date) => page.date(date),
        Value::Choice(codes) => {
            let label = |code: &String| match field.option(code) {
                Some(option) => name(page, &option.name).to_owned(),
                None => code.clone(),
            };
            codes.iter().map(label).collect::<Vec<_>>().join(joined)
        }
        Value::Unit(unit) => names.unit(unit.as_str(), english(page)),
        Value::Area(area) => names.areas.get(area.as_str()).cloned().unwrap_or_else(|| area.to_string()),
        Value::Records(ids) => {
            let title = |id| match names.records.get(id) {
                Some((_, title)) => title.clone(),
                None => String::from("…"),
            };
            ids.iter().map(title).collect::<Vec<_>>().join(joined)
        }
        Value::Point(point) => written_point(*point),
        Value::Files(files) => files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(joined),
        Value::Recurrence(day) => {
            let off_day = match day.off_day {
                OffDay::Stays => "register-recurrence-stays",
                OffDay::After => "register-recurrence-after",
                OffDay::Before => "register-recurrence-before",
            };
            page.t1(off_day, "day", i64::from(day.day))
        }
    }
}

/// A value as it is typed again into the same field: names where a form takes names.
pub(crate) fn typed(field: &Field, value: &Value, names: &Names, english: bool) -> String {
    match value {
        Value::Choice(codes) => codes.join("、"),
        Value::Unit(unit) => names.unit(unit.as_str(), english),
        Value::Area(area) => names.areas.get(area.as_str()).cloned().unwrap_or_else(|| area.to_string()),
        Value::Records(ids) => {
            let title = |id: &uuid::Uuid| match names.records.get(id) {
                Some((_, title)) => title.clone(),
                None => id.to_string(),
            };
            ids.iter().map(title).collect::<Vec<_>>().join("\n")
        }
        other => field.written(other),
    }
}

/// A number in groups of three, with the decimals it has.
pub(crate) fn decimal(page: &Page, number: Decimal) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, part)) => format!("{}.{part}", page.number(number.whole_part())),
        None => page.number(number.whole_part()),
    }
}

/// A figure as people read it.
pub(crate) fn figure(page: &Page, figure: &Figure) -> String {
    let sum = match figure.money {
        true => page.money(figure.total.sum.fen()),
        false => decimal(page, figure.total.sum),
    };
    format!("{}{sum}", figure.total.sign())
}

/// A day as the tables keep it, in the reader's way; empty where there is none.
pub(crate) fn day(page: &Page, day: Option<&str>) -> String {
    day.and_then(|day| day.parse::<Date>().ok()).map(|day| page.date(&day)).unwrap_or_default()
}

/// `每3个月` · `every 3 months`
pub(crate) fn cadence(page: &Page, cadence: Cadence) -> String {
    let (count, months) = cadence.parts();
    page.t1(if months { "register-every-months" } else { "register-every-days" }, "count", i64::from(count))
}

/// The label of a stage or level; its code where the definition has it no more.
pub(crate) fn stage(page: &Page, definition: &Definition, code: Option<&str>) -> String {
    let Some(code) = code else { return String::new() };
    definition.stage(code).map_or_else(|| code.to_owned(), |stage| name(page, &stage.name).to_owned())
}

/// The same of a level.
pub(crate) fn level(page: &Page, definition: &Definition, code: Option<&str>) -> String {
    let Some(code) = code else { return String::new() };
    definition.level(code).map_or_else(|| code.to_owned(), |(_, level)| name(page, &level.name).to_owned())
}
