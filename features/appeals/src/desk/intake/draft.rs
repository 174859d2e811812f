//! What is typed so far, sealed on the server under a key of its own: neither a crash of the
//! browser nor one of the server loses a word. It ends with its reception.

use super::complete::UNITS;
use super::{office, screen};
use crate::desk::known;
use crate::desk::sent;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{ReceptionId, UnitId};
use matters::receptions::{self, KEPT_HOURS};
use matters_rules::Channel;
use platform::ui::Form;
use platform::web::Staff;
use platform::{App, By, Failure, Work};
use serde::{Deserialize, Serialize};
use store::{Query, drafts};

/// What was typed and which files came. Deliberately without `Debug`: it holds personal data
/// in the clear, in memory only.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The form's fields.
    pub fields: Vec<(String, String)>,
    /// Files sent ahead; each content lies in a row of its own.
    #[serde(default)]
    pub files: Vec<DraftFile>,
}

/// A file sent ahead.
#[derive(Clone, Serialize, Deserialize)]
pub struct DraftFile {
    /// Names it within the draft.
    pub id: String,
    /// Its name, as sent.
    pub name: String,
    /// Bytes.
    pub size: usize,
}

impl Draft {
    /// As a form.
    pub fn form(&self) -> Form {
        self.fields.iter().cloned().collect()
    }

    /// The same files under another form.
    pub fn with(self, form: &Form) -> Self {
        let fields = form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { fields, ..self }
    }
}

/// `POST /intake/{id}/draft`: keeps what is typed. Asked by a script it answers without a
/// page; else it shows the screen with what is known of the caller.
pub async fn keep(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let by_script = wants_json(&request);
    let sent = sent::read(&staff.app, request).await?;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let shown = known::taken(&staff, routed(sent.form), "quote", "answer").await?;
    let form = shown.clone();
    let by = staff.by();
    let draft = staff.app.write(move |work| save(work, &by, id, &office, &form)).await?;
    if by_script {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    screen::show(&staff, id, shown, draft.files, StatusCode::OK).await
}

/// A suggested routing that was taken stands in the fields for units.
fn routed(form: Form) -> Form {
    let Some(taken) = form.text("route").map(str::to_owned) else { return form };
    let mut units = taken.split(' ');
    let filled = (1..=UNITS)
        .fold(form, |form, n| form.replaced(&format!("unit-{n}"), units.next().unwrap_or_default()));
    filled.replaced("route", "")
}

/// Keeps a form's fields beside the files already there; the reception begins with the first
/// word.
///
/// # Errors
/// Those of [`receptions::begin`]: not this officer's, or over.
pub fn save(
    work: &mut Work<'_>,
    by: &By,
    id: ReceptionId,
    office: &UnitId,
    form: &Form,
) -> Result<Draft, Failure> {
    let channel = Channel::parse(form.value("channel")).unwrap_or(Channel::Hotline);
    receptions::begin(work, by, id, office.clone(), channel, form.value("phone"))?;
    let app = work.app();
    let draft = load(work.tx, app, id)?.unwrap_or_default().with(form);
    put(work, id, &draft)?;
    Ok(draft)
}

/// The draft of a reception, if it has one. Whose it is, is the caller's to check.
///
/// # Errors
/// Whatever the store says; [`Failure::Vault`] for a row that does not open.
pub fn load(query: &mut dyn Query, app: &App, id: ReceptionId) -> Result<Option<Draft>, Failure> {
    let key = key(app, id);
    let Some(sealed) = drafts::get(query, &key, app.now())? else { return Ok(None) };
    Ok(Some(serde_json::from_slice(&app.vault.open_own(&key, &sealed)?)?))
}

/// Keeps a draft as it is.
///
/// # Errors
/// Whatever the store says.
pub fn put(work: &mut Work<'_>, id: ReceptionId, draft: &Draft) -> Result<(), Failure> {
    let key = key(work.app(), id);
    seal_row(work, &key, &serde_json::to_vec(draft)?)
}

/// Keeps a file's content.
///
/// # Errors
/// Whatever the store says.
pub fn put_file(work: &mut Work<'_>, id: ReceptionId, file: &str, content: &[u8]) -> Result<(), Failure> {
    let key = file_key(work.app(), id, file);
    seal_row(work, &key, content)
}

/// A file's content.
///
/// # Errors
/// [`Failure::NotFound`] when it has ended meanwhile.
pub fn content(work: &mut Work<'_>, id: ReceptionId, file: &str) -> Result<Vec<u8>, Failure> {
    let (key, now) = (file_key(work.app(), id, file), work.now());
    let sealed = drafts::get(work.tx, &key, now)?.ok_or(Failure::NotFound)?;
    Ok(work.vault().open_own(&key, &sealed)?)
}

/// Forgets a file.
///
/// # Errors
/// Whatever the store says.
pub fn drop_file(work: &mut Work<'_>, id: ReceptionId, file: &str) -> Result<(), Failure> {
    let key = file_key(work.app(), id, file);
    Ok(drafts::delete(work.tx, &key).map(drop)?)
}

/// Forgets all of it.
///
/// # Errors
/// Whatever the store says.
pub fn clear(work: &mut Work<'_>, id: ReceptionId) -> Result<(), Failure> {
    let app = work.app();
    for file in load(work.tx, app, id)?.unwrap_or_default().files {
        drop_file(work, id, &file.id)?;
    }
    let key = key(app, id);
    Ok(drafts::delete(work.tx, &key).map(drop)?)
}

/// The reception an address names.
///
/// # Errors
/// [`Failure::NotFound`] for what is none.
pub fn reception(id: &str) -> Result<ReceptionId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// Whether a script asks, which shows no page.
pub fn wants_json(request: &Request) -> bool {
    let accept = request.headers().get(axum::http::header::ACCEPT);
    accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}

fn seal_row(work: &mut Work<'_>, key: &str, plain: &[u8]) -> Result<(), Failure> {
    let sealed = work.vault().seal_own(key, plain, &mut work.fresh);
    let now = work.now();
    Ok(drafts::put(work.tx, key, &sealed, now, now.plus_hours(KEPT_HOURS))?)
}

fn key(app: &App, id: ReceptionId) -> String {
    app.vault.token_digest(&format!("intake-draft:{id}"))
}

fn file_key(app: &App, id: ReceptionId, file: &str) -> String {
    app.vault.token_digest(&format!("intake-file:{id}:{file}"))
}
