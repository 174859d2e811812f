//! `tongxin import divisions|units|duty-items|appeals FILE`: all rows or none, every bad one
//! named.

use super::{CliError, Place};
use clap::{Args, Subcommand};
use matters::history::{self, Compared, HistoryError, Mapping, Outcome, agreement};
use network::import::{self, BoundariesError, File, ImportError, ImportOptions, MapNote, Problem, Report};
use platform::By;
use platform::ui::{Locale, Translator};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Most bad rows printed; the error file holds all.
const SHOWN: usize = 50;

/// What to import.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Administrative divisions: code, name, parent, level (kind, mca_code).
    Divisions(ImportFile),
    /// Units: code, name, parent, level, kind (short_name, en_name, area, overlays, open).
    Units(ImportFile),
    /// The townships' duty list: code, title (in_force).
    DutyItems(ImportFile),
    /// Cases of an earlier system, with their own dates, by a mapping of its columns
    /// (docs/import-appeals.md).
    Appeals(Appeals),
    /// Boundaries of areas for the map of the statistics, from a GeoJSON file.
    Boundaries(BoundariesFile),
}

/// A file of cases and what its columns mean.
#[derive(Debug, Args)]
pub struct Appeals {
    #[command(flatten)]
    input: ImportFile,
    /// What the columns mean (TOML).
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    /// Write each case's deadline there and here, and on time by which, to this CSV file.
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,
}

/// A file and how to take it.
#[derive(Debug, Args)]
pub struct ImportFile {
    /// CSV (UTF-8 or GB 18030) or xlsx; the head line may be English or Chinese.
    file: PathBuf,
    /// Take the good rows; write the bad ones to FILE.errors.csv beside the input.
    #[arg(long)]
    skip_bad: bool,
    /// Check only, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Language of the reasons: zh-CN or en.
    #[arg(long, value_name = "LANG", default_value = "zh-CN", value_parser = language)]
    lang: Locale,
    #[command(flatten)]
    place: Place,
}

