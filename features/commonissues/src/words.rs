//! What codes are called, in the page's language.

use crate::place::unit_of;
use kernel::{AreaId, UnitId};
use matters::Row;
use matters::configuration::Categories;
use matters::read::UnitName;
use platform::Failure;
use platform::ui::Page;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Query;

/// Names of categories, places and units.
#[derive(Clone, Default)]
pub(crate) struct Names {
    categories: Option<Arc<Categories>>,
    areas: BTreeMap<AreaId, network::AreaRow>,
    units: BTreeMap<UnitId, UnitName>,
}

impl Names {
    /// The categories in force; places and units are added as they are needed.
    pub fn read(query: &mut dyn Query, app: &platform::App) -> Result<Self, Failure> {
        Ok(Self { categories: Some(matters::categories::in_force(query, app)?), ..Self::default() })
    }

    /// Looks an area up.
    pub fn with_area(&mut self, query: &mut dyn Query, area: &AreaId) -> Result<(), Failure> {
        if !self.areas.contains_key(area)
            && let Some(row) = network::area(query, area)?
        {
            self.areas.insert(area.clone(), row);
        }
        Ok(())
    }

    /// Looks a place up that was counted.
    pub fn with_place(&mut self, query: &mut dyn Query, place: &str) -> Result<(), Failure> {
        match unit_of(place) {
            Some(unit) => self.with_unit(query, &unit),
            None => self.with_area(query, &AreaId(place.to_owned())),
        }
    }

    /// Looks a unit up.
    pub fn with_unit(&mut self, query: &mut dyn Query, unit: &UnitId) -> Result<(), Failure> {
        if !self.units.contains_key(unit) {
            self.units.insert(unit.clone(), UnitName::of(query, unit)?);
        }
        Ok(())
    }

    /// A category's or group's name; none given: that it has none.
    pub fn category(&self, page: &Page, code: Option<&str>) -> String {
        let Some(code) = code.filter(|code| !code.is_empty()) else { return page.t("issues-no-category") };
        let name = self.categories.as_ref().and_then(|categories| {
            let group = categories.group(code).map(|group| &group.name);
            categories.get(code).map(|category| &category.name).or(group)
        });
        name.map_or_else(|| code.to_owned(), |name| name.in_locale(page.locale()).to_owned())
    }

    /// A place's name; none given: that it is unknown.
    pub fn area(&self, page: &Page, area: Option<&AreaId>) -> String {
        let Some(area) = area else { return page.t("issues-no-area") };
        let known = self.areas.get(area);
        known.map_or_else(|| area.to_string(), |area| area.named(page.locale()).to_owned())
    }

    /// The name of a place that was counted; none given: that it is unknown.
    pub fn place(&self, page: &Page, place: Option<&str>) -> String {
        match place.map(|place| (place, unit_of(place))) {
            Some((_, Some(unit))) => self.unit(page, Some(&unit)),
            Some((place, None)) => self.area(page, Some(&AreaId(place.to_owned()))),
            None => self.area(page, None),
        }
    }

    /// A unit's short name; none given: that nobody has it.
    pub fn unit(&self, page: &Page, unit: Option<&UnitId>) -> String {
        let Some(unit) = unit else { return page.t("issues-no-unit") };
        let known = self.units.get(unit);
        known.map_or_else(|| unit.to_string(), |unit| unit.brief(page.locale()).to_owned())
    }
}

/// A row's title, or that it is withheld.
pub(crate) fn title(page: &Page, row: &Row) -> String {
    row.title.clone().unwrap_or_else(|| page.t("matter-title-withheld"))
}

/// Where a row is, in words.
pub(crate) fn phase(page: &Page, row: &Row) -> String {
    match (row.closing, row.phase) {
        (Some(closing), _) => page.t(closing.key()),
        (None, Some(phase)) => page.t(&format!("phase-{}", phase.code())),
        (None, None) => String::new(),
    }
}
