//! The whole configuration as one text: every document with its versions, readable and
//! taken over again elsewhere.

use super::diff;
use super::document::Document;
use super::streams::{Change, act, load};
use super::versions::{toml, versions};
use kernel::Refusal;
use platform::{App, By, Failure, Work};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use store::Query;

/// The form of the text; another one is refused.
pub const FORMAT: &str = "tongxin-configuration/1";

/// All versions of all documents, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// See [`FORMAT`].
    pub format: String,
    /// The versions.
    #[serde(default, rename = "version")]
    pub versions: Vec<Kept>,
}

/// A version as it is handed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Code of the document.
    pub document: String,
    /// Its version, as its text says.
    pub version: String,
    /// First local date on which it holds; empty: at once. For the reader: the text decides.
    #[serde(default)]
    pub effective_from: String,
    /// When it was published where it comes from. For the reader.
    #[serde(default)]
    pub published_at: String,
    /// What changed and why.
    #[serde(default)]
    pub note: String,
    /// The whole file; empty where it lies beside the list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub toml: String,
    /// Where it lies beside the list, if it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
}

/// What taking over a bundle does, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Versions that are here already.
    pub known: usize,
    /// Versions published, each with what differs from the one before.
    pub new: Vec<(Document, String, Vec<diff::Difference>)>,
}

/// Every version as it stands here.
///
/// # Errors
/// Whatever the store says.
pub fn export(query: &mut dyn Query, zone: &kernel::time::Zone) -> Result<Bundle, Failure> {
    let mut kept = Vec::new();
    for document in Document::ALL {
        for version in versions(query, *document)?.into_iter().rev() {
            kept.push(Kept {
                document: document.code().to_owned(),
                version: version.version,
                effective_from: version.effective_from,
                published_at: zone.rfc3339(version.published_at),
                note: version.note,
                toml: toml(query, *document, version.position)?.unwrap_or_default(),
                file: String::new(),
            });
        }
    }
    Ok(Bundle { format: FORMAT.to_owned(), versions: kept })
}

/// Takes over a bundle; a dry run says what it would do and leaves everything as it is.
///
/// # Errors
/// As [`import`].
pub async fn take(app: &App, by: By, bundle: Bundle, dry_run: bool) -> Result<Taken, Failure> {
    let outcome: Arc<Mutex<Option<Taken>>> = Arc::default();
    let kept = outcome.clone();
    let written = app
        .write(move |work| {
            let taken = import(work, &by, &bundle)?;
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(taken.clone());
            // Only a failure takes a unit of work back.
            if dry_run { Err(Failure::Stale) } else { Ok(taken) }
        })
        .await;
    match written {
        Err(Failure::Stale) if dry_run => {
            let taken = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
            taken.ok_or(Failure::Stale)
        }
        other => other,
    }
}

/// Publishes the versions that are not here yet; all of them or, where one is refused, none.
/// A version that is here with another text is refused: nothing published changes.
///
/// # Errors
/// The refusal with document and version, and the reason of the text's own reader.
pub fn import(work: &mut Work<'_>, by: &By, bundle: &Bundle) -> Result<Taken, Failure> {
    if bundle.format != FORMAT {
        return Err(Refusal::new("bundle-format")
            .with("format", &bundle.format)
            .with("known", FORMAT)
            .into());
    }
    let mut taken = Taken::default();
    for kept in &bundle.versions {
        let document = Document::parse(&kept.document)
            .ok_or_else(|| Refusal::new("bundle-document").with("document", &kept.document))?;
        let here = versions(work.tx, document)?;
        if let Some(same) = here.iter().find(|version| version.version == kept.version) {
            if toml(work.tx, document, same.position)?.as_deref() != Some(kept.toml.as_str()) {
                return Err(Refusal::new("bundle-differs")
                    .with("document", &kept.document)
                    .with("version", &kept.version)
                    .into());
            }
            taken.known += 1;
            continue;
        }
        let heading = document.check(&kept.toml).map_err(|mut problems| {
            let problem = problems.remove(0);
            problem.with("document", &kept.document)
        })?;
        if heading.version != kept.version {
            return Err(Refusal::new("bundle-version")
                .with("document", &kept.document)
                .with("version", &kept.version)
                .with("said", heading.version)
                .into());
        }
        let before = load(work.tx, document)?.state.last.unwrap_or_default();
        let change = Change::Publish { toml: kept.toml.clone(), note: kept.note.clone() };
        act(work, by, document, None, change)?;
        let differs = diff::differences(&before, &kept.toml).unwrap_or_default();
        taken.new.push((document, kept.version.clone(), differs));
    }
    Ok(taken)
}
