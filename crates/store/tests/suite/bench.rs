//! A place for a store on either engine, and entries to fill it with.

use crate::postgres::TestServer;
use kernel::event::Source;
use kernel::time::Instant;
use store::{Entry, NewEntry, Projection, Query, Registry, Store, StoreConfig, StoreError, TableDef, Tx};
use store::{journal, params};
use tempfile::TempDir;

/// Where a test's database lies; it may be opened again and again.
pub struct Bench {
    pub config: StoreConfig,
    pub folder: TempDir,
}

impl Bench {
    pub fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        Self { config: StoreConfig::Sqlite { path: folder.path().join("store.db"), readers: 2 }, folder }
    }

    pub fn postgres() -> Self {
        let url = TestServer::shared().database();
        Self { config: StoreConfig::Postgres { url, threads: 4 }, folder: TempDir::new().unwrap() }
    }

    /// An empty place on the other engine.
    pub fn other(&self) -> Self {
        match self.config {
            StoreConfig::Postgres { .. } => Self::sqlite(),
            _ => Self::postgres(),
        }
    }

    pub fn open(&self) -> Store {
        self.open_with(Registry::new(vec![Box::new(Ledger { version: 1 })]))
    }

    pub fn open_with(&self, registry: Registry) -> Store {
        Store::open(self.config.clone(), registry).unwrap()
    }
}

/// Makes each named function, which takes a `&Bench`, a test on both engines.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { super::$name(&$crate::bench::Bench::sqlite()); })*
        }
        mod postgres {
            $(#[test] fn $name() { super::$name(&$crate::bench::Bench::postgres()); })*
        }
    };
}

pub fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

pub fn event(kind: &str, body: &str) -> NewEntry {
    NewEntry {
        kind: kind.to_owned(),
        actor: r#"{"system":"test"}"#.to_owned(),
        source: Source::Live,
        occurred_at: at(1),
        recorded_at: at(2),
        body: body.to_owned(),
    }
}

/// Appends to a stream wherever it stands, and projects.
pub fn append(tx: &mut Tx, stream: &str, events: &[NewEntry]) -> Result<Vec<Entry>, StoreError> {
    let version = journal::load(tx, stream, 0)?.len() as i64;
    let entries = journal::append(tx, stream, version, events)?;
    store::project(tx, &entries)?;
    Ok(entries)
}

/// Appends one event in a transaction of its own.
pub fn append_one(store: &Store, stream: &str, body: &str) -> Vec<Entry> {
    let (stream, event) = (stream.to_owned(), event("noted", body));
    store.write_blocking(move |tx| append(tx, &stream, std::slice::from_ref(&event))).unwrap()
}

pub fn int(store: &Store, sql: &'static str) -> i64 {
    store.read_blocking(move |s| s.query_one(sql, &[])?.int(0)).unwrap()
}

/// Runs a statement behind the store's back.
pub fn tamper(store: &Store, sql: &'static str) -> u64 {
    store.write_blocking(move |tx| tx.execute(sql, &[])).unwrap()
}

/// A projection with one row per stream: how many entries, and the last body.
pub struct Ledger {
    pub version: u32,
}

impl Projection for Ledger {
    fn name(&self) -> &'static str {
        "ledger"
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef {
            name: "ledger",
            ddl: "create table ledger (stream text primary key, entries bigint not null, \
                  last text not null, weight double precision not null);
                  create index ledger_last on ledger (last)",
            order_by: "stream",
        }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let last = match self.version {
            1 => entry.body.clone(),
            newer => format!("v{newer} {}", entry.body),
        };
        tx.execute_later(
            "insert into ledger (stream, entries, last, weight) values ($1, 1, $2, $3) \
             on conflict (stream) do update set entries = ledger.entries + 1, last = excluded.last",
            params![&entry.stream, last, 1],
        )
    }

    fn erase(&self, tx: &mut Tx, subject: &str) -> Result<(), StoreError> {
        tx.execute_later("delete from ledger where stream = $1", params![subject])
    }
}
