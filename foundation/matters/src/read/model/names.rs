//! What is named on pages: units, areas, other matters, grounds; each in the reader's language.

use crate::configuration::Name;
use kernel::{AreaId, MatterId, UnitId};
use matters_rules::{GivenGround, MatterKind, Phase};
use platform::ui::Locale;
use store::{Query, StoreError};

/// A unit as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitName {
    /// Its code.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short: String,
    /// English name; empty where the network has none.
    pub en: String,
}

impl UnitName {
    /// A unit by its code; where the network does not know it (any more), the code stands
    /// for its name.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(query: &mut dyn Query, id: &UnitId) -> Result<Self, StoreError> {
        Ok(network::unit(query, id)?.map_or_else(|| Self::unknown(id), Self::from))
    }

    /// The code in place of the name.
    pub fn unknown(id: &UnitId) -> Self {
        Self { id: id.clone(), name: id.to_string(), short: id.to_string(), en: String::new() }
    }

    /// The full name as a reader of that language knows it.
    pub fn full(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.name)
    }

    /// The name for tables as a reader of that language knows it.
    pub fn brief(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.short)
    }

    fn english(&self, locale: Locale) -> Option<&str> {
        (locale == Locale::En && !self.en.is_empty()).then_some(self.en.as_str())
    }
}

impl From<network::UnitRow> for UnitName {
    fn from(row: network::UnitRow) -> Self {
        Self { id: row.code, name: row.name, short: row.short_name, en: row.en_name }
    }
}

/// An area as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaName {
    /// Its code.
    pub id: AreaId,
    /// Official name.
    pub name: String,
    /// English name; empty where the network has none.
    pub en: String,
}

impl AreaName {
    /// Its name as a reader of that language knows it.
    pub fn full(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            _ => &self.name,
        }
    }
}

/// Another matter as linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterLink {
    /// Which.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// Where it is.
    pub phase: Option<Phase>,
    /// What it is.
    pub kind: MatterKind,
}

/// The ground of a step, as the office worded it when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundView {
    /// Its code.
    pub code: String,
    /// Its wording.
    pub name: Name,
    /// What it rests on; may be empty.
    pub basis: Name,
}

impl From<GivenGround> for GroundView {
    fn from(given: GivenGround) -> Self {
        Self {
            code: given.code,
            name: Name { zh: given.zh, en: given.en },
            basis: Name { zh: given.basis_zh, en: given.basis_en },
        }
    }
}
