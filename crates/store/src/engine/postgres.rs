//! PostgreSQL: one connection as a session. Statements whose outcome can wait travel with
//! the next one, BEGIN with the first and the last with COMMIT, because round trips dominate.

mod copy;
mod dialect;
mod flight;
pub(crate) mod fulltext;
mod listen;
mod release;
mod threads;
mod types;

pub(crate) use dialect::{
    SKIP_LOCKED, continue_keys, lock_schema, next_in_sequence, next_keys, scrub, sequences, set_sequence,
};
pub(crate) use release::claim;
pub(crate) use threads::start;

use super::{Engine, Mode, Session, Shared};
use crate::{Row, StoreError, Value};
use flight::{Call, Reply};
use std::collections::HashMap;
use std::error::Error as _;
use std::rc::Rc;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config, NoTls, Statement};

/// Statements kept prepared per connection.
const STATEMENTS: usize = 256;

/// How a connection plans. Many short questions come at the same time: each is answered on one
/// core, and none waits for other processes of the server to start or for its plan to be compiled.
const PLANNING: &str = "set max_parallel_workers_per_gather = 0; set jit = off";

/// One connection with the runtime that drives it; lives and dies on its thread.
pub(crate) struct PostgresSession {
    runtime: Rc<Runtime>,
    config: Config,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    /// A BEGIN that has not been sent yet.
    begin: Option<&'static str>,
    /// Whether a BEGIN has been sent and no end.
    open: bool,
    /// Statements waiting to travel with the next one.
    later: Vec<(String, Vec<Value>)>,
    /// What this program makes of the journal; see [`release`].
    shared: Arc<Shared>,
    /// Whether this connection has told the others which release it belongs to.
    announced: bool,
}

impl PostgresSession {
    /// A session that connects when it is first made [`Session::ready`].
    pub(crate) fn new(runtime: Rc<Runtime>, config: Config, shared: Arc<Shared>) -> Self {
        Self {
            runtime,
            config,
            client: None,
            statements: HashMap::new(),
            begin: None,
            open: false,
            later: Vec::new(),
            shared,
            announced: false,
        }
    }

    fn connect(&mut self) -> Result<(), StoreError> {
        self.statements.clear();
        self.later.clear();
        self.begin = None;
        self.open = false;
        self.announced = false;
        self.client = None;
        let connecting = self.config.connect(NoTls);
        let (client, connection) = self.runtime.block_on(connecting).map_err(failure)?;
        self.runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(error = %failure(error), "a database connection ended");
            }
        });
        self.runtime.block_on(client.batch_execute(PLANNING)).map_err(failure)?;
        self.client = Some(client);
        Ok(())
    }

    fn client(&self) -> Result<&Client, StoreError> {
        self.client.as_ref().ok_or_else(|| StoreError::Disconnected("not connected".into()))
    }

    /// The prepared statement for a text, from the cache or the server.
    fn statement(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let preparing = self.client()?.prepare(sql);
        let statement = self.runtime.block_on(preparing).map_err(failure)?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Sends the pending BEGIN, the statements that waited, `own` and `end` in one go, and
    /// gives the replies to `own` (and to `end`, last).
    fn send(
        &mut self,
        own: &[(&str, &[Value])],
        rows: bool,
        end: Option<&'static str>,
    ) -> Result<Vec<Reply>, StoreError> {
        let later = std::mem::take(&mut self.later);
        let mut calls = Vec::with_capacity(later.len() + own.len() + 2);
        for (sql, params) in &later {
            calls.push(Call::Execute(self.statement(sql)?, params));
        }
        for (sql, params) in own {
            let statement = self.statement(sql)?;
            calls.push(if rows { Call::Query(statement, params) } else { Call::Execute(statement, params) });
        }
        if let Some(begin) = self.begin.take() {
            self.open = true;
            calls.insert(0, Call::Script(begin));
        }
        calls.extend(end.map(Call::Script));
        let wanted = own.len() + usize::from(end.is_some());
        let skipped = calls.len() - wanted;
        let sending = flight::fly(self.client()?, calls);
        let mut replies = self.runtime.block_on(sending).map_err(|error| self.failed(error))?;
        Ok(replies.split_off(skipped))
    }

    /// A plan that no longer fits (a projection was rebuilt with other columns) is dropped
    /// with the whole cache; the closure runs again.
    fn failed(&mut self, error: tokio_postgres::Error) -> StoreError {
        let stale_plan = error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED)
            && error.as_db_error().is_some_and(|db| db.message().contains("cached plan"));
        if stale_plan {
            self.statements.clear();
            return StoreError::Contention("a table was rebuilt".into());
        }
        failure(error)
    }
}

