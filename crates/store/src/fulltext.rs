//! Full-text indexes: each a projection with its own cursor on the sealed journal, never
//! written by a command. Whoever keeps one reads what is new ([`crate::chain::follow`]),
//! makes terms of it outside any transaction, and puts them here together with the moved
//! cursor: a crash in between repeats the step, nothing is lost or doubled.
//!
//! A document is a number that grows with its age (the journal position it began at), so
//! "newest first" is the order of the numbers. An index holds terms and numbers, no text,
//! and not even the order of the terms.
//!
//! Architecture invariant: erasing a person ([`forget`]) collides with every step that read
//! before it, so that a step can never bring back what was erased.

use crate::engine::{Engine, postgres, sqlite};
use crate::{Query, StoreError, Tx, Value, params};

/// A term that a document must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Exactly that term.
    Exact(String),
    /// Any term that begins so.
    Prefix(String),
}

/// How far an index has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The last entry of the global chain taken in.
    pub seq: i64,
    /// Erasures so far: a step made before one does not fit after it.
    erasures: i64,
}

/// Makes the index where it is missing or was made by another version; it is then empty and
/// starts at the beginning. Say `anew` to start over in any case.
///
/// # Errors
/// [`StoreError::Refused`] for a name that is not `a-z_`; whatever the engine says.
pub fn prepare(tx: &mut Tx, index: &str, version: u32, anew: bool) -> Result<(), StoreError> {
    let table = table(index)?;
    let engine = tx.engine();
    let made = tx.query_one_opt("select version from text_cursor where name = $1", &params![index])?;
    let fits = matches!(&made, Some(row) if row.int(0)? == i64::from(version));
    if fits && !anew {
        return Ok(());
    }
    tx.script(&format!("drop table if exists {table}"))?;
    tx.script(&match engine {
        Engine::Sqlite => sqlite::fulltext::make(&table),
        Engine::Postgres => postgres::fulltext::make(&table),
    })?;
    tx.execute(
        "insert into text_cursor (name, version, seq, erasures) values ($1, $2, 0, 0) \
         on conflict (name) do update set version = excluded.version, seq = 0, \
         erasures = text_cursor.erasures + 1",
        &params![index, version],
    )?;
    Ok(())
}

/// How far the index has come.
///
/// # Errors
/// [`StoreError::Refused`] where it was never prepared.
pub fn cursor(q: &mut dyn Query, index: &str) -> Result<Cursor, StoreError> {
    let row = q.query_one_opt("select seq, erasures from text_cursor where name = $1", &params![index])?;
    let row = row.ok_or_else(|| StoreError::Refused(format!("the text index {index} is not prepared")))?;
    Ok(Cursor { seq: row.int(0)?, erasures: row.int(1)? })
}

/// Moves the cursor. False where it no longer stands where the step began, because another
/// was quicker or someone was erased: the step must not be written.
///
/// # Errors
/// Whatever the engine says.
pub fn advance(tx: &mut Tx, index: &str, from: &Cursor, to_seq: i64) -> Result<bool, StoreError> {
    let moved = tx.execute(
        "update text_cursor set seq = $4 where name = $1 and seq = $2 and erasures = $3",
        &params![index, from.seq, from.erasures, to_seq],
    )?;
    Ok(moved == 1)
}

/// Puts a document in, in place of what it was before. Without terms it is taken out.
///
/// # Errors
/// Whatever the engine says.
pub fn put(tx: &mut Tx, index: &str, doc: i64, terms: &[String]) -> Result<(), StoreError> {
    let table = table(index)?;
    tx.execute_later(&delete(tx.engine(), &table), params![doc])?;
    if terms.is_empty() {
        return Ok(());
    }
    let insert = match tx.engine() {
        Engine::Sqlite => sqlite::fulltext::insert(&table),
        Engine::Postgres => postgres::fulltext::insert(&table),
    };
    tx.execute_later(&insert, params![doc, terms.join(" ")])
}

