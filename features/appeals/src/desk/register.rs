//! `/matters/new`: an officer writes an appeal down while listening, on one screen; earlier
//! matters of the same caller stand beside it.

use super::choices;
use super::words::Words;
use super::{REGISTER, page, sent};
use crate::verbs::{About, FormData, Group, Kind, Needs, Register, Registered};
use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::{Permission, may_ever};
use matters::Row;
use matters_rules::ActionCode;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::{Access, Routes, Staff};

/// The form and its sending.
pub fn routes() -> Routes {
    let access = Access::Staff(Permission::MatterFile);
    Routes::new().get("/matters/new", access, fresh).post("/matters/new", access, send)
}

/// Rows of a caller's history.
const HISTORY: usize = 8;

#[derive(Template)]
#[template(path = "desk/register.html")]
struct RegisterPage {
    page: Page,
    words: Words,
    form: Form,
    groups: Vec<Group>,
    looked_up: bool,
    history: Vec<Row>,
}

#[derive(Template)]
#[template(path = "desk/registered.html")]
struct RegisteredPage {
    page: Page,
    receipt: Registered,
}

async fn fresh(staff: Staff) -> Result<Response, Failure> {
    screen(staff, None, StatusCode::OK).await
}

async fn send(staff: Staff, request: Request) -> Result<Response, Failure> {
    let sent = sent::read(&staff.app, request).await?;
    let mut form = sent.form;
    if form.value("look") == "yes" {
        return screen(staff, Some(form), StatusCode::OK).await;
    }
    let Some(office) = office(&staff) else { return Err(Failure::NotPermitted) };
    let data = FormData { form: &form, zone: &staff.app.config.zone, now: staff.app.now() };
    let read = if sent.errors.is_empty() { Register::from_form(&data) } else { Err(sent.errors) };
    let errors = match read {
        Err(errors) => errors,
        Ok(register) => match register.file(&staff.app, staff.by(), office, sent.files).await {
            Ok(receipt) => {
                let page = staff.desk_page("desk-registered-title", REGISTER);
                return page::show(StatusCode::CREATED, &RegisteredPage { page, receipt });
            }
            Err(Failure::Refused(refusal)) => vec![FieldError::from(&refusal)],
            Err(failure) => return Err(failure),
        },
    };
    for error in errors {
        form.refuse(error);
    }
    screen(staff, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn screen(staff: Staff, typed: Option<Form>, status: StatusCode) -> Result<Response, Failure> {
    let needs = Needs { units: true, categories: true, areas: true, duty_items: false };
    let from = office(&staff).map(choices::From::Office);
    let phone = typed.as_ref().and_then(|form| form.text("phone")).unwrap_or_default().to_owned();
    let (word, grants) = (String::new(), staff.person.grants.clone());
    let (number, looks) = (phone.clone(), !phone.is_empty());
    let (found, history) = staff
        .app
        .read(move |snapshot, app| {
            let found = choices::look_up(snapshot, app, needs, from.as_ref(), &word)?;
            let history = if looks {
                matters::read::by_phone(snapshot, app, &grants, &number, HISTORY)?
            } else {
                Vec::new()
            };
            Ok((found, history))
        })
        .await?;
    let page = staff.desk_page("verb-file-heading", REGISTER);
    let words = Words::of(&staff.app, &page);
    let mut about = About {
        words: Some(page.translator().clone()),
        key: format!("verb-{}", ActionCode::File.code()),
        ..About::default()
    };
    found.into_about(&page, &mut about);
    let form = typed.unwrap_or_else(|| Register::preset(&about));
    let shown = RegisterPage {
        page: page.in_error(form.has_errors()),
        words,
        groups: Register::form(&about),
        looked_up: looks,
        form,
        history,
    };
    page::show(status, &shown)
}

impl RegisterPage {
    fn state(&self, row: &Row) -> String {
        row.phase.map_or_else(String::new, |phase| self.page.t(&format!("phase-{}", phase.code())))
    }
}

/// The office this person registers for: the city's, or that of their own post.
fn office(staff: &Staff) -> Option<UnitId> {
    let own = staff.person.grants.iter().find(|grant| may_ever(grant.role, Permission::MatterFile));
    staff.app.config.intake_office.clone().or_else(|| own.map(|grant| grant.unit.clone()))
}
