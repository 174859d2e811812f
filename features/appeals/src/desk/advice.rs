//! A suggested routing in words: whom, why, who else, and what is left to the dispatcher.

use crate::verbs::Advised;
use kernel::UnitId;
use matters::advice::{Reason, Suggested, Suggestion};
use network::UnitRow;
use platform::ui::{Arg, Locale, Page};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;

/// A suggestion, ready to print and to fill a form with.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// The lead, then who works with it.
    pub units: Vec<Line>,
    /// Who else could lead.
    pub alternatives: Vec<Line>,
    /// What is left to the dispatcher, one sentence each.
    pub open: Vec<String>,
}

/// A suggested unit.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Key of its role.
    pub role: &'static str,
    /// Why, one sentence each.
    pub reasons: Vec<String>,
    /// Where it is reached while no office works.
    pub phone: Option<String>,
    advised: Advised,
}

/// A suggestion with the units it names, not yet in anyone's language.
#[derive(Clone, Debug, Default)]
pub struct Found {
    suggestion: Suggestion,
    units: Vec<UnitRow>,
    phones: BTreeMap<UnitId, String>,
}

/// Looks up the units that a suggestion names, and out of hours their telephones.
///
/// # Errors
/// Whatever the store says.
pub fn look_up(query: &mut dyn Query, app: &App, suggestion: Suggestion) -> Result<Found, Failure> {
    let mut units = Vec::new();
    for suggested in suggestion.units.iter().chain(&suggestion.alternatives) {
        units.extend(network::unit(query, &suggested.unit)?);
    }
    let phones = matters::read::duty_phones(query, app, units.iter().map(|unit| &unit.code))?;
    Ok(Found { suggestion, units, phones })
}

impl Found {
    /// The units it names.
    pub fn units(&self) -> &[UnitRow] {
        &self.units
    }

    /// The same with one of its alternatives in front, where a reader preferred it.
    #[must_use]
    pub fn led_by(mut self, unit: Option<&UnitId>) -> Self {
        let Suggestion { units, alternatives, .. } = &mut self.suggestion;
        let place = alternatives.iter().position(|other| Some(&other.unit) == unit);
        if let (Some(place), Some(lead)) = (place, units.first_mut()) {
            std::mem::swap(lead, &mut alternatives[place]);
        }
        self
    }

    /// In the page's language; nothing where nothing can be said.
    pub fn into_advice(self, page: &Page) -> Option<Advice> {
        let line = |suggested: &Suggested| self.line(page, suggested);
        let advice = Advice {
            units: self.suggestion.units.iter().filter_map(line).collect(),
            alternatives: self.suggestion.alternatives.iter().filter_map(line).collect(),
            open: self.suggestion.open.iter().map(|reason| said(page, reason)).collect(),
        };
        (!advice.units.is_empty() || !advice.open.is_empty()).then_some(advice)
    }

    fn line(&self, page: &Page, suggested: &Suggested) -> Option<Line> {
        let row = self.units.iter().find(|row| row.code == suggested.unit)?;
        let english = page.locale() == Locale::En && !row.en_name.is_empty();
        Some(Line {
            unit: row.code.to_string(),
            name: if english { row.en_name.clone() } else { row.name.clone() },
            role: suggested.role.key(),
            reasons: suggested.reasons.iter().map(|reason| said(page, reason)).collect(),
            phone: self.phones.get(&row.code).cloned(),
            advised: Advised {
                unit: row.code.to_string(),
                role: suggested.role.code(),
                duty_item: suggested.duty_item.clone(),
            },
        })
    }
}

impl Advice {
    /// Codes of the units a screen with `places` for them takes, the lead first.
    pub fn codes(&self, places: usize) -> String {
        let codes: Vec<&str> = self.units.iter().take(places).map(|line| line.unit.as_str()).collect();
        codes.join(" ")
    }

    /// What a form is filled with.
    pub fn advised(&self) -> Vec<Advised> {
        self.units.iter().map(|line| line.advised.clone()).collect()
    }
}

fn said(page: &Page, reason: &Reason) -> String {
    let args = reason.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str())));
    page.ta(reason.code.key(), args.collect::<Vec<_>>())
}
