//! The bare limit of intake: the same rows of an appeal just filed, written by the same
//! number of clients through the store alone. No HTTP, no rules, no sealing, no permission.

use crate::BenchError;
use crate::clients::{Ask, Measured, run};
use crate::rounds::WRITERS;
use crate::stamp::{self, Own, Pattern, Table};
use platform::App;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::{NewEntry, journal};

/// Copies are numbered from here, beyond those that were loaded.
const FIRST: u64 = 5_000_000;

/// Rows a second at each of [`WRITERS`].
///
/// # Errors
/// The store's.
pub async fn measure(app: &App, pattern: Arc<Pattern>, span: Duration) -> Result<Vec<Measured>, BenchError> {
    let tables = Arc::new(app.read(|snapshot, _| Ok(stamp::tables(snapshot)?)).await?);
    let mut measured = Vec::new();
    for (round, writers) in (0_u64..).zip(WRITERS) {
        let statements = statements(&tables);
        let bare = Bare {
            app: app.clone(),
            pattern: pattern.clone(),
            statements: Arc::new(statements),
            fresh: Arc::new(Mutex::new(app.fresh())),
            first: FIRST + round * 1_000_000,
        };
        measured.push(run(bare, writers, span).await?);
    }
    Ok(measured)
}

fn statements(tables: &[Table]) -> Vec<String> {
    tables
        .iter()
        .map(|table| {
            let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
            format!(
                "insert into {} ({}) values ({})",
                table.name,
                table.columns.join(", "),
                places.join(", ")
            )
        })
        .collect()
}

#[derive(Clone)]
struct Bare {
    app: App,
    pattern: Arc<Pattern>,
    statements: Arc<Vec<String>>,
    fresh: Arc<Mutex<platform::entropy::Fresh>>,
    first: u64,
}

impl Bare {
    fn own(&self, number: u64) -> Own {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        self.pattern.own(&self.app.vault, &mut fresh, self.first + number)
    }
}

impl Ask for Bare {
    type Line = ();

    async fn open(&self) -> Result<(), BenchError> {
        Ok(())
    }

    async fn ask(&self, (): &mut (), number: u64) -> Result<(), BenchError> {
        let own = self.own(number);
        let entries: Vec<NewEntry> = self.pattern.entries_of(&own);
        let stream = format!("matter:{}", own.id);
        let (pattern, statements) = (self.pattern.clone(), self.statements.clone());
        self.app
            .store
            .write(move |tx| {
                let written = journal::append(tx, &stream, 0, &entries)?;
                let doc = written.first().map_or(0, |first| first.position);
                for (table, row) in pattern.rows(&own, doc) {
                    tx.execute_later(&statements[table], row)?;
                }
                Ok::<_, BenchError>(())
            })
            .await
    }
}
