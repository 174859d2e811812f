//! What calls and visits are scored by, and the shifts they fall into 通话质检评分表.

use super::{Document, Name, cached, version_in_force};
use kernel::Refusal;
use kernel::reading::Reading;
use kernel::time::Date;
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The document as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/call-quality.toml");

/// What all items in use add up to.
pub const FULL: u32 = 100;

/// One version of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallQuality {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// The items, retired ones among them.
    pub items: Vec<CallItem>,
    /// The shifts, by when they begin.
    pub shifts: Vec<CallShift>,
}

/// What is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItem {
    /// What scores name it by.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// What is looked at; may be empty.
    pub help: Name,
    /// The most points.
    pub points: u32,
    /// No longer in use.
    pub retired: bool,
}

/// A part of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallShift {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// The minute of the local day at which it begins.
    pub from: u16,
}

/// The document in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<CallQuality>, Failure> {
    static PARSED: super::Parsed<CallQuality> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<CallQuality>> =
        LazyLock::new(|| Arc::new(CallQuality::parse(DEFAULT).expect("a test reads the delivered document")));
    match version_in_force(query, app, Document::CallQuality, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            CallQuality::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl CallQuality {
    /// Reads the document.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.item.iter().map(|line| &line.code), "item.code");
        reading.codes(file.shift.iter().map(|line| &line.code), "shift.code");
        let mut items = Vec::with_capacity(file.item.len());
        for line in file.item {
            if line.zh.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "item.zh");
            }
            let points = line.points.get_ref().trim().parse().ok().filter(|n| (1..=FULL).contains(n));
            if points.is_none() {
                reading.wrong("threshold-no-number", &line.points, "item.points");
            }
            items.push(CallItem {
                code: line.code.into_inner(),
                name: Name { zh: line.zh, en: line.en },
                help: Name { zh: line.help_zh, en: line.help_en },
                points: points.unwrap_or(0),
                retired: line.retired,
            });
        }
        let mut shifts = Vec::with_capacity(file.shift.len());
        for line in file.shift {
            match minute(line.from.get_ref()) {
                Some(from) => shifts.push(CallShift {
                    code: line.code.into_inner(),
                    name: Name { zh: line.zh, en: line.en },
                    from,
                }),
                None => _ = reading.wrong("call-shift-no-time", &line.from, "shift.from"),
            }
        }
        shifts.sort_by_key(|shift| shift.from);
        let read = Self { version: file.version, effective_from: file.effective_from, items, shifts };
        let sum: u32 = read.in_use().map(|item| item.points).sum();
        if sum != FULL {
            let refusal = reading.wrong("call-points-sum", &Spanned::new(0..0, ()), "item.points");
            refusal.args.insert("sum", sum.to_string());
            refusal.args.insert("full", FULL.to_string());
        }
        reading.finish(read)
    }

    /// The items that are scored now.
    pub fn in_use(&self) -> impl Iterator<Item = &CallItem> {
        self.items.iter().filter(|item| !item.retired)
    }

    /// The item of that code, retired or not.
    pub fn item(&self, code: &str) -> Option<&CallItem> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The shift that a minute of the local day falls into; none where there are no shifts.
    pub fn shift_at(&self, minute: u16) -> Option<&CallShift> {
        // Before the first begins, last night's still runs.
        self.shifts.iter().rev().find(|shift| shift.from <= minute).or(self.shifts.last())
    }

    /// The codes of items that an earlier version had and this one does not.
    pub fn removed_since<'a>(&self, before: &'a Self) -> Vec<&'a str> {
        before.items.iter().map(|item| item.code.as_str()).filter(|code| self.item(code).is_none()).collect()
    }
}

/// `08:30` as a minute of the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    item: Vec<Item>,
    #[serde(default)]
    shift: Vec<Shift>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    points: Spanned<String>,
    #[serde(default)]
    help_zh: String,
    #[serde(default)]
    help_en: String,
    #[serde(default)]
    retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    from: Spanned<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_items_make_a_hundred_and_every_minute_has_a_shift() {
        let delivered = CallQuality::parse(DEFAULT).expect("delivered");
        let shift = |minute| delivered.shift_at(minute).map(|shift| shift.code.as_str());
        assert_eq!(shift(8 * 60), Some("day"));
        assert_eq!((shift(17 * 60 + 29), shift(17 * 60 + 30)), (Some("day"), Some("evening")));
        assert_eq!((shift(23 * 60), shift(3 * 60)), (Some("night"), Some("night")), "over midnight");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code = |from: &str, to: &str| {
            CallQuality::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code
        };
        assert_eq!(code("points = \"30\"", "points = \"31\""), "call-points-sum");
        assert_eq!(code("points = \"30\"", "points = \"none\""), "threshold-no-number");
        assert_eq!(code("from = \"22:00\"", "from = \"24:00\""), "call-shift-no-time");
        assert_eq!(code("zh = \"态度与用语\"", "zh = \"\""), "document-name-missing");
    }
}
