//! Import of the network from a CSV or Excel file: all rows or none, unless asked to take
//! the good ones. Importing the same file again changes nothing.

mod boundaries;
mod divisions;
mod duty_items;
mod listed;
mod ordered;
mod plan;
mod report;
mod table;
mod units;

pub use boundaries::{BoundariesError, MapNote, boundaries};
pub use listed::{Labelled, Listed, carried, carry, listed};
pub use ordered::{Changed, Ordered};
pub use plan::ImportOptions;
pub use report::{Problem, Report};
pub use table::{Row as TableRow, Table, TableError, rows};

use plan::{Plan, carry_out};
use platform::{App, By, Failure};

/// What an import can fail on before its rows are looked at, or while writing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read as a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Not permitted, or the store failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Imports administrative divisions: columns `code,name,parent,level` and optionally
/// `kind,mca_code`.
///
/// A township is known by its county and name, for the two official lists swap township
/// codes: a row that gives a known township another code is bad, unless that code is the
/// civil-affairs code already noted.
///
/// # Errors
/// See [`ImportError`]. Bad rows are no error: they stand in the report.
pub async fn divisions(
    app: &App,
    by: &By,
    file: &File,
    options: ImportOptions,
) -> Result<Report, ImportError> {
    let table = Table::read(file, divisions::COLUMNS)?;
    let known = app.read(|q, _| Ok(divisions::Known::load(q)?)).await?;
    import(app, by, divisions::plan(&table, &known), options).await
}

/// Imports units: columns `code,name,parent,level,kind` and optionally
/// `short_name,en_name,area,overlays,open`; `overlays` lists area codes, separated by `;`.
///
/// # Errors
/// As [`divisions`].
pub async fn units(app: &App, by: &By, file: &File, options: ImportOptions) -> Result<Report, ImportError> {
    let table = Table::read(file, units::COLUMNS)?;
    let known = app.read(|q, _| Ok(units::Known::load(q)?)).await?;
    import(app, by, units::plan(&table, &known), options).await
}

/// Imports the townships' duty list: columns `code,title` and optionally `in_force`.
///
/// # Errors
/// As [`divisions`].
pub async fn duty_items(
    app: &App,
    by: &By,
    file: &File,
    options: ImportOptions,
) -> Result<Report, ImportError> {
    let table = Table::read(file, duty_items::COLUMNS)?;
    let known = app.read(|q, _| Ok(duty_items::Known::load(q)?)).await?;
    import(app, by, duty_items::plan(&table, &known), options).await
}

/// A file as it was handed over.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name; the ending tells Excel files from CSV.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

async fn import(app: &App, by: &By, plan: Plan, options: ImportOptions) -> Result<Report, ImportError> {
    Ok(carry_out(app, by, plan, options).await?)
}
