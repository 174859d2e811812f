//! The source document of an item as a file: kept sealed like every attachment, reviewed with
//! the draft it comes into, and given away to whoever may read the version that has it.

use crate::show::{href, listed, screen};
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::BlobId;
use knowledge::read;
use knowledge::rules::{Command, Content, DocumentFile};
use matters::attachments::{self, Upload};
use platform::ui::{FieldError, Form};
use platform::web::reply::{self, Fields};
use platform::web::{Ctx, Staff, download, sent};
use platform::{App, Failure};
use uuid::Uuid;

/// `POST /desk/knowledge/{id}/files`
pub(crate) async fn add(staff: Staff, Path(id): Path<Uuid>, request: Request) -> Result<Response, Failure> {
    let most = staff.app.config.attachment_max;
    let (form, files) = sent(&staff, request, most, most.saturating_mul(2)).await?;
    let Some(file) = files.into_iter().next_back() else {
        return screen(&staff, id, form.refused(FieldError::new("file", "know-document-missing"))).await;
    };
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    match keep(&staff, id, Some(expected), Upload { name: file.name, bytes: file.bytes }).await {
        Ok(()) => Ok(reply::done(&staff, &href(id), "flash-know-saved")),
        failed => refused(&staff, id, failed).await,
    }
}

/// Checks a file and puts it into the draft.
///
/// # Errors
/// The refusals of files and of the item's rules.
pub(crate) async fn keep(
    staff: &Staff,
    id: Uuid,
    expected: Option<i64>,
    upload: Upload,
) -> Result<(), Failure> {
    attachments::check(&upload, staff.app.config.attachment_max)?;
    let name = kernel::text::file_name(&upload.name);
    let size = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
    let sealed = attachments::seal(&staff.app, upload).await?;
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            let key = work.new_subject()?;
            let file = attachments::keep(work, &key, &sealed)?;
            let command = Command::Attach(DocumentFile { file, name: name.clone(), size });
            knowledge::act(work, &by, id, expected, &command).map(drop)
        })
        .await
}

/// `POST /desk/knowledge/{id}/files/{file}/removal`
pub(crate) async fn remove(
    staff: Staff,
    Path((id, file)): Path<(Uuid, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    let (by, command) = (staff.by(), Command::Detach(BlobId(file)));
    let done =
        staff.app.write(move |work| knowledge::act(work, &by, id, Some(expected), &command).map(drop)).await;
    match done {
        Ok(()) => Ok(reply::done(&staff, &href(id), "flash-know-saved")),
        failed => refused(&staff, id, failed).await,
    }
}

/// The page again with what was wrong, beside the file.
async fn refused(staff: &Staff, id: Uuid, failed: Result<(), Failure>) -> Result<Response, Failure> {
    let error = match failed {
        Ok(()) => return Err(Failure::NotFound),
        Err(Failure::Refused(refusal)) => FieldError::from(&refusal),
        Err(Failure::Stale) => FieldError::new("", "know-overtaken"),
        Err(failure) => return Err(failure),
    };
    let error = FieldError { field: Some("file".to_owned()), ..error };
    screen(staff, id, Form::new().refused(error)).await
}

/// `GET /desk/knowledge/{id}/files/{file}`
pub(crate) async fn of_staff(
    staff: Staff,
    Path((id, file)): Path<(Uuid, Uuid)>,
) -> Result<Response, Failure> {
    let file = listed(&staff, id, BlobId(file)).await?;
    given(&staff.app, file).await
}

/// `GET /services/{id}/files/{file}`: of what is offered to the public today.
pub(crate) async fn of_public(ctx: Ctx, Path((id, file)): Path<(Uuid, Uuid)>) -> Result<Response, Failure> {
    let found = ctx
        .app
        .read(move |q, app| {
            let row = read::offered(q, app.config.zone.date_of(app.now()), id)?;
            let row = row.filter(|row| row.content.kind.is_offered_to_the_public());
            row.and_then(|row| one(&row.content, BlobId(file)).cloned()).ok_or(Failure::NotFound)
        })
        .await?;
    given(&ctx.app, found).await
}

/// The file of that id, where the content has it.
pub(crate) fn one(content: &Content, file: BlobId) -> Option<&DocumentFile> {
    content.source.files.iter().find(|known| known.file == file)
}

async fn given(app: &App, file: DocumentFile) -> Result<Response, Failure> {
    let (_, bytes) = app.read(move |q, app| attachments::read_attachment(q, app, file.file)).await?;
    download(&file.name, bytes)
}
