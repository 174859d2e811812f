//! Which version of a document holds, and what was published and drafted before.

use super::document::Document;
use kernel::Actor;
use kernel::time::Instant;
use platform::{App, Failure};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use store::{Query, Row, StoreError, params};

/// A published version, without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Of which document.
    pub document: Document,
    /// Its place in the document's stream.
    pub position: i64,
    /// Its version, as its text says.
    pub version: String,
    /// First local date on which it holds, `YYYY-MM-DD`; empty: at once.
    pub effective_from: String,
    /// When it was published.
    pub published_at: Instant,
    /// By whom.
    pub actor: Actor,
    /// What changed and why; may be empty.
    pub note: String,
    /// The hash of the journal's entry: identifies the text.
    pub fingerprint: String,
}

/// A text kept to be worked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The version of the stream that kept it.
    pub position: i64,
    /// When it was kept.
    pub drafted_at: Instant,
    /// By whom.
    pub actor: Actor,
    /// What it is for; may be empty.
    pub note: String,
    /// The whole file.
    pub toml: String,
}

/// What holds: enough to know whether it is parsed already.
pub(super) struct InForce {
    pub(super) fingerprint: String,
    document: Document,
    position: i64,
}

impl InForce {
    pub(super) fn toml(&self, query: &mut dyn Query) -> Result<String, Failure> {
        toml(query, self.document, self.position)?.ok_or(Failure::NotFound)
    }
}

/// The version that holds at that time: of those effective by then, the one published last;
/// the first one where none is effective yet.
pub(super) fn version_in_force(
    query: &mut dyn Query,
    app: &App,
    document: Document,
    now: Instant,
) -> Result<Option<InForce>, Failure> {
    let today = app.config.zone.date_of(now).to_string();
    let row = query.query_one_opt(
        "select position, fingerprint from document_version where document = $1 \
         order by case when effective_from <= $2 then 0 else 1 end, \
         case when effective_from <= $2 then -position else position end limit 1",
        &params![document.code(), today],
    )?;
    row.as_ref().map(|row| found(document, row)).transpose()
}

/// The version of that name.
pub(super) fn version_named(
    query: &mut dyn Query,
    document: Document,
    version: &str,
) -> Result<Option<InForce>, Failure> {
    let row = query.query_one_opt(
        "select position, fingerprint from document_version where document = $1 and version = $2",
        &params![document.code(), version],
    )?;
    row.as_ref().map(|row| found(document, row)).transpose()
}

/// All versions of a document, the latest first.
///
/// # Errors
/// Whatever the store says.
pub fn versions(query: &mut dyn Query, document: Document) -> Result<Vec<Version>, Failure> {
    let rows = query.query(
        "select position, version, effective_from, published_at, actor, note, fingerprint \
         from document_version where document = $1 order by position desc",
        &params![document.code()],
    )?;
    Ok(rows.iter().map(|row| version(document, row)).collect::<Result<_, _>>()?)
}

/// The version in force today; none where nothing was published.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App, document: Document) -> Result<Option<Version>, Failure> {
    let Some(found) = version_in_force(query, app, document, app.now())? else { return Ok(None) };
    Ok(versions(query, document)?.into_iter().find(|version| version.position == found.position))
}

/// The text of the version at that place of the stream.
///
/// # Errors
/// Whatever the store says.
pub fn toml(query: &mut dyn Query, document: Document, position: i64) -> Result<Option<String>, Failure> {
    let row = query.query_one_opt(
        "select toml from document_version where document = $1 and position = $2",
        &params![document.code(), position],
    )?;
    Ok(row.map(|row| row.text(0)).transpose()?)
}

/// The draft of a document, if there is one.
///
/// # Errors
/// Whatever the store says.
pub fn draft(query: &mut dyn Query, document: Document) -> Result<Option<Draft>, Failure> {
    let row = query.query_one_opt(
        "select position, drafted_at, actor, note, toml from document_draft where document = $1",
        &params![document.code()],
    )?;
    let read = |row: Row| -> Result<Draft, StoreError> {
        Ok(Draft {
            position: row.int(0)?,
            drafted_at: row.instant(1)?,
            actor: actor(row.str(2)?)?,
            note: row.text(3)?,
            toml: row.text(4)?,
        })
    };
    Ok(row.map(read).transpose()?)
}

fn found(document: Document, row: &Row) -> Result<InForce, Failure> {
    Ok(InForce { document, position: row.int(0)?, fingerprint: row.text(1)? })
}

fn version(document: Document, row: &Row) -> Result<Version, StoreError> {
    Ok(Version {
        document,
        position: row.int(0)?,
        version: row.text(1)?,
        effective_from: row.text(2)?,
        published_at: row.instant(3)?,
        actor: actor(row.str(4)?)?,
        note: row.text(5)?,
        fingerprint: row.text(6)?,
    })
}

fn actor(json: &str) -> Result<Actor, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Corrupt(format!("an actor: {error}")))
}

/// Parsed once per content: the key is the hash of the journal entry that published it,
/// so nothing kept here can be stale.
pub(super) type Parsed<T> = LazyLock<Mutex<BTreeMap<String, Arc<T>>>>;

pub(super) fn cached<T>(
    cache: &Parsed<T>,
    fingerprint: &str,
    parse: impl FnOnce() -> Result<T, Failure>,
) -> Result<Arc<T>, Failure> {
    let known = cache.lock().unwrap_or_else(PoisonError::into_inner).get(fingerprint).cloned();
    if let Some(found) = known {
        return Ok(found);
    }
    let parsed = Arc::new(parse()?);
    cache.lock().unwrap_or_else(PoisonError::into_inner).insert(fingerprint.to_owned(), parsed.clone());
    Ok(parsed)
}

/// A version that reads no more: it was read before it was published.
pub(super) fn damaged(problems: Vec<kernel::Refusal>) -> Failure {
    Failure::Internal(format!("a published version does not read: {problems:?}"))
}
