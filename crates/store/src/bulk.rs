//! The bulk path: rows of any table in as few steps as the engine allows, for whoever fills a
//! store with what happened long ago. Rules and projections are not asked: the caller brings
//! every row, and [`crate::Store::rebuild_check`] tells whether they fit the journal.

use crate::engine::{Engine, postgres};
use crate::journal::{self, Entry, NewEntry};
use crate::tx::Head;
use crate::{Query, StoreError, Tx, Value, chain, fulltext};

/// The columns of a table, in its order.
///
/// # Errors
/// Whatever the engine says.
pub fn columns(q: &mut dyn Query, table: &str) -> Result<Vec<String>, StoreError> {
    let sql = match q.engine() {
        Engine::Sqlite => "select name from pragma_table_info($1) order by cid",
        Engine::Postgres => {
            "select cast(column_name as text) from information_schema.columns \
             where table_schema = current_schema() and table_name = $1 order by ordinal_position"
        }
    };
    q.query(sql, &[table.into()])?.iter().map(|row| row.text(0)).collect()
}

/// Puts rows into a table: `COPY` on PostgreSQL, one prepared statement on SQLite. Names are
/// the caller's own, never typed by anybody.
///
/// # Errors
/// [`StoreError::Unique`] and whatever else the engine says; the transaction is lost then.
pub fn insert(tx: &mut Tx, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    tx.inner.guarded(|session| session.copy_in(table, columns, rows))
}

/// Documents of a text index that are not in it yet, with their terms.
///
/// # Errors
/// As [`insert`].
pub fn texts(tx: &mut Tx, index: &str, documents: &[(i64, &[String])]) -> Result<(), StoreError> {
    match tx.engine() {
        Engine::Sqlite => {
            for (number, terms) in documents {
                fulltext::put(tx, index, *number, terms)?;
            }
            Ok(())
        }
        Engine::Postgres => {
            let table = fulltext::table(index)?;
            let row = |(number, terms): &(i64, &[String])| {
                vec![Value::Int(*number), postgres::fulltext::literal(terms).into()]
            };
            let rows: Vec<Vec<Value>> = documents.iter().map(row).collect();
            insert(tx, &table, &["doc", "words"], &rows)
        }
    }
}

/// Lets the engine's own keys go on after those that were brought along, and tells PostgreSQL's
/// planner what the tables hold now (SQLite's plans are made without).
///
/// # Errors
/// Whatever the engine says.
pub fn settle(tx: &mut Tx) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        postgres::continue_keys(tx, "journal", "position")?;
        postgres::continue_keys(tx, "jobs", "id")?;
        tx.script("analyze")?;
    }
    Ok(())
}

/// Tells PostgreSQL's planner what a table holds that has just grown by much, instead of waiting
/// until the server looks for itself. SQLite's plans are made without.
///
/// # Errors
/// Whatever the engine says.
pub fn settle_table(tx: &mut Tx, table: &str) -> Result<(), StoreError> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.script(&format!("analyze {table}")),
    }
}

/// Streams appended to the journal and sealed at once, in the order they come.
pub struct Appender {
    position: i64,
    link: chain::Link,
    entries: Vec<Vec<Value>>,
    links: Vec<Vec<Value>>,
}

impl Appender {
    /// At the end of the journal, every entry of which is sealed.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the sealer has something left to do.
    pub fn at_end(q: &mut dyn Query) -> Result<Self, StoreError> {
        let row = q.query_one(
            "select (select coalesce(max(position), 0) from journal), (select count(*) from journal_unsealed)",
            &[],
        )?;
        if row.int(1)? > 0 {
            return Err(StoreError::Refused("the journal is not sealed to its end".into()));
        }
        Ok(Self { position: row.int(0)?, link: chain::last(q)?, entries: Vec::new(), links: Vec::new() })
    }

    /// A whole stream that does not exist yet; gives the position it begins at.
    pub fn stream(&mut self, stream: &str, entries: &[NewEntry]) -> i64 {
        let first = self.position + 1;
        let mut head = Head::default();
        for new in entries {
            let entry = journal::chained(stream, &head, new);
            self.position += 1;
            self.link = self.link.next(self.position, &entry.hash);
            head = Head { version: entry.version, hash: entry.hash.clone() };
            self.entries.push(row(self.position, entry));
            self.links.push(vec![self.link.seq.into(), self.position.into(), self.link.hash.as_str().into()]);
        }
        first
    }

    /// The last sealed entry so far.
    pub fn seq(&self) -> i64 {
        self.link.seq
    }

    /// What was appended since it was last taken.
    pub fn take(&mut self) -> Appended {
        Appended { entries: std::mem::take(&mut self.entries), links: std::mem::take(&mut self.links) }
    }
}

/// Entries with their links, ready to be written.
#[derive(Debug, Default)]
pub struct Appended {
    entries: Vec<Vec<Value>>,
    links: Vec<Vec<Value>>,
}

impl Appended {
    /// Writes them.
    ///
    /// # Errors
    /// As [`insert`].
    pub fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let columns: Vec<&str> = journal::COLUMNS.split(',').map(str::trim).collect();
        insert(tx, "journal", &columns, &self.entries)?;
        insert(tx, "journal_chain", &["seq", "position", "hash"], &self.links)
    }
}

/// A row of [`journal::COLUMNS`].
fn row(position: i64, entry: Entry) -> Vec<Value> {
    vec![
        position.into(),
        entry.stream.into(),
        entry.version.into(),
        entry.kind.into(),
        entry.actor.into(),
        entry.source.as_str().into(),
        entry.occurred_at.into(),
        entry.recorded_at.into(),
        entry.body.into(),
        entry.prev_hash.into(),
        entry.hash.into(),
    ]
}
