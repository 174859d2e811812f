//! FTS5 without content: terms and document numbers only. `detail=none` keeps no places, so
//! that a text cannot be put together again from its index.

use crate::fulltext::Wanted;
use crate::{Query, StoreError, params};

/// The index; merged in small steps, so that no flush waits for a large merge.
pub(crate) fn make(table: &str) -> String {
    format!(
        "create virtual table {table} using fts5(words, content='', contentless_delete=1, detail=none, \
         tokenize='unicode61 remove_diacritics 0'); \
         insert into {table} ({table}, rank) values ('automerge', 16); \
         insert into {table} ({table}, rank) values ('crisismerge', 64);"
    )
}

pub(crate) fn insert(table: &str) -> String {
    format!("insert into {table} (rowid, words) values ($1, $2)")
}

/// Terms of deleted documents stay in their segments until these are merged.
pub(crate) fn optimize(table: &str) -> String {
    format!("insert into {table} ({table}) values ('optimize')")
}

pub(crate) fn newest(
    q: &mut dyn Query,
    table: &str,
    wanted: &[Wanted],
    below: Option<i64>,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let sql = format!(
        "select rowid from {table} where {table} match $1 and rowid < $2 order by rowid desc limit $3"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = q.query(&sql, &params![matching(wanted), below.unwrap_or(i64::MAX), limit])?;
    rows.iter().map(|row| row.int(0)).collect()
}

pub(crate) fn holds(table: &str, column: &str, param: usize) -> String {
    format!("{column} in (select rowid from {table} where {table} match ${param})")
}

/// The query in FTS5's words: every term quoted, so that none is taken for an operator.
pub(crate) fn matching(wanted: &[Wanted]) -> String {
    let quoted = |term: &str| format!("\"{term}\"");
    let one = |term: &Wanted| match term {
        Wanted::Exact(term) => quoted(term),
        Wanted::Prefix(term) => quoted(term) + "*",
    };
    wanted.iter().map(one).collect::<Vec<_>>().join(" AND ")
}
