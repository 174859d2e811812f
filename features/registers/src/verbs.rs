//! What may be done to a record from its page: each form becomes one command; a refusal
//! shows the page again with the form as typed.

use crate::record::screen;
use crate::reply::{self, Fields};
use axum::extract::Path;
use axum::response::Response;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use registers::read::names::find_unit;
use registers::rules::amount::{read_money, read_number};
use registers::rules::record::{Award, ContactNote, ContactWay, Flow, RecordCommand};
use registers::rules::value::read_date;
use registers::rules::{Decimal, Definition};
use std::sync::Arc;
use uuid::Uuid;

/// `POST …/stage`
pub(crate) async fn stage(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = required_day(&form, "stage-on").map(|on| RecordCommand::Move {
        stage: form.value("stage-stage").to_owned(),
        on,
        note: kernel::text::plain(form.value("stage-note")),
    });
    act(staff, at, form, "stage", command, "flash-register-moved").await
}

/// `POST …/flows`
pub(crate) async fn flow(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let definition = definition(&staff, &at.0.0).await?;
    let command = read_flow(&definition, &form);
    act(staff, at, form, "flow", command.map(RecordCommand::AddFlow), "flash-register-line-added").await
}

fn read_flow(definition: &Definition, form: &Form) -> Result<Flow, FieldError> {
    let kind = form.value("flow-kind").to_owned();
    let on = required_day(form, "flow-on")?;
    let typed = form.value("flow-amount");
    let amount = match definition.flow(&kind).and_then(|flow| flow.money) {
        Some(unit) => read_money(typed, unit).map(|(fen, _)| Decimal::of_fen(fen)),
        None => read_number(typed).map(|(number, _)| number),
    };
    let amount = amount.ok_or_else(|| FieldError::new("flow-amount", "register-number"))?;
    Ok(Flow { kind, on, amount, evidence: kernel::text::plain(form.value("flow-evidence")) })
}

/// `POST …/flows/{line}/verification`
pub(crate) async fn verify_flow(
    staff: Staff,
    Path((code, id, line)): Path<(String, Uuid, Uuid)>,
) -> Result<Response, Failure> {
    let command = Ok(RecordCommand::VerifyFlow(line));
    act(staff, Path((code, id)), Form::new(), "", command, "flash-register-line-verified").await
}

