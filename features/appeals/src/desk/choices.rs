//! What forms and filters offer to choose from: units, categories, areas, duty items.

use crate::verbs::{About, Needs};
use kernel::UnitId;
use kernel::initials::readings;
use kernel::permission::{Grant, Permission, UnitPath, may_ever};
use matters::MatterView;
use matters::NodeView;
use matters::categories::Categories;
use network::{AreaRow, Level, UnitFilter, UnitKind, UnitRow};
use platform::ui::{Choice, Page};
use platform::{App, Failure};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Query;

/// What units were called before, and what went before them.
pub type Bygone = BTreeMap<UnitId, BTreeSet<String>>;

/// Lists as found in the network, not yet in anyone's language.
#[derive(Clone, Debug, Default)]
pub struct Found {
    units: Vec<UnitRow>,
    bygone: Bygone,
    areas: Vec<(AreaRow, AreaRow)>,
    duty_items: Vec<network::DutyRow>,
    categories: Option<Arc<Categories>>,
}

/// Looks up what a verb's form needs. `word` narrows the units; without one those are
/// offered that the matter can go to from here.
///
/// # Errors
/// Whatever the store says.
pub fn look_up(
    query: &mut dyn Query,
    app: &App,
    needs: Needs,
    from: Option<&From>,
    word: &str,
) -> Result<Found, Failure> {
    let mut found = Found::default();
    if needs.units {
        found.units = match from {
            _ if !word.trim().is_empty() => searched(query, word)?,
            Some(from) => units_from(query, from)?,
            None => Vec::new(),
        };
        found.units.retain(takes_work);
        found.bygone = network::read::history::bygone_names(query)?;
    }
    if needs.areas {
        found.areas = areas(query)?;
    }
    if needs.duty_items {
        found.duty_items = network::duty_items(query)?;
    }
    if needs.categories {
        found.categories = Some(matters::categories::in_force(query, app)?);
    }
    Ok(found)
}

/// The units that a word finds, under names of the past too: who goes on for a unit that is no
/// more stands for it.
fn searched(query: &mut dyn Query, word: &str) -> Result<Vec<UnitRow>, Failure> {
    let mut units = network::search_units(query, word)?;
    for unit in network::read::history::search_bygone(query, word)? {
        if !units.iter().any(|known| known.code == unit.code) {
            units.push(unit);
        }
    }
    Ok(units)
}

/// From where a matter is passed on.
#[derive(Clone, Debug)]
pub enum From {
    /// From the office.
    Office(UnitId),
    /// From the unit of an assignment.
    Unit(UnitId),
}

impl From {
    /// As the form's address says.
    pub fn of(view: &MatterView, node: Option<&NodeView>) -> Option<Self> {
        match node {
            Some(node) => Some(Self::Unit(node.unit.id.clone())),
            None => view.office.as_ref().map(|office| Self::Office(office.id.clone())),
        }
    }
}

impl Found {
    /// Offers these units too.
    pub fn offer(&mut self, units: &[UnitRow]) {
        for unit in units {
            if !self.units.iter().any(|known| known.code == unit.code) {
                self.units.push(unit.clone());
            }
        }
    }

    /// The units as choices, found by names of the past too.
    pub fn units(&self, page: &Page) -> Vec<Choice> {
        let remembered = |choice: Choice| match self.bygone.get(&UnitId(choice.value.clone())) {
            Some(names) => remembering(page, choice, names),
            None => choice,
        };
        of_units(page, &self.units).into_iter().map(remembered).collect()
    }

    /// Puts the lists into a form's offers.
    pub fn into_about(self, page: &Page, about: &mut About) {
        about.units = self.units(page);
        about.areas = of_areas(page, &self.areas);
        about.duty_items = self
            .duty_items
            .into_iter()
            .map(|item| Choice::new(&item.code, format!("{} {}", item.code, item.title)))
            .collect();
        if let Some(categories) = &self.categories {
            about.categories = of_categories(page, categories);
        }
    }
}

/// The categories that are offered today, under their groups' names.
pub fn of_categories(page: &Page, categories: &Categories) -> Vec<Choice> {
    let locale = page.locale();
    let choice = |category: &matters::categories::Category| {
        Choice::new(&category.code, category.name.in_locale(locale))
            .group(category.group_name.in_locale(locale))
    };
    categories.offered().map(choice).collect()
}

/// Areas as choices, under their counties' names.
pub fn of_areas(page: &Page, areas: &[(AreaRow, AreaRow)]) -> Vec<Choice> {
    let locale = page.locale();
    let choice = |(area, county): &(AreaRow, AreaRow)| {
        Choice::new(&area.code, area.named(locale)).group(county.named(locale))
    };
    areas.iter().map(choice).collect()
}

