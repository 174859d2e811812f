//! What a filer chooses from the network: counties, townships, and units that may be
//! complained about, all below the office that receives appeals.

use kernel::permission::UnitPath;
use kernel::{AreaId, UnitId};
use network::{AreaRow, Level, UnitFilter, UnitKind, UnitRow};
use platform::ui::{Choice, Locale};
use platform::{App, Failure};
use store::Query;

/// The counties of the city, in the order of their codes.
///
/// # Errors
/// Whatever the store says.
pub async fn counties(app: &App) -> Result<Vec<AreaRow>, Failure> {
    app.read(|snapshot, app| match office(snapshot, app)?.and_then(|office| office.area) {
        Some(city) => Ok(network::areas_below(snapshot, Some(&city))?),
        None => Ok(Vec::new()),
    })
    .await
}

/// The townships of a county.
///
/// # Errors
/// Whatever the store says.
pub async fn townships(app: &App, county: AreaId) -> Result<Vec<AreaRow>, Failure> {
    app.read(move |snapshot, _| Ok(network::areas_below(snapshot, Some(&county))?)).await
}

/// The area's name with that of the county it lies in, in the reader's language.
///
/// # Errors
/// Whatever the store says.
pub async fn name(app: &App, code: AreaId, locale: Locale) -> Result<String, Failure> {
    app.read(move |snapshot, _| {
        let Some(area) = network::area(snapshot, &code)? else { return Ok(code.0.clone()) };
        let county = match (&area.parent, area.level) {
            (Some(parent), Level::Township) => network::area(snapshot, parent)?,
            _ => None,
        };
        Ok(match (county, locale) {
            (None, _) => area.named(locale).to_owned(),
            (Some(county), Locale::ZhCn) => county.name + &area.name,
            (Some(county), Locale::En) => format!("{}, {}", area.named(locale), county.named(locale)),
        })
    })
    .await
}

/// A unit's name in the reader's language.
///
/// # Errors
/// Whatever the store says.
pub async fn unit_name(app: &App, code: UnitId, locale: Locale) -> Result<String, Failure> {
    let unit = app.read(move |snapshot, _| Ok(network::unit(snapshot, &code)?)).await?;
    Ok(unit.map_or_else(String::new, |unit| unit.full(locale).to_owned()))
}

/// The units that may be named: the city's own, and those of one county where the place is
/// known. `group` gives each level's heading.
///
/// # Errors
/// Whatever the store says.
pub async fn units(
    app: &App,
    county: Option<AreaId>,
    locale: Locale,
    group: impl Fn(Level) -> String,
) -> Result<Vec<Choice>, Failure> {
    let units = app.read(move |snapshot, app| nameable(snapshot, app, county.as_ref())).await?;
    Ok(units
        .iter()
        .map(|unit| Choice::new(&unit.code, unit.full(locale).to_owned()).group(group(unit.level)))
        .collect())
}

/// Whether the unit is one that may be named there.
///
/// # Errors
/// Whatever the store says.
pub async fn is_nameable(app: &App, county: Option<AreaId>, unit: UnitId) -> Result<bool, Failure> {
    app.read(move |snapshot, app| {
        Ok(nameable(snapshot, app, county.as_ref())?.iter().any(|row| row.code == unit))
    })
    .await
}

fn nameable(query: &mut dyn Query, app: &App, county: Option<&AreaId>) -> Result<Vec<UnitRow>, Failure> {
    let Some(office) = office(query, app)? else { return Ok(Vec::new()) };
    let top = top(&office.path);
    let of_level = |level| UnitFilter { level: Some(level), ..UnitFilter::default() };
    let mut units = network::units_below(query, &top, &of_level(Level::City))?;
    if let Some(county) = county {
        let below = network::units_below(query, &top, &of_level(Level::County))?;
        units.extend(below.into_iter().filter(|unit| unit.area.as_ref() == Some(county)));
        let below = network::units_below(query, &top, &of_level(Level::Township))?;
        let within = |unit: &UnitRow| unit.area.as_ref().is_some_and(|area| area.0.starts_with(&county.0));
        units.extend(below.into_iter().filter(within));
    }
    units.retain(|unit| unit.kind != UnitKind::Government);
    Ok(units)
}

fn office(query: &mut dyn Query, app: &App) -> Result<Option<UnitRow>, Failure> {
    match &app.config.intake_office {
        Some(office) => Ok(network::unit(query, office)?),
        None => Ok(None),
    }
}

/// The root of the tree a unit stands in.
fn top(path: &UnitPath) -> UnitPath {
    let end = path.0.find('/').map_or(path.0.len(), |slash| slash + 1);
    UnitPath(path.0[..end].to_owned())
}
