//! Attachments: allowed by what they are (not by what they are called), stripped of the
//! place, device and author they tell of, sealed piece by piece under a key of their own
//! before they reach the write path; that key lies sealed under the appellant's.
//!
//! - [`seal`]: a file at hand becomes a [`SealedFile`]; [`keep`] stores it.
//! - `sniff`: what a file is; `strip`: what it tells besides itself.

mod sealed;
mod sniff;
mod strip;

pub use sealed::{FilePieces, PIECE, SealedFile, keep, seal, seal_all, seal_here};
pub use sniff::{HEAD, MediaType, media_type};
pub use strip::{Blanks, Stripped, blanks, stripped};

use kernel::{BlobId, Refusal, SubjectId};
use platform::vault::{FileKey, SubjectKey};
use platform::{App, Failure};
use serde::{Deserialize, Serialize};
use store::Query;

/// A file as it came in.
#[derive(Clone)]
pub struct Upload {
    /// Its name as the sender called it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A stored file as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: BlobId,
    /// Its name; empty once the person is erased.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// Its size as kept, in bytes.
    pub size: i64,
}

/// Whether a file may be attached, before anything is stored.
///
/// # Errors
/// `attachment-empty`, `attachment-too-large`, `attachment-type`, each on `attachments`.
pub fn check(upload: &Upload, max_bytes: usize) -> Result<MediaType, Refusal> {
    if upload.bytes.is_empty() {
        return Err(Refusal::field("attachments", "attachment-empty"));
    }
    if upload.bytes.len() > max_bytes {
        let megabytes = max_bytes / (1024 * 1024);
        return Err(Refusal::field("attachments", "attachment-too-large").with("max", megabytes));
    }
    media_type(&upload.bytes).ok_or_else(|| Refusal::field("attachments", "attachment-type"))
}

/// A stored file, opened. The caller has made sure that the reader may see its matter.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown file or an erased person.
pub fn read_attachment(
    query: &mut dyn Query,
    app: &App,
    id: BlobId,
) -> Result<(Attachment, Vec<u8>), Failure> {
    let blob = store::blobs::get(query, &id.to_string())?.ok_or(Failure::NotFound)?;
    let subject = SubjectId(blob.subject.clone().ok_or(Failure::NotFound)?);
    let key = platform::act::subject_key(query, &app.vault, &subject)?.ok_or(Failure::NotFound)?;
    let sealed = store::blobs::content(query, &id.to_string())?;
    let head = Head::of(app, Some(&key), id, &blob);
    let mut plain = Vec::with_capacity(sealed.len());
    for (n, piece) in sealed.chunks(store::blobs::CHUNK).enumerate() {
        plain.extend(match &head.key {
            Some(own) => own.open(&context(id, n), piece)?,
            None => app.vault.open_raw(&key, &context(id, n), piece)?,
        });
    }
    Ok((described(head, id, &blob), plain))
}

/// The name of a stored file; none where it is gone or its person was erased.
///
/// # Errors
/// Whatever the store or the vault says.
pub fn name_of(query: &mut dyn Query, app: &App, id: BlobId) -> Result<Option<String>, Failure> {
    let Some(blob) = store::blobs::get(query, &id.to_string())? else { return Ok(None) };
    let Some(subject) = blob.subject.clone() else { return Ok(None) };
    let key = platform::act::subject_key(query, &app.vault, &SubjectId(subject))?;
    Ok(Some(Head::of(app, key.as_ref(), id, &blob).name).filter(|name| !name.is_empty()))
}

/// The listings of stored files; those that are gone are left out.
pub(crate) fn list(
    query: &mut dyn Query,
    app: &App,
    key: Option<&SubjectKey>,
    ids: &[BlobId],
) -> Result<Vec<Attachment>, Failure> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(blob) = store::blobs::get(query, &id.to_string())? {
            found.push(described(Head::of(app, key, *id, &blob), *id, &blob));
        }
    }
    Ok(found)
}

/// What lies sealed beside a file: its name, and the key of its content. Files kept before
/// they had keys of their own have the bare name there, and their content under the
/// subject's key.
#[derive(Default, Serialize, Deserialize)]
struct Head {
    name: String,
    key: Option<FileKey>,
}

impl Head {
    /// Empty once the person is erased.
    fn of(app: &App, key: Option<&SubjectKey>, id: BlobId, blob: &store::blobs::Blob) -> Self {
        let Some((key, sealed)) = key.zip(blob.name.as_ref()) else { return Self::default() };
        let open = |context: &str| app.vault.open_raw(key, context, sealed).ok();
        if let Some(head) = open(&head_context(id)) {
            return serde_json::from_slice(&head).unwrap_or_default();
        }
        let name = open(&format!("blob-name:{id}")).unwrap_or_default();
        Self { name: String::from_utf8_lossy(&name).into_owned(), key: None }
    }
}

fn described(head: Head, id: BlobId, blob: &store::blobs::Blob) -> Attachment {
    Attachment { id, name: head.name, media_type: blob.media_type.clone(), size: blob.size }
}

fn context(id: BlobId, piece: usize) -> String {
    format!("blob:{id}:{piece}")
}

fn head_context(id: BlobId) -> String {
    format!("blob-head:{id}")
}
