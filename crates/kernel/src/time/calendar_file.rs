//! Reads a calendar file and says where it is wrong. A wrong day in a calendar is a wrong
//! promise to someone, so nothing doubtful is taken.

use super::calendar::{Contents, MIDNIGHT, Mark, MinuteOfDay, WorkingInterval};
use super::{Date, Zone};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// What is wrong with a calendar file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {field}: {problem}")]
pub struct CalendarError {
    /// The line, from 1.
    pub line: usize,
    /// The field, e.g. `2026.rest`; `file` if the file cannot be read at all.
    pub field: String,
    /// What is wrong there.
    pub problem: CalendarProblem,
}

/// What can be wrong with a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// It is not TOML; the reader's own words follow.
    #[error("not readable as TOML: {0}")]
    Syntax(String),
    /// A field nobody knows, perhaps misspelt.
    #[error("unknown field; known are version, zone, day_ends, working_hours and years")]
    UnknownField,
    /// A year that is not four digits.
    #[error("years have four digits")]
    Year,
    /// Not the shape that belongs there; an example of the right one follows.
    #[error("expected the form {0}")]
    Shape(&'static str),
    /// Not a date.
    #[error("`{0}` is not a date such as 2026-10-01")]
    Date(String),
    /// A date of another year.
    #[error("{0} does not lie in this year")]
    OtherYear(Date),
    /// A range that ends before it begins.
    #[error("{0} comes before {1}, where its range begins")]
    Backwards(Date, Date),
    /// A date listed twice.
    #[error("{0} is listed twice")]
    Twice(Date),
    /// Not a time of day.
    #[error("`{0}` is not a time of day such as 08:30, at most 24:00")]
    Time(String),
    /// Working intervals that are empty, overlap or are out of order.
    #[error("working intervals must not be empty, overlap or be out of order")]
    Intervals,
    /// Not a time zone.
    #[error("`{0}` is not an IANA time zone such as Asia/Shanghai")]
    Zone(String),
    /// No year at all.
    #[error("no year is listed")]
    NoYears,
}

// What belongs in each place, shown as an example because that reads alike in every tongue.
const REST: &str = r#"[["2026-10-01", "2026-10-07", "国庆节"]]"#;
const WORK: &str = r#"["2026-10-10"] / [["2026-10-10", "国庆节"]]"#;
const HOURS: &str = r#"[["08:30", "12:00"], ["14:30", "17:30"]]"#;
const TEXT: &str = r#""…""#;
const YEAR: &str = r#"[2026] rest = […] work = […]"#;

pub(super) fn read(text: &str) -> Result<Contents, CalendarError> {
    let reader = Reader { text };
    let root = DeTable::parse(text).map_err(|error| CalendarError {
        line: reader.line(error.span().unwrap_or(0..0)),
        field: "file".to_owned(),
        problem: CalendarProblem::Syntax(error.message().to_owned()),
    })?;
    let mut contents = Contents {
        version: format!("file-{:016x}", fingerprint(text)),
        zone: Zone::default(),
        day_ends: MIDNIGHT,
        working_hours: vec![
            WorkingInterval { from: 8 * 60 + 30, to: 12 * 60 },
            WorkingInterval { from: 14 * 60 + 30, to: 17 * 60 + 30 },
        ],
        years: BTreeSet::new(),
        marks: BTreeMap::new(),
    };
    for (key, value) in root.get_ref() {
        let field = key.get_ref().as_ref();
        match field {
            "version" => contents.version = reader.text(field, value)?.to_owned(),
            "zone" => contents.zone = reader.zone(field, value)?,
            "day_ends" => contents.day_ends = reader.minute(field, value)?,
            "working_hours" => contents.working_hours = reader.working_hours(field, value)?,
            _ if field.starts_with(|first: char| first.is_ascii_digit()) => {
                let year = reader.year(field, key.span())?;
                reader.notices(year, value, &mut contents.marks)?;
                contents.years.insert(year);
            }
            _ => return Err(reader.wrong(field, key.span(), CalendarProblem::UnknownField)),
        }
    }
    if contents.years.is_empty() {
        return Err(reader.wrong("file", 0..0, CalendarProblem::NoYears));
    }
    Ok(contents)
}

