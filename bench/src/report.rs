//! `docs/performance.md`: what was measured, beside the limit and the target of each.

use crate::clients::Measured;
use crate::place::Engine;
use crate::registers::Ledger;
use crate::rounds::{Look, READERS, Rounds, WRITERS};
use std::fmt::Write;
use std::path::Path;

/// What one engine came to at one size.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Matters it held.
    pub matters: usize,
    /// Their events.
    pub events: usize,
    /// Bytes on disk.
    pub size: u64,
    /// Seconds it took to fill it.
    pub loading: f64,
    /// What the product was measured at.
    pub rounds: Rounds,
    /// The bare limit of intake, in the order of [`WRITERS`].
    pub bare: Vec<Measured>,
    /// What a register came to.
    pub ledger: Ledger,
}

/// All runs of one engine, smallest first.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Which.
    pub engine: Engine,
    /// Runs.
    pub runs: Vec<Run>,
}

/// What an engine must reach (ARCHITECTURE.md of the design).
struct Targets {
    intake: f64,
    intake_p99: f64,
    matter: f64,
    matter_p99: f64,
    list: f64,
    statistics: f64,
    search: f64,
}

fn targets(engine: Engine) -> Targets {
    match engine {
        Engine::Sqlite => Targets {
            intake: 5_000.0,
            intake_p99: 50.0,
            matter: 6_000.0,
            matter_p99: 5.0,
            list: 10.0,
            statistics: 50.0,
            search: 20.0,
        },
        Engine::Postgres => Targets {
            intake: 2_500.0,
            intake_p99: 60.0,
            matter: 2_000.0,
            matter_p99: 15.0,
            list: 25.0,
            statistics: 80.0,
            search: 60.0,
        },
    }
}

/// The machine, without its name.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = read("/proc/meminfo");
    let kib: u64 = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    let turns = std::fs::read_dir("/sys/block").into_iter().flatten().flatten().any(|disk| {
        let name = disk.file_name().to_string_lossy().into_owned();
        let real = ["sd", "vd", "nvme", "xvd"].iter().any(|kind| name.starts_with(kind));
        real && read(&format!("/sys/block/{name}/queue/rotational")).trim() == "1"
    });
    let disk = if turns { "a disk that calls itself rotating" } else { "a solid-state disk" };
    format!("{cores} cores, {} GiB of memory, {disk}", kib.div_ceil(1 << 20))
}

/// What the product came to with its matters.
pub fn matters(date: &str, sheets: &[Sheet], binary: u64, seconds: f64) -> String {
    let mut out = String::new();
    let mib = binary as f64 / f64::from(1 << 20);
    writeln!(
        out,
        "Measured on {date} by `make bench` on {}, clients and server sharing it; {} rounds in {:.0} min. \
         Binary: {mib:.0} MiB (target ≤ 80).\n",
        machine(),
        sheets.iter().map(|sheet| sheet.runs.len()).sum::<usize>(),
        seconds / 60.0
    )
    .expect("a String takes any write");
    out.extend(sheets.iter().map(of_engine));
    out
}

/// What it came to with a register.
pub fn registers(date: &str, sheets: &[Sheet]) -> String {
    let mut out = format!("Measured on {date} on {}, clients and server sharing it.\n\n", machine());
    out.extend(sheets.iter().map(of_registers));
    out
}

fn of_engine(sheet: &Sheet) -> String {
    let Some(last) = sheet.runs.last() else {
        return String::new();
    };
    let first = &sheet.runs[0];
    let target = targets(sheet.engine);
    let mut out = format!("### {}\n\n", sheet.engine.name());
    let sizes: Vec<String> = sheet.runs.iter().map(|run| thousands(run.matters)).collect();
    let empty = last.rounds.empty;
    let mut head = "| what |".to_owned();
    for size in &sizes {
        write!(head, " {size} matters |").expect("a String takes any write");
    }
    head.push_str(" cost, first to last | bare limit | share of it | target |\n|---|");
    head.push_str(&"---|".repeat(sizes.len() + 4));
    out.push_str(&head);
    out.push('\n');
    for (index, writers) in WRITERS.iter().enumerate() {
        let values: Vec<Measured> = sheet.runs.iter().map(|run| run.rounds.intake[index]).collect();
        let goal = if *writers == 32 {
            format!("≥ {:.0}/s, p99 ≤ {:.0} ms, ≥ 50 %", target.intake, target.intake_p99)
        } else {
            String::new()
        };
        out.push_str(&line(&format!("intake, {writers} clients"), &values, last.bare.get(index), &goal));
    }
    let accepted: Vec<Measured> = sheet.runs.iter().map(|run| run.rounds.acceptance).collect();
    out.push_str(&line("status change (acceptance), 32 clients", &accepted, None, ""));
    for (index, look) in Look::ALL.into_iter().enumerate() {
        let values: Vec<Measured> = sheet.runs.iter().map(|run| run.rounds.looks[index]).collect();
        let (name, goal) = match look {
            Look::Matter => (
                "matter page with 30 events",
                format!("≥ {:.0}/s, p99 ≤ {:.0} ms", target.matter, target.matter_p99),
            ),
            Look::List => ("filtered list of 50", format!("p99 ≤ {:.0} ms", target.list)),
            Look::Search => ("full-text search, 2 characters", format!("p99 ≤ {:.0} ms", target.search)),
            Look::Statistics => ("statistics of any period", format!("p99 ≤ {:.0} ms", target.statistics)),
            Look::Today => ("statistics of today", format!("p99 ≤ {:.0} ms", target.statistics)),
        };
        out.push_str(&line(&format!("{name}, {READERS} clients"), &values, Some(&empty), &goal));
    }
    let cell = |f: &dyn Fn(&Run) -> String| sheet.runs.iter().map(f).collect::<Vec<_>>().join(" | ");
    let mib = |bytes: u64| format!("{:.0} MiB", bytes as f64 / f64::from(1 << 20));
    let growth = |f: &dyn Fn(&Run) -> f64| {
        if sheet.runs.len() > 1 && f(first) > 0.0 {
            format!("{:.2}×", f(last) / f(first))
        } else {
            String::new()
        }
    };
    writeln!(
        out,
        "| start | {} | {} | | | ≤ 0.3 s |",
        cell(&|run| format!("{:.2} s", run.rounds.start)),
        growth(&|run| run.rounds.start)
    )
    .expect("a String takes any write");
    writeln!(
        out,
        "| first search after the start | {} | | | | |",
        cell(&|run| format!("{:.0} ms", run.rounds.first_search))
    )
    .expect("a String takes any write");
    writeln!(
        out,
        "| memory at rest; at most | {} | | | | ≤ 200 MiB |",
        cell(&|run| format!("{}; {}", mib(run.rounds.memory.0), mib(run.rounds.memory.1)))
    )
    .expect("a String takes any write");
    writeln!(
        out,
        "| on disk; events a matter; loaded in | {} | | | | |\n",
        cell(&|run| format!(
            "{}; {:.1}; {:.0} s",
            mib(run.size),
            run.events as f64 / run.matters.max(1) as f64,
            run.loading
        ))
    )
    .expect("a String takes any write");
    out
}

