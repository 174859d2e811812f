//! The question as it stands in an address: dates and a unit, forgiving what is empty.

use kernel::time::Date;
use kernel::{Refusal, UnitId};
use matters::figures::Asked;
use platform::ui::Form;
use serde::Deserialize;

/// The fields of the question form.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub as_of: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub cell: String,
}

impl Fields {
    /// The question, and the form to show again; a date that does not read is left out of
    /// the question and named on the form.
    pub fn read(&self) -> (Asked, Form) {
        let mut form =
            Form::new().with("from", &self.from).with("as_of", &self.as_of).with("unit", &self.unit);
        let from = date("from", &self.from, &mut form);
        let as_of = date("as_of", &self.as_of, &mut form);
        if from.zip(as_of).is_some_and(|(from, as_of)| from > as_of) {
            form.refuse(&Refusal::field("from", "period-reversed"));
            return (Asked { from: None, as_of, unit: self.unit() }, form);
        }
        (Asked { from, as_of, unit: self.unit() }, form)
    }

    fn unit(&self) -> Option<UnitId> {
        let unit = self.unit.trim();
        (!unit.is_empty()).then(|| UnitId::from(unit))
    }
}

/// The address of the rows behind a cell, for the same question.
pub(super) fn rows_href(asked: &Asked, cell: &str) -> String {
    let mut href = format!("/statistics/rows?cell={cell}");
    for (name, value) in pairs(asked) {
        href.push_str(&format!("&{name}={value}"));
    }
    href
}

/// The address of the figures for the same question.
pub(super) fn figures_href(asked: &Asked) -> String {
    let pairs: Vec<String> =
        pairs(asked).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { "/statistics".to_owned() } else { format!("/statistics?{}", pairs.join("&")) }
}

fn pairs(asked: &Asked) -> Vec<(&'static str, String)> {
    let dates = [("from", asked.from), ("as_of", asked.as_of)];
    let dates = dates.into_iter().filter_map(|(name, date)| Some((name, date?.to_string())));
    // Units' codes are letters, digits, dashes: nothing to escape, and what is none is cut.
    let unit = asked.unit.as_ref().map(|unit| {
        let code =
            unit.as_str().chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        ("unit", code.collect())
    });
    dates.chain(unit).collect()
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
