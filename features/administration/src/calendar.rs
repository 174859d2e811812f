//! The working calendar: a year at a glance with holidays and make-up days, and the form
//! that takes in a year's notice.

use crate::document;
use crate::names::Names;
use crate::source::with_problems;
use crate::working::Working;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::time::{Calendar, Date, DayKind, DayReason};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;
use toml::{Table, Value};

const CODE: &str = "calendar";

#[derive(Deserialize)]
pub(crate) struct Asked {
    year: Option<i16>,
}

#[derive(Template)]
#[template(path = "administration/calendar.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    year: i16,
    /// Without a notice yet: Monday to Friday by assumption.
    provisional: bool,
    months: Vec<Month>,
    /// Holidays and make-up days in words.
    notices: Vec<(String, String)>,
    working_days: usize,
}

/// A month as weeks of seven cells, the days outside it empty.
struct Month {
    name: String,
    weeks: Vec<Vec<Option<Cell>>>,
}

/// A day.
struct Cell {
    day: i8,
    /// `work`, `rest`, `holiday` or `makeup`.
    kind: &'static str,
    /// What a screen reader and the tooltip say beside the day.
    why: String,
}

#[derive(Template)]
#[template(path = "administration/year.html")]
struct Edited {
    page: Page,
    working: Working,
    year: i16,
    form: Form,
}

/// The year at a glance: of the draft where there is one that reads.
pub(crate) async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let text = if Calendar::parse(&working.text).is_ok() { &working.text } else { &working.last };
    let calendar = Calendar::parse(text).map_err(|error| Failure::Internal(error.to_string()))?;
    let year = asked.year.unwrap_or(working.today.year()).clamp(1990, 2100);
    let page = staff.desk_page("config-title", "nav-configuration").titled(working.document.key());
    let names = document::names(&staff, &page, &working).await?;
    let days = days(year);
    let working_days = days.iter().filter(|date| calendar.is_working_day(**date)).count();
    let months = (1..=12).map(|month| Month::of(&page, &calendar, &days, month)).collect();
    let notices = notices(&page, text, year);
    let provisional = calendar.is_fallback(year);
    reply::page(&Shown { page, names, working, year, provisional, months, notices, working_days }, None)
}

/// The form for a year's notice.
pub(crate) async fn edit(staff: Staff, Path(year): Path<i16>) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let (rest, work) = lines(&working.text, year);
    let form = Form::new().with("head", working.head).with("rest", rest).with("work", work);
    edited(&staff, working, year, form)
}

/// Keeps the year in the draft.
pub(crate) async fn save(staff: Staff, Path(year): Path<i16>, fields: Fields) -> Result<Response, Failure> {
    let working = Working::open(&staff, CODE).await?;
    let mut form = reply::form(fields);
    let read = |field: &str, dates: usize, form: &mut Form| {
        let read = read(form.value(field), dates);
        if let Err(line) = &read {
            form.refuse(FieldError::new(field, "config-day-line").with("line", *line));
        }
        read.unwrap_or_default()
    };
    let (rest, work) = (read("rest", 2, &mut form), read("work", 1, &mut form));
    if form.has_errors() {
        return edited(&staff, working, year, form);
    }
    let text = with_year(&working.text, year, &rest, &work);
    let problems = working.document.check(&text).err().unwrap_or_default();
    if !problems.is_empty() {
        return edited(&staff, working, year, with_problems(form, &problems));
    }
    let to = format!("{}?year={year}", working.href());
    match working.keep(&staff, form, text, &to).await? {
        Ok(response) => Ok(response),
        Err(form) => edited(&staff, working, year, form),
    }
}

fn edited(staff: &Staff, working: Working, year: i16, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("config-title", "nav-configuration").in_error(form.has_errors());
    let page = page.titled_text(staff.page("config-title").t1("config-year-title", "year", i32::from(year)));
    let shown = Edited { page, working, year, form };
    reply::page(&shown, Some(&shown.form))
}

impl Edited {
    fn back(&self) -> String {
        format!("{}?year={}", self.working.href(), self.year)
    }
}

fn days(year: i16) -> Vec<Date> {
    let first = Date::new(year, 1, 1).ok();
    std::iter::successors(first, |day| day.tomorrow().ok()).take_while(|day| day.year() == year).collect()
}

impl Month {
    fn of(page: &Page, calendar: &Calendar, days: &[Date], month: i8) -> Self {
        let mut cells: Vec<Option<Cell>> = Vec::new();
        for date in days.iter().filter(|date| date.month() == month) {
            if cells.is_empty() {
                let before = date.weekday().to_monday_zero_offset();
                cells.extend((0..before).map(|_| None));
            }
            cells.push(Some(Cell::of(page, calendar, *date)));
        }
        while !cells.len().is_multiple_of(7) {
            cells.push(None);
        }
        let mut weeks = Vec::new();
        let mut cells = cells.into_iter().peekable();
        while cells.peek().is_some() {
            weeks.push(cells.by_ref().take(7).collect());
        }
        Self { name: page.t(&format!("config-month-{month}")), weeks }
    }
}

impl Cell {
    fn of(page: &Page, calendar: &Calendar, date: Date) -> Self {
        let day = calendar.day(date);
        let (kind, why) = match (&day.reason, day.kind) {
            (DayReason::Holiday(name), _) => ("holiday", page.t1("config-day-holiday", "name", name)),
            (DayReason::MakeUpDay(name), _) => {
                ("makeup", page.t1("config-day-makeup", "name", name.clone().unwrap_or_default()))
            }
            (_, DayKind::Rest) => ("rest", String::new()),
            (_, DayKind::Work) => ("work", String::new()),
        };
        Self { day: date.day(), kind, why }
    }
}