/// Takes the documents of an erased person out and cleans the index of their terms. Call
/// [`crate::Store::scrub`] afterwards, as for every erasure. An index that was never
/// prepared holds nothing to forget.
///
/// # Errors
/// Whatever the engine says.
pub fn forget(tx: &mut Tx, index: &str, docs: &[i64]) -> Result<(), StoreError> {
    let table = table(index)?;
    let known =
        tx.execute("update text_cursor set erasures = erasures + 1 where name = $1", &params![index])?;
    if known == 0 || docs.is_empty() {
        return Ok(());
    }
    let engine = tx.engine();
    for doc in docs {
        tx.execute(&delete(engine, &table), &params![*doc])?;
    }
    if engine == Engine::Sqlite {
        tx.execute(&sqlite::fulltext::optimize(&table), &[])?;
    }
    Ok(())
}

/// The newest documents that hold all the terms, below a number (none: all), newest first.
/// Nothing for no terms.
///
/// # Errors
/// [`StoreError::Refused`] for a term that is not of letters and digits alone; whatever the
/// engine says.
pub fn newest(
    q: &mut dyn Query,
    index: &str,
    wanted: &[Wanted],
    below: Option<i64>,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let table = table(index)?;
    check(wanted)?;
    match q.engine() {
        Engine::Sqlite => sqlite::fulltext::newest(q, &table, wanted, below, limit),
        Engine::Postgres => postgres::fulltext::newest(q, &table, wanted, below, limit),
    }
}

/// A condition on a column of document numbers, for a query that finds its rows otherwise,
/// and the value of its parameter `$param`.
///
/// # Errors
/// [`StoreError::Refused`] for a name that is not `a-z_`, and for terms as in [`newest`].
pub fn holds(
    engine: Engine,
    index: &str,
    column: &str,
    wanted: &[Wanted],
    param: usize,
) -> Result<(String, Value), StoreError> {
    let table = table(index)?;
    check(wanted)?;
    Ok(match engine {
        Engine::Sqlite => {
            (sqlite::fulltext::holds(&table, column, param), sqlite::fulltext::matching(wanted).into())
        }
        Engine::Postgres => {
            (postgres::fulltext::holds(&table, column, param), postgres::fulltext::matching(wanted).into())
        }
    })
}

/// The numbers of all documents in the index, in order: for checks.
///
/// # Errors
/// Whatever the engine says.
pub fn documents(q: &mut dyn Query, index: &str) -> Result<Vec<i64>, StoreError> {
    let table = table(index)?;
    let key = key(q.engine());
    let rows = q.query(&format!("select {key} from {table} order by {key}"), &[])?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// The tables of all indexes made so far, for PostgreSQL's vacuum.
pub(crate) const TABLES: &str = "select 'text_' || name from text_cursor";

/// Where the cursors stand. Made when a store is opened; not authoritative, so no migration
/// and no part of a backup.
pub(crate) const CURSORS: &str = "create table if not exists text_cursor (
    name text primary key,
    version bigint not null,
    seq bigint not null,
    erasures bigint not null
)";

/// Letters and digits mean the same to both engines, and nothing else.
fn check(wanted: &[Wanted]) -> Result<(), StoreError> {
    let plain = |term: &str| !term.is_empty() && term.chars().all(char::is_alphanumeric);
    match wanted.iter().all(|(Wanted::Exact(term) | Wanted::Prefix(term))| plain(term)) {
        true => Ok(()),
        false => Err(StoreError::Refused("a term is made of letters and digits".into())),
    }
}

/// The table of an index.
pub(crate) fn table(index: &str) -> Result<String, StoreError> {
    let plain = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if plain && index != "cursor" {
        return Ok(format!("text_{index}"));
    }
    Err(StoreError::Refused(format!("a text index cannot be called {index}")))
}

fn delete(engine: Engine, table: &str) -> String {
    format!("delete from {table} where {} = $1", key(engine))
}

fn key(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "rowid",
        Engine::Postgres => "doc",
    }
}
