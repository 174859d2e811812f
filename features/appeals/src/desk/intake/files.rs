//! Files of a draft: chosen, or pasted as a screenshot. Each is sent at once, so that a crash
//! does not lose it either.

use super::draft::{self, DraftFile, reception, wants_json};
use super::{office, screen};
use crate::desk::sent;
use crate::portal::words::size;
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::Failure;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use serde::Serialize;

/// A file as the list shows it.
#[derive(Clone, Serialize)]
pub struct FileLine {
    /// Names it within the draft.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in words.
    pub size: String,
}

/// What a script is told.
#[derive(Serialize)]
struct Told {
    files: Vec<FileLine>,
    errors: Vec<String>,
}

/// `POST /intake/{id}/files`: takes files; the form's fields come along and are kept.
pub async fn add(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let by_script = wants_json(&request);
    let mut sent = sent::read(&staff.app, request).await?;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let (by, form, uploads) = (staff.by(), sent.form.clone(), sent.files);
    let most = staff.app.config.attachments_max;
    let (draft, refused) = staff
        .app
        .write(move |work| {
            let mut draft = draft::save(work, &by, id, &office, &form)?;
            let mut refused = Vec::new();
            for upload in &uploads {
                if draft.files.len() >= most {
                    let error = FieldError::new("attachments", "portal-attachment-too-many");
                    refused.push(error.with("name", upload.name.as_str()));
                    continue;
                }
                let file = DraftFile {
                    id: work.fresh.uuid().simple().to_string(),
                    name: upload.name.clone(),
                    size: upload.bytes.len(),
                };
                draft::put_file(work, id, &file.id, &upload.bytes)?;
                draft.files.push(file);
            }
            draft::put(work, id, &draft)?;
            Ok((draft, refused))
        })
        .await?;
    sent.errors.extend(refused);
    if by_script {
        let page = staff.page("intake-title");
        let errors = sent.errors.iter().map(|error| page.error(error)).collect();
        return Ok(Json(Told { files: lines(&draft.files), errors }).into_response());
    }
    let status = if sent.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = sent.errors.into_iter().fold(sent.form, Form::refused);
    screen::show(&staff, id, form, draft.files, status).await
}

/// `POST /intake/{id}/files/{file}/removal`.
pub async fn remove(
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let by_script = wants_json(&request);
    let sent = sent::read(&staff.app, request).await?;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let (by, form) = (staff.by(), sent.form.clone());
    let draft = staff
        .app
        .write(move |work| {
            let mut draft = draft::save(work, &by, id, &office, &form)?;
            draft.files.retain(|kept| kept.id != file);
            draft::drop_file(work, id, &file)?;
            draft::put(work, id, &draft)?;
            Ok(draft)
        })
        .await?;
    if by_script {
        return Ok(Json(Told { files: lines(&draft.files), errors: Vec::new() }).into_response());
    }
    screen::show(&staff, id, sent.form, draft.files, StatusCode::OK).await
}

/// Files as the list shows them.
pub fn lines(files: &[DraftFile]) -> Vec<FileLine> {
    let line =
        |file: &DraftFile| FileLine { id: file.id.clone(), name: file.name.clone(), size: size(file.size) };
    files.iter().map(line).collect()
}
