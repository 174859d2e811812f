//! Files sent in parts, for a line that breaks: the browser announces a file, then sends
//! part after part, each to the place the last one ended. After a break it asks how far it
//! came (`GET`, header `Upload-Offset`) and goes on from there. Where no script runs, the
//! same files come in one piece with the form.

use super::stage::{NotTaken, Stage, Staged};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::BlobId;
use matters::attachments::PIECE;
use platform::ui::{FieldError, Form};
use platform::web::Ctx;
use platform::{App, Failure};
use serde::{Deserialize, Serialize};
use store::drafts;

/// Bytes of a part; whole pieces, so that a part is never cut.
const PART: usize = PIECE * 2;
/// Where a part begins, and how far a file has come.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// A file on its way.
#[derive(Clone, Serialize, Deserialize)]
pub struct Upload {
    staged: Staged,
    total: usize,
}

#[derive(Serialize)]
struct Begun {
    id: String,
    part: usize,
}

/// Where the next part begins; the header says it too.
#[derive(Serialize)]
struct Place {
    offset: usize,
}

#[derive(Serialize)]
struct Problem {
    message: String,
}

/// How a part was taken.
pub enum Progress {
    /// More is to come.
    Open(Response),
    /// It was the last.
    Whole(Staged),
}

impl Upload {
    /// The file, once all of it has come.
    pub fn whole(self) -> Option<Staged> {
        (self.staged.size == self.total).then_some(self.staged)
    }

    /// Notes a file that came whole with a form, so that a form sent again need not send it.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn note(app: &App, stage: &Stage, staged: Staged) -> Result<(), Failure> {
        Self { total: staged.size, staged }.save(app, stage).await
    }

    /// Announces a file: fields `name` and `size`.
    ///
    /// # Errors
    /// Whatever the store says; a file that cannot be taken is answered with `422` in words.
    pub async fn begin(ctx: &Ctx, stage: &Stage, form: &Form) -> Result<Response, Failure> {
        let staged = Staged::new(&ctx.app, form.value("name"));
        let total: usize = form.value("size").parse().unwrap_or(0);
        let limit = ctx.app.config.attachment_max;
        if total == 0 || total > limit {
            let code = if total == 0 { "attachment-empty" } else { "attachment-too-large" };
            let error = FieldError::new("files", &format!("portal-{code}"));
            return Ok(told(
                ctx,
                &error.with("name", staged.name.as_str()).with("limit", super::words::size(limit)),
            ));
        }
        let id = staged.id.to_string();
        Self { staged, total }.save(&ctx.app, stage).await?;
        Ok((StatusCode::CREATED, no_store(), Json(Begun { id, part: PART })).into_response())
    }

    /// The file of that id.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for another's, an ended one, or none.
    pub async fn of(app: &App, stage: &Stage, id: &str) -> Result<Self, Failure> {
        let id: BlobId = id.parse().map_err(|_| Failure::NotFound)?;
        let (key, now) = (key(app, stage, id), app.now());
        let row = key.clone();
        let sealed = app.read(move |snapshot, _| Ok(drafts::get(snapshot, &row, now)?)).await?;
        let plain = app.vault.open_own(&key, &sealed.ok_or(Failure::NotFound)?)?;
        Ok(serde_json::from_slice(&plain)?)
    }

    /// How far it has come.
    pub fn offset(&self) -> Response {
        (StatusCode::NO_CONTENT, self.headers()).into_response()
    }

    /// Takes the next part. One that does not begin where the last ended is answered with
    /// `409` and the right place.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] for a part beyond its size; whatever the store says.
    pub async fn append(
        mut self,
        ctx: &Ctx,
        stage: &Stage,
        mut request: Request,
    ) -> Result<Progress, Failure> {
        let begins = ctx.header(OFFSET.as_str()).and_then(|offset| offset.parse::<usize>().ok());
        if begins != Some(self.staged.size) {
            let place = Json(Place { offset: self.staged.size });
            return Ok(Progress::Open((StatusCode::CONFLICT, self.headers(), place).into_response()));
        }
        DefaultBodyLimit::max(PART).apply(&mut request);
        let bytes =
            Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
                _ => Failure::Malformed(rejection.body_text()),
            })?;
        let left = self.total - self.staged.size;
        if bytes.is_empty() || bytes.len() != left.min(PART) {
            return Err(Failure::Malformed("a part is whole, or the last".into()));
        }
        match stage.append(&ctx.app, "files", &mut self.staged, bytes.to_vec()).await {
            Ok(()) => {}
            Err(NotTaken::Wrong(error)) => {
                self.forget(&ctx.app, stage).await?;
                return Ok(Progress::Open(told(ctx, &error)));
            }
            Err(NotTaken::Failed(failure)) => return Err(failure),
        }
        if self.staged.size < self.total {
            self.save(&ctx.app, stage).await?;
            return Ok(Progress::Open(self.offset()));
        }
        let staged = stage.finish(&ctx.app, self.staged).await?;
        // A stripped picture is smaller than what was sent; it is whole all the same.
        Self { total: staged.size, staged: staged.clone() }.save(&ctx.app, stage).await?;
        Ok(Progress::Whole(staged))
    }

    /// Forgets the upload (not the pieces that were handed on).
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn forget(&self, app: &App, stage: &Stage) -> Result<(), Failure> {
        let key = key(app, stage, self.staged.id);
        app.write(move |work| Ok(drafts::delete(work.tx, &key).map(drop)?)).await
    }

    async fn save(&self, app: &App, stage: &Stage) -> Result<(), Failure> {
        let (key, until) = (key(app, stage, self.staged.id), stage.until);
        let sealed = app.vault.seal_own(&key, &serde_json::to_vec(self)?, &mut app.fresh());
        app.write(move |work| Ok(drafts::put(work.tx, &key, &sealed, work.now(), until)?)).await
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = no_store();
        headers.insert(OFFSET, HeaderValue::from(self.staged.size));
        headers
    }
}

/// What is wrong, in the reader's language.
fn told(ctx: &Ctx, error: &FieldError) -> Response {
    let message = ctx.page("portal-files-title").error(error);
    (StatusCode::UNPROCESSABLE_ENTITY, no_store(), Json(Problem { message })).into_response()
}

fn no_store() -> HeaderMap {
    HeaderMap::from_iter([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
}

fn key(app: &App, stage: &Stage, id: BlobId) -> String {
    app.vault.token_digest(&format!("upload:{}:{id}", stage.token))
}
