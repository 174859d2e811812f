//! Step 5, 照片和材料: files are sent ahead one form at a time, can be removed again, and
//! lie sealed beside the draft.

use super::draft::{DraftFile, Held};
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::shell::{self, Detour};
use crate::portal::upload::{self, ACCEPT};
use crate::portal::words;
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use platform::ui::{Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/new/files.html")]
struct FilesQuestion {
    page: Page,
    step: Step,
    form: Form,
    files: Vec<(String, String, String)>,
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

/// Takes the files that were sent; then asks for more or goes on, as the button says.
///
/// # Errors
/// As [`question::proceed`] and [`upload::read`].
pub async fn save(ctx: Ctx, request: Request) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Files).await?;
    let room = room(&ctx, &held);
    let sent = upload::read(&ctx.app, request, room).await?;
    for file in sent.files {
        let kept = DraftFile {
            id: ctx.app.fresh().uuid().simple().to_string(),
            name: file.name,
            size: file.bytes.len(),
        };
        held.save_file(&ctx.app, &kept, &file.bytes).await?;
        held.draft.files.push(kept);
    }
    let wants_more = sent.form.value("then") == "more";
    if sent.errors.is_empty() && !wants_more {
        held.draft.files_done = true;
        return question::proceed(&ctx, &held).await;
    }
    if sent.errors.is_empty() {
        return question::keep(&ctx, &held, Step::Files.path()).await;
    }
    held.save(&ctx.app).await?;
    ask(&ctx, &held, sent.errors.into_iter().fold(Form::new(), Form::refused))
}

/// Removes a file.
///
/// # Errors
/// As [`question::open`].
pub async fn remove(ctx: Ctx, fields: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Files).await?;
    held.drop_file(&ctx.app, question::form(fields).value("file")).await?;
    Ok(shell::go(Step::Files.path()))
}

fn room(ctx: &Ctx, held: &Held) -> usize {
    ctx.app.config.attachments_max.saturating_sub(held.draft.files.len())
}

fn ask(ctx: &Ctx, held: &Held, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Files, &form);
    let line = |file: &DraftFile| (file.id.clone(), file.name.clone(), words::size(file.size));
    let refused = form.has_errors();
    let question = FilesQuestion {
        page,
        step: Step::Files,
        form,
        files: held.draft.files.iter().map(line).collect(),
        room: room(ctx, held),
        most: ctx.app.config.attachments_max,
        limit: words::size(ctx.app.config.attachment_max),
        accept: ACCEPT,
    };
    Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
}
