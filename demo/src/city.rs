//! The city's divisions, units, duty list and boundaries, and five made-up counties for bad
//! news, taken over through the product's own import.

use crate::DemoError;
use network::import::{self, File, ImportError, ImportOptions, Report};
use platform::{App, By};

/// Imports what `data/` holds.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App) -> Result<(), DemoError> {
    let options = ImportOptions::default();
    let by = By::Operator;
    let divisions = file("divisions.csv", include_bytes!("../data/divisions.csv"));
    whole("divisions.csv", import::divisions(app, &by, &divisions, options).await)?;
    let units = file("units.csv", include_bytes!("../data/units.csv"));
    whole("units.csv", import::units(app, &by, &units, options).await)?;
    let made_up = file("fictitious-units.csv", include_bytes!("../data/fictitious-units.csv"));
    whole("fictitious-units.csv", import::units(app, &by, &made_up, options).await)?;
    let duties = file("duty-items.csv", include_bytes!("../data/duty-items.csv"));
    whole("duty-items.csv", import::duty_items(app, &by, &duties, options).await)?;
    let boundaries = include_bytes!("../data/boundaries.geojson");
    match import::boundaries(app, &by, boundaries, None).await {
        Ok(_) => Ok(()),
        Err(error) => Err(DemoError::Data(format!("boundaries.geojson: {error}"))),
    }
}

/// Code and name of the city's units, for who reads the texts' marks without a city.
pub fn unit_names() -> Vec<(String, String)> {
    let rows = include_str!("../data/units.csv").lines().skip(1);
    let named = rows.filter_map(|row| {
        let mut fields = row.split(',');
        Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
    });
    named.collect()
}

fn file(name: &str, bytes: &[u8]) -> File {
    File { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn whole(name: &str, outcome: Result<Report, ImportError>) -> Result<(), DemoError> {
    let report = outcome.map_err(|error| DemoError::Data(format!("{name}: {error}")))?;
    match report.bad.first() {
        None => Ok(()),
        Some(problem) => Err(DemoError::Data(format!("{name}: {problem:?}"))),
    }
}
