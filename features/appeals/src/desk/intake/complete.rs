//! The caller's matter filed, and at once accepted, answered or dispatched: one key, one
//! transaction, all of it or nothing.

use super::draft::{self, reception};
use super::{office, screen};
use crate::desk::known;
use crate::desk::{page, sent};
use crate::verbs::{
    Accept, AnswerDirectly, Assign, AssignTo, DemandOutcome, FormData, Place, Register, Verb, carry_out,
};
use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::credit_code::normal_credit_code;
use kernel::{MatterId, ReceptionId, UnitId};
use knowledge::rules::Quoted;
use matters::attachments::{seal_all, seal_here};
use matters::configuration::placeholders::filled;
use matters::receptions::{self, Receptions};
use matters::{FileRequest, Receipt, Upload};
use matters_rules::reception::{Command, Ending};
use matters_rules::{Channel, NodeRole, Outcome, Urgency};
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::{By, Failure, Work};

/// Units that one key assigns: a lead and those that work with it.
pub const UNITS: usize = 3;

/// What happens besides filing.
#[derive(Clone)]
enum Disposal {
    Register,
    Accept(Accept),
    Answer(Accept, AnswerDirectly, Vec<Quoted>),
    Dispatch(Accept, Assign),
}

/// Which key was pressed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Register,
    Accept,
    Answer,
    Dispatch,
}

#[derive(Template)]
#[template(path = "desk/intake/done.html")]
struct DonePage {
    page: Page,
    receipt: Receipt,
    what: String,
    needs_redaction: bool,
}

/// `POST /intake/{id}/registration`: filed, to be reviewed by another.
pub async fn register(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    press(staff, &id, request, Key::Register).await
}

/// `POST /intake/{id}/acceptance`: filed and accepted, to be dispatched by another.
pub async fn accept(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    press(staff, &id, request, Key::Accept).await
}

/// `POST /intake/{id}/direct-answer`: filed, accepted and answered.
pub async fn answer(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    press(staff, &id, request, Key::Answer).await
}

/// `POST /intake/{id}/assignments`: filed, accepted and assigned.
pub async fn dispatch(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    press(staff, &id, request, Key::Dispatch).await
}

async fn press(staff: Staff, id: &str, request: Request, key: Key) -> Result<Response, Failure> {
    let id = reception(id)?;
    let sent = sent::read(&staff.app, request).await?;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let (read, files) = (read(&staff, &sent.form, key), sent.files);
    let mut errors = sent.errors;
    let (register, disposal) = match read {
        Ok(read) if errors.is_empty() => read,
        read => {
            errors.extend(read.err().unwrap_or_default());
            return refuse(staff, id, sent.form, errors).await;
        }
    };
    let needs_redaction = register.shielded && key != Key::Register;
    let today = staff.app.config.zone.date_of(staff.app.now());
    let files = seal_all(&staff.app, files).await?;
    let request = register.into_request(office, files, today);
    let by = staff.by();
    let done = staff.app.write(move |work| complete(work, &by, id, &request, &disposal)).await;
    match done {
        Ok(Done::Now(receipt)) => {
            let page = staff.desk_page("desk-registered-title", crate::desk::INTAKE);
            let what = page.t(key.told());
            page::show(StatusCode::CREATED, &DonePage { page, receipt, what, needs_redaction })
        }
        // The key was pressed twice: the first press did it.
        Ok(Done::Before(matter)) => Ok(Redirect::to(&format!("/matters/{matter}")).into_response()),
        Err(Failure::Invalid(errors)) => refuse(staff, id, sent.form, errors).await,
        Err(Failure::Refused(refusal)) => {
            refuse(staff, id, sent.form, vec![aimed(FieldError::from(&refusal))]).await
        }
        Err(failure) => Err(failure),
    }
}

impl Key {
    fn told(self) -> &'static str {
        match self {
            Self::Register => "intake-done-registered",
            Self::Accept => "intake-done-accepted",
            Self::Answer => "intake-done-answered",
            Self::Dispatch => "intake-done-dispatched",
        }
    }
}

/// What came of it.
enum Done {
    Now(Receipt),
    Before(MatterId),
}

/// Everything at once: the reception begins if it has not, the appeal is filed with its files,
/// accepted and answered or assigned, the reception ends and the draft is gone.
fn complete(
    work: &mut Work<'_>,
    by: &By,
    id: ReceptionId,
    request: &FileRequest,
    disposal: &Disposal,
) -> Result<Done, Failure> {
    let known = work.load::<Receptions>(&id.to_string())?.state;
    if let (Some(Ending::Filed { matter, .. }), true) = (&known.ending, by_account(by) == known.officer) {
        return Ok(Done::Before(*matter));
    }
    let channel = request.channel;
    receptions::begin(work, by, id, request.office.clone(), channel, &request.contact.phone)?;
    let mut request = request.clone();
    let app = work.app();
    for file in draft::load(work.tx, app, id)?.unwrap_or_default().files {
        let bytes = draft::content(work, id, &file.id)?;
        request.uploads.push(seal_here(app, Upload { name: file.name, bytes })?);
    }
    let receipt = matters::file(work, by, &request)?;
    match disposal {
        Disposal::Register => {}
        Disposal::Accept(accept) => act(work, by, receipt.id, accept, "demands")?,
        Disposal::Answer(accept, answer, quoted) => {
            act(work, by, receipt.id, accept, "demands")?;
            // A template may name the number, which there was none of while it was written.
            let text = filled(&answer.text, &[("number", receipt.number.clone())]);
            act(work, by, receipt.id, &AnswerDirectly { text: text.clone(), ..answer.clone() }, "answer")?;
            known::note(work, by, receipt.id, quoted, &text)?;
        }
        Disposal::Dispatch(accept, assign) => {
            act(work, by, receipt.id, accept, "demands")?;
            act(work, by, receipt.id, assign, "instruction")?;
        }
    }
    let ending = Ending::Filed { matter: receipt.id, channel };
    receptions::act(work, by, id, &Command::End(ending))?;
    draft::clear(work, id)?;
    Ok(Done::Now(receipt))
}