struct Reader<'t> {
    text: &'t str,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    /// The holidays and make-up days of one year.
    fn notices(
        &self,
        year: i16,
        value: &Value<'_>,
        marks: &mut BTreeMap<Date, Mark>,
    ) -> Result<(), CalendarError> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.shape(&year.to_string(), value, YEAR));
        };
        for (key, value) in table {
            let field = format!("{year}.{}", key.get_ref());
            match key.get_ref().as_ref() {
                "rest" => {
                    for entry in self.list(&field, value, REST)? {
                        self.rest(year, &field, entry, marks)?;
                    }
                }
                "work" => {
                    for entry in self.list(&field, value, WORK)? {
                        let (date, name) = self.make_up_day(year, &field, entry)?;
                        self.mark(&field, entry, marks, date, Mark::Work(name))?;
                    }
                }
                _ => return Err(self.wrong(&field, key.span(), CalendarProblem::UnknownField)),
            }
        }
        Ok(())
    }

    fn rest(
        &self,
        year: i16,
        field: &str,
        entry: &Value<'_>,
        marks: &mut BTreeMap<Date, Mark>,
    ) -> Result<(), CalendarError> {
        let [first, last, name] = self.tuple(field, entry, REST)?;
        let name = self.text(field, name)?;
        let first = self.date_in(year, field, first)?;
        let last = self.date_in(year, field, last)?;
        if last < first {
            return Err(self.wrong(field, entry.span(), CalendarProblem::Backwards(last, first)));
        }
        let mut date = first;
        while date <= last {
            self.mark(field, entry, marks, date, Mark::Rest(name.to_owned()))?;
            date = date.tomorrow().expect("a date of four digits has a next one below 10000");
        }
        Ok(())
    }

    fn make_up_day(
        &self,
        year: i16,
        field: &str,
        entry: &Value<'_>,
    ) -> Result<(Date, Option<String>), CalendarError> {
        if entry.get_ref().is_str() {
            return Ok((self.date_in(year, field, entry)?, None));
        }
        let [date, name] = self.tuple(field, entry, WORK)?;
        let name = self.text(field, name)?.to_owned();
        Ok((self.date_in(year, field, date)?, Some(name)))
    }

    fn mark(
        &self,
        field: &str,
        entry: &Value<'_>,
        marks: &mut BTreeMap<Date, Mark>,
        date: Date,
        mark: Mark,
    ) -> Result<(), CalendarError> {
        match marks.insert(date, mark) {
            None => Ok(()),
            Some(_) => Err(self.wrong(field, entry.span(), CalendarProblem::Twice(date))),
        }
    }

    fn working_hours(&self, field: &str, value: &Value<'_>) -> Result<Vec<WorkingInterval>, CalendarError> {
        let mut intervals: Vec<WorkingInterval> = Vec::new();
        for entry in self.list(field, value, HOURS)? {
            let [from, to] = self.tuple(field, entry, HOURS)?;
            let interval = WorkingInterval { from: self.minute(field, from)?, to: self.minute(field, to)? };
            let free = intervals.last().map_or(0, |last| last.to);
            if interval.from < free || interval.to <= interval.from {
                return Err(self.wrong(field, entry.span(), CalendarProblem::Intervals));
            }
            intervals.push(interval);
        }
        if intervals.is_empty() {
            return Err(self.wrong(field, value.span(), CalendarProblem::Intervals));
        }
        Ok(intervals)
    }

    fn year(&self, field: &str, span: Range<usize>) -> Result<i16, CalendarError> {
        match field.parse() {
            Ok(year @ 1000..=9998) => Ok(year),
            _ => Err(self.wrong(field, span, CalendarProblem::Year)),
        }
    }

    fn date_in(&self, year: i16, field: &str, value: &Value<'_>) -> Result<Date, CalendarError> {
        let text = self.text(field, value)?;
        let date: Date = (text.len() == "2026-10-01".len())
            .then(|| text.parse().ok())
            .flatten()
            .ok_or_else(|| self.wrong(field, value.span(), CalendarProblem::Date(text.into())))?;
        if date.year() == year {
            Ok(date)
        } else {
            Err(self.wrong(field, value.span(), CalendarProblem::OtherYear(date)))
        }
    }

    fn zone(&self, field: &str, value: &Value<'_>) -> Result<Zone, CalendarError> {
        Zone::named(self.text(field, value)?)
            .map_err(|error| self.wrong(field, value.span(), CalendarProblem::Zone(error.0)))
    }

    fn minute(&self, field: &str, value: &Value<'_>) -> Result<MinuteOfDay, CalendarError> {
        let text = self.text(field, value)?;
        minute_of_day(text).ok_or_else(|| self.wrong(field, value.span(), CalendarProblem::Time(text.into())))
    }

    fn tuple<'v, 't, const N: usize>(
        &self,
        field: &str,
        entry: &'v Value<'t>,
        expected: &'static str,
    ) -> Result<[&'v Value<'t>; N], CalendarError> {
        let items: Vec<&Value<'t>> = self.list(field, entry, expected)?.iter().collect();
        items.try_into().map_err(|_| self.shape(field, entry, expected))
    }

    fn list<'v, 't>(
        &self,
        field: &str,
        value: &'v Value<'t>,
        expected: &'static str,
    ) -> Result<&'v DeArray<'t>, CalendarError> {
        value.get_ref().as_array().ok_or_else(|| self.shape(field, value, expected))
    }

    fn text<'v>(&self, field: &str, value: &'v Value<'_>) -> Result<&'v str, CalendarError> {
        match value.get_ref().as_str() {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.shape(field, value, TEXT)),
        }
    }

    fn shape(&self, field: &str, value: &Value<'_>, expected: &'static str) -> CalendarError {
        self.wrong(field, value.span(), CalendarProblem::Shape(expected))
    }

    fn wrong(&self, field: &str, span: Range<usize>, problem: CalendarProblem) -> CalendarError {
        CalendarError { line: self.line(span), field: field.to_owned(), problem }
    }

    fn line(&self, span: Range<usize>) -> usize {
        let before = self.text.as_bytes().iter().take(span.start);
        1 + before.filter(|byte| **byte == b'\n').count()
    }
}

/// Reads `08:30` … `24:00`.
fn minute_of_day(text: &str) -> Option<MinuteOfDay> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| -> Option<u16> {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= MIDNIGHT).then_some(minutes)
}

/// FNV-1a over the text: the same file gives the same version on every machine.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