/// The year's holidays and make-up days, each a line of dates and a name.
fn lines(text: &str, year: i16) -> (String, String) {
    let of = |key: &str| {
        let rows = rows(text, year, key);
        rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n")
    };
    (of("rest"), of("work"))
}

fn notices(page: &Page, text: &str, year: i16) -> Vec<(String, String)> {
    let date = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |date| page.short_date(&date));
    let rest = rows(text, year, "rest").into_iter().map(|row| {
        let name = row.get(2).cloned().unwrap_or_default();
        let (from, to) = (date(&row[0]), row.get(1).map(|to| date(to)).unwrap_or_default());
        (name, if from == to { from } else { format!("{from} – {to}") })
    });
    let work = rows(text, year, "work").into_iter().map(|row| {
        let name = row.get(1).cloned().unwrap_or_default();
        (page.t1("config-day-makeup", "name", name), date(&row[0]))
    });
    rest.chain(work).collect()
}

fn rows(text: &str, year: i16, key: &str) -> Vec<Vec<String>> {
    let Ok(root) = text.parse::<Table>() else { return Vec::new() };
    let list = root.get(&year.to_string()).and_then(|of| of.get(key)).and_then(Value::as_array);
    let row = |row: &Value| match row {
        Value::String(date) => vec![date.clone()],
        Value::Array(parts) => parts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    list.into_iter().flatten().map(row).filter(|row| !row.is_empty()).collect()
}

/// Lines of that many dates and a name; the number of the first that is not one.
fn read(text: &str, dates: usize) -> Result<Vec<Vec<String>>, usize> {
    let typed = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    typed
        .map(|(at, line)| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let given = words.iter().take_while(|word| word.parse::<Date>().is_ok()).count();
            let mut row = words[..given.min(dates)].to_vec();
            if row.is_empty() || given > dates {
                return Err(at + 1);
            }
            // A holiday of one day may be written once.
            while row.len() < dates {
                row.push(row[0].clone());
            }
            row.push(words[given..].join(" "));
            Ok(row)
        })
        .collect()
}

/// The file with one year's block written anew; the rest stays as it was.
fn with_year(text: &str, year: i16, rest: &[Vec<String>], work: &[Vec<String>]) -> String {
    let heading = |line: &str| {
        let name = line.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
        name.parse::<i16>().ok()
    };
    let block = |key: &str, rows: &[Vec<String>]| {
        let row = |row: &Vec<String>| {
            let parts: Vec<_> = row.iter().map(|part| Value::String(part.clone()).to_string()).collect();
            format!("  [{}],\n", parts.join(", "))
        };
        format!("{key} = [\n{}]\n", rows.iter().map(row).collect::<String>())
    };
    let new = format!("[{year}]\n{}{}", block("rest", rest), block("work", work));
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| heading(line) == Some(year));
    let later = lines.iter().position(|line| heading(line).is_some_and(|other| other > year));
    let (before, after) = match start {
        Some(start) => {
            let next = lines[start + 1..]
                .iter()
                .position(|line| line.trim_start().starts_with('[') && heading(line).is_some());
            (&lines[..start], next.map_or(&[][..], |next| &lines[start + 1 + next..]))
        }
        None => later.map_or((&lines[..], &[][..]), |later| lines.split_at(later)),
    };
    let mut out = before.join("\n").trim_end().to_owned();
    out.push_str("\n\n");
    out.push_str(&new);
    if !after.is_empty() {
        out.push('\n');
        out.push_str(&after.join("\n"));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_taken_in_and_the_others_stay() {
        let text = Calendar::CHINA_TOML;
        let rest = read("2027-01-01 2027-01-03 元旦\n2027-05-01 劳动节\n", 2).expect("lines");
        let work = read("2027-05-08 劳动节", 1).expect("lines");
        let after = with_year(text, 2027, &rest, &work);
        let calendar = Calendar::parse(&after).expect("reads");
        let day = |date: &str| calendar.is_working_day(date.parse().expect("a date"));
        assert!(!day("2027-01-01") && !day("2027-05-01") && day("2027-05-08") && !calendar.is_fallback(2027));
        assert_eq!(rows(&after, 2026, "rest"), rows(text, 2026, "rest"));
        assert!(after.starts_with("# China's public holidays"), "comments stay");
    }

    #[test]
    fn a_year_that_is_there_is_written_anew_in_its_place() {
        let text = Calendar::CHINA_TOML;
        for year in [2004, 2022, 2026] {
            let again = with_year(text, year, &rows(text, year, "rest"), &rows(text, year, "work"));
            let (before, after) =
                (Calendar::parse(text).expect("reads"), Calendar::parse(&again).expect("reads"));
            for date in days(year).into_iter().chain(days(year + 1)) {
                assert_eq!(before.day(date), after.day(date), "{date}");
            }
        }
    }

    #[test]
    fn a_line_that_is_no_day_is_named() {
        assert_eq!(read("2027-01-01 元旦\n\n春节", 2), Err(3));
        assert_eq!(read("2027-01-01 2027-01-02 元旦", 1), Err(1));
    }
}
