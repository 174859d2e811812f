//! The journal: the one authoritative record, a stream per thing, each entry carrying the
//! hash of the one before it in its stream (so no lock is shared between streams).

use crate::engine::{Engine, postgres};
use crate::tx::Head;
use crate::{Query, Row, StoreError, Tx, Value, chain, params};
use kernel::event::Source;
use kernel::time::Instant;
use sha2::{Digest, Sha256};

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The event's name, for readers that pick by kind.
    pub kind: String,
    /// Who did it, as JSON.
    pub actor: String,
    /// How it comes into the journal.
    pub source: Source,
    /// When it is said to have happened.
    pub occurred_at: Instant,
    /// When the platform writes it down.
    pub recorded_at: Instant,
    /// The event, as JSON; what is personal in it is sealed.
    pub body: String,
}

/// An entry as it stands in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its key: unique, growing within a stream; across streams not the order of commit.
    pub position: i64,
    /// The thing it is about.
    pub stream: String,
    /// Its place in the stream, from 1.
    pub version: i64,
    /// The event's name.
    pub kind: String,
    /// Who did it, as JSON.
    pub actor: String,
    /// How it came into the journal.
    pub source: Source,
    /// When it is said to have happened.
    pub occurred_at: Instant,
    /// When the platform wrote it down.
    pub recorded_at: Instant,
    /// The event, as JSON.
    pub body: String,
    /// Hash of the stream's previous entry; empty for the first.
    pub prev_hash: String,
    /// Hash over all of the above but the position.
    pub hash: String,
}

/// Appends entries to a stream that must stand at `expected_version` (0: does not exist).
///
/// # Errors
/// [`StoreError::Conflict`] when the stream is elsewhere. If it was where the caller saw it
/// and another transaction was quicker, the store runs the closure again by itself.
pub fn append(
    tx: &mut Tx,
    stream: &str,
    expected_version: i64,
    entries: &[NewEntry],
) -> Result<Vec<Entry>, StoreError> {
    let mut head = head(tx, stream)?;
    if head.version != expected_version {
        return Err(StoreError::Conflict {
            stream: stream.to_owned(),
            expected: expected_version,
            found: head.version,
        });
    }
    let mut written = Vec::with_capacity(entries.len());
    for entry in entries {
        let entry = chained(stream, &head, entry);
        head = Head { version: entry.version, hash: entry.hash.clone() };
        written.push(entry);
    }
    for rows in written.chunks_mut(ROWS_PER_INSERT) {
        insert(tx, rows).map_err(|error| lost_race(tx, error, stream, expected_version))?;
    }
    tx.note_head(stream, head);
    tx.wake();
    Ok(written)
}

/// The entries of a stream after a version (0: all), in order.
pub fn load(q: &mut dyn Query, stream: &str, after_version: i64) -> Result<Vec<Entry>, StoreError> {
    let rows = q.query(
        &format!("select {COLUMNS} from journal where stream = $1 and version > $2 order by version"),
        &params![stream, after_version],
    )?;
    let entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    match entries.last() {
        Some(last) => q.note_head(stream, Head { version: last.version, hash: last.hash.clone() }),
        None if after_version == 0 => q.note_head(stream, Head::default()),
        None => {}
    }
    Ok(entries)
}

/// Says that a stream does not exist, as its maker knows: a following append need not ask. Were
/// it wrong, the append would fail.
pub fn note_new(q: &mut dyn Query, stream: &str) {
    q.note_head(stream, Head::default());
}

/// Sets positions aside for entries of streams that are not there yet, so that each is written
/// along with what follows it instead of waiting for its own: what many new streams in one
/// transaction gain on PostgreSQL. Positions that nobody takes leave a gap, as a transaction that
/// is given up does.
///
/// # Errors
/// Whatever the engine says.
pub fn reserve(tx: &mut Tx, entries: usize) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        let positions = postgres::next_keys(tx, "journal", "position", entries)?;
        tx.positions.extend(positions);
    }
    Ok(())
}

/// Entries after a position, by position.
///
/// For replays within one snapshot. A tailer that comes back later must use
/// [`chain::follow`]: on PostgreSQL an entry may appear below a position already read.
pub fn scan(q: &mut dyn Query, after_position: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let rows = q.query(
        &format!("select {COLUMNS} from journal where position > $1 order by position limit $2"),
        &params![after_position, limit],
    )?;
    rows.iter().map(entry).collect()
}

/// How many entries the journal holds.
pub fn count(q: &mut dyn Query) -> Result<i64, StoreError> {
    q.query_one("select count(*) from journal", &[])?.int(0)
}

/// The hash an entry must carry: SHA-256 over its fields, each preceded by its length, so
/// that no two different entries are spelled alike.
pub fn hash_of(entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    for text in [
        entry.prev_hash.as_str(),
        &entry.stream,
        &entry.version.to_string(),
        &entry.kind,
        &entry.actor,
        entry.source.as_str(),
        &entry.occurred_at.micros().to_string(),
        &entry.recorded_at.micros().to_string(),
        &entry.body,
    ] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    chain::hex(&hasher.finalize())
}

