//! The question as it stands in an address: dates, a unit, a row, how to show it; forgiving
//! what is empty.

use crate::columns::{self, Column, View};
use crate::lines::NONE;
use kernel::time::Date;
use kernel::{Level, Refusal, UnitId};
use matters::figures::Asked;
use matters_rules::figures::By;
use platform::ui::Form;
use serde::Deserialize;

/// The fields of the question form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    pub from: String,
    pub as_of: String,
    pub unit: String,
    /// The cell whose rows are wanted.
    pub cell: String,
    /// Rows of a breakdown: by what, …
    pub by: String,
    /// … of which line, [`NONE`] for what has none, …
    pub key: String,
    /// … with what stands below it.
    pub below: String,
    pub view: String,
    pub figure: String,
    pub level: String,
    /// `own`: without what stands below.
    pub of: String,
    pub sort: String,
    pub dir: String,
    /// Which branch of a long tree is unfolded; `all`: every one.
    pub open: String,
}

impl Fields {
    /// The question, and the form to show again; a date that does not read is left out of
    /// the question and named on the form.
    pub fn read(&self) -> (Asked, Form) {
        let mut form = Form::new()
            .with("from", &self.from)
            .with("as_of", &self.as_of)
            .with("unit", &self.unit)
            .with("level", &self.level)
            .with("of", &self.of)
            .with("figure", &self.figure);
        let from = date("from", &self.from, &mut form);
        let as_of = date("as_of", &self.as_of, &mut form);
        if from.zip(as_of).is_some_and(|(from, as_of)| from > as_of) {
            form.refuse(&Refusal::field("from", "period-reversed"));
            return (Asked { from: None, as_of, unit: self.unit() }, form);
        }
        (Asked { from, as_of, unit: self.unit() }, form)
    }

    /// By what; none where the address says nothing that is known.
    pub fn by(&self) -> Option<By> {
        By::parse(&self.by)
    }

    /// The view asked for, or the first.
    pub fn view(&self, by: By, period: bool) -> View {
        let views = View::of(by, period);
        views.iter().copied().find(|view| view.code() == self.view).unwrap_or(views[0])
    }

    /// The figure that is drawn: any column of the breakdown.
    pub fn figure(&self, by: By, view: View, period: bool) -> Column {
        let named = columns::all(by, period).into_iter().find(|column| column.code() == self.figure);
        named.unwrap_or_else(|| view.columns(by)[0])
    }

    /// Level of the units or areas wanted.
    pub fn level(&self) -> Option<Level> {
        Level::parse(&self.level)
    }

    /// Whether rows are wanted without what stands below them.
    pub fn own_only(&self) -> bool {
        self.of == "own"
    }

    /// How tables are shown, to be kept in links.
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        [
            ("view", &self.view),
            ("figure", &self.figure),
            ("level", &self.level),
            ("of", &self.of),
            ("sort", &self.sort),
            ("dir", &self.dir),
            ("open", &self.open),
        ]
        .map(|(name, value)| (name, value.clone()))
        .into()
    }

    fn unit(&self) -> Option<UnitId> {
        let unit = self.unit.trim();
        (!unit.is_empty()).then(|| UnitId::from(unit))
    }
}

/// A row of a breakdown in an address.
pub(super) struct RowLink<'a> {
    pub by: By,
    pub key: &'a str,
    pub below: bool,
}

/// The address of the rows behind a cell, for the same question.
pub(super) fn rows_href(asked: &Asked, cell: &str, row: Option<&RowLink<'_>>) -> String {
    address("/statistics/rows", row_pairs(cell, row).into_iter().chain(pairs(asked)))
}

/// The same as a workbook.
pub(super) fn rows_export_href(asked: &Asked, cell: &str, row: Option<&RowLink<'_>>) -> String {
    address("/statistics/rows.xlsx", row_pairs(cell, row).into_iter().chain(pairs(asked)))
}

/// The address of the figures for the same question.
pub(super) fn figures_href(asked: &Asked) -> String {
    address("/statistics", pairs(asked))
}

/// The address of a breakdown for the same question.
pub(super) fn by_href(asked: &Asked, by: By, shown: Vec<(&'static str, String)>) -> String {
    address(&format!("/statistics/by/{}", by.code()), pairs(asked).into_iter().chain(shown))
}

/// The address of a workbook for the same question.
pub(super) fn export_href(asked: &Asked, by: Option<By>) -> String {
    match by {
        Some(by) => address(&format!("/statistics/by/{}/table.xlsx", by.code()), pairs(asked)),
        None => address("/statistics.xlsx", pairs(asked)),
    }
}

fn row_pairs(cell: &str, row: Option<&RowLink<'_>>) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("cell", cell.to_owned())];
    if let Some(row) = row {
        let key = if row.key.is_empty() { NONE } else { row.key };
        pairs.extend([("by", row.by.code().to_owned()), ("key", key.to_owned())]);
        pairs.extend(row.below.then(|| ("below", "1".to_owned())));
    }
    pairs
}

fn pairs(asked: &Asked) -> Vec<(&'static str, String)> {
    let dates = [("from", asked.from), ("as_of", asked.as_of)];
    let dates = dates.into_iter().filter_map(|(name, date)| Some((name, date?.to_string())));
    dates.chain(asked.unit.as_ref().map(|unit| ("unit", unit.as_str().to_owned()))).collect()
}

/// Codes are letters, digits, dashes: nothing to escape, and what is none is cut.
fn address(path: &str, pairs: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let pairs: Vec<String> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", value.chars().filter(plain).collect::<String>()))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

fn date(field: &'static str, typed: &str, form: &mut Form) -> Option<Date> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let read = typed.parse().ok();
    if read.is_none() {
        form.refuse(&Refusal::field(field, "date-malformed"));
    }
    read
}
