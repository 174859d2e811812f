//! Files sent ahead: each lies sealed in drafts, piece by piece, under the secret of the
//! sender's cookie, until it is filed or its time is over. What has arrived stays, whatever
//! becomes of the connection; a film is never held in memory whole.

use super::pieces::Pieces;
use axum::extract::multipart::Field;
use kernel::BlobId;
use kernel::text::file_name;
use kernel::time::Instant;
use matters::attachments::{self, FilePieces, MediaType, PIECE, SealedFile};
use platform::ui::FieldError;
use platform::vault::FileKey;
use platform::{App, Failure, Work};
use serde::{Deserialize, Serialize};
use store::{drafts, rate_limits};

/// Pieces written in one transaction: about a megabyte.
const AT_ONCE: usize = 4;
/// Transactions of one source in an hour: two gigabytes, for an office behind one address.
const HOURLY: i64 = 2000;
/// Pictures and papers larger than this are kept as they come: they are held in memory whole.
const STRIP_MAX: usize = 32 * 1024 * 1024;

/// A file sent ahead, or on its way. Holds its key: it lies sealed wherever it lies.
#[derive(Clone, Serialize, Deserialize)]
pub struct Staged {
    /// Names it.
    pub id: BlobId,
    /// Its name, as sent.
    pub name: String,
    /// Bytes so far.
    pub size: usize,
    /// Whether it may still tell of an author, a device or a place.
    #[serde(default)]
    pub may_tell: bool,
    media_type: Option<MediaType>,
    pub(super) key: FileKey,
    pieces: usize,
}

/// A staged file as its sender's page lists it.
pub struct Listed {
    /// Names it.
    pub id: String,
    /// Its name, as sent.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// Whether its sender is warned that it may tell of an author, a device or a place.
    pub may_tell: bool,
}

impl Listed {
    /// That file.
    pub fn of(file: &Staged) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name.clone(),
            size: super::words::size(file.size),
            may_tell: file.may_tell,
        }
    }
}

/// Whose files, until when, from where.
#[derive(Clone)]
pub struct Stage {
    /// The secret of the sender's cookie; never stored.
    pub token: String,
    /// When the files end by themselves.
    pub until: Instant,
    /// The sender's address, for the hourly limit.
    pub source: String,
}

/// Why a file is not taken.
pub enum NotTaken {
    /// The sender can do something about it.
    Wrong(FieldError),
    /// It failed.
    Failed(Failure),
}

impl From<Failure> for NotTaken {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Staged {
    /// A file of which nothing has come yet.
    pub fn new(app: &App, name: &str) -> Self {
        let mut fresh = app.fresh();
        Self {
            id: BlobId(fresh.uuid()),
            name: file_name(name),
            size: 0,
            may_tell: false,
            media_type: None,
            key: FileKey::generate(&mut fresh),
            pieces: 0,
        }
    }

    fn wrong(&self, app: &App, field: &str, code: &str) -> FieldError {
        FieldError::new(field, &format!("portal-{code}"))
            .with("name", self.name.as_str())
            .with("limit", super::words::size(app.config.attachment_max))
    }
}

impl Stage {
    /// Takes a whole file out of a form as it comes in.
    ///
    /// # Errors
    /// [`NotTaken::Wrong`] for an empty, too large or unknown file, whose pieces are dropped.
    pub async fn take(&self, app: &App, field: &str, mut part: Field<'_>) -> Result<Staged, NotTaken> {
        let mut staged = Staged::new(app, part.file_name().unwrap_or_default());
        let mut waiting: Vec<u8> = Vec::new();
        let mut wrong = None;
        while let Some(bytes) = part.chunk().await.map_err(super::upload::failure)? {
            // What is wrong is read to its end all the same: browsers hear the answer only then.
            if wrong.is_some() {
                continue;
            }
            waiting.extend_from_slice(&bytes);
            if waiting.len() >= PIECE * AT_ONCE {
                let rest = waiting.split_off(PIECE * AT_ONCE);
                let full = std::mem::replace(&mut waiting, rest);
                wrong = self.append(app, field, &mut staged, full).await.err().map(wrong_only).transpose()?;
            }
        }
        if wrong.is_none() && !waiting.is_empty() {
            wrong = self.append(app, field, &mut staged, waiting).await.err().map(wrong_only).transpose()?;
        }
        if wrong.is_none() && staged.size == 0 {
            wrong = Some(staged.wrong(app, field, "attachment-empty"));
        }
        match wrong {
            None => Ok(self.finish(app, staged).await?),
            Some(wrong) => {
                self.drop(app, &staged).await?;
                Err(NotTaken::Wrong(wrong))
            }
        }
    }

    /// Adds the next bytes: whole pieces, but for the last of the file.
    ///
    /// # Errors
    /// [`NotTaken::Wrong`] where the file is too large or of no known kind.
    pub async fn append(
        &self,
        app: &App,
        field: &str,
        staged: &mut Staged,
        bytes: Vec<u8>,
    ) -> Result<(), NotTaken> {
        if staged.size + bytes.len() > app.config.attachment_max {
            return Err(NotTaken::Wrong(staged.wrong(app, field, "attachment-too-large")));
        }
        if staged.size == 0 {
            staged.media_type = attachments::media_type(&bytes[..bytes.len().min(attachments::HEAD)]);
            if staged.media_type.is_none() {
                return Err(NotTaken::Wrong(staged.wrong(app, field, "attachment-type")));
            }
        }
        let size = bytes.len();
        let rows = self.seal(app, staged, bytes).await?;
        let (stage, count) = (self.clone(), rows.len());
        app.write(move |work| stage.put(work, &rows)).await?;
        staged.size += size;
        staged.pieces += count;
        Ok(())
    }

