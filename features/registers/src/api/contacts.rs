//! Contacts over JSON: noted, listed, and handed into the loop as their forms do it.

use super::{Private, acted, private};
use crate::into_loop::{ContactAt, Part, handed_in};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::MatterId;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::Failure;
use platform::web::{Access, ApiJson, Endpoint, Routes, Staff};
use registers::read::record::open;
use registers::rules::record::{Contact, ContactNote, ContactWay, RecordCommand};
use serde::{Deserialize, Serialize};
use store::{Query, params};
use utoipa::ToSchema;
use uuid::Uuid;

/// A contact to be noted.
#[derive(Deserialize, ToSchema)]
struct NewRegisterContact {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// visit, meeting, phone, online or other.
    #[schema(value_type = String)]
    way: ContactWay,
    /// What it was about.
    about: String,
    /// A difficulty that was raised.
    #[serde(default)]
    difficulty: String,
    /// What was promised.
    #[serde(default)]
    promise: String,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    promised_by: Option<Date>,
}

/// A contact as noted.
#[derive(Serialize, ToSchema)]
struct RegisterContact {
    /// Its name in addresses.
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: String,
    /// visit, meeting, phone, online or other.
    way: &'static str,
    /// What it was about.
    about: String,
    /// A difficulty that was raised; may be empty.
    difficulty: String,
    /// The appeal that the difficulty became.
    #[schema(format = "uuid")]
    appeal: Option<String>,
    /// What was promised; may be empty.
    promise: String,
    /// By when.
    #[schema(format = Date)]
    promised_by: Option<String>,
    /// The task that the promise became; of promises handed in before there were tasks, an
    /// appeal.
    #[schema(format = "uuid")]
    matter: Option<String>,
    /// When the promise was kept.
    #[schema(format = Date)]
    kept_on: Option<String>,
    /// Why it counts no more, where it does not.
    void: Option<String>,
}

/// A matter that a contact became.
#[derive(Serialize, ToSchema)]
struct RegisterMatter {
    /// Its name in addresses: `/api/v1/matters/{id}` for whoever may read matters.
    #[schema(format = "uuid")]
    id: String,
    /// Its public number.
    number: String,
    /// `appeal` or `task`.
    kind: String,
}

impl From<&Contact> for RegisterContact {
    fn from(contact: &Contact) -> Self {
        let note = &contact.note;
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            id: contact.id,
            on: note.on.to_string(),
            way: note.way.code(),
            about: note.about.clone(),
            difficulty: note.difficulty.clone(),
            appeal: contact.appeal.map(|id| id.to_string()),
            promise: note.promise.clone(),
            promised_by: day(note.promised_by),
            matter: contact.matter.map(|id| id.to_string()),
            kept_on: day(contact.kept_on),
            void: contact.void.clone(),
        }
    }
}

pub(super) fn routes() -> Routes {
    let get = |path, id, summary| Endpoint::get(path, id, summary).tag("registers");
    let post = |path, id, summary| Endpoint::post(path, id, summary).tag("registers");
    let to_loop = Access::Staff(Permission::RecordToAppeal);
    Routes::new()
        .endpoint(
            Access::Staff(Permission::RegisterRead),
            get(
                "/api/v1/registers/{register}/records/{id}/contacts",
                "registerContacts",
                "Contacts of a record",
            )
            .answer_list::<RegisterContact>("The contacts, oldest entry first"),
            list,
        )
        .endpoint(
            Access::Staff(Permission::RegisterWrite),
            post(
                "/api/v1/registers/{register}/records/{id}/contacts",
                "addRegisterContact",
                "Note a contact",
            )
            .body::<NewRegisterContact>()
            .answer::<RegisterContact>(201, "Noted"),
            note,
        )
        .endpoint(
            to_loop,
            post(
                "/api/v1/registers/{register}/records/{id}/contacts/{line}/appeal",
                "difficultyToAppeal",
                "Make an appeal of a difficulty",
            )
            .about("Once only. The appeal awaits the intake office's review; each names the other.")
            .fails(&[422])
            .answer::<RegisterMatter>(201, "The appeal"),
            appeal,
        )
        .endpoint(
            to_loop,
            post(
                "/api/v1/registers/{register}/records/{id}/contacts/{line}/matter",
                "promiseToTask",
                "Make a task of a promise",
            )
            .about("Once only. The task is due on the day promised; each names the other.")
            .fails(&[422])
            .answer::<RegisterMatter>(201, "The task"),
            promise,
        )
}

async fn list(
    staff: Staff,
    Path((code, id)): Path<(String, Uuid)>,
) -> Result<Private<Vec<RegisterContact>>, Failure> {
    let grants = staff.person.grants.clone();
    let opened = staff.app.read(move |q, app| open(q, app, &grants, &code, id)).await?;
    Ok(private(opened.state.contacts.iter().map(RegisterContact::from).collect()))
}

async fn note(
    staff: Staff,
    Path(at): Path<(String, Uuid)>,
    ApiJson(new): ApiJson<NewRegisterContact>,
) -> Result<Response, Failure> {
    let state = acted(&staff, at, move |_, _| {
        Ok(RecordCommand::AddContact(ContactNote {
            on: new.on,
            way: new.way,
            about: kernel::text::plain(&new.about),
            difficulty: kernel::text::plain(&new.difficulty),
            promise: kernel::text::plain(&new.promise),
            promised_by: new.promised_by,
        }))
    })
    .await?;
    let noted = state.contacts.last().map(RegisterContact::from).ok_or(Failure::NotFound)?;
    Ok((StatusCode::CREATED, private(noted)).into_response())
}

async fn appeal(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    handed(staff, at, Part::Difficulty).await
}

async fn promise(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    handed(staff, at, Part::Promise).await
}

async fn handed(
    staff: Staff,
    Path((code, record, line)): Path<(String, Uuid, Uuid)>,
    part: Part,
) -> Result<Response, Failure> {
    let id = handed_in(&staff, &code, ContactAt { record, line }, part).await?;
    let made = staff.app.read(move |q, _| made(q, id)).await?;
    Ok((StatusCode::CREATED, private(made)).into_response())
}

fn made(q: &mut dyn Query, id: MatterId) -> Result<RegisterMatter, Failure> {
    let row = q.query_one("select number, kind from matter where id = $1", &params![id.to_string()])?;
    Ok(RegisterMatter { id: id.to_string(), number: row.text(0)?, kind: row.text(1)? })
}
