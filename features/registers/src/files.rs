//! Files of a record: sealed under a key of their own before the write path, as all
//! attachments are, and given back as downloads to whoever may see the record.

use crate::ask::encoded;
use crate::record::screen;
use crate::reply;
use crate::upload;
use axum::extract::{Path, Request};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use kernel::BlobId;
use matters::attachments::{self, SealedFile, Upload};
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::{App, By, Failure, Work};
use registers::read::record::open;
use registers::rules::definition::Kind;
use registers::rules::record::RecordCommand;
use registers::rules::value::{File, Value};
use store::Query;
use uuid::Uuid;

/// The most files of a field.
const MOST: usize = 20;

/// `POST …/files`: adds a file to a field.
pub(crate) async fn add(
    staff: Staff,
    Path((code, id)): Path<(String, Uuid)>,
    request: Request,
) -> Result<Response, Failure> {
    let limit = staff.app.config.attachment_max;
    let (form, file) = upload::sent(&staff, request, limit).await?;
    let Some((name, bytes)) = file else {
        let form = form.refused(FieldError::new("file", "register-file-missing"));
        return screen(&staff, code, id, "file", form).await;
    };
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let upload = Upload { name, bytes };
    let outcome = match attachments::check(&upload, limit) {
        Err(refusal) => Err(Failure::Refused(refusal)),
        Ok(_) => {
            let sealed = attachments::seal(&staff.app, upload).await?;
            let (by, grants) = (staff.by(), staff.person.grants.clone());
            let (register, field) = (code.clone(), form.value("field").to_owned());
            staff
                .app
                .write(move |work| keep(work, &by, &grants, (&register, id), &field, (&sealed, size)))
                .await
        }
    };
    match outcome {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/records/{id}"), "flash-register-file-added"))
        }
        Err(failure) => {
            let form = reply::refused(Form::new(), failure)?.aimed(|_| Some("file".to_owned()));
            screen(&staff, code, id, "file", form).await
        }
    }
}

fn keep(
    work: &mut Work<'_>,
    by: &By,
    grants: &[kernel::permission::Grant],
    (register, id): (&str, Uuid),
    field: &str,
    (sealed, size): (&SealedFile, i64),
) -> Result<(), Failure> {
    let app = work.app();
    let opened = open(work.tx, app, grants, register, id)?;
    let known =
        opened.definition.field(field).filter(|field| field.kind == Kind::Attachment && !field.retired);
    let known = known.ok_or(Failure::NotFound)?;
    let mut files = match opened.state.values.get(&known.code) {
        Some(Value::Files(files)) => files.clone(),
        _ => Vec::new(),
    };
    if files.len() >= MOST {
        return Err(kernel::Refusal::new("register-files-many").with("max", MOST).into());
    }
    let key = work.new_subject()?;
    let blob = attachments::keep(work, &key, sealed)?;
    files.push(File { id: blob, name: String::new(), size });
    let values = [(known.code.clone(), Some(Value::Files(files)))].into();
    registers::act_record(work, by, id, Some(opened.version), &RecordCommand::Change { values }).map(drop)
}

/// Gives the files of a value their names, which lie sealed beside them.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn name(q: &mut dyn Query, app: &App, value: &mut Value) -> Result<(), Failure> {
    let Value::Files(files) = value else { return Ok(()) };
    for file in files.iter_mut().filter(|file| file.name.is_empty()) {
        file.name = attachments::name_of(q, app, file.id)?.unwrap_or_else(|| file.id.to_string());
    }
    Ok(())
}

/// `GET …/files/{file}`: a file that the record lists.
pub(crate) async fn download(
    staff: Staff,
    Path((code, id, file)): Path<(String, Uuid, Uuid)>,
) -> Result<Response, Failure> {
    let (grants, file) = (staff.person.grants.clone(), BlobId(file));
    let (attachment, bytes) = staff
        .app
        .read(move |q, app| {
            let opened = open(q, app, &grants, &code, id)?;
            let lists = |value: &Value| matches!(value, Value::Files(files) if files.iter().any(|one| one.id == file));
            if !opened.state.values.values().any(lists) {
                return Err(Failure::NotFound);
            }
            attachments::read_attachment(q, app, file)
        })
        .await?;
    let name = if attachment.name.is_empty() { "file" } else { &attachment.name };
    let header =
        |text: String| HeaderValue::try_from(text).map_err(|error| Failure::Internal(error.to_string()));
    let headers = [
        (CONTENT_TYPE, header(attachment.media_type.clone())?),
        (CONTENT_DISPOSITION, header(format!("attachment; filename*=UTF-8''{}", encoded(name)))?),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}
