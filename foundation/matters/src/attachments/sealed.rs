//! A file on its way to be kept: sealed outside the write path, so that a large one never
//! holds up whoever writes next.

use super::strip::stripped;
use super::{Head, MediaType, Upload, check, context, head_context};
use kernel::text::file_name;
use kernel::{BlobId, Refusal};
use platform::vault::{FileKey, SubjectKey};
use platform::{App, Failure, Work};

/// Plain bytes sealed at a time; one stored chunk each.
pub const PIECE: usize = store::blobs::CHUNK - SEAL;
/// What sealing adds to a piece: a nonce of 24 bytes and a tag of 16.
const SEAL: usize = 40;

/// A file sealed under a key of its own. Not yet anybody's: [`keep`] says whose it is.
#[derive(Clone)]
pub struct SealedFile {
    id: BlobId,
    name: String,
    media_type: MediaType,
    key: FileKey,
    /// Tells it from other files in the fingerprint of a request.
    pub(crate) digest: String,
    content: Content,
}

#[derive(Clone)]
enum Content {
    /// At hand.
    Here(Vec<u8>),
    /// In drafts, one piece each.
    Drafts { rows: Vec<String>, size: i64, sha256: String },
}

/// A file that was sealed piece by piece into drafts as it came in.
#[derive(Clone)]
pub struct FilePieces {
    /// Its id: the context its pieces were sealed with.
    pub id: BlobId,
    /// Its name, as sent.
    pub name: String,
    /// What its first bytes say it is.
    pub media_type: MediaType,
    /// The key of its pieces.
    pub key: FileKey,
    /// The drafts' keys, in order.
    pub rows: Vec<String>,
}

/// Checks a file, takes out of it what it tells besides itself, and seals it.
///
/// # Errors
/// As [`check`].
pub async fn seal(app: &App, upload: Upload) -> Result<SealedFile, Failure> {
    app.aside(move |app| seal_here(app, upload)).await
}

/// The same on this very thread: for a small file that is at hand within a unit of work.
///
/// # Errors
/// As [`check`].
pub fn seal_here(app: &App, upload: Upload) -> Result<SealedFile, Failure> {
    let media_type = check(&upload, app.config.attachment_max)?;
    let digest = app.vault.blind("intake-upload", &upload.bytes);
    let plain = stripped(media_type, &upload.bytes).map_or(upload.bytes, |kept| kept.bytes);
    let mut fresh = app.fresh();
    let (id, key) = (BlobId(fresh.uuid()), FileKey::generate(&mut fresh));
    let mut content = Vec::with_capacity(plain.len() + (plain.len() / PIECE + 1) * SEAL);
    for (n, piece) in plain.chunks(PIECE).enumerate() {
        content.extend(key.seal(&context(id, n), piece, &mut fresh)?);
    }
    let name = file_name(&upload.name);
    Ok(SealedFile { id, name, media_type, key, digest, content: Content::Here(content) })
}

/// The same with several.
///
/// # Errors
/// As [`seal`]: the first that is wrong.
pub async fn seal_all(app: &App, uploads: Vec<Upload>) -> Result<Vec<SealedFile>, Failure> {
    let mut sealed = Vec::with_capacity(uploads.len());
    for upload in uploads {
        sealed.push(seal(app, upload).await?);
    }
    Ok(sealed)
}

impl FilePieces {
    /// Seals the next piece of a file, at most [`PIECE`] bytes.
    ///
    /// # Errors
    /// [`Failure::Vault`] for a key of another making.
    pub fn seal_piece(
        app: &App,
        id: BlobId,
        key: &FileKey,
        n: usize,
        plain: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        Ok(key.seal(&context(id, n), plain, &mut app.fresh())?)
    }

    /// Opens a piece again.
    ///
    /// # Errors
    /// [`Failure::Vault`] where it does not open.
    pub fn open_piece(id: BlobId, key: &FileKey, n: usize, sealed: &[u8]) -> Result<Vec<u8>, Failure> {
        Ok(key.open(&context(id, n), sealed)?)
    }

    /// The file as it can be kept. Reads every piece once, for the checksum.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where a draft has ended.
    pub async fn gather(self, app: &App) -> Result<SealedFile, Failure> {
        let (now, rows) = (app.now(), self.rows.clone());
        let (size, sha256) = app
            .read(move |snapshot, _| {
                let (mut size, mut sum) = (0, store::blobs::Checksum::default());
                for row in &rows {
                    let piece = store::drafts::get(snapshot, row, now)?.ok_or(Failure::NotFound)?;
                    size += i64::try_from(piece.len()).unwrap_or(i64::MAX);
                    sum.update(&piece);
                }
                Ok((size, sum.finish()))
            })
            .await?;
        Ok(SealedFile {
            id: self.id,
            digest: self.id.to_string(),
            name: file_name(&self.name),
            media_type: self.media_type,
            key: self.key,
            content: Content::Drafts { rows: self.rows, size, sha256 },
        })
    }
}

impl SealedFile {
    /// What it is.
    pub fn media_type(&self) -> MediaType {
        self.media_type
    }
}

/// Keeps a sealed file as that person's. Drafts it lies in are emptied.
///
/// # Errors
/// `attachment-gone` where drafts it lay in have ended; whatever the store says.
pub fn keep(work: &mut Work<'_>, key: &SubjectKey, file: &SealedFile) -> Result<BlobId, Failure> {
    let head = serde_json::to_vec(&Head { name: file.name.clone(), key: Some(file.key.clone()) })?;
    let name = work.vault().seal_raw(key, &head_context(file.id), &head, &mut work.fresh);
    let blob = store::blobs::NewBlob {
        id: file.id.to_string(),
        subject: Some(key.subject().0.clone()),
        name: Some(name),
        media_type: file.media_type.as_str().to_owned(),
        created_at: work.when().recorded_at,
    };
    match &file.content {
        Content::Here(sealed) => store::blobs::put(work.tx, &blob, sealed)?,
        Content::Drafts { rows, size, sha256 } => {
            if !store::blobs::adopt(work.tx, &blob, rows, *size, sha256)? {
                return Err(Refusal::field("attachments", "attachment-gone").into());
            }
            for row in rows {
                store::drafts::delete(work.tx, row)?;
            }
        }
    }
    Ok(file.id)
}
