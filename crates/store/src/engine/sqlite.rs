//! SQLite: one connection as a session, and the files around it. The threads that use it
//! are in `sqlite/threads.rs`.

pub(crate) mod fulltext;
mod threads;

pub(crate) use threads::start;

use super::{Engine, Mode, Session};
use crate::{Row, StoreError, Value, sql};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ToSql, ffi};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Statements kept prepared per connection.
const STATEMENTS: usize = 256;

/// One connection.
pub(crate) struct SqliteSession {
    connection: Connection,
    /// SQL as callers write it → as SQLite numbers its parameters.
    translated: HashMap<String, String>,
}

impl SqliteSession {
    /// The connection that writes; makes the file when it is missing, readable by its owner
    /// alone.
    pub(crate) fn writer(path: &Path) -> Result<Self, StoreError> {
        private_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let session = Self::open(path, flags)?;
        session
            .pragmas("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on;")?;
        Ok(session)
    }

    /// A connection that cannot write.
    pub(crate) fn reader(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::open(path, flags)
    }

    /// A file written once and closed (a backup): no write-ahead log beside it.
    pub(crate) fn single_file(path: &Path) -> Result<Self, StoreError> {
        private_file(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let session = Self::open(path, flags)?;
        session.pragmas("pragma journal_mode = delete; pragma synchronous = full;")?;
        Ok(session)
    }

    /// A throwaway database of SQLite's own, in memory until it grows, then on disk.
    pub(crate) fn scratch() -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::open(Path::new(""), flags)
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(path, flags).map_err(failure)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let session = Self { connection, translated: HashMap::new() };
        session.pragmas(
            "pragma busy_timeout = 10000; pragma foreign_keys = off; \
             pragma temp_store = memory; pragma cache_size = -16000;",
        )?;
        Ok(session)
    }

    fn pragmas(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(failure)
    }

    fn prepare(&mut self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        if !sql.contains('$') {
            return self.connection.prepare_cached(sql).map_err(failure);
        }
        if !self.translated.contains_key(sql) {
            if self.translated.len() >= STATEMENTS * 2 {
                self.translated.clear();
            }
            self.translated.insert(sql.to_owned(), sql::sqlite_placeholders(sql));
        }
        self.connection.prepare_cached(&self.translated[sql]).map_err(failure)
    }
}

impl Session for SqliteSession {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn begin(&mut self, mode: Mode) -> Result<(), StoreError> {
        self.pragmas(match mode {
            Mode::Read => "begin",
            Mode::Write => "begin immediate",
        })
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.pragmas("commit")
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        if self.in_transaction() {
            self.pragmas("rollback")?;
        }
        Ok(())
    }

    fn query_each(
        &mut self,
        sql: &str,
        params: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.prepare(sql)?;
        bind(&mut statement, params)?;
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(failure)? {
            let mut values = Vec::with_capacity(columns);
            for index in 0..columns {
                values.push(owned(row.get_ref(index).map_err(failure)?)?);
            }
            each(Row::new(values))?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.prepare(sql)?;
        bind(&mut statement, params)?;
        let changed = statement.raw_execute().map_err(failure)?;
        Ok(changed as u64)
    }

    fn execute_later(&mut self, sql: &str, params: Vec<Value>) -> Result<(), StoreError> {
        self.execute(sql, &params).map(drop)
    }

    fn batch(&mut self, statements: &[(&str, Vec<Value>)]) -> Result<Vec<u64>, StoreError> {
        statements.iter().map(|(sql, params)| self.execute(sql, params)).collect()
    }

    fn copy_in(&mut self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let sql =
            format!("insert into {table} ({}) values {}", columns.join(", "), sql::tuples(1, columns.len()));
        rows.iter().try_for_each(|row| self.execute(&sql, row).map(drop))
    }

    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.pragmas(sql)
    }
}

/// A folder of this process in the system's temporary folder, removed when dropped.
pub(crate) struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    pub(crate) fn new() -> Result<Self, StoreError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("tongxin-store-{}-{count}", std::process::id());
            let path = std::env::temp_dir().join(name);
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                // Left behind by a killed process with the same number.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StoreError::Engine(error.to_string())),
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Copies everything into the database file and empties the write-ahead log, where deleted
/// rows would linger. Rows deleted from the file itself are overwritten (`secure_delete`).
pub(crate) fn scrub(session: &mut dyn Session) -> Result<(), StoreError> {
    let mut busy = false;
    session.query_each("pragma wal_checkpoint(truncate)", &[], &mut |row| {
        busy = row.bool(0)?;
        Ok(())
    })?;
    if busy {
        return Err(StoreError::Contention("a long read holds on to the write-ahead log".into()));
    }
    Ok(())
}

/// Sorts an error of SQLite by what the caller can do about it.
pub(crate) fn failure(error: rusqlite::Error) -> StoreError {
    let text = error.to_string();
    match error.sqlite_error() {
        Some(code) if is_unique(code.extended_code) => StoreError::Unique(text),
        Some(code) if code.code == ErrorCode::DatabaseBusy => StoreError::Contention(text),
        Some(code) if matches!(code.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Corrupt(text)
        }
        Some(code) if is_of_the_disk(code.code) => StoreError::Storage(text),
        _ => StoreError::Engine(text),
    }
}

/// An error of the file system, with the file it is about.
pub(crate) fn failure_of_file(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Storage(format!("{}: {error}", path.display()))
}

fn is_of_the_disk(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
    )
}

fn is_unique(extended_code: i32) -> bool {
    [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY, ffi::SQLITE_CONSTRAINT_ROWID]
        .contains(&extended_code)
}

fn bind(statement: &mut CachedStatement<'_>, params: &[Value]) -> Result<(), StoreError> {
    let expected = statement.parameter_count();
    if expected != params.len() {
        return Err(StoreError::Engine(format!(
            "the statement takes {expected} parameters, {} were given",
            params.len()
        )));
    }
    for (index, value) in params.iter().enumerate() {
        statement.raw_bind_parameter(index + 1, value).map_err(failure)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

fn owned(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(value) => Value::Text(
            String::from_utf8(value.to_vec())
                .map_err(|_| StoreError::Corrupt("a text is not UTF-8".into()))?,
        ),
        ValueRef::Blob(value) => Value::Bytes(value.to_vec()),
    })
}

/// Makes an empty file that only its owner may read, unless it is there.
fn private_file(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .map_err(|error| failure_of_file(path, &error))
}
