//! Fills an installation with copies of its patterns until it holds as many matters as are
//! wanted, five events each on average.

use crate::BenchError;
use crate::city::LONG;
use crate::stamp::{self, Pattern, Table};
use matters::figures::Gathering;
use platform::App;
use platform::entropy::Fresh;
use platform::followers::Gathered;
use std::sync::Arc;
use std::sync::mpsc;
use store::bulk::{self, Appended, Appender};
use store::{Tx, Value};

/// Events a matter has on average.
const MEAN: f64 = 5.0;
/// Matters with [`LONG`] events at most, and as a share of all.
const LONG_AT_MOST: usize = 1_000;
const LONG_SHARE: usize = 100;
/// Copies written in one transaction.
const TOGETHER: usize = 1_500;

/// What was loaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loaded {
    /// Matters there are now.
    pub matters: usize,
    /// Their events.
    pub events: usize,
}

/// Copies written together.
struct Batch {
    appended: Appended,
    rows: Vec<Vec<Vec<Value>>>,
    texts: Vec<(i64, usize)>,
    odd: Vec<Vec<Value>>,
    seq: i64,
}

/// Loads until there are `wanted` matters.
///
/// # Errors
/// The store's.
pub async fn load(app: &App, patterns: Vec<Pattern>, wanted: usize) -> Result<Loaded, BenchError> {
    let copies = copies(&patterns, wanted);
    let loaded = Loaded {
        matters: patterns.len() + copies.iter().sum::<usize>(),
        events: patterns.iter().zip(&copies).map(|(pattern, copies)| pattern.events * (copies + 1)).sum(),
    };
    platform::seal::run(app).await?;
    let (tables, appender) =
        app.read(|snapshot, _| Ok((stamp::tables(snapshot)?, Appender::at_end(snapshot)?))).await?;
    let (tables, patterns) = (Arc::new(tables), Arc::new(patterns));
    let (batches, ready) = mpsc::sync_channel::<Batch>(1);
    let mut press = Press {
        app: app.clone(),
        tables: tables.clone(),
        patterns: patterns.clone(),
        appender,
        fresh: app.fresh(),
        sums: Gathering::default(),
    };
    let pressing = std::thread::spawn(move || {
        press.run(&copies, &batches);
        (press.sums, press.appender.seq())
    });
    for batch in ready {
        let (batch, tables, patterns) = (Arc::new(batch), tables.clone(), patterns.clone());
        app.store.write(move |tx| write(tx, &batch, &tables, &patterns)).await?;
    }
    let (sums, seq) = pressing.join().map_err(|_| BenchError::unexpected("copying panicked"))?;
    let listeners: Vec<String> =
        app.listeners.iter().map(|listener| format!("listener.{}", listener.name())).collect();
    let others = app.texts.iter().map(|texts| texts.name()).filter(|name| *name != matters::search::INDEX);
    let others: Vec<&'static str> = others.collect();
    app.store.write(move |tx| settle(tx, &sums, seq, &listeners, &others)).await?;
    Ok(loaded)
}

/// How many copies of each pattern are made, beside itself: the mean of events decides how
/// many of the short ones and how many of the long.
fn copies(patterns: &[Pattern], wanted: usize) -> Vec<usize> {
    let is_long = |pattern: &&Pattern| pattern.events >= LONG;
    let long = patterns.iter().filter(is_long).count();
    let all_long = (wanted / LONG_SHARE).min(LONG_AT_MOST).max(long);
    let others: Vec<&Pattern> = patterns.iter().filter(|pattern| pattern.events < LONG).collect();
    let mean = |of: &[&&Pattern]| {
        of.iter().map(|pattern| pattern.events as f64).sum::<f64>() / of.len().max(1) as f64
    };
    let (short, rest): (Vec<&&Pattern>, Vec<&&Pattern>) =
        others.iter().partition(|pattern| pattern.events as f64 <= MEAN);
    let rest_of_mean = (MEAN * wanted as f64 - (LONG * all_long) as f64) / (wanted - all_long) as f64;
    let share = ((mean(&rest) - rest_of_mean) / (mean(&rest) - mean(&short))).clamp(0.0, 1.0);
    let of_short = (share * (wanted - all_long) as f64) as usize;
    let of_rest = wanted - all_long - of_short;
    let mut seen = [0; 3];
    let parts = [(all_long, long), (of_short, short.len()), (of_rest, rest.len())];
    patterns
        .iter()
        .map(|pattern| {
            let class = match pattern.events {
                LONG.. => 0,
                events if events as f64 <= MEAN => 1,
                _ => 2,
            };
            let (of, among) = parts[class];
            seen[class] += 1;
            // Evenly, what does not divide going to the first.
            (of / among + usize::from(seen[class] <= of % among)).saturating_sub(1)
        })
        .collect()
}

