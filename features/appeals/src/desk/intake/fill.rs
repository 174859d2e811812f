//! Fields filled by the desk itself: from a pasted message, or from what a repeat caller told
//! last time. Only empty fields are filled; the officer sees which.

use super::draft::{self, reception, wants_json};
use super::paste::{self, Place};
use super::{office, screen};
use crate::desk::sent;
use crate::verbs::{self, OpenContact, Rejected, perform};
use axum::Json;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AreaId, MatterId, ReceptionId};
use matters_rules::command::ContactCard;
use matters_rules::state::Matter;
use network::Level;
use platform::ui::Form;
use platform::web::Staff;
use platform::{App, Failure};
use store::Query;

/// Field and value.
type Filled = Vec<(String, String)>;

/// `POST /intake/{id}/split`: takes the field `message`, or else `text`, apart.
pub async fn split(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let by_script = wants_json(&request);
    let form = sent::read(&staff.app, request).await?.form;
    let message = form.text("message").or(form.text("text")).unwrap_or_default().to_owned();
    let filled = staff
        .app
        .read(move |snapshot, app| {
            let places = places(snapshot, app)?;
            let found = paste::split(&message, &places);
            let mut filled: Filled = Vec::new();
            let mut set = |field: &str, value: String| {
                if !value.is_empty() {
                    filled.push((field.to_owned(), value));
                }
            };
            let mut phones = found.phones.into_iter();
            set("phone", phones.next().unwrap_or_default());
            set("second_phone", phones.next().unwrap_or_default());
            set("name", found.name);
            set("salutation", found.salutation.map(|code| code.code().to_owned()).unwrap_or_default());
            set("enterprise", found.enterprise);
            set("credit_code", found.credit_code);
            set("place", found.address);
            if let Some(area) = found.area {
                area_fields(snapshot, &AreaId(area), &mut filled)?;
            }
            Ok(filled)
        })
        .await?;
    answer(staff, id, by_script, form, filled).await
}

/// `POST /intake/{id}/known/{matter}`: what the caller told with an earlier appeal. Opening
/// that is journaled there and shown to them, as every opening is.
pub async fn known(
    staff: Staff,
    Path((id, matter)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let matter: MatterId = matter.parse().map_err(|_| Failure::NotFound)?;
    let by_script = wants_json(&request);
    let form = sent::read(&staff.app, request).await?.form;
    let place = verbs::Place { id: matter, node: None, other: None };
    let acted = match perform(
        &staff.app,
        staff.by(),
        place,
        None,
        OpenContact { purpose: matters_rules::ContactPurpose::Contact },
        Vec::new(),
    )
    .await
    {
        Ok(acted) => acted,
        Err(Rejected::Failed(failure)) => return Err(failure),
        Err(Rejected::Fields(_)) => {
            return Err(Failure::Internal("opening contact data has no fields".into()));
        }
    };
    let filled = staff.app.read(move |snapshot, app| told(snapshot, app, &acted.state)).await?;
    answer(staff, id, by_script, form, filled).await
}

fn told(query: &mut dyn Query, app: &App, matter: &Matter) -> Result<Filled, Failure> {
    let sealed = matter.contact.as_ref().ok_or(Failure::NotFound)?;
    let key = platform::act::subject_key(query, &app.vault, &sealed.subject)?.ok_or(Failure::NotFound)?;
    let card: ContactCard = app.vault.open(&key, sealed)?.into_inner();
    let fields = [
        ("name", card.name),
        ("salutation", card.salutation.map(|code| code.code().to_owned()).unwrap_or_default()),
        ("second_phone", card.second_phone),
        ("convenient_time", card.convenient_time),
        ("enterprise", card.enterprise),
        ("credit_code", card.credit_code),
        ("address", card.address),
        ("zone", matter.circumstances.zone.as_ref().map(|unit| unit.0.clone()).unwrap_or_default()),
    ];
    let mut filled: Filled = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| (field.to_owned(), value))
        .collect();
    if let Some(area) = &matter.area {
        area_fields(query, area, &mut filled)?;
    }
    Ok(filled)
}

/// A township fills the county too.
fn area_fields(query: &mut dyn Query, area: &AreaId, filled: &mut Filled) -> Result<(), Failure> {
    let Some(area) = network::area(query, area)? else { return Ok(()) };
    match (area.level, area.parent) {
        (Level::Township, Some(county)) => {
            filled.push(("county".into(), county.0));
            filled.push(("area".into(), area.code.0));
        }
        (Level::County, _) => filled.push(("county".into(), area.code.0)),
        _ => {}
    }
    Ok(())
}

async fn answer(
    staff: Staff,
    id: ReceptionId,
    by_script: bool,
    form: Form,
    filled: Filled,
) -> Result<Response, Failure> {
    if by_script {
        let map: std::collections::BTreeMap<_, _> = filled.into_iter().collect();
        return Ok(Json(map).into_response());
    }
    let form = filled.into_iter().fold(form, |form, (field, value)| match form.text(&field) {
        None => form.without(&field).with(&field, value),
        Some(_) => form,
    });
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let (by, kept) = (staff.by(), form.clone());
    let draft = staff.app.write(move |work| draft::save(work, &by, id, &office, &kept)).await?;
    screen::show(&staff, id, form, draft.files, StatusCode::OK).await
}

/// Counties and townships below the office's city.
fn places(query: &mut dyn Query, app: &App) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    for (county, townships) in super::lists::divisions(query, app)? {
        let code = county.code.0;
        places.push(Place { code: code.clone(), name: county.name, county: None });
        places.extend(townships.into_iter().map(|area| Place {
            code: area.code.0,
            name: area.name,
            county: Some(code.clone()),
        }));
    }
    Ok(places)
}