impl Session for PostgresSession {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn ready(&mut self) -> Result<(), StoreError> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.connect()?;
        } else {
            self.rollback().or_else(|_| self.connect())?;
        }
        if !self.announced && self.shared.is_settled() {
            let announcing = release::announce(self.client()?, &self.shared.registry);
            if let Err(error) = self.runtime.block_on(announcing) {
                self.client = None;
                return Err(error);
            }
            self.announced = true;
        }
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.open || self.begin.is_some()
    }

    /// REPEATABLE READ: a transaction sees one state of the database. What it must not lose
    /// a race about is held by unique keys, first of all (stream, version); SERIALIZABLE
    /// would add false alarms on small tables and protect nothing more here.
    fn begin(&mut self, mode: Mode) -> Result<(), StoreError> {
        self.begin = Some(match mode {
            Mode::Read => "begin isolation level repeatable read read only",
            Mode::Write => "begin isolation level repeatable read",
        });
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if !self.open && self.later.is_empty() {
            self.begin = None;
            return Ok(());
        }
        let outcome = self.send(&[], false, Some("commit"));
        match outcome {
            Ok(_) => {
                self.open = false;
                Ok(())
            }
            Err(StoreError::Disconnected(text)) => Err(StoreError::CommitUnknown(text)),
            Err(error) => Err(error),
        }
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.later.clear();
        self.begin = None;
        if self.open {
            let ending = self.client()?.batch_execute("rollback");
            self.runtime.block_on(ending).map_err(failure)?;
            self.open = false;
        }
        Ok(())
    }

    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let replies = self.send(&[(sql, params)], true, None)?;
        let runtime = Rc::clone(&self.runtime);
        runtime.block_on(async {
            for reply in replies {
                if let Reply::Rows(mut rows) = reply {
                    while let Some(row) = flight::next(&mut rows).await.map_err(|error| self.failed(error))? {
                        each(types::row(&row)?)?;
                    }
                }
            }
            Ok(())
        })
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let replies = self.send(&[(sql, params)], false, None)?;
        Ok(replies.iter().map(Reply::changed).sum())
    }

    fn execute_later(&mut self, sql: &str, params: Vec<Value>) -> Result<(), StoreError> {
        self.later.push((sql.to_owned(), params));
        if self.later.len() >= flight::LONGEST {
            self.send(&[], false, None)?;
        }
        Ok(())
    }

    fn batch(&mut self, statements: &[(&str, Vec<Value>)]) -> Result<Vec<u64>, StoreError> {
        let mut counts = Vec::with_capacity(statements.len());
        for part in statements.chunks(flight::LONGEST) {
            let own: Vec<(&str, &[Value])> =
                part.iter().map(|(sql, params)| (*sql, params.as_slice())).collect();
            counts.extend(self.send(&own, false, None)?.iter().map(Reply::changed));
        }
        Ok(counts)
    }

    fn copy_in(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), StoreError> {
        self.send(&[], false, None)?;
        let sql = format!("copy {table} ({}) from stdin", columns.join(", "));
        let copying = copy::rows_in(self.client()?, &sql, rows);
        self.runtime.block_on(copying).map_err(failure)
    }

    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.send(&[], false, None)?;
        let running = self.client()?.batch_execute(sql);
        self.runtime.block_on(running).map_err(failure)
    }
}

/// The server cannot write: its disk is full or broken.
const OF_THE_DISK: [SqlState; 2] = [SqlState::DISK_FULL, SqlState::IO_ERROR];

/// Sorts an error of PostgreSQL by what the caller can do about it. The server's "detail"
/// is left out: it quotes values, which may be personal.
pub(crate) fn failure(error: tokio_postgres::Error) -> StoreError {
    let Some(db) = error.as_db_error() else {
        let from_io = error.source().is_some_and(|source| source.is::<std::io::Error>());
        return if error.is_closed() || from_io {
            StoreError::Disconnected(error.to_string())
        } else {
            let cause = error.source().map(|source| format!(": {source}"));
            StoreError::Engine(format!("{error}{}", cause.unwrap_or_default()))
        };
    };
    let code = db.code();
    let text = format!("{} ({})", db.message(), code.code());
    if *code == SqlState::UNIQUE_VIOLATION {
        StoreError::Unique(db.constraint().unwrap_or(db.message()).to_owned())
    } else if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        StoreError::Contention(text)
    } else if code.code().starts_with("57P") || code.code().starts_with("08") {
        StoreError::Disconnected(text)
    } else if OF_THE_DISK.contains(code) {
        StoreError::Storage(text)
    } else {
        StoreError::Engine(text)
    }
}