/// A map and what must stand below it.
#[derive(Debug, Args)]
pub struct BoundariesFile {
    /// GeoJSON: polygons in longitude and latitude, each with its area's official `code`.
    file: PathBuf,
    /// Printed below the map: its source, and its approval number (审图号) where it has one;
    /// left out, the file's own `source`.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The same for readers of English.
    #[arg(long, value_name = "TEXT", requires = "note")]
    note_en: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// A file of rows, by what they are.
enum Table {
    Divisions,
    Units,
    DutyItems,
}

/// Imports.
///
/// # Errors
/// [`CliError::Found`] with bad rows that were not to be skipped: nothing is written then.
pub fn run(command: ImportCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let (table, input) = match command {
        ImportCommand::Divisions(input) => (Table::Divisions, input),
        ImportCommand::Units(input) => (Table::Units, input),
        ImportCommand::DutyItems(input) => (Table::DutyItems, input),
        ImportCommand::Boundaries(input) => return boundaries(input, out),
        ImportCommand::Appeals(appeals) => return import_appeals(&appeals, out),
    };
    let file = read(&input.file)?;
    let options = ImportOptions { skip_bad: input.skip_bad, dry_run: input.dry_run };
    let opened = input.place.open()?;
    let app = &opened.app;
    let report = opened.block_on(async {
        match table {
            Table::Divisions => import::divisions(app, &By::Operator, &file, options).await,
            Table::Units => import::units(app, &By::Operator, &file, options).await,
            Table::DutyItems => import::duty_items(app, &By::Operator, &file, options).await,
        }
    });
    let report = report.map_err(|error| match error {
        ImportError::Table(error) => CliError::Usage(format!("{}: {error}", input.file.display())),
        ImportError::Failure(failure) => failure.into(),
    })?;
    tell(&report, &input, &app.locales.translator(input.lang), out)
}

fn boundaries(input: BoundariesFile, out: &mut dyn Write) -> Result<(), CliError> {
    let bytes = read(&input.file)?.bytes;
    let opened = input.place.open()?;
    let note = input.note.map(|zh| MapNote { zh, en: input.note_en.unwrap_or_default() });
    let drawn = opened.block_on(import::boundaries(&opened.app, &By::Operator, &bytes, note));
    let count = drawn.map_err(|error| match error {
        BoundariesError::Malformed(what) => CliError::Usage(format!("{}: {what}", input.file.display())),
        BoundariesError::Failure(failure) => failure.into(),
    })?;
    writeln!(out, "{count} areas are drawn on the map of the statistics")?;
    Ok(())
}

fn import_appeals(appeals: &Appeals, out: &mut dyn Write) -> Result<(), CliError> {
    let Appeals { input, mapping: at, compare } = appeals;
    let words =
        std::fs::read_to_string(at).map_err(|error| CliError::Usage(format!("{}: {error}", at.display())))?;
    let wrong = |error: &dyn std::fmt::Display| CliError::Usage(format!("{}: {error}", at.display()));
    let mapping = Mapping::parse(&words).map_err(|error| wrong(&error))?;
    let file = read(&input.file)?;
    let options = ImportOptions { skip_bad: input.skip_bad, dry_run: input.dry_run };
    let opened = input.place.open()?;
    let app = &opened.app;
    let outcome = opened.block_on(history::import(app, &file, &mapping, options));
    let outcome = outcome.map_err(|error| match error {
        HistoryError::Table(error) => CliError::Usage(format!("{}: {error}", input.file.display())),
        HistoryError::Mapping(error) => wrong(&error),
        HistoryError::Failure(failure) => failure.into(),
    })?;
    tell_history(&outcome, out)?;
    if let Some(path) = compare {
        std::fs::write(path, compared_csv(&outcome.compared, app))?;
        writeln!(out, "both deadlines of each case stand in {}", path.display())?;
    }
    tell(&outcome.report, input, &app.locales.translator(input.lang), out)
}

fn tell_history(outcome: &Outcome, out: &mut dyn Write) -> Result<(), CliError> {
    writeln!(
        out,
        "{} cases can be taken over: {} closed, {} open",
        outcome.compared.len(),
        outcome.closed,
        outcome.open
    )?;
    let found = agreement(&outcome.compared);
    if found.flagged > 0 {
        writeln!(
            out,
            "on time there and by its own deadline as we count it: the same for {} of {}",
            found.same_by_due_there, found.judged
        )?;
        writeln!(
            out,
            "on time there and by our own limits: the same for {} of {}",
            found.same_by_due_here, found.flagged
        )?;
    }
    Ok(())
}

/// Both deadlines of every case, in the installation's local time.
fn compared_csv(compared: &[Compared], app: &platform::App) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let moment = |at: kernel::time::Instant| app.config.zone.rfc3339(at);
    let verdict = |on_time: bool| if on_time { "yes" } else { "no" }.to_owned();
    let head =
        ["number", "due_there", "due_here", "on_time_said", "on_time_by_due_there", "on_time_by_due_here"];
    writer.write_record(head).expect("writing to memory cannot fail");
    for case in compared {
        let record = [
            case.number.clone(),
            case.due_there.map(moment).unwrap_or_default(),
            moment(case.due_here),
            case.said.map(verdict).unwrap_or_default(),
            case.by_due_there.map(verdict).unwrap_or_default(),
            verdict(case.by_due_here),
        ];
        writer.write_record(record).expect("writing to memory cannot fail");
    }
    writer.into_inner().expect("writing to memory cannot fail")
}

fn read(path: &Path) -> Result<File, CliError> {
    let unreadable = |error| CliError::Usage(format!("{}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(File { name, bytes })
}

fn tell(
    report: &Report,
    input: &ImportFile,
    translator: &Translator,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    for problem in report.bad.iter().take(SHOWN) {
        writeln!(out, "{}", sentence(problem, translator))?;
    }
    if report.bad.len() > SHOWN {
        writeln!(out, "… and {} more bad rows", report.bad.len() - SHOWN)?;
    }
    for problem in report.warnings.iter().take(SHOWN) {
        writeln!(out, "warning: {}", sentence(problem, translator))?;
    }
    writeln!(
        out,
        "{} rows: {} new, {} changed, {} unchanged, {} bad",
        report.rows,
        report.new,
        report.changed,
        report.unchanged,
        report.bad.len()
    )?;
    if input.dry_run {
        writeln!(out, "dry run: nothing was written")?;
        return Ok(());
    }
    if report.bad.is_empty() {
        return Ok(());
    }
    if !input.skip_bad {
        return Err(CliError::Found(
            "nothing was written; correct the rows above, or take the good ones with --skip-bad".into(),
        ));
    }
    let errors = error_file(&input.file);
    std::fs::write(&errors, report.error_file(translator))?;
    writeln!(out, "the bad rows stand in {}: correct them there and import that file", errors.display())?;
    Ok(())
}

fn sentence(problem: &Problem, translator: &Translator) -> String {
    let column = problem.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
    format!("line {}{column}: {}", problem.line, translator.refusal(&problem.reason))
}

fn error_file(input: &Path) -> PathBuf {
    let mut name = input.file_stem().unwrap_or_default().to_owned();
    name.push(".errors.csv");
    input.with_file_name(name)
}

fn language(code: &str) -> Result<Locale, String> {
    Locale::parse(code).ok_or_else(|| "zh-CN or en".into())
}
