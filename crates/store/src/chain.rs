//! The global chain: a sealer puts committed entries, in the order it meets them, into one
//! dense sequence of hashes; tailers follow that sequence and `doctor` checks it.
//!
//! Joins begin at the few rows that are asked for: SQLite keeps the order of a `cross join`,
//! and would otherwise look for them in the whole journal.

use crate::journal::{self, Entry};
use crate::{Query, StoreError, Tx, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The entries that are not sealed yet. They are the journal's last: said so, because PostgreSQL,
/// whose planner may still remember many of them from a bulk import, would else go through the
/// whole journal to find a few.
const UNSEALED: &str = "journal_unsealed u cross join journal j where j.position = u.position \
     and j.position >= (select min(position) from journal_unsealed)";

/// Seals up to `limit` committed entries and says how many it sealed.
///
/// Sound on both engines without knowing which transactions still run: every append leaves
/// its position in `journal_unsealed` in its own transaction, so the sealer sees an entry
/// exactly when it is committed, whatever its position. Two sealers at once collide on the
/// sequence number and one of them is run again.
pub fn seal(tx: &mut Tx, limit: i64) -> Result<usize, StoreError> {
    let rows = tx.query(
        &format!("select u.position, j.hash from {UNSEALED} order by u.position limit $1"),
        &params![limit],
    )?;
    let mut link = last(tx)?;
    let mut statements = Vec::with_capacity(2 * rows.len());
    for row in &rows {
        link = link.next(row.int(0)?, row.str(1)?);
        statements.push((
            "insert into journal_chain (seq, position, hash) values ($1, $2, $3)",
            params![link.seq, link.position, link.hash.as_str()],
        ));
        statements.push(("delete from journal_unsealed where position = $1", params![link.position]));
    }
    match tx.batch(&statements) {
        Err(StoreError::Unique(what)) => {
            tx.lost_race(&what);
            Err(StoreError::Contention(what))
        }
        other => other.map(|_| rows.len()),
    }
}

/// Sealed entries after a sequence number, with theirs, in order: what a tailer with its
/// own cursor reads. Nothing ever appears below a number once read.
pub fn follow(q: &mut dyn Query, after_seq: i64, limit: i64) -> Result<Vec<(i64, Entry)>, StoreError> {
    let rows = q.query(
        "select j.position, j.stream, j.version, j.kind, j.actor, j.source, j.occurred_at, \
         j.recorded_at, j.body, j.prev_hash, j.hash, c.seq \
         from journal_chain c cross join journal j where j.position = c.position \
         and c.seq > $1 order by c.seq limit $2",
        &params![after_seq, limit],
    )?;
    rows.iter().map(|row| Ok((row.int(11)?, journal::entry(row)?))).collect()
}

/// How far a reader that keeps sums of its own has come: the last sealed entry it took in,
/// and which streams it took in further than that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    seq: i64,
    /// Entries committed when the mark was set, sealed or not: which of two marks is later.
    total: i64,
    /// Versions counted of streams whose entries were not sealed yet.
    ahead: BTreeMap<String, i64>,
}

impl Mark {
    /// Of a reader that has taken in all sealed entries up to this one, and nothing else.
    pub fn sealed(seq: i64) -> Self {
        Self { seq, total: seq, ahead: BTreeMap::new() }
    }
}

/// A stream that has grown since a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Which.
    pub stream: String,
    /// Its version at the mark.
    pub from: i64,
    /// Its version now.
    pub to: i64,
}

/// The streams that have grown since `mark`, and the mark to come back with. Exact at once
/// on both engines: entries not sealed yet are looked at as well, and counted only once.
/// `None` when this snapshot is older than the mark, whose reader knows more than it.
pub fn grown(q: &mut dyn Query, mark: &Mark) -> Result<Option<(Vec<Grown>, Mark)>, StoreError> {
    let seq = last(q)?.seq;
    let rows = q.query(&format!("select j.stream, j.version from {UNSEALED}"), &[])?;
    let total = seq + i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if total < mark.total {
        return Ok(None);
    }
    let mut next = Mark { seq, total, ahead: BTreeMap::new() };
    for row in &rows {
        let version = next.ahead.entry(row.text(0)?).or_default();
        *version = (*version).max(row.int(1)?);
    }
    let sealed = q.query(
        "select j.stream, j.version from journal_chain c cross join journal j where j.position = c.position \
         and c.seq > $1",
        &params![mark.seq],
    )?;
    let mut spans: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for row in sealed.iter().chain(&rows) {
        let version = row.int(1)?;
        let span = spans.entry(row.text(0)?).or_insert((version, version));
        *span = (span.0.min(version), span.1.max(version));
    }
    let grown = spans
        .into_iter()
        .map(|(stream, (first, to))| {
            let from = mark.ahead.get(&stream).copied().unwrap_or(first - 1);
            Grown { stream, from, to }
        })
        .filter(|grown| grown.to > grown.from)
        .collect();
    Ok(Some((grown, next)))
}

/// How many entries are committed, sealed or not: whoever finds the same number again finds
/// the same journal.
pub fn committed(q: &mut dyn Query) -> Result<i64, StoreError> {
    q.query_one(
        "select coalesce((select max(seq) from journal_chain), 0) + (select count(*) from journal_unsealed)",
        &[],
    )?
    .int(0)
}

/// The mark of now, for a reader that has just taken in everything.
pub fn mark(q: &mut dyn Query) -> Result<Mark, StoreError> {
    let seq = last(q)?.seq;
    let rest = grown(q, &Mark::sealed(seq))?;
    Ok(rest.map(|(_, mark)| mark).unwrap_or_default())
}

/// One link of the global chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its place, from 1, without gaps.
    pub seq: i64,
    /// The journal entry it seals.
    pub position: i64,
    /// Hash over the previous link and that entry's hash.
    pub hash: String,
}

impl Link {
    /// The link that follows this one.
    pub(crate) fn next(&self, position: i64, entry_hash: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(self.hash.as_bytes());
        hasher.update((self.seq + 1).to_be_bytes());
        hasher.update(position.to_be_bytes());
        hasher.update(entry_hash.as_bytes());
        Self { seq: self.seq + 1, position, hash: hex(&hasher.finalize()) }
    }
}

/// The last link; one with number 0 and no hash when nothing is sealed yet.
pub fn last(q: &mut dyn Query) -> Result<Link, StoreError> {
    let row =
        q.query_one_opt("select seq, position, hash from journal_chain order by seq desc limit 1", &[])?;
    match row {
        Some(row) => Ok(Link { seq: row.int(0)?, position: row.int(1)?, hash: row.text(2)? }),
        None => Ok(Link::default()),
    }
}

/// Puts a freshly written entry into the sealer's queue.
pub(crate) fn queue(tx: &mut Tx, position: i64) -> Result<(), StoreError> {
    tx.execute_later("insert into journal_unsealed (position) values ($1)", params![position])
}

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text
}