/// `POST …/flows/{line}/void`
pub(crate) async fn void_flow(
    staff: Staff,
    Path((code, id, line)): Path<(String, Uuid, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = Ok(RecordCommand::VoidFlow(line, kernel::text::plain(form.value("reason"))));
    act(staff, Path((code, id)), form, "", command, "flash-register-line-void").await
}

/// `POST …/contacts`
pub(crate) async fn contact(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = read_contact(&form).map(RecordCommand::AddContact);
    act(staff, at, form, "contact", command, "flash-register-contact-added").await
}

fn read_contact(form: &Form) -> Result<ContactNote, FieldError> {
    let way = ContactWay::parse(form.value("contact-way"));
    let promised_by = match form.text("contact-promised_by") {
        None => None,
        Some(typed) => {
            let read = read_date(typed);
            Some(read.ok_or_else(|| FieldError::new("contact-promised_by", "register-date"))?)
        }
    };
    Ok(ContactNote {
        on: required_day(form, "contact-on")?,
        way: way.ok_or_else(|| FieldError::new("contact-way", "register-required"))?,
        about: kernel::text::plain(form.value("contact-about")),
        difficulty: kernel::text::plain(form.value("contact-difficulty")),
        promise: kernel::text::plain(form.value("contact-promise")),
        promised_by,
    })
}

/// `POST …/contacts/{line}/void`
pub(crate) async fn void_contact(
    staff: Staff,
    Path((code, id, line)): Path<(String, Uuid, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = Ok(RecordCommand::VoidContact(line, kernel::text::plain(form.value("reason"))));
    act(staff, Path((code, id)), form, "", command, "flash-register-line-void").await
}

/// `POST …/contacts/{line}/promise`
pub(crate) async fn keep_promise(
    staff: Staff,
    Path((code, id, line)): Path<(String, Uuid, Uuid)>,
) -> Result<Response, Failure> {
    let today = crate::open::today(&staff.app);
    let command = Ok(RecordCommand::KeepPromise(line, today));
    act(staff, Path((code, id)), Form::new(), "", command, "flash-register-promise-kept").await
}

/// `POST …/levels`
pub(crate) async fn award(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = required_day(&form, "level-on").map(|on| {
        RecordCommand::Award(Award {
            level: form.value("level-level").to_owned(),
            on,
            document: kernel::text::plain_line(form.value("level-document")),
            ended: None,
        })
    });
    act(staff, at, form, "level", command, "flash-register-awarded").await
}

/// `POST …/levels/end`
pub(crate) async fn end_award(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let level = form.value("ended-level").to_owned();
    let command = required_day(&form, "ended-on").map(|on| RecordCommand::EndAward { level, on });
    act(staff, at, form, "ended", command, "flash-register-award-ended").await
}

/// `POST …/unit`
pub(crate) async fn hand_over(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let typed = form.value("given-unit").trim().to_owned();
    let found = staff.app.read(move |q, _| Ok(find_unit(q, &typed)?)).await?;
    let command = match found {
        Ok(unit) => Ok(RecordCommand::HandOver { unit }),
        Err(similar) => Err(FieldError::new("given-unit", "register-unit-unknown")
            .with("value", form.value("given-unit"))
            .with("similar", similar)),
    };
    act(staff, at, form, "given", command, "flash-register-handed-over").await
}

/// `POST …/removal`
pub(crate) async fn remove(
    staff: Staff,
    at: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = Ok(RecordCommand::Remove(kernel::text::plain(form.value("removal-reason"))));
    act(staff, at, form, "removal", command, "flash-register-removed").await
}

/// `POST …/restoration`
pub(crate) async fn restore(staff: Staff, at: Path<(String, Uuid)>) -> Result<Response, Failure> {
    act(staff, at, Form::new(), "", Ok(RecordCommand::Restore), "flash-register-restored").await
}

/// Carries out a command and goes back to the record. Fields of the rules are shown under
/// the form's own names, which begin with `prefix`.
async fn act(
    staff: Staff,
    Path((code, id)): Path<(String, Uuid)>,
    form: Form,
    prefix: &'static str,
    command: Result<RecordCommand, FieldError>,
    flash: &str,
) -> Result<Response, Failure> {
    let open = match prefix {
        "ended" => "level",
        "given" | "removal" => "more",
        other => other,
    };
    let command = match command {
        Ok(command) => command,
        Err(error) => return screen(&staff, code, id, open, form.refused(error)).await,
    };
    let (by, register) = (staff.by(), code.clone());
    let expected = form.value("version").parse().ok();
    let outcome = staff
        .app
        .write(move |work| {
            let acted = registers::act_record(work, &by, id, expected, &command)?;
            // The address names the register too; a record of another one is not there.
            if acted.state.register == register { Ok(()) } else { Err(Failure::NotFound) }
        })
        .await;
    match outcome {
        Ok(()) => Ok(reply::done(&staff, &format!("/registers/{code}/records/{id}"), flash)),
        Err(failure) => {
            let named = form.clone();
            let form = reply::refused(form, failure)?.aimed(|error| {
                let field = format!("{prefix}-{}", error.field.as_deref()?);
                // Where the form has no such field, the error is of the whole.
                named.pairs().any(|(name, _)| name == field).then_some(field)
            });
            screen(&staff, code, id, open, form).await
        }
    }
}

fn required_day(form: &Form, field: &str) -> Result<Date, FieldError> {
    match form.text(field) {
        None => Err(FieldError::new(field, "register-required")),
        Some(typed) => read_date(typed).ok_or_else(|| FieldError::new(field, "register-date")),
    }
}

async fn definition(staff: &Staff, code: &str) -> Result<Arc<Definition>, Failure> {
    let code = code.to_owned();
    staff.app.read(move |q, app| crate::open::register(q, app, &code)).await
}