/// The columns of [`entry`], in its order.
pub(crate) const COLUMNS: &str = "position, stream, version, kind, actor, source, occurred_at, \
                                  recorded_at, body, prev_hash, hash";

/// Reads a row of [`COLUMNS`].
pub(crate) fn entry(row: &Row) -> Result<Entry, StoreError> {
    let source = row.str(5)?;
    Ok(Entry {
        position: row.int(0)?,
        stream: row.text(1)?,
        version: row.int(2)?,
        kind: row.text(3)?,
        actor: row.text(4)?,
        source: Source::parse(source)
            .ok_or_else(|| StoreError::Corrupt(format!("unknown source {source}")))?,
        occurred_at: row.instant(6)?,
        recorded_at: row.instant(7)?,
        body: row.text(8)?,
        prev_hash: row.text(9)?,
        hash: row.text(10)?,
    })
}

/// The stream's head: remembered from a load in the same transaction, or asked for.
fn head(tx: &mut Tx, stream: &str) -> Result<Head, StoreError> {
    if let Some(head) = tx.heads.get(stream) {
        return Ok(head.clone());
    }
    let row = tx.query_one_opt(
        "select version, hash from journal where stream = $1 order by version desc limit 1",
        &params![stream],
    )?;
    match row {
        Some(row) => Ok(Head { version: row.int(0)?, hash: row.text(1)? }),
        None => Ok(Head::default()),
    }
}

/// The entry that follows a stream's head.
pub(crate) fn chained(stream: &str, head: &Head, new: &NewEntry) -> Entry {
    let mut entry = Entry {
        position: 0,
        stream: stream.to_owned(),
        version: head.version + 1,
        kind: new.kind.clone(),
        actor: new.actor.clone(),
        source: new.source,
        occurred_at: new.occurred_at,
        recorded_at: new.recorded_at,
        body: new.body.clone(),
        prev_hash: head.hash.clone(),
        hash: String::new(),
    };
    entry.hash = hash_of(&entry);
    entry
}

/// Writes the entries in one statement, learns their positions and queues them for sealing.
fn insert(tx: &mut Tx, entries: &mut [Entry]) -> Result<(), StoreError> {
    // Only of a new stream is it certain that nobody else was quicker: its failure may show later.
    let is_new = entries.first().is_some_and(|entry| entry.version == 1);
    if is_new && tx.positions.len() >= entries.len() {
        return insert_reserved(tx, entries);
    }
    let mut values = Vec::with_capacity(entries.len() * 10);
    for entry in entries.iter() {
        values.extend(columns(entry));
    }
    let rows = tx.query(
        &format!(
            "insert into journal (stream, version, kind, actor, source, occurred_at, recorded_at, \
             body, prev_hash, hash) values {} returning version, position",
            crate::sql::tuples(entries.len(), 10)
        ),
        &values,
    )?;
    for row in rows {
        let version = row.int(0)?;
        if let Some(entry) = entries.iter_mut().find(|entry| entry.version == version) {
            entry.position = row.int(1)?;
        }
    }
    for entry in entries.iter() {
        chain::queue(tx, entry.position)?;
    }
    Ok(())
}

/// The same at positions set aside: nothing has to be waited for.
fn insert_reserved(tx: &mut Tx, entries: &mut [Entry]) -> Result<(), StoreError> {
    let mut values = Vec::with_capacity(entries.len() * 11);
    for entry in entries.iter_mut() {
        entry.position = tx.positions.pop_front().expect("as many were set aside");
        values.push(entry.position.into());
        values.extend(columns(entry));
    }
    let tuples = crate::sql::tuples(entries.len(), 11);
    tx.execute_later(&format!("insert into journal ({COLUMNS}) values {tuples}"), values)?;
    for entry in entries.iter() {
        chain::queue(tx, entry.position)?;
    }
    Ok(())
}

/// What [`COLUMNS`] hold of an entry, after its position.
fn columns(entry: &Entry) -> [Value; 10] {
    [
        entry.stream.as_str().into(),
        entry.version.into(),
        entry.kind.as_str().into(),
        entry.actor.as_str().into(),
        entry.source.as_str().into(),
        entry.occurred_at.into(),
        entry.recorded_at.into(),
        entry.body.as_str().into(),
        entry.prev_hash.as_str().into(),
        entry.hash.as_str().into(),
    ]
}

/// The unique key (stream, version) is what makes concurrent appends safe: whoever comes
/// second finds the version taken.
fn lost_race(tx: &mut Tx, error: StoreError, stream: &str, expected: i64) -> StoreError {
    match error {
        StoreError::Unique(_) => {
            tx.lost_race(stream);
            StoreError::Conflict { stream: stream.to_owned(), expected, found: expected + 1 }
        }
        other => other,
    }
}

/// Entries per insert statement: the engines limit the number of parameters.
const ROWS_PER_INSERT: usize = 50;