/// Units as choices, under the headings of their levels.
pub fn of_units(page: &Page, units: &[UnitRow]) -> Vec<Choice> {
    let mut units: Vec<&UnitRow> = units.iter().collect();
    units.sort_by_key(|unit| unit.level);
    units.into_iter().map(|unit| of_unit(page, unit)).collect()
}

/// A unit as a choice, found by its code and by the pinyin of its names.
pub fn of_unit(page: &Page, unit: &UnitRow) -> Choice {
    let search = format!("{} {} {}", readings(&unit.name), readings(&unit.short_name), unit.code);
    let level = page.t(&format!("level-{}", unit.level.code()));
    Choice::new(&unit.code, name(page, unit)).group(level).found_by(search)
}

/// The same, found by these names of the past too.
pub fn remembering(page: &Page, choice: Choice, names: &BTreeSet<String>) -> Choice {
    let told: Vec<String> =
        names.iter().map(|name| page.t1("network-formerly", "name", name.as_str())).collect();
    let search =
        names.iter().fold(choice.search.clone(), |search, name| format!("{search} {}", readings(name)));
    choice.found_by(search).formerly(told.join("|"))
}

/// The units a reader's lists can be narrowed to: those of their own subtrees.
///
/// # Errors
/// Whatever the store says.
pub fn own_units(query: &mut dyn Query, grants: &[Grant]) -> Result<Vec<UnitRow>, Failure> {
    let mut units: Vec<UnitRow> = Vec::new();
    for grant in grants.iter().filter(|grant| may_ever(grant.role, Permission::MatterRead)) {
        for unit in network::units_below(query, &grant.path, &UnitFilter::default())? {
            if takes_work(&unit) && !units.iter().any(|known| known.code == unit.code) {
                units.push(unit);
            }
        }
    }
    Ok(units)
}

/// A value inside a query string.
pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => out += &format!("%{byte:02X}"),
        }
        out
    })
}

/// The units a matter can go to from there.
///
/// # Errors
/// Whatever the store says.
pub fn units_from(query: &mut dyn Query, from: &From) -> Result<Vec<UnitRow>, Failure> {
    let mut units = near(query, from)?;
    units.retain(takes_work);
    Ok(units)
}

/// From the office: the city's units and the counties' platforms. From a unit: what is
/// below it and, from a county's platform, what stands beside and below it in the county.
fn near(query: &mut dyn Query, from: &From) -> Result<Vec<UnitRow>, Failure> {
    let (From::Office(code) | From::Unit(code)) = from;
    let Some(unit) = network::unit(query, code)? else { return Ok(Vec::new()) };
    let whole = UnitFilter::default();
    Ok(match from {
        From::Office(_) => {
            let top = top(&unit.path);
            let mut units = network::units_below(query, &top, &whole)?;
            units.retain(|unit| {
                unit.level == Level::City || (unit.level == Level::County && unit.kind == UnitKind::Platform)
            });
            units
        }
        From::Unit(_) if unit.level == Level::County && unit.kind != UnitKind::Government => {
            let county = network::ancestors(query, &unit.path)?.into_iter().next_back();
            let root = county
                .filter(|county| county.level == Level::County)
                .map_or(unit.path.clone(), |county| county.path);
            network::units_below(query, &root, &whole)?
        }
        From::Unit(_) => {
            network::units_below(query, &unit.path, &UnitFilter { without_root: true, ..whole })?
        }
    })
}

/// Counties and what lies in them, each with its county.
///
/// # Errors
/// Whatever the store says.
pub fn areas(query: &mut dyn Query) -> Result<Vec<(AreaRow, AreaRow)>, Failure> {
    let mut found = Vec::new();
    for top in network::areas_below(query, None)? {
        for county in network::areas_below(query, Some(&top.code))? {
            let below = network::areas_below(query, Some(&county.code))?;
            found.push((county.clone(), county.clone()));
            found.extend(below.into_iter().map(|area| (area, county.clone())));
        }
    }
    Ok(found)
}

/// The root of the tree a unit stands in.
pub fn top(path: &UnitPath) -> UnitPath {
    UnitPath(path.0.split_inclusive('/').next().unwrap_or_default().to_owned())
}

/// Governments and villages never get an assignment of their own.
fn takes_work(unit: &UnitRow) -> bool {
    unit.level != Level::Village && !matches!(unit.kind, UnitKind::Government | UnitKind::IntakeOffice)
}

/// A unit's name in the page's language.
pub fn name(page: &Page, unit: &UnitRow) -> String {
    unit.full(page.locale()).to_owned()
}
