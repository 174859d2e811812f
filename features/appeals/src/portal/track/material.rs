//! `/track/material`: something new about the matter, in words, photos or papers. Files come
//! with the form or, where scripts run, in parts ahead of it; either way what has come stays
//! when the form is shown again.

use super::{hold, send};
use crate::portal::fields::{self, TEXT_MAX};
use crate::portal::resumable::{Progress, Upload};
use crate::portal::shell::{self, Detour};
use crate::portal::stage::{Listed, Stage, Staged};
use crate::portal::upload::{self, ACCEPT, Keep};
use crate::portal::words;
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use matters::attachments;
use matters_rules::{ActionCode, Command};
use platform::ui::{FieldError, Form, Page};
use platform::web::Ctx;
use platform::{App, Failure};

#[derive(Template)]
#[template(path = "portal/track/material.html")]
struct Material {
    page: Page,
    form: Form,
    number: String,
    /// Files that have come already.
    files: Vec<Listed>,
    most: usize,
    limit: String,
    accept: &'static str,
}

/// The form.
///
/// # Errors
/// As [`send::open_for`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let (_, view) = send::open_for(&ctx, ActionCode::AddMaterial).await?;
    ask(&ctx, view.number, Form::new(), &[])
}

/// Adds it, all or nothing. What is not taken is said; files that were are not sent again.
///
/// # Errors
/// As [`send::open_for`], [`upload::ahead`] and [`send::send`].
pub async fn add(ctx: Ctx, request: Request) -> Result<Response, Detour> {
    let (id, view) = send::open_for(&ctx, ActionCode::AddMaterial).await?;
    let (stage, most) = (hold::stage(&ctx), ctx.app.config.attachments_max);
    let mut noted = Noted { stage: stage.clone(), files: Vec::new() };
    let mut sent = upload::ahead(&ctx.app, request, &stage, most, &mut noted).await?;
    let mut files = noted.files;
    for id in sent.form.all("uploaded") {
        match Upload::of(&ctx.app, &stage, id).await {
            Ok(upload) => files.extend(upload.whole()),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let text = fields::bounded(&mut sent.form, "material", 0, TEXT_MAX);
    let mut form = sent.errors.into_iter().fold(sent.form, Form::refused);
    if files.len() > most {
        form.refuse(FieldError::new("files", "portal-files-too-many").with("most", most));
    }
    if files.is_empty() && text.as_deref() == Some("") && !form.has_errors() {
        form.refuse(FieldError::new("material", "portal-material-missing"));
    }
    let Some(text) = text.filter(|_| !form.has_errors()) else {
        return ask(&ctx, view.number, form, &files);
    };
    let mut sealed = Vec::with_capacity(files.len());
    for file in &files {
        sealed.push(stage.sealed(&ctx.app, file).await?);
    }
    let sent = send::send(&ctx, id, move |work, sealer| {
        let stored = sealed.iter().map(|file| attachments::keep(work, sealer.key(), file));
        let attachments = stored.collect::<Result<_, _>>()?;
        Ok(Command::AddMaterial { text: sealer.optional(work, &text), attachments })
    });
    match sent.await {
        Ok(()) => Ok(send::done(&ctx, "flash-portal-material")),
        Err(Failure::Refused(refusal)) => ask(&ctx, view.number, form.refused(&refusal), &files),
        Err(failure) => Err(failure.into()),
    }
}

/// Files that came with the form, noted so that a form shown again need not send them.
struct Noted {
    stage: Stage,
    files: Vec<Staged>,
}

impl Keep for Noted {
    async fn keep(&mut self, app: &App, file: Staged) -> Result<(), Failure> {
        Upload::note(app, &self.stage, file.clone()).await?;
        self.files.push(file);
        Ok(())
    }
}

/// `POST /track/material/uploads`: announces a file that comes in parts.
///
/// # Errors
/// As [`send::open_for`].
pub async fn begin(
    ctx: Ctx,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    send::open_for(&ctx, ActionCode::AddMaterial).await?;
    Ok(Upload::begin(&ctx, &hold::stage(&ctx), &fields.into_iter().collect()).await?)
}

/// `GET /track/material/uploads/{id}`: how far it has come.
///
/// # Errors
/// As [`Upload::of`].
pub async fn offset(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Detour> {
    hold::held(&ctx).await?;
    Ok(Upload::of(&ctx.app, &hold::stage(&ctx), &id).await?.offset())
}

/// `PATCH /track/material/uploads/{id}`: its next part.
///
/// # Errors
/// As [`Upload::append`].
pub async fn append(ctx: Ctx, Path(id): Path<String>, request: Request) -> Result<Response, Detour> {
    hold::held(&ctx).await?;
    let stage = hold::stage(&ctx);
    let upload = Upload::of(&ctx.app, &stage, &id).await?;
    if upload.clone().whole().is_some() {
        return Ok(StatusCode::CREATED.into_response());
    }
    Ok(match upload.append(&ctx, &stage, request).await? {
        Progress::Open(response) => response,
        Progress::Whole(_) => StatusCode::CREATED.into_response(),
    })
}

fn ask(ctx: &Ctx, number: String, form: Form, files: &[Staged]) -> Result<Response, Detour> {
    let page = shell::page(ctx, "portal-material-title", shell::TRACK).in_error(form.has_errors());
    let refused = form.has_errors();
    let material = Material {
        page,
        form,
        number,
        files: files.iter().map(Listed::of).collect(),
        most: ctx.app.config.attachments_max,
        limit: words::size(ctx.app.config.attachment_max),
        accept: ACCEPT,
    };
    Ok(if refused { shell::refused(&material)? } else { shell::private(&material)? })
}
