//! Cases of an earlier system 历史件: a file of another hotline becomes matters with their
//! own dates. A row that does not fit is reported, none is lost without a word; importing
//! the same file again changes nothing, and a newer file closes what has been closed since.

mod compare;
mod mapping;
mod row;
mod take;

pub use compare::{Agreement, Compared, agreement};
pub use mapping::{Mapping, MappingError};

use crate::configuration;
use crate::history::row::{Case, Known, Reader};
use kernel::Refusal;
use kernel::time::Instant;
use network::import::{File, ImportOptions, Problem, Report, Table, TableError};
use platform::{App, Failure};
use std::collections::BTreeSet;

/// What an import comes to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Rows new, changed, unchanged and bad.
    pub report: Report,
    /// Cases that were open in the file.
    pub open: usize,
    /// Cases that were closed in the file.
    pub closed: usize,
    /// The good rows under both clocks.
    pub compared: Vec<Compared>,
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The file is no table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The mapping does not fit.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The store failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Imports a file of cases by a mapping. Rows are written one by one with their own dates;
/// cut short, the same call goes on where it stopped.
///
/// # Errors
/// See [`HistoryError`]. Bad rows are no error: they stand in the report, and unless they
/// are to be skipped nothing is written.
pub async fn import(
    app: &App,
    file: &File,
    mapping: &Mapping,
    options: ImportOptions,
) -> Result<Outcome, HistoryError> {
    let table = Table::open(file)?;
    mapping.fits(table.head())?;
    mapping.check_codes()?;
    let known = known(app, mapping, &table).await?;
    let zone = mapping.zone(&app.config.zone)?;
    let reader = Reader { mapping, table: &table, zone, known: &known, now: app.now() };
    let (cases, report) = cases(&reader, &table);
    let mut outcome =
        Outcome { report, compared: compared(app, &cases, reader.written_at()).await?, ..Outcome::default() };
    outcome.closed = cases.iter().filter(|case| case.closed_at.is_some()).count();
    outcome.open = cases.len() - outcome.closed;
    if options.dry_run || (!outcome.report.bad.is_empty() && !options.skip_bad) {
        return Ok(outcome);
    }
    take::all(app, &mapping.source.name, cases, &mut outcome.report).await?;
    outcome.report.written = true;
    Ok(outcome)
}

/// What this installation has of the codes that mapping and file speak of.
async fn known(app: &App, mapping: &Mapping, table: &Table) -> Result<Known, HistoryError> {
    let codes = |part| mapping.codes_in(part, table);
    let (units, areas, categories) = (codes("unit"), codes("area"), codes("category"));
    let office = mapping.source.office.clone();
    let (known, has_office) = app
        .read(move |snapshot, app| {
            let mut known = Known::default();
            for unit in &units {
                let found = network::unit(snapshot, &unit.as_str().into())?;
                known.units.extend(found.filter(|unit| unit.open).map(|unit| unit.code));
            }
            for area in &areas {
                known.areas.extend(network::area(snapshot, &area.as_str().into())?.map(|area| area.code));
            }
            let in_force = configuration::categories::in_force(snapshot, app)?;
            known.categories =
                categories.iter().filter(|code| in_force.get(code).is_some()).cloned().collect();
            Ok((known, network::unit(snapshot, &office)?.is_some_and(|office| office.open)))
        })
        .await?;
    if !has_office {
        return Err(no_such("office", mapping.source.office.as_str(), "name an open unit in source.office"));
    }
    spelt_out(mapping, "unit", "take the units over first: tongxin import units", |code| {
        known.units.contains(&code.into())
    })?;
    spelt_out(mapping, "area", "take the divisions over first: tongxin import divisions", |code| {
        known.areas.contains(&code.into())
    })?;
    spelt_out(mapping, "category", "see the categories in force", |code| known.categories.contains(code))?;
    Ok(known)
}

/// What the mapping itself spells out must be there: else every row of that value would fail.
fn spelt_out(
    mapping: &Mapping,
    part: &'static str,
    hint: &str,
    is_known: impl Fn(&str) -> bool,
) -> Result<(), HistoryError> {
    match mapping.codes_of(part).into_iter().find(|code| !is_known(code)) {
        Some(code) => Err(no_such(part, code, hint)),
        None => Ok(()),
    }
}

fn no_such(part: &'static str, code: &str, hint: &str) -> HistoryError {
    MappingError::Code { part, code: code.to_owned(), hint: hint.to_owned() }.into()
}

/// All rows, good and bad.
fn cases(reader: &Reader<'_>, table: &Table) -> (Vec<Case>, Report) {
    let mut report = Report { rows: table.rows().len(), head: table.head().to_vec(), ..Report::default() };
    let mut numbers = BTreeSet::new();
    let mut cases = Vec::new();
    for row in table.rows() {
        let case = reader.case(row).and_then(|case| {
            if numbers.insert(case.number.clone()) {
                return Ok(case);
            }
            Err(Refusal::field("number", "import-number-twice").with("number", &case.number))
        });
        match case {
            Ok(case) => cases.push(case),
            Err(reason) => report.bad.push(Problem::new(table, row, reason)),
        }
    }
    (cases, report)
}

async fn compared(app: &App, cases: &[Case], written_at: Instant) -> Result<Vec<Compared>, Failure> {
    let (calendar, procedure) = app
        .read(|snapshot, app| {
            let now = app.now();
            Ok((
                configuration::calendar_in_force(snapshot)?,
                configuration::procedure_in_force(snapshot, app, now)?,
            ))
        })
        .await?;
    Ok(cases.iter().map(|case| compare::compare(case, &calendar, &procedure, written_at)).collect())
}