    /// Ends a file: it is freed of what it tells besides itself, as far as that is safe.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn finish(&self, app: &App, mut staged: Staged) -> Result<Staged, Failure> {
        let Some(kind) = staged.media_type else { return Ok(staged) };
        staged.may_tell = kind.may_tell();
        if kind.is_base_media() {
            return self.blank(app, staged, kind).await;
        }
        if !kind.is_strippable() || staged.size > STRIP_MAX {
            return Ok(staged);
        }
        let whole = self.content(app, &staged).await?;
        let kept = app.aside(move |_| {
            let kept = attachments::stripped(kind, &whole);
            Ok(kept.map(|kept| (kept.remains, (kept.bytes != whole).then_some(kept.bytes))))
        });
        let Some((remains, plain)) = kept.await? else { return Ok(staged) };
        staged.may_tell = remains;
        match plain {
            None => Ok(staged),
            Some(plain) => self.replace(app, staged, plain).await,
        }
    }

    /// Overwrites what a film or a HEIC photo tells, in the pieces where that stands.
    async fn blank(&self, app: &App, mut staged: Staged, kind: MediaType) -> Result<Staged, Failure> {
        let (stage, film, now) = (self.clone(), staged.clone(), app.now());
        let blanked = app.read(move |snapshot, app| {
            let mut pieces = Pieces::of(app, snapshot, &stage, &film, now);
            let Some(blanks) = pieces.blanks(kind)? else { return Ok(None) };
            let rows = pieces.overwritten(app, blanks.over)?;
            Ok(Some((blanks.remains, rows)))
        });
        let Some((remains, rows)) = blanked.await? else { return Ok(staged) };
        staged.may_tell = remains;
        if !rows.is_empty() {
            let stage = self.clone();
            app.write(move |work| stage.put(work, &rows)).await?;
        }
        Ok(staged)
    }

    async fn replace(&self, app: &App, mut staged: Staged, plain: Vec<u8>) -> Result<Staged, Failure> {
        let before = self.rows(app, &staged);
        (staged.pieces, staged.size) = (0, plain.len());
        let rows = self.seal(app, &staged, plain).await?;
        staged.pieces = rows.len();
        let stage = self.clone();
        app.write(move |work| {
            for row in &before {
                drafts::delete(work.tx, row)?;
            }
            stage.put(work, &rows)
        })
        .await?;
        Ok(staged)
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn drop(&self, app: &App, staged: &Staged) -> Result<(), Failure> {
        let rows = self.rows(app, staged);
        app.write(move |work| {
            for row in &rows {
                drafts::delete(work.tx, row)?;
            }
            Ok(())
        })
        .await
    }

    /// The file as it can be kept for good.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where it has ended meanwhile.
    pub async fn sealed(&self, app: &App, staged: &Staged) -> Result<SealedFile, Failure> {
        let media_type =
            staged.media_type.ok_or_else(|| Failure::Internal("a staged file of no kind".into()))?;
        let rows = self.rows(app, staged);
        let pieces = FilePieces {
            id: staged.id,
            name: staged.name.clone(),
            media_type,
            key: staged.key.clone(),
            rows,
        };
        pieces.gather(app).await
    }

    /// The keys of a file's rows, in order.
    pub fn rows(&self, app: &App, staged: &Staged) -> Vec<String> {
        (0..staged.pieces).map(|n| self.row(app, staged.id, n)).collect()
    }

    async fn content(&self, app: &App, staged: &Staged) -> Result<Vec<u8>, Failure> {
        let (rows, now) = (self.rows(app, staged), app.now());
        let sealed = app
            .read(move |snapshot, _| {
                let row = |row: &String| drafts::get(snapshot, row, now)?.ok_or(Failure::NotFound);
                rows.iter().map(row).collect::<Result<Vec<_>, Failure>>()
            })
            .await?;
        let staged = staged.clone();
        app.aside(move |_| {
            let mut plain = Vec::with_capacity(staged.size);
            for (n, piece) in sealed.iter().enumerate() {
                plain.extend(FilePieces::open_piece(staged.id, &staged.key, n, piece)?);
            }
            Ok(plain)
        })
        .await
    }

    async fn seal(
        &self,
        app: &App,
        staged: &Staged,
        plain: Vec<u8>,
    ) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let (stage, staged) = (self.clone(), staged.clone());
        app.aside(move |app| {
            let pieces = plain.chunks(PIECE).enumerate();
            pieces
                .map(|(n, piece)| {
                    let n = staged.pieces + n;
                    let sealed = FilePieces::seal_piece(app, staged.id, &staged.key, n, piece)?;
                    Ok((stage.row(app, staged.id, n), sealed))
                })
                .collect()
        })
        .await
    }

    fn put(&self, work: &mut Work<'_>, rows: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        const HOUR: i64 = 3600 * 1_000_000;
        let (now, until) = (work.now(), self.until);
        let bucket = format!("upload-source:{}", work.vault().blind("source", &self.source));
        if rate_limits::hit(work.tx, &bucket, now, HOUR)? > HOURLY {
            return Err(Failure::TooMany { retry_after: 3600 });
        }
        for (row, sealed) in rows {
            drafts::put(work.tx, row, sealed, now, until)?;
        }
        Ok(())
    }

    pub(super) fn row(&self, app: &App, id: BlobId, n: usize) -> String {
        app.vault.token_digest(&format!("staged:{}:{id}:{n}", self.token))
    }
}

fn wrong_only(not_taken: NotTaken) -> Result<FieldError, Failure> {
    match not_taken {
        NotTaken::Wrong(error) => Ok(error),
        NotTaken::Failed(failure) => Err(failure),
    }
}