/// One verb on the matter just filed. What is wrong with its words is said beside `field`,
/// which holds them on this screen.
fn act<V: Verb>(work: &mut Work<'_>, by: &By, id: MatterId, verb: &V, field: &str) -> Result<(), Failure> {
    let place = Place { id, node: None, other: None };
    match carry_out(work, by, place, None, verb.clone(), &[]) {
        Err(Failure::Invalid(errors)) => {
            let moved = |error| FieldError { field: Some(field.to_owned()), ..error };
            Err(Failure::Invalid(errors.into_iter().map(moved).collect()))
        }
        done => done.map(drop),
    }
}

fn by_account(by: &By) -> Option<kernel::AccountId> {
    match by {
        By::Person { account, .. } => Some(*account),
        _ => None,
    }
}

async fn refuse(
    staff: Staff,
    id: ReceptionId,
    form: Form,
    errors: Vec<FieldError>,
) -> Result<Response, Failure> {
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let (by, kept) = (staff.by(), form.clone());
    let saved = staff.app.write(move |work| draft::save(work, &by, id, &office, &kept)).await;
    let (files, form) = match saved {
        Ok(draft) => (draft.files, errors.into_iter().fold(form, Form::refused)),
        Err(Failure::Refused(refusal)) => (Vec::new(), form.refused(&refusal)),
        Err(failure) => return Err(failure),
    };
    screen::show(&staff, id, form, files, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Reads the form as far as the key needs it, gathering everything that is wrong.
fn read(staff: &Staff, form: &Form, key: Key) -> Result<(Register, Disposal), Vec<FieldError>> {
    let data = FormData { form, zone: &staff.app.config.zone, now: staff.app.now() };
    let register = Register::from_form(&data);
    let mut errors = register.as_ref().err().cloned().unwrap_or_default();
    let missing = |field: &str, code: &str, errors: &mut Vec<FieldError>| {
        if form.text(field).is_none() {
            errors.push(FieldError::new(field, code));
        }
    };
    for field in ["title", "text"] {
        if form.text(field).is_none() {
            errors.push(FieldError::new(field, &format!("{field}-missing")));
        }
    }
    if form.text("credit_code").is_some_and(|code| normal_credit_code(code).is_none()) {
        errors.push(FieldError::new("credit_code", "credit-code-malformed"));
    }
    if Channel::parse(form.value("channel")) == Some(Channel::Forum) {
        missing("occasion", "entry-missing", &mut errors);
    }
    if key != Key::Register {
        missing("category", "entry-not-chosen", &mut errors);
    }
    let accept = accept_of(form, key, &mut errors);
    let disposal = match key {
        Key::Register => Disposal::Register,
        Key::Accept => Disposal::Accept(accept),
        Key::Answer => {
            missing("answer", "entry-missing", &mut errors);
            let outcome = Outcome::parse(form.value("outcome"));
            if outcome.is_none() {
                errors.push(FieldError::new("outcome", "entry-not-chosen"));
            }
            let outcome = outcome.unwrap_or(Outcome::Explained);
            let demands = 1..=u32::try_from(accept.demands.len()).unwrap_or(u32::MAX);
            let results = demands.map(|demand| DemandOutcome { demand, outcome }).collect();
            let (text, override_reason) =
                (form.value("answer").to_owned(), form.text("override_reason").map(str::to_owned));
            let answer = AnswerDirectly { results, text, override_reason };
            Disposal::Answer(accept, answer, known::quoted(form))
        }
        Key::Dispatch => {
            missing("unit-1", "entry-not-chosen", &mut errors);
            Disposal::Dispatch(accept, Assign { to: assignees(form) })
        }
    };
    match register {
        Ok(register) if errors.is_empty() => Ok((register, disposal)),
        _ => Err(errors),
    }
}

/// The demands as listed; where none are, what the caller wants to happen is the demand.
fn accept_of(form: &Form, key: Key, errors: &mut Vec<FieldError>) -> Accept {
    let lines = |field: &str| -> Vec<String> {
        form.value(field).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let mut demands = lines("demands");
    if demands.is_empty() {
        demands = lines("expected");
    }
    if key != Key::Register && demands.is_empty() {
        errors.push(FieldError::new("demands", "demands-missing"));
    }
    Accept {
        urgency: Urgency::parse(form.value("urgency")).unwrap_or(Urgency::General),
        natural_time: form.value("natural_time") == "yes",
        category: form.value("category").to_owned(),
        demands,
    }
}

/// The first unit leads, the others work with it.
fn assignees(form: &Form) -> Vec<AssignTo> {
    (1..=UNITS)
        .filter_map(|row| {
            let unit = form.text(&format!("unit-{row}")).map(UnitId::from)?;
            let role = if row == 1 { NodeRole::Lead } else { NodeRole::Co };
            let instruction = form.text("instruction").map(str::to_owned);
            Some(AssignTo { unit, role, duty_item: None, instruction })
        })
        .collect()
}

/// The rules name the fields of commands; here they stand under other names.
fn aimed(error: FieldError) -> FieldError {
    let field = error.field.as_deref().map(|field| match field {
        "to" | "unit" => "unit-1",
        "results" => "outcome",
        known::FIELD => "answer",
        other => other,
    });
    FieldError { field: field.map(str::to_owned), ..error }
}
