//! Names of units, areas and categories in the reader's language.

use kernel::{AreaId, UnitId};
use knowledge::rules::Content;
use matters::categories::Categories;
use platform::ui::{Locale, Page};
use platform::{App, Failure};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Query;

/// Looked up once for a page.
#[derive(Clone, Default)]
pub(crate) struct Names {
    units: BTreeMap<UnitId, network::UnitRow>,
    areas: BTreeMap<AreaId, network::AreaRow>,
    categories: Option<Arc<Categories>>,
}

impl Names {
    /// Of everything these contents name.
    pub fn of<'c>(
        q: &mut dyn Query,
        app: &App,
        contents: impl IntoIterator<Item = &'c Content>,
    ) -> Result<Self, Failure> {
        let mut names = Self { categories: Some(matters::categories::in_force(q, app)?), ..Self::default() };
        for content in contents {
            names.learn(q, &content.unit)?;
            if let Some(area) = content.area.as_ref().filter(|area| !names.areas.contains_key(*area))
                && let Some(row) = network::area(q, area)?
            {
                names.areas.insert(area.clone(), row);
            }
        }
        Ok(names)
    }

    /// Of these units alone.
    pub fn of_units<'u>(
        q: &mut dyn Query,
        units: impl IntoIterator<Item = &'u UnitId>,
    ) -> Result<Self, Failure> {
        let mut names = Self::default();
        for unit in units {
            names.learn(q, unit)?;
        }
        Ok(names)
    }

    fn learn(&mut self, q: &mut dyn Query, unit: &UnitId) -> Result<(), Failure> {
        if !self.units.contains_key(unit)
            && let Some(row) = network::unit(q, unit)?
        {
            self.units.insert(unit.clone(), row);
        }
        Ok(())
    }

    /// A unit's short name; its code where it is unknown.
    pub fn unit(&self, page: &Page, unit: &UnitId) -> String {
        self.units.get(unit).map_or_else(|| unit.to_string(), |row| row.brief(page.locale()).to_owned())
    }

    /// A unit's full name.
    pub fn unit_in_full(&self, page: &Page, unit: &UnitId) -> String {
        self.units.get(unit).map_or_else(|| unit.to_string(), |row| row.full(page.locale()).to_owned())
    }

    /// Where it holds; everywhere where it names no area.
    pub fn area(&self, page: &Page, area: Option<&AreaId>) -> String {
        match area {
            None => page.t("know-area-all"),
            Some(area) => self
                .areas
                .get(area)
                .map_or_else(|| area.to_string(), |row| row.named(page.locale()).to_owned()),
        }
    }

    /// A category's name; empty where there is none.
    pub fn category(&self, locale: Locale, code: Option<&str>) -> String {
        let known = self.categories.as_ref().zip(code).and_then(|(all, code)| all.get(code));
        known.map_or_else(|| code.unwrap_or_default().to_owned(), |c| c.name.in_locale(locale).to_owned())
    }
}
