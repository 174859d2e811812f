//! Is the record whole? Checks every stream's hash chain, the global chain over them, and
//! the attachments, and says what is wrong where.

use crate::chain::{self, Link};
use crate::{Query, Row, StoreError, blobs, journal};
use sha2::{Digest, Sha256};

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The journal position concerned, where there is one.
    pub position: Option<i64>,
    /// What is wrong, in plain words.
    pub reason: String,
}

/// All checks. Empty when the record is whole.
pub fn check(q: &mut dyn Query) -> Result<Vec<Finding>, StoreError> {
    let mut findings = streams(q)?;
    findings.extend(seals(q)?);
    findings.extend(unsealed(q)?);
    findings.extend(attachments(q)?);
    Ok(findings)
}

/// Each stream's entries follow each other without a gap and carry the right hashes.
pub fn streams(q: &mut dyn Query) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut stream = String::new();
    let mut version = 0;
    let mut hash = String::new();
    q.query_each(
        &format!("select {} from journal order by stream, version", journal::COLUMNS),
        &[],
        &mut |row| {
            let position = Some(row.int(0)?);
            let mut report = |reason: String| findings.push(Finding { position, reason });
            let entry = match journal::entry(&row) {
                Ok(entry) => entry,
                Err(error) => {
                    report(error.to_string());
                    return Ok(());
                }
            };
            if entry.stream != stream {
                stream.clone_from(&entry.stream);
                version = 0;
                hash.clear();
            }
            if entry.version != version + 1 {
                report(format!("stream {stream}: version {} follows version {version}", entry.version));
            } else if entry.prev_hash != hash {
                report(format!(
                    "stream {stream}: version {} does not carry the hash of the one before",
                    entry.version
                ));
            }
            if journal::hash_of(&entry) != entry.hash {
                report(format!("stream {stream}: version {} is not what its hash says", entry.version));
            }
            version = entry.version;
            hash = entry.hash;
            Ok(())
        },
    )?;
    Ok(findings)
}

/// The global chain is dense, its hashes are right, and what it seals is there.
pub fn seals(q: &mut dyn Query) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut last = Link::default();
    q.query_each(
        "select c.seq, c.position, c.hash, j.hash from journal_chain c \
         left join journal j on j.position = c.position order by c.seq",
        &[],
        &mut |row| {
            let link = Link { seq: row.int(0)?, position: row.int(1)?, hash: row.text(2)? };
            let reason = match row.opt_str(3)? {
                _ if link.seq != last.seq + 1 => Some(format!("seal {} follows seal {}", link.seq, last.seq)),
                None => Some(format!("seal {}: its entry is gone", link.seq)),
                Some(hash) if last.next(link.position, hash) != link => {
                    Some(format!("seal {} does not fit what it seals", link.seq))
                }
                Some(_) => None,
            };
            findings.extend(reason.map(|reason| Finding { position: Some(link.position), reason }));
            last = link;
            Ok(())
        },
    )?;
    Ok(findings)
}

/// Every entry is sealed or waiting to be, and nothing that waited has vanished.
pub fn unsealed(q: &mut dyn Query) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut report = |sql: &str, reason: &str| {
        q.query_each(sql, &[], &mut |row| {
            findings.push(Finding { position: Some(row.int(0)?), reason: reason.to_owned() });
            Ok(())
        })
    };
    report(
        "select u.position from journal_unsealed u \
         left join journal j on j.position = u.position where j.position is null \
         order by u.position",
        "an entry vanished before it was sealed",
    )?;
    report(
        "select j.position from journal j \
         left join journal_chain c on c.position = j.position \
         left join journal_unsealed u on u.position = j.position \
         where c.position is null and u.position is null order by j.position",
        "neither sealed nor waiting to be",
    )?;
    Ok(findings)
}

/// Every attachment is complete and unchanged.
pub fn attachments(q: &mut dyn Query) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut after = String::new();
    loop {
        let rows = q.query(
            "select id, size, sha256 from blobs where id > $1 order by id limit 1000",
            &crate::params![&after],
        )?;
        let Some(last) = rows.last() else {
            return Ok(findings);
        };
        after = last.text(0)?;
        for row in &rows {
            if !is_whole(q, row)? {
                findings.push(Finding {
                    position: None,
                    reason: format!("attachment {} is damaged", row.str(0)?),
                });
            }
        }
    }
}

fn is_whole(q: &mut dyn Query, described: &Row) -> Result<bool, StoreError> {
    let mut hasher = Sha256::new();
    let mut size = 0;
    blobs::stream(q, described.str(0)?, &mut |chunk| {
        size += chunk.len() as i64;
        hasher.update(&chunk);
        Ok(())
    })?;
    Ok(size == described.int(1)? && chain::hex(&hasher.finalize()) == described.str(2)?)
}
