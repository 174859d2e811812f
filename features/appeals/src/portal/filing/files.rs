//! Step 5, 照片和材料: files are sent ahead one form at a time, can be removed again, and
//! lie sealed beside the draft.

use super::draft::Held;
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::resumable::{Progress, Upload};
use crate::portal::shell::{self, Detour};
use crate::portal::stage::{Listed, Staged};
use crate::portal::upload::{self, ACCEPT, Keep};
use crate::portal::words;
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::ui::{Form, Page};
use platform::web::Ctx;
use platform::{App, Failure};

#[derive(Template)]
#[template(path = "portal/new/files.html")]
struct FilesQuestion {
    page: Page,
    step: Step,
    form: Form,
    files: Vec<Listed>,
    room: usize,
    most: usize,
    limit: String,
    accept: &'static str,
}

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Files).await?;
    ask(&ctx, &held, Form::new())
}

/// Takes the files that were sent; then asks for more or goes on, as the button says. Each
/// stays as soon as it has come whole, whatever becomes of those behind it.
///
/// # Errors
/// As [`question::proceed`] and [`upload::ahead`].
pub async fn save(ctx: Ctx, request: Request) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Files).await?;
    let (room, stage) = (room(&ctx, &held), held.stage(&ctx));
    let sent = upload::ahead(&ctx.app, request, &stage, room, &mut held).await?;
    let wants_more = sent.form.value("then") == "more";
    if sent.errors.is_empty() && !wants_more {
        held.draft.files_done = true;
        return question::proceed(&ctx, &held).await;
    }
    if sent.errors.is_empty() {
        return question::keep(&ctx, &held, Step::Files.path()).await;
    }
    ask(&ctx, &held, sent.errors.into_iter().fold(Form::new(), Form::refused))
}

/// Removes a file.
///
/// # Errors
/// As [`question::open`].
pub async fn remove(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Files).await?;
    held.drop_file(&ctx, question::form(fields).value("file")).await?;
    Ok(shell::go(Step::Files.path()))
}

/// `POST /appeals/new/files/uploads`: announces a file that comes in parts.
///
/// # Errors
/// As [`question::open`].
pub async fn begin(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Files).await?;
    Ok(Upload::begin(&ctx, &held.stage(&ctx), &question::form(fields)).await?)
}

/// `GET /appeals/new/files/uploads/{id}`: how far it has come.
///
/// # Errors
/// As [`Upload::of`].
pub async fn offset(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Files).await?;
    Ok(Upload::of(&ctx.app, &held.stage(&ctx), &id).await?.offset())
}

/// `PATCH /appeals/new/files/uploads/{id}`: its next part; the last one puts it to the draft.
///
/// # Errors
/// As [`Upload::append`].
pub async fn append(ctx: Ctx, Path(id): Path<String>, request: Request) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Files).await?;
    let stage = held.stage(&ctx);
    let upload = Upload::of(&ctx.app, &stage, &id).await?;
    let staged = match upload.clone().whole() {
        // The answer to the last part was lost: it is asked for again.
        Some(staged) => staged,
        None => match upload.append(&ctx, &stage, request).await? {
            Progress::Open(response) => return Ok(response),
            Progress::Whole(staged) => staged,
        },
    };
    held.add_file(&ctx.app, staged).await?;
    Ok(StatusCode::CREATED.into_response())
}

impl Keep for Held {
    async fn keep(&mut self, app: &App, file: Staged) -> Result<(), Failure> {
        self.add_file(app, file).await
    }
}

fn room(ctx: &Ctx, held: &Held) -> usize {
    ctx.app.config.attachments_max.saturating_sub(held.draft.files.len())
}

fn ask(ctx: &Ctx, held: &Held, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Files, &form);
    let refused = form.has_errors();
    let question = FilesQuestion {
        page,
        step: Step::Files,
        form,
        files: held.draft.files.iter().map(Listed::of).collect(),
        room: room(ctx, held),
        most: ctx.app.config.attachments_max,
        limit: words::size(ctx.app.config.attachment_max),
        accept: ACCEPT,
    };
    Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
}
