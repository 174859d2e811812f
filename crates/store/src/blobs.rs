//! Attachments in chunks. Content and name arrive encrypted; the checksum is over what is
//! kept, so that `doctor` can check it without any key.

use crate::{Query, Row, StoreError, Tx, chain, params};
use kernel::time::Instant;
use sha2::{Digest, Sha256};

/// Bytes per chunk.
pub const CHUNK: usize = 256 * 1024;

/// A blob to be kept.
#[derive(Clone, Debug)]
pub struct NewBlob {
    /// Its id.
    pub id: String,
    /// The person it is about; erased with them.
    pub subject: Option<String>,
    /// Its file name, sealed.
    pub name: Option<Vec<u8>>,
    /// Its media type.
    pub media_type: String,
    /// When it came.
    pub created_at: Instant,
}

/// A blob's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Its id.
    pub id: String,
    /// The person it is about.
    pub subject: Option<String>,
    /// Its file name, sealed.
    pub name: Option<Vec<u8>>,
    /// Its media type.
    pub media_type: String,
    /// Bytes kept.
    pub size: i64,
    /// SHA-256 over the bytes kept, hexadecimal.
    pub sha256: String,
    /// When it came.
    pub created_at: Instant,
}

/// Keeps a blob and its (encrypted) content.
///
/// # Errors
/// [`StoreError::Unique`] when the id is taken.
pub fn put(tx: &mut Tx, blob: &NewBlob, content: &[u8]) -> Result<(), StoreError> {
    tx.execute(
        "insert into blobs (id, subject, name, media_type, size, sha256, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            &blob.id,
            blob.subject.as_ref(),
            blob.name.clone(),
            &blob.media_type,
            content.len() as i64,
            chain::hex(&Sha256::digest(content)),
            blob.created_at
        ],
    )?;
    for (n, chunk) in content.chunks(CHUNK).enumerate() {
        tx.execute_later(
            "insert into blob_chunks (blob, n, bytes) values ($1, $2, $3)",
            params![&blob.id, n as i64, chunk],
        )?;
    }
    Ok(())
}

/// Keeps a blob whose (encrypted) chunks lie in drafts already, without reading them: they
/// are copied row by row inside the database. `size` and `sha256` are over all of them.
/// False when one of the drafts has ended; then the transaction must be given up.
///
/// # Errors
/// [`StoreError::Unique`] when the id is taken.
pub fn adopt(
    tx: &mut Tx,
    blob: &NewBlob,
    drafts: &[String],
    size: i64,
    sha256: &str,
) -> Result<bool, StoreError> {
    tx.execute(
        "insert into blobs (id, subject, name, media_type, size, sha256, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        &params![
            &blob.id,
            blob.subject.as_ref(),
            blob.name.clone(),
            &blob.media_type,
            size,
            sha256,
            blob.created_at
        ],
    )?;
    for (n, draft) in drafts.iter().enumerate() {
        let copied = tx.execute(
            "insert into blob_chunks (blob, n, bytes) \
             select cast($1 as text), cast($2 as bigint), sealed from drafts where id_hash = $3",
            &params![&blob.id, n as i64, draft],
        )?;
        if copied != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// SHA-256 over a blob's content, chunk by chunk, hexadecimal.
#[derive(Default)]
pub struct Checksum(Sha256);

impl Checksum {
    /// Takes the next chunk.
    pub fn update(&mut self, chunk: &[u8]) {
        self.0.update(chunk);
    }

    /// The whole.
    pub fn finish(self) -> String {
        chain::hex(&self.0.finalize())
    }
}

/// The description of a blob.
pub fn get(q: &mut dyn Query, id: &str) -> Result<Option<Blob>, StoreError> {
    q.query_one_opt(&format!("select {COLUMNS} from blobs where id = $1"), &params![id])?
        .as_ref()
        .map(blob)
        .transpose()
}

/// Hands over a blob's content chunk by chunk.
pub fn stream(
    q: &mut dyn Query,
    id: &str,
    each: &mut dyn FnMut(Vec<u8>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    q.query_each("select bytes from blob_chunks where blob = $1 order by n", &params![id], &mut |row| {
        each(row.bytes(0)?)
    })
}

/// A blob's whole content; empty when there is no such blob.
pub fn content(q: &mut dyn Query, id: &str) -> Result<Vec<u8>, StoreError> {
    let mut content = Vec::new();
    stream(q, id, &mut |chunk| {
        content.extend_from_slice(&chunk);
        Ok(())
    })?;
    Ok(content)
}

/// Removes a blob with its content. False when there is none.
pub fn delete(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    let counts = tx.batch(&[
        ("delete from blob_chunks where blob = $1", params![id]),
        ("delete from blobs where id = $1", params![id]),
    ])?;
    Ok(counts.last().is_some_and(|count| *count > 0))
}

/// The blobs about a person.
pub fn list_by_subject(q: &mut dyn Query, subject: &str) -> Result<Vec<Blob>, StoreError> {
    let rows =
        q.query(&format!("select {COLUMNS} from blobs where subject = $1 order by id"), &params![subject])?;
    rows.iter().map(blob).collect()
}

const COLUMNS: &str = "id, subject, name, media_type, size, sha256, created_at";

fn blob(row: &Row) -> Result<Blob, StoreError> {
    Ok(Blob {
        id: row.text(0)?,
        subject: row.opt_text(1)?,
        name: row.opt_bytes(2)?,
        media_type: row.text(3)?,
        size: row.int(4)?,
        sha256: row.text(5)?,
        created_at: row.instant(6)?,
    })
}
