//! Search over everything the reader may see, newest first, with the place where the words
//! stand.

use super::INDEX;
use super::index::said;
use super::similar::wanted;
use crate::read::{READ, Row, rows, uuid};
use kernel::MatterId;
use kernel::permission::Grant;
use platform::{App, Failure};
use search::{Piece, snippet};
use store::fulltext::{Wanted, newest};
use store::{Query, Value, params};

/// Hits asked for at once.
const CHUNK: usize = 200;
/// Hits looked through for those the reader may see; then it is given up.
const MOST: usize = 5_000;
/// Characters of a shown title or text.
const TITLE: usize = 60;
const TEXT: usize = 120;

/// A page of what was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Newest first.
    pub hits: Vec<Hit>,
    /// What to give as `below` for the next page; none on the last.
    pub next: Option<i64>,
    /// The words are so frequent that only the newest matters were looked through.
    pub gave_up: bool,
}

/// A matter in which the words stand.
#[derive(Clone, Debug)]
pub struct Hit {
    /// As in lists.
    pub row: Row,
    /// Its title, with the words marked.
    pub title: Vec<Piece>,
    /// Where they stand in the text, or in the answer.
    pub text: Vec<Piece>,
    /// Whether that is an answer.
    pub in_answer: bool,
}

/// What the index is asked for; make it outside of a unit of work.
#[derive(Clone, Debug)]
pub struct Sought {
    text: String,
    terms: Vec<Wanted>,
}

impl Sought {
    /// A search as typed.
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), terms: wanted(&search::wanted(text)) }
    }

    /// Whether there is anything in it that can be looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// The newest matters within the reader's scope that hold all the words.
///
/// # Errors
/// Whatever the store says.
pub fn find(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    sought: &Sought,
    below: Option<i64>,
    limit: usize,
) -> Result<Found, Failure> {
    let mut found: Vec<(i64, MatterId)> = Vec::new();
    let (mut below, mut looked) = (below, 0);
    let mut exhausted = sought.is_empty();
    while !exhausted && found.len() <= limit && looked < MOST {
        let docs = newest(query, INDEX, &sought.terms, below, CHUNK)?;
        looked += docs.len();
        exhausted = docs.len() < CHUNK;
        below = docs.last().copied().or(below);
        found.extend(visible(query, grants, &docs)?);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(doc, _)| *doc);
    let ids: Vec<MatterId> = found.iter().map(|(_, id)| *id).collect();
    let mut shown = rows(query, app, grants, &ids)?;
    let mut hits = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(at) = shown.iter().position(|row| row.id == id) {
            hits.push(hit(query, app, shown.swap_remove(at), &sought.text)?);
        }
    }
    Ok(Found { hits, next, gave_up: !more && !exhausted })
}

/// The matter of that number, where the reader may see it.
///
/// # Errors
/// Whatever the store says.
pub fn numbered(query: &mut dyn Query, grants: &[Grant], number: &str) -> Result<Option<MatterId>, Failure> {
    let mut values = params![number];
    let (scope, scoped) = identity::scope::matter_filter(grants, READ, 2);
    values.extend(scoped);
    let sql = format!("select m.id from matter m where m.number = $1 and {scope}");
    query.query_one_opt(&sql, &values)?.map(|row| Ok(MatterId(uuid(row.str(0)?)?))).transpose()
}

/// Those of these documents that the reader may see, newest first. The statement is the same
/// for any number of them, so that it stays prepared.
fn visible(query: &mut dyn Query, grants: &[Grant], docs: &[i64]) -> Result<Vec<(i64, MatterId)>, Failure> {
    if docs.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = docs.iter().map(|doc| Value::from(*doc)).collect();
    values.resize(CHUNK, Value::from(-1_i64));
    let places: Vec<String> = (1..=CHUNK).map(|n| format!("${n}")).collect();
    let (scope, scoped) = identity::scope::matter_filter(grants, READ, CHUNK + 1);
    values.extend(scoped);
    let sql = format!(
        "select m.doc, m.id from matter m where m.doc in ({}) and {scope} order by m.doc desc",
        places.join(", ")
    );
    query.query(&sql, &values)?.iter().map(|row| Ok((row.int(0)?, MatterId(uuid(row.str(1)?)?)))).collect()
}

fn hit(query: &mut dyn Query, app: &App, row: Row, text: &str) -> Result<Hit, Failure> {
    let Some(said) = said(query, app, &row.id.to_string())? else {
        return Ok(Hit { row, title: Vec::new(), text: Vec::new(), in_answer: false });
    };
    let marked = |pieces: &[Piece]| pieces.iter().any(|piece| piece.hit);
    let own = snippet(&[said.text, said.expected].join(" "), text, TEXT);
    let answers = said.answers.iter().map(|(_, answer)| snippet(answer, text, TEXT));
    let answer = answers.into_iter().find(|pieces| !marked(&own) && marked(pieces));
    let in_answer = answer.is_some();
    Ok(Hit { row, title: snippet(&said.title, text, TITLE), text: answer.unwrap_or(own), in_answer })
}