/// Makes copies on a thread of its own while the store writes those before.
struct Press {
    app: App,
    tables: Arc<Vec<Table>>,
    patterns: Arc<Vec<Pattern>>,
    appender: Appender,
    fresh: Fresh,
    /// What counts matters, to be added once all are there.
    sums: Gathering,
}

impl Press {
    fn run(&mut self, copies: &[usize], batches: &mpsc::SyncSender<Batch>) {
        let mut running = 0;
        let mut batch = self.empty();
        let patterns = self.patterns.clone();
        for (index, pattern) in patterns.iter().enumerate() {
            let times = i64::try_from(copies[index]).unwrap_or(0);
            let odd = self.sums.add(&pattern.facts, &self.app.config.zone, times);
            for _ in 0..copies[index] {
                running += 1;
                let own = pattern.own(&self.app.vault, &mut self.fresh, running);
                let doc = pattern.append(&own, &mut self.appender);
                for (table, row) in pattern.rows(&own, doc) {
                    batch.rows[table].push(row);
                }
                if !pattern.terms.is_empty() {
                    batch.texts.push((doc, index));
                }
                batch.odd.extend(Gathering::odd_rows(&own.id.to_string(), &odd));
                if running % TOGETHER as u64 == 0 {
                    let full = std::mem::replace(&mut batch, self.empty());
                    if batches.send(self.finished(full)).is_err() {
                        return;
                    }
                }
            }
        }
        let last = self.finished(batch);
        // Whoever writes has given up; it tells why.
        let _ = batches.send(last);
    }

    fn empty(&self) -> Batch {
        let rows = self.tables.iter().map(|_| Vec::new()).collect();
        Batch { appended: Appended::default(), rows, texts: Vec::new(), odd: Vec::new(), seq: 0 }
    }

    fn finished(&mut self, batch: Batch) -> Batch {
        Batch { appended: self.appender.take(), seq: self.appender.seq(), ..batch }
    }
}

fn write(tx: &mut Tx, batch: &Batch, tables: &[Table], patterns: &[Pattern]) -> Result<(), BenchError> {
    batch.appended.write(tx)?;
    for (table, rows) in tables.iter().zip(&batch.rows) {
        let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
        bulk::insert(tx, &table.name, &columns, rows)?;
    }
    let (table, columns) = Gathering::ODD;
    bulk::insert(tx, table, &columns, &batch.odd)?;
    let documents: Vec<(i64, &[String])> =
        batch.texts.iter().map(|(doc, pattern)| (*doc, patterns[*pattern].terms.as_slice())).collect();
    let cursor = store::fulltext::cursor(tx, matters::search::INDEX)?;
    bulk::texts(tx, matters::search::INDEX, &documents)?;
    store::fulltext::advance(tx, matters::search::INDEX, &cursor, batch.seq)?;
    Ok(())
}

/// Writes the sums, and takes all copies for known: they are no news to those who listen, and
/// hold nothing for the indexes of other texts, which would read through them while the rounds
/// are measured.
fn settle(
    tx: &mut Tx,
    sums: &Gathering,
    seq: i64,
    listeners: &[String],
    others: &[&str],
) -> Result<(), BenchError> {
    for index in others {
        let behind = store::fulltext::cursor(tx, index)?;
        store::fulltext::advance(tx, index, &behind, seq)?;
    }
    for listener in listeners {
        store::meta::put(tx, listener, &seq.to_string())?;
    }
    let behind = store::follower::cursor(tx, Gathering::FOLLOWER)?;
    store::follower::advance(tx, Gathering::FOLLOWER, behind, seq)?;
    sums.write(tx)?;
    Ok(bulk::settle(tx)?)
}
