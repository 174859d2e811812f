//! `tsvector` under a GIN index, made of ready terms: no parser of the server's cuts them.

use crate::fulltext::Wanted;
use crate::{Query, StoreError, params};

/// GIN knows no order. The newest documents are looked through first, in growing windows of
/// document numbers, so that a frequent word never gathers all it stands in; the last window
/// is everything, where only a rare word gets to.
const WINDOWS: [Option<i64>; 4] = [Some(10_000), Some(100_000), Some(2_000_000), None];

pub(crate) fn make(table: &str) -> String {
    format!(
        "create table {table} (doc bigint primary key, words tsvector not null); \
         create index {table}_words on {table} using gin (words);"
    )
}

pub(crate) fn insert(table: &str) -> String {
    format!("insert into {table} (doc, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))")
}

/// A document's terms as the type spells them.
pub(crate) fn literal(terms: &[String]) -> String {
    terms.iter().map(|term| format!("'{term}'")).collect::<Vec<_>>().join(" ")
}

pub(crate) fn newest(
    q: &mut dyn Query,
    table: &str,
    wanted: &[Wanted],
    below: Option<i64>,
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let matching = matching(wanted);
    let mut below = match below {
        Some(below) => below,
        None => q.query_one(&format!("select coalesce(max(doc), 0) from {table}"), &[])?.int(0)? + 1,
    };
    let sql = format!(
        "select doc from {table} where words @@ cast(cast($1 as text) as tsquery) and doc < $2 and doc >= $3 \
         order by doc desc limit $4"
    );
    let mut found = Vec::new();
    for window in WINDOWS {
        let from = window.map_or(i64::MIN, |window| below.saturating_sub(window));
        let left = i64::try_from(limit - found.len()).unwrap_or(i64::MAX);
        for row in q.query(&sql, &params![&matching, below, from, left])? {
            found.push(row.int(0)?);
        }
        if found.len() >= limit || from <= 0 {
            break;
        }
        below = from;
    }
    Ok(found)
}

pub(crate) fn holds(table: &str, column: &str, param: usize) -> String {
    format!("{column} in (select doc from {table} where words @@ cast(cast(${param} as text) as tsquery))")
}

/// The query in PostgreSQL's words: every term quoted, so that none is taken for an operator.
pub(crate) fn matching(wanted: &[Wanted]) -> String {
    let quoted = |term: &str| format!("'{term}'");
    let one = |term: &Wanted| match term {
        Wanted::Exact(term) => quoted(term),
        Wanted::Prefix(term) => quoted(term) + ":*",
    };
    wanted.iter().map(one).collect::<Vec<_>>().join(" & ")
}
