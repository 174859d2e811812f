//! Erasure of a person: the key that opens everything sealed is destroyed, and what is
//! about them outside the journal is removed.

use crate::{StoreError, Tx, params};

/// The authoritative tables erasure deletes from.
pub(crate) const TABLES: &[&str] =
    &["subject_keys", "subject_index", "blobs", "blob_chunks", "jobs", "idempotency"];

/// What an erasure removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whether there was a key to destroy.
    pub key: bool,
    /// Blobs removed.
    pub blobs: u64,
    /// Jobs removed.
    pub jobs: u64,
}

/// Erases a person: key, index rows, blobs, remembered answers, jobs that mention them, and
/// what projections hold. Erasing again is harmless (a restored backup replays the list of
/// erasures). Call [`crate::Store::scrub`] afterwards to clean the files.
pub fn subject(tx: &mut Tx, subject: &str) -> Result<Erased, StoreError> {
    let counts = tx.batch(&[
        ("delete from subject_keys where subject = $1", params![subject]),
        ("delete from subject_index where subject = $1", params![subject]),
        ("delete from blob_chunks where blob in (select id from blobs where subject = $1)", params![subject]),
        ("delete from blobs where subject = $1", params![subject]),
        ("delete from idempotency where subject = $1", params![subject]),
        (
            r"delete from jobs where payload like $1 escape '\' or key like $1 escape '\'",
            params![mention(subject)],
        ),
    ])?;
    let shared = tx.shared();
    for projection in shared.registry.iter() {
        projection.erase(tx, subject)?;
    }
    Ok(Erased { key: counts[0] > 0, blobs: counts[3], jobs: counts[5] })
}

/// A LIKE pattern for texts that contain the subject's id.
fn mention(subject: &str) -> String {
    let mut pattern = String::from("%");
    for c in subject.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
