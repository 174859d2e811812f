//! What the two engines have in common: a session speaks to one connection, units of
//! work travel to store threads, and a command is acknowledged only after COMMIT.

pub(crate) mod postgres;
pub(crate) mod sqlite;
mod work;

pub(crate) use work::{Closure, Ran, Work};

use crate::projection::Registry;
use crate::{Row, Snapshot, StoreError, Tx, Value};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{mpsc, oneshot, watch};

/// The engine behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite in the data folder: the embedded default.
    Sqlite,
    /// A PostgreSQL server, shared by many nodes.
    Postgres,
}

/// How a transaction begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A consistent view; nothing can be written.
    Read,
    /// Reads and writes.
    Write,
}

/// One connection, as the handles in [`crate::tx`] need it.
pub(crate) trait Session {
    fn engine(&self) -> Engine;
    /// Makes sure the connection lives, reconnecting if it must.
    fn ready(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
    /// Whether a transaction is open. When the engine had to roll one back by itself, it no
    /// longer is.
    fn in_transaction(&self) -> bool;
    fn begin(&mut self, mode: Mode) -> Result<(), StoreError>;
    fn commit(&mut self) -> Result<(), StoreError>;
    fn rollback(&mut self) -> Result<(), StoreError>;
    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError>;
    fn execute_later(&mut self, sql: &str, params: Vec<Value>) -> Result<(), StoreError>;
    fn batch(&mut self, statements: &[(&str, Vec<Value>)]) -> Result<Vec<u64>, StoreError>;
    /// Puts many rows into a table, in the quickest way the engine has.
    fn copy_in(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), StoreError>;
    /// Runs several statements without parameters, inside or outside a transaction.
    fn script(&mut self, sql: &str) -> Result<(), StoreError>;
}

/// What every thread of a store shares.
pub(crate) struct Shared {
    pub(crate) registry: Registry,
    /// Counts committed transactions that asked to wake the waiting.
    pub(crate) wakes: watch::Sender<u64>,
    /// Told about local wakes, to pass them on to other nodes (PostgreSQL).
    pub(crate) outgoing: tokio::sync::Notify,
    /// Whether the read models are this program's: true once the store is open.
    settled: AtomicBool,
}

impl Shared {
    pub(crate) fn new(registry: Registry) -> Self {
        Self {
            registry,
            wakes: watch::Sender::new(0),
            outgoing: tokio::sync::Notify::new(),
            settled: AtomicBool::new(false),
        }
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Acquire)
    }

    pub(crate) fn settle(&self) {
        self.settled.store(true, Ordering::Release);
    }

    /// Wakes whoever waits here; `outgoing` carries it to the other nodes.
    pub(crate) fn woken(&self) {
        self.wakes.send_modify(|count| *count += 1);
        self.outgoing.notify_one();
    }
}

/// Upkeep that must run outside a transaction (checkpoint, vacuum).
pub(crate) type Upkeep = Box<dyn FnMut(&mut dyn Session) -> Result<(), StoreError> + Send>;

/// What is sent to a store thread.
pub(crate) enum Job {
    Read(Box<dyn Work<Snapshot>>),
    Write(Box<dyn Work<Tx>>),
    Upkeep(Upkeep, oneshot::Sender<Result<(), StoreError>>),
}

/// The threads of one open store and the queues that lead to them.
pub(crate) struct Threads {
    pub(crate) reads: mpsc::Sender<Job>,
    pub(crate) writes: mpsc::Sender<Job>,
    pub(crate) handles: Vec<std::thread::JoinHandle<()>>,
    /// Dropping it stops what waits for nothing but the end (the listener).
    pub(crate) stop: watch::Sender<()>,
}

/// How many units of work may wait in a queue before callers wait to get in.
pub(crate) const QUEUE: usize = 1024;

/// What a run comes to: `Ok(true)` to keep its changes, `Ok(false)` to roll them back and
/// answer with the closure's own error, `Err` to roll back and answer with this.
pub(crate) fn verdict(ran: Ran, failed: Option<StoreError>) -> Result<bool, StoreError> {
    match (ran, failed) {
        (Ran::Kept, None) => Ok(true),
        (Ran::Kept, Some(error)) => Err(error),
        (Ran::Refused, _) => Ok(false),
        (Ran::Panicked(text), _) => Err(StoreError::Panicked(text)),
    }
}
