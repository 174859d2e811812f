//! Attachments: allowed by what they are (not by what they are called), stripped of the
//! place and device a photo tells of, sealed under the appellant's key chunk by chunk.

mod jpeg;
mod sniff;

pub use sniff::MediaType;

use kernel::text::file_name;
use kernel::{BlobId, Refusal, SubjectId};
use platform::vault::SubjectKey;
use platform::{App, Failure, Work};
use store::Query;

/// Plain bytes sealed at a time; one stored chunk each.
const PIECE: usize = store::blobs::CHUNK - SEAL;
/// What sealing adds to a piece: a nonce of 24 bytes and a tag of 16.
const SEAL: usize = 40;

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

/// Keeps a file under a subject's key.
///
/// # Errors
/// `attachment-empty`, `attachment-too-large`, `attachment-type`, each on `attachments`.
pub fn attach(work: &mut Work<'_>, key: &SubjectKey, upload: &Upload) -> Result<BlobId, Failure> {
    let max = work.app().config.attachment_max;
    let media_type = check(upload, max)?;
    let id = BlobId(work.fresh.uuid());
    let stripped = match media_type {
        MediaType::Jpeg => jpeg::without_metadata(&upload.bytes),
        _ => None,
    };
    let plain = stripped.as_deref().unwrap_or(&upload.bytes);
    let mut sealed = Vec::with_capacity(plain.len() + (plain.len() / PIECE + 1) * SEAL);
    for (n, piece) in plain.chunks(PIECE).enumerate() {
        sealed.extend(work.vault().seal_raw(key, &context(id, n), piece, &mut work.fresh));
    }
    let name = file_name(&upload.name);
    let name = work.vault().seal_raw(key, &name_context(id), name.as_bytes(), &mut work.fresh);
    let blob = store::blobs::NewBlob {
        id: id.to_string(),
        subject: Some(key.subject().0.clone()),
        name: Some(name),
        media_type: media_type.as_str().to_owned(),
        created_at: work.when().recorded_at,
    };
    store::blobs::put(work.tx, &blob, &sealed)?;
    Ok(id)
}

/// Whether a file may be attached, before anything is stored.
///
/// # Errors
/// As [`attach`].
pub fn check(upload: &Upload, max_bytes: usize) -> Result<MediaType, Refusal> {
    if upload.bytes.is_empty() {
        return Err(Refusal::field("attachments", "attachment-empty"));
    }
    if upload.bytes.len() > max_bytes {
        let megabytes = max_bytes / (1024 * 1024);
        return Err(Refusal::field("attachments", "attachment-too-large").with("max", megabytes));
    }
    sniff::media_type(&upload.bytes).ok_or_else(|| Refusal::field("attachments", "attachment-type"))
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
    let mut plain = Vec::with_capacity(sealed.len());
    for (n, piece) in sealed.chunks(PIECE + SEAL).enumerate() {
        plain.extend(app.vault.open_raw(&key, &context(id, n), piece)?);
    }
    Ok((described(app, Some(&key), id, &blob), plain))
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
            found.push(described(app, key, *id, &blob));
        }
    }
    Ok(found)
}

fn described(app: &App, key: Option<&SubjectKey>, id: BlobId, blob: &store::blobs::Blob) -> Attachment {
    let name = key
        .zip(blob.name.as_ref())
        .and_then(|(key, name)| app.vault.open_raw(key, &name_context(id), name).ok())
        .map(|name| String::from_utf8_lossy(&name).into_owned());
    Attachment { id, name: name.unwrap_or_default(), media_type: blob.media_type.clone(), size: blob.size }
}

fn context(id: BlobId, piece: usize) -> String {
    format!("blob:{id}:{piece}")
}

fn name_context(id: BlobId) -> String {
    format!("blob-name:{id}")
}
