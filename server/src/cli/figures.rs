//! `tongxin figures`: the figures folded from the journal's dated facts, as a table or as
//! JSON for other programs.

use super::{CliError, Opened, Place};
use clap::Args;
use kernel::UnitId;
use kernel::time::Date;
use matters::figures::Asked;
use matters_rules::figures::{By, Cell, Figures, Rate};
use platform::Failure;
use platform::ui::{Locale, Translator};
use std::io::Write;

/// What to compute.
#[derive(Debug, Args)]
pub struct FiguresCommand {
    #[command(flatten)]
    place: Place,
    /// First local day of the period, e.g. 2022-08-01: adds what came in and went out in it.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The local day whose end is meant, the whole day included; left out, today.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Only what concerns this unit and those below it.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Count apart: by unit, category, area, channel, line, urgency, type, closing, day, week
    /// or month.
    #[arg(long, value_name = "WHAT", value_parser = by)]
    by: Option<By>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Carries it out.
///
/// # Errors
/// [`CliError::Usage`] for a unit that is not in the network or a period that ends before
/// it begins.
pub fn run(command: FiguresCommand, out: &mut dyn Write) -> Result<(), CliError> {
    if let (Some(from), Some(as_of)) = (command.from, command.as_of)
        && from > as_of
    {
        return Err(CliError::Usage(format!("--from {from} is later than --as-of {as_of}")));
    }
    let unit = command.unit.map(UnitId);
    let asked = Asked { from: command.from, as_of: command.as_of, unit: unit.clone() };
    let opened = command.place.open_existing()?;
    if let Some(by) = command.by {
        return counted_by(&opened, asked, by, command.json, out);
    }
    let figures = opened.block_on(opened.app.read(move |snapshot, app| {
        let question = matters::figures::question(snapshot, app, &asked)?;
        matters::figures::figures(snapshot, &question)
    }));
    let figures = match (figures, &unit) {
        (Err(Failure::NotFound), Some(unit)) => {
            return Err(CliError::Usage(format!("--unit {unit}: no such unit in the network")));
        }
        (figures, _) => figures?,
    };
    if command.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&figures.json(unit.as_ref()))?)?;
        return Ok(());
    }
    table(&figures, &opened.app.locales.translator(Locale::En), out)
}

fn by(code: &str) -> Result<By, String> {
    let known: Vec<&str> = By::ALL.iter().map(|by| by.code()).collect();
    By::parse(code).ok_or_else(|| format!("one of {}", known.join(", ")))
}

/// The figures counted apart: JSON, or a table of the most asked for.
fn counted_by(
    opened: &Opened,
    asked: Asked,
    by: By,
    json: bool,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let words = opened.app.locales.translator(Locale::En);
    let unit = asked.unit.clone();
    let found = opened.block_on(
        opened.app.read(move |snapshot, app| statistics::by_json(snapshot, app, &words, &asked, by, None)),
    );
    let found = match (found, unit) {
        (Err(Failure::NotFound), Some(unit)) => {
            return Err(CliError::Usage(format!("--unit {unit}: no such unit in the network")));
        }
        (found, _) => found?,
    };
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "Figures by {} as of the end of {}",
        by.code(),
        found["as_of"].as_str().unwrap_or_default()
    )?;
    writeln!(out, "{:>10} {:>10} {:>10} {:>10}", "accepted", "closed", "open", "assigned")?;
    for row in found["rows"].as_array().into_iter().flatten() {
        let flows = &row["figures"]["period"];
        let of = |cell: &str| match by.is_series() {
            true => flows[cell].as_u64(),
            false => row["figures"][cell].as_u64(),
        };
        let assignments = row["figures"]["assignments"]["total"].as_u64();
        let numbers = [of("accepted"), of("closed"), of("open"), assignments].map(Option::unwrap_or_default);
        let [accepted, closed, open, assigned] = numbers;
        let indent = "  ".repeat(usize::try_from(row["depth"].as_u64().unwrap_or(0)).unwrap_or(0));
        let name = row["name"].as_str().unwrap_or_default();
        writeln!(out, "{accepted:>10} {closed:>10} {open:>10} {assigned:>10}  {indent}{name}")?;
    }
    Ok(())
}

fn table(figures: &Figures, words: &Translator, out: &mut dyn Write) -> Result<(), CliError> {
    writeln!(out, "Figures as of the end of {}", figures.as_of)?;
    let groups: [(Cell, &[Cell]); 4] = [
        (Cell::Received, &Figures::RECEIVED),
        (Cell::Accepted, &Figures::ACCEPTED),
        (Cell::Accepted, &[Cell::Closed, Cell::Open]),
        (Cell::Assignments, &Figures::ASSIGNMENTS),
    ];
    for (whole, parts) in groups {
        writeln!(out)?;
        line(figures, words, whole, "", out)?;
        for part in parts {
            line(figures, words, *part, "  ", out)?;
        }
    }
    writeln!(out, "\nClosed, by type")?;
    for (closing, n) in figures.closed_by_type() {
        writeln!(out, "{n:>8}  {}", words.t(closing.key()))?;
    }
    if let Some(from) = figures.from {
        writeln!(out, "\nFrom {from}")?;
        for cell in Figures::PERIOD.into_iter().chain([
            Cell::PeriodReceived,
            Cell::PeriodAssigned,
            Cell::PeriodClosed,
        ]) {
            line(figures, words, cell, "  ", out)?;
        }
    }
    writeln!(out, "\nRates")?;
    for rate in figures.rates() {
        let share = rate.percent().map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
        let Rate { def, n, of } = rate;
        writeln!(out, "{share:>8}  {n}/{of}  {}", words.t(&format!("rate-{}", def.name)))?;
        writeln!(out, "          {}", words.t(&format!("formula-{}", def.name)))?;
    }
    Ok(())
}

fn line(
    figures: &Figures,
    words: &Translator,
    cell: Cell,
    indent: &str,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let label = words.t(&format!("cell-{}", cell.code()));
    Ok(writeln!(out, "{:>8}  {indent}{label}", figures.count(cell))?)
}