/// A register of many records.
fn of_registers(sheet: &Sheet) -> String {
    let runs: Vec<&Ledger> =
        sheet.runs.iter().map(|run| &run.ledger).filter(|ledger| ledger.records > 0).collect();
    if runs.is_empty() {
        return String::new();
    }
    let row = |what: &str, value: &dyn Fn(&Ledger) -> String, goal: &str| {
        let cells: Vec<String> = runs.iter().map(|ledger| value(ledger)).collect();
        format!("| {what} | {} | {goal} |\n", cells.join(" | "))
    };
    let sizes: Vec<String> =
        runs.iter().map(|ledger| format!("{} records", thousands(ledger.records))).collect();
    let mut out =
        format!("### A register on {}\n\n| what | {} | target |\n", sheet.engine.name(), sizes.join(" | "));
    out.push_str(&format!("|---|{}---|\n", "---|".repeat(runs.len())));
    out.push_str(&row(
        &format!("filtered list of 50, {READERS} clients"),
        &|ledger| cell(&ledger.list),
        "p99 ≤ 25 ms",
    ));
    let of_rows =
        |seconds: f64, ledger: &Ledger| format!("{seconds:.1} s for {} rows", thousands(ledger.rows));
    out.push_str(&row("Excel file, looked at", &|ledger| of_rows(ledger.looked, ledger), ""));
    out.push_str(&row(
        "Excel file, taken over",
        &|ledger| of_rows(ledger.taken, ledger),
        "≤ 30 s for 100,000 rows",
    ));
    out.push_str(&row(
        "one field more in the definition",
        &|ledger| format!("{:.1} s", ledger.change),
        "≤ 10 s",
    ));
    out.push('\n');
    out
}

fn line(what: &str, values: &[Measured], bare: Option<&Measured>, goal: &str) -> String {
    let cells: Vec<String> = values.iter().map(cell).collect();
    let grown = match (values.first(), values.last()) {
        (Some(first), Some(last)) if values.len() > 1 && last.per_second > 0.0 => {
            format!("{:.2}×", first.per_second / last.per_second)
        }
        _ => String::new(),
    };
    let (limit, share) = match (bare, values.last()) {
        (Some(bare), Some(last)) if bare.per_second > 0.0 => {
            (cell(bare), format!("{:.0} %", 100.0 * last.per_second / bare.per_second))
        }
        _ => (String::new(), String::new()),
    };
    format!("| {what} | {} | {grown} | {limit} | {share} | {goal} |\n", cells.join(" | "))
}

fn cell(measured: &Measured) -> String {
    format!(
        "{}/s, p50 {} ms, p99 {} ms",
        thousands(measured.per_second.round() as usize),
        millis(measured.p50),
        millis(measured.p99)
    )
}

fn millis(value: f64) -> String {
    if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A part of the page that is written by the program.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// Matters.
    Matters,
    /// A register.
    Registers,
}

impl Part {
    /// The marks around it.
    fn marks(self) -> [&'static str; 2] {
        match self {
            Self::Matters => ["<!-- bench -->", "<!-- end of bench -->"],
            Self::Registers => ["<!-- register bench -->", "<!-- end of register bench -->"],
        }
    }
}

/// Puts a section between its marks.
///
/// # Errors
/// When the file cannot be read or written, or has no marks.
pub fn write(file: &Path, part: Part, section: &str) -> std::io::Result<()> {
    let [begin, end] = part.marks();
    let text = std::fs::read_to_string(file)?;
    let places = text.find(begin).zip(text.find(end));
    let (from, to) = places.ok_or_else(|| std::io::Error::other("the page has no place for figures"))?;
    let text = format!("{}\n\n{section}{}", &text[..from + begin.len()], &text[to..]);
    std::fs::write(file, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_growth_and_the_share_of_the_limit() {
        let measured = |per_second| Measured { per_second, p50: 1.04, p99: 12.3, answers: 10 };
        let line = line("pages", &[measured(3000.0), measured(2000.0)], Some(&measured(10_000.0)), "≥ 1");
        assert_eq!(
            line,
            "| pages | 3,000/s, p50 1.0 ms, p99 12 ms | 2,000/s, p50 1.0 ms, p99 12 ms | 1.50× \
             | 10,000/s, p50 1.0 ms, p99 12 ms | 20 % | ≥ 1 |\n"
        );
    }
}
