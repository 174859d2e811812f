//! A staged file read and overwritten piece by piece: a film is looked at where its boxes
//! stand, not held in memory whole.

use super::stage::{Stage, Staged};
use kernel::time::Instant;
use matters::attachments::{self, Blanks, FilePieces, MediaType, PIECE};
use platform::{App, Failure};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::{Query, drafts};

/// A row of drafts and what it is to hold.
type Row = (String, Vec<u8>);

/// The pieces of one file; the last one read is at hand.
pub struct Pieces<'q> {
    query: &'q mut dyn Query,
    rows: Vec<String>,
    file: Staged,
    now: Instant,
    at_hand: Option<(usize, Vec<u8>)>,
}

impl<'q> Pieces<'q> {
    /// Of a file that has come whole.
    pub fn of(app: &App, query: &'q mut dyn Query, stage: &Stage, file: &Staged, now: Instant) -> Self {
        Self { query, rows: stage.rows(app, file), file: file.clone(), now, at_hand: None }
    }

    /// What must be written over it; none where it is not built as its standard says.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn blanks(&mut self, kind: MediaType) -> Result<Option<Blanks>, Failure> {
        let (size, mut failed) = (self.file.size, None);
        let mut read = |at: usize, length: usize| {
            self.read(at, length).unwrap_or_else(|failure| {
                failed = Some(failure);
                None
            })
        };
        let blanks = attachments::blanks(kind, size, &mut read);
        failed.map_or(Ok(blanks), Err)
    }

    /// The rows of the pieces that change, sealed anew.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn overwritten(&mut self, app: &App, over: Vec<(usize, Vec<u8>)>) -> Result<Vec<Row>, Failure> {
        let mut changed: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        for (at, bytes) in over {
            for (n, byte) in bytes.into_iter().enumerate() {
                let (piece, within) = ((at + n) / PIECE, (at + n) % PIECE);
                let plain = match changed.entry(piece) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(place) => place.insert(self.piece(piece)?.to_vec()),
                };
                if let Some(place) = plain.get_mut(within) {
                    *place = byte;
                }
            }
        }
        let sealed = changed.into_iter().map(|(n, plain)| {
            let sealed = FilePieces::seal_piece(app, self.file.id, &self.file.key, n, &plain)?;
            Ok((self.rows[n].clone(), sealed))
        });
        sealed.collect()
    }

    fn read(&mut self, at: usize, length: usize) -> Result<Option<Vec<u8>>, Failure> {
        let Some(end) = at.checked_add(length).filter(|end| *end <= self.file.size) else { return Ok(None) };
        let mut found = Vec::with_capacity(length);
        let mut at = at;
        while at < end {
            let (n, within) = (at / PIECE, at % PIECE);
            let piece = self.piece(n)?;
            let upto = piece.len().min(within + (end - at));
            let Some(stretch) = piece.get(within..upto).filter(|stretch| !stretch.is_empty()) else {
                return Ok(None);
            };
            found.extend_from_slice(stretch);
            at += stretch.len();
        }
        Ok(Some(found))
    }

    fn piece(&mut self, n: usize) -> Result<&[u8], Failure> {
        if self.at_hand.as_ref().is_none_or(|(at, _)| *at != n) {
            let row = self.rows.get(n).ok_or(Failure::NotFound)?;
            let sealed = drafts::get(self.query, row, self.now)?.ok_or(Failure::NotFound)?;
            let plain = FilePieces::open_piece(self.file.id, &self.file.key, n, &sealed)?;
            self.at_hand = Some((n, plain));
        }
        Ok(self.at_hand.as_ref().map_or(&[], |(_, plain)| plain.as_slice()))
    }
}
