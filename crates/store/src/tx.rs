//! The two handles a unit of work sees: [`Snapshot`] reads, [`Tx`] reads and writes.
//! Both are plain and synchronous; they live on a store thread.

use crate::engine::{Engine, Session, Shared};
use crate::{Row, StoreError, Value};
use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Reading, on either engine. SQL is written once, with `$1` placeholders
/// (rules: `docs/portable-sql.md`).
pub trait Query {
    /// Which engine answers; only needed where SQL cannot be written once.
    fn engine(&self) -> Engine;

    /// Hands each row to `each` as it arrives, without collecting them.
    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// All rows of an answer.
    fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.query_each(sql, params, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    fn query_one_opt(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The first row of a query that always has one (an aggregate).
    fn query_one(&mut self, sql: &str, params: &[Value]) -> Result<Row, StoreError> {
        self.query_one_opt(sql, params)?.ok_or_else(|| StoreError::Engine("the query gave no row".into()))
    }

    /// From here to the end of the transaction PostgreSQL plans each question for the values it
    /// is asked with, instead of keeping one plan for all values: for lists, of which one filter
    /// leaves nearly everything and another nearly nothing. SQLite's plans never look at values.
    fn plan_by_values(&mut self) -> Result<(), StoreError>;

    /// Remembers a stream's head that has been read anyway, so that a following append
    /// in the same transaction need not ask for it.
    #[doc(hidden)]
    fn note_head(&mut self, _stream: &str, _head: Head) {}
}

/// The last entry of a stream: its version (0 when there is none) and its hash.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub version: i64,
    pub hash: String,
}

/// One consistent, read-only view of the store.
pub struct Snapshot {
    pub(crate) session: Box<dyn Session>,
    pub(crate) shared: Arc<Shared>,
    /// The first statement that failed: from then on the transaction is doomed, on both
    /// engines alike (PostgreSQL leaves no choice).
    pub(crate) failed: Option<StoreError>,
}

impl Snapshot {
    pub(crate) fn new(session: Box<dyn Session>, shared: Arc<Shared>) -> Self {
        Self { session, shared, failed: None }
    }

    /// What the application handed over when it opened the store, if it is a `T`.
    pub fn context<T: Any + Send + Sync>(&self) -> Result<Arc<T>, StoreError> {
        Arc::clone(&self.shared.registry.context).downcast::<T>().map_err(|_| {
            StoreError::Refused(format!(
                "the store was opened without the context {}",
                std::any::type_name::<T>()
            ))
        })
    }

    pub(crate) fn guarded<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let outcome = work(self.session.as_mut());
        if let Err(error) = &outcome {
            self.failed = Some(error.clone());
        }
        outcome
    }
}

impl Query for Snapshot {
    fn engine(&self) -> Engine {
        self.session.engine()
    }

    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.guarded(|session| session.query_each(sql, params, each))
    }

    fn plan_by_values(&mut self) -> Result<(), StoreError> {
        match self.engine() {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => {
                let sql = "set local plan_cache_mode = force_custom_plan";
                self.guarded(|session| session.execute_later(sql, Vec::new()))
            }
        }
    }
}

/// One transaction. A statement that fails dooms it: whatever the closure returns,
/// nothing of it is kept.
pub struct Tx {
    pub(crate) inner: Snapshot,
    pub(crate) heads: HashMap<String, Head>,
    pub(crate) wake: bool,
    /// Positions of the journal set aside for entries to come.
    pub(crate) positions: VecDeque<i64>,
    memo: HashMap<TypeId, Box<dyn Any>>,
}

impl Tx {
    pub(crate) fn new(session: Box<dyn Session>, shared: Arc<Shared>) -> Self {
        Self {
            inner: Snapshot::new(session, shared),
            heads: HashMap::new(),
            wake: false,
            positions: VecDeque::new(),
            memo: HashMap::new(),
        }
    }

    /// Runs a statement and says how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.inner.guarded(|session| session.execute(sql, params))
    }

    /// Runs statements in order and says how many rows each changed: a loop on SQLite,
    /// one round trip on PostgreSQL.
    pub fn batch(&mut self, statements: &[(&str, Vec<Value>)]) -> Result<Vec<u64>, StoreError> {
        self.inner.guarded(|session| session.batch(statements))
    }

    /// Runs a statement whose row count nobody asks for. On PostgreSQL it travels together
    /// with the next statement or the commit, so it costs no round trip; its failure shows
    /// there. Order is kept.
    pub fn execute_later(&mut self, sql: &str, params: Vec<Value>) -> Result<(), StoreError> {
        self.inner.guarded(|session| session.execute_later(sql, params))
    }

    /// What the application handed over when it opened the store, if it is a `T`.
    pub fn context<T: Any + Send + Sync>(&self) -> Result<Arc<T>, StoreError> {
        self.inner.context()
    }

    /// What was read already in this transaction's closure, so that many rows ask once; it is
    /// gone with the closure. Who changes what was read clears it.
    pub fn memo<T: Any + Default>(&mut self) -> &mut T {
        let memo = self.memo.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        memo.downcast_mut().expect("it lies under its own type")
    }

    /// Wakes whoever waits on [`crate::Store::wakeups`] once this transaction is committed.
    pub fn wake(&mut self) {
        self.wake = true;
    }

    /// Runs a script of several statements without parameters (DDL).
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.inner.guarded(|session| session.script(sql))
    }

    pub(crate) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.inner.shared)
    }

    /// Marks the transaction as lost in a race, so that the closure is run again.
    pub(crate) fn lost_race(&mut self, what: &str) {
        self.inner.failed = Some(StoreError::Contention(what.to_owned()));
    }

    /// Makes the handle fresh for the next closure.
    pub(crate) fn reset(&mut self) {
        self.inner.failed = None;
        self.heads.clear();
        self.wake = false;
        self.positions.clear();
        self.memo.clear();
    }
}

impl Query for Tx {
    fn engine(&self) -> Engine {
        self.inner.engine()
    }

    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.inner.query_each(sql, params, each)
    }

    fn plan_by_values(&mut self) -> Result<(), StoreError> {
        self.inner.plan_by_values()
    }

    fn note_head(&mut self, stream: &str, head: Head) {
        self.heads.insert(stream.to_owned(), head);
    }
}
