//! What the screen offers to choose from, each with what finds it while someone types: code
//! and pinyin initials.

use super::super::choices;
use kernel::UnitId;
use kernel::initials::readings;
use network::{AreaRow, Level, UnitFilter, UnitKind, UnitRow};
use platform::ui::{Choice, Locale, Page};
use platform::{App, Failure};
use std::sync::Arc;
use store::Query;

/// One choice.
#[derive(Clone, Debug, Default)]
pub struct Pick {
    /// What the form sends.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// Heading it stands under; empty for none.
    pub group: String,
    /// What finds it besides its label.
    pub search: String,
    /// Codes of the areas it lies in or lies over, separated by spaces; empty where it is not
    /// bound to any.
    pub within: String,
    /// What it was called before and what went before it, as told beside it when that is typed.
    pub formerly: String,
}

/// The lists of the screen, in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Categories on offer today.
    pub categories: Vec<Pick>,
    /// Counties.
    pub counties: Vec<Pick>,
    /// Townships of all counties.
    pub townships: Vec<Pick>,
    /// Development zones.
    pub zones: Vec<Pick>,
    /// Units the office may assign to.
    pub units: Vec<Pick>,
    /// Units of city and counties that may be complained about.
    pub about: Vec<Pick>,
}

/// The lists as the network and the configuration have them.
pub struct Rows {
    categories: Arc<matters::categories::Categories>,
    divisions: Vec<(AreaRow, Vec<AreaRow>)>,
    zones: Vec<(UnitRow, Vec<AreaRow>)>,
    units: Vec<UnitRow>,
    about: Vec<UnitRow>,
    bygone: choices::Bygone,
}

/// Reads them.
///
/// # Errors
/// Whatever the store says.
pub fn read(query: &mut dyn Query, app: &App, office: Option<&UnitId>) -> Result<Rows, Failure> {
    let near = match office {
        Some(office) => choices::units_from(query, &choices::From::Office(office.clone()))?,
        None => Vec::new(),
    };
    let mut about = Vec::new();
    let mut zones = Vec::new();
    if let Some(office) = office.map(|office| network::unit(query, office)).transpose()?.flatten() {
        let top = choices::top(&office.path);
        for level in [Level::City, Level::County] {
            let filter = UnitFilter { level: Some(level), ..UnitFilter::default() };
            about.extend(network::units_below(query, &top, &filter)?);
        }
        about.retain(|unit| unit.kind != UnitKind::Government);
        for zone in about.iter().filter(|unit| unit.kind == UnitKind::Zone) {
            zones.push((zone.clone(), network::overlays(query, &zone.code)?));
        }
    }
    Ok(Rows {
        categories: matters::categories::in_force(query, app)?,
        divisions: divisions(query, app)?,
        zones,
        units: near,
        about,
        bygone: network::read::history::bygone_names(query)?,
    })
}

/// The counties of the office's city, each with its townships.
///
/// # Errors
/// Whatever the store says.
pub fn divisions(query: &mut dyn Query, app: &App) -> Result<Vec<(AreaRow, Vec<AreaRow>)>, Failure> {
    let Some(office) = &app.config.intake_office else { return Ok(Vec::new()) };
    let city = network::unit(query, office)?.and_then(|office| office.area);
    let mut divisions = Vec::new();
    for county in network::areas_below(query, city.as_ref())? {
        let townships = network::areas_below(query, Some(&county.code))?;
        divisions.push((county, townships));
    }
    Ok(divisions)
}

impl Rows {
    /// The lists in the page's language.
    pub fn into_lists(self, page: &Page) -> Lists {
        let locale = page.locale();
        let categories = self.categories.offered().map(|category| Pick {
            value: category.code.clone(),
            label: format!("{} {}", category.name.in_locale(locale), category.code),
            group: category.group_name.in_locale(locale).to_owned(),
            search: format!("{} {}", readings(category.name.in_locale(Locale::ZhCn)), category.initials),
            ..Pick::default()
        });
        let unit = |unit: &UnitRow| {
            let choice = choices::of_unit(page, unit);
            Pick::from(match self.bygone.get(&unit.code) {
                Some(names) => choices::remembering(page, choice, names),
                None => choice,
            })
        };
        let county =
            |(county, _): &(AreaRow, Vec<AreaRow>)| area(locale, county, String::new(), String::new());
        let townships = self.divisions.iter().flat_map(|(county, townships)| {
            townships.iter().map(|township| {
                area(locale, township, county.named(locale).to_owned(), county.code.0.clone())
            })
        });
        let zone = |(unit, areas): &(UnitRow, Vec<AreaRow>)| {
            let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
            Pick { within: codes.join(" "), group: String::new(), ..Pick::from(choices::of_unit(page, unit)) }
        };
        Lists {
            categories: categories.collect(),
            counties: self.divisions.iter().map(county).collect(),
            townships: townships.collect(),
            zones: self.zones.iter().map(zone).collect(),
            units: self.units.iter().map(unit).collect(),
            about: self.about.iter().map(unit).collect(),
        }
    }
}

fn area(locale: Locale, area: &AreaRow, group: String, within: String) -> Pick {
    let search = format!("{} {}", readings(&area.name), area.code);
    Pick {
        value: area.code.0.clone(),
        label: area.named(locale).to_owned(),
        group,
        search,
        within,
        ..Pick::default()
    }
}

impl From<Choice> for Pick {
    fn from(choice: Choice) -> Self {
        let Choice { value, label, group, search, formerly, .. } = choice;
        Self { value, label, group, search, formerly, within: String::new() }
    }
}
