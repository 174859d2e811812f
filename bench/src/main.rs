//! `make bench`.

#![allow(clippy::disallowed_methods, reason = "see the library")]

use clap::{Parser, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tongxin_bench::place::{Engine, Ground};
use tongxin_bench::product::Product;
use tongxin_bench::registers::Ledger;
use tongxin_bench::report::{Part, Run, Sheet};
use tongxin_bench::rounds::Known;
use tongxin_bench::{BenchError, bare, city, load, product, registers, report, rounds};

/// Patterns that are played; all else are their copies.
const PATTERNS: u32 = 1_000;
/// Patterns where matters are not what is measured.
const FEW: u32 = 10;

/// Measures the product and writes what it came to.
#[derive(Parser)]
struct Bench {
    /// The product's binary.
    #[arg(long, value_name = "FILE")]
    product: PathBuf,
    /// How many matters; left out: 10k, then 1m.
    #[arg(long, value_enum)]
    scale: Vec<Scale>,
    /// On which engines; left out: both.
    #[arg(long, value_enum)]
    engine: Vec<Engine>,
    /// Seconds of each round.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Measures a register alone.
    #[arg(long)]
    registers: bool,
    /// Where data are kept while it runs.
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    data: PathBuf,
    /// The page the figures go to; without it they are printed only.
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scale {
    /// 10,000 matters.
    #[value(name = "10k")]
    TenThousand,
    /// A million.
    #[value(name = "1m")]
    Million,
}

impl Scale {
    fn matters(self) -> usize {
        match self {
            Self::TenThousand => 10_000,
            Self::Million => 1_000_000,
        }
    }

    /// Rows of an Excel file; two of them fill a register.
    fn rows(self) -> usize {
        match self {
            Self::TenThousand => 10_000,
            Self::Million => 100_000,
        }
    }
}

fn main() -> ExitCode {
    match measure(&Bench::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tongxin-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(bench: &Bench) -> Result<(), BenchError> {
    let begun = Instant::now();
    let scales = if bench.scale.is_empty() { Scale::value_variants() } else { &bench.scale };
    let engines = if bench.engine.is_empty() { Engine::value_variants() } else { &bench.engine };
    let mut sheets = Vec::new();
    let mut date = String::new();
    let mut failed = None;
    for engine in engines {
        let mut runs = Vec::new();
        for scale in scales {
            match measure_one(bench, *engine, *scale) {
                Ok((run, today)) => {
                    eprintln!("{} at {}: done after {:.0?}", engine.name(), run.matters, begun.elapsed());
                    date = today;
                    runs.push(run);
                }
                // What the others came to is worth having all the same.
                Err(error) => {
                    eprintln!("{} at {}: {error}", engine.name(), scale.matters());
                    failed = Some(error);
                }
            }
        }
        sheets.push(Sheet { engine: *engine, runs });
    }
    let mut sections = vec![(Part::Registers, report::registers(&date, &sheets))];
    if !bench.registers {
        let binary = product::stripped_size(&bench.product, &bench.data)?;
        let matters = report::matters(&date, &sheets, binary, begun.elapsed().as_secs_f64());
        sections.insert(0, (Part::Matters, matters));
    }
    for (part, section) in sections {
        println!("{section}");
        if let Some(page) = &bench.page {
            report::write(page, part, &section)?;
        }
    }
    failed.map_or(Ok(()), Err)
}

fn measure_one(bench: &Bench, engine: Engine, scale: Scale) -> Result<(Run, String), BenchError> {
    let span = Duration::from_secs(bench.seconds);
    let ground = Ground::new(engine, &bench.data)?;
    if bench.registers {
        let opened = ground.open()?;
        opened.block_on(city::make(&opened.app, FEW))?;
        opened.block_on(registers::define(&opened.app))?;
        let today = opened.app.config.zone.date_of(opened.app.now()).to_string();
        drop(opened);
        let ledger = ask_ledger(&bench.product, &ground, scale, span, &today)?;
        return Ok((Run { ledger, ..Run::default() }, today));
    }
    let (known, filed, mut run, today) = fill(&ground, scale.matters())?;
    run.rounds = ask(&bench.product, &ground, known, span)?;
    run.ledger = ask_ledger(&bench.product, &ground, scale, span, &today)?;
    let opened = ground.open()?;
    run.bare = opened.block_on(bare::measure(&opened.app, filed, span))?;
    Ok((run, today))
}

/// Fills the place; gives what clients must know, a matter as it stands when just filed, and
/// what was loaded.
fn fill(
    ground: &Ground,
    matters: usize,
) -> Result<(Known, Arc<tongxin_bench::stamp::Pattern>, Run, String), BenchError> {
    let opened = ground.open()?;
    let begun = Instant::now();
    let city = opened.block_on(city::make(&opened.app, PATTERNS))?;
    let zone = opened.app.config.zone.clone();
    let mut days: Vec<String> =
        city.patterns.iter().map(|pattern| zone.date_of(pattern.filed_at).to_string()).collect();
    days.dedup();
    let long = city.patterns.iter().filter(|pattern| pattern.events >= city::LONG);
    let long: Vec<String> = long.map(|pattern| pattern.id().to_owned()).collect();
    opened.block_on(registers::define(&opened.app))?;
    let filed = opened.block_on(city::filed(&opened.app))?;
    let loaded = opened.block_on(load::load(&opened.app, city.patterns, matters))?;
    let run = Run {
        matters: loaded.matters,
        events: loaded.events,
        loading: begun.elapsed().as_secs_f64(),
        size: ground.size(&opened.app)?,
        ..Run::default()
    };
    let known = Known {
        address: ([127, 0, 0, 1], 0).into(),
        token: city.token,
        long: long.into(),
        days: days.into(),
    };
    let today = zone.date_of(opened.app.now()).to_string();
    Ok((known, Arc::new(filed), run, today))
}

fn ask_ledger(
    binary: &Path,
    ground: &Ground,
    scale: Scale,
    span: Duration,
    today: &str,
) -> Result<Ledger, BenchError> {
    let product = Product::start(binary, &ground.arguments())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(registers::measure(product.address, scale.rows(), span, today))
}

fn ask(binary: &Path, ground: &Ground, known: Known, span: Duration) -> Result<rounds::Rounds, BenchError> {
    // Once for the caches of the machine; the second start is what an office sees.
    drop(Product::start(binary, &ground.arguments())?);
    let product = Product::start(binary, &ground.arguments())?;
    let known = Known { address: product.address, ..known };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut rounds = runtime.block_on(rounds::measure(&known, span, || product.memory()))?;
    rounds.start = product.start.as_secs_f64();
    Ok(rounds)
}
