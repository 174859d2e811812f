//! From a ledger into the loop: what a contact noted becomes a matter of the intake office,
//! a difficulty an appeal, a promise a matter that is due on the day that was promised. The
//! matter and the link are one transaction: never one without the other. Once the matter is
//! closed as solved, or was answered directly, the promise reads kept.

use crate::record::screen;
use crate::reply;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Grant;
use kernel::{Aggregate, MatterId, Recorded, Refusal, UnitId};
use matters::{FileRequest, Matters};
use matters_rules::command::Noted;
use matters_rules::{AppealType, Channel, ClosingType, Event};
use platform::listeners::Listener;
use platform::ui::Form;
use platform::web::Staff;
use platform::{By, Failure, Work};
use registers::read::record::{Opened, of_promise, open};
use registers::rules::Value;
use registers::rules::record::{Contact, RecordCommand};
use store::Entry;
use uuid::Uuid;

/// The longest title that is made of what was noted, in characters.
const TITLE: usize = 40;

/// What of a contact goes into the loop.
#[derive(Clone, Copy)]
enum Part {
    Difficulty,
    Promise,
}

/// `POST …/contacts/{line}/appeal`: the difficulty becomes an appeal.
pub(crate) async fn appeal(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    hand_in(staff, at, Part::Difficulty, "flash-register-appeal-made").await
}

/// `POST …/contacts/{line}/matter`: the promise becomes a matter with a limit.
pub(crate) async fn promise(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    hand_in(staff, at, Part::Promise, "flash-register-matter-made").await
}

async fn hand_in(
    staff: Staff,
    Path((code, id, line)): Path<(String, Uuid, Uuid)>,
    part: Part,
    flash: &str,
) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let (by, grants, register) = (staff.by(), staff.person.grants.clone(), code.clone());
    let outcome = staff
        .app
        .write(move |work| file(work, &by, &grants, (&register, id, line), part, office.clone()))
        .await;
    match outcome {
        Ok(()) => Ok(reply::done(&staff, &format!("/registers/{code}/records/{id}"), flash)),
        Err(failure) => {
            let form = reply::refused(Form::new(), failure)?;
            screen(&staff, code, id, "", form).await
        }
    }
}

fn file(
    work: &mut Work<'_>,
    by: &By,
    grants: &[Grant],
    (register, id, line): (&str, Uuid, Uuid),
    part: Part,
    office: UnitId,
) -> Result<(), Failure> {
    let app = work.app();
    let opened = open(work.tx, app, grants, register, id)?;
    let contact = opened.state.contact(line).ok_or(Failure::NotFound)?;
    let mut request = request(&opened, contact, part, office)?;
    request.source_number = Some(format!("register:{register}/{id}"));
    let receipt = matters::file(work, by, &request)?;
    let link = match part {
        Part::Difficulty => RecordCommand::LinkAppeal(line, receipt.id),
        Part::Promise => RecordCommand::LinkPromise(line, receipt.id),
    };
    registers::act_record(work, by, id, None, &link).map(drop)
}

/// The matter in the words that were noted.
fn request(opened: &Opened, contact: &Contact, part: Part, office: UnitId) -> Result<FileRequest, Refusal> {
    let note = &contact.note;
    let (text, pledged, missing) = match part {
        Part::Difficulty => (&note.difficulty, None, "register-no-difficulty"),
        Part::Promise => (&note.promise, note.promised_by, "register-no-promise"),
    };
    if text.is_empty() {
        return Err(Refusal::new(missing));
    }
    let mut request = FileRequest::new(office, Channel::Visit, AppealType::Help);
    request.title = kernel::text::clip(&text.replace('\n', " "), TITLE);
    request.text.clone_from(text);
    request.area = opened.state.values.values().find_map(|value| match value {
        Value::Area(area) => Some(area.clone()),
        _ => None,
    });
    request.noted = Some(Noted { pledged });
    Ok(request)
}

/// Reads what becomes of matters that promises became.
pub(crate) struct Promises;

impl Listener for Promises {
    fn name(&self) -> &'static str {
        "register_promises"
    }

    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure> {
        for entry in entries {
            let Some((Matters::KIND, id)) = entry.stream.split_once(':') else { continue };
            let Ok(matter) = id.parse::<MatterId>() else { continue };
            let Some((record, line)) = of_promise(work.tx, matter)? else { continue };
            let event: Recorded<Event> = platform::act::read_entry::<Matters>(entry)?;
            let solved = [ClosingType::Solved, ClosingType::AnsweredDirectly];
            if matches!(&event.event, Event::Closed { closing, .. } if solved.contains(closing)) {
                kept(work, record, line, &event)?;
            }
        }
        Ok(())
    }
}

/// The promise is kept on the day its matter was closed. Where its record was taken out of
/// the register meanwhile, or the contact voided, there is no promise left to keep.
fn kept(work: &mut Work<'_>, record: Uuid, line: Uuid, closed: &Recorded<Event>) -> Result<(), Failure> {
    let on = work.app().config.zone.date_of(closed.at());
    let by = By::System("register_promises".to_owned());
    match registers::act_record(work, &by, record, None, &RecordCommand::KeepPromise(line, on)) {
        Ok(_) | Err(Failure::Refused(_) | Failure::Invalid(_)) => Ok(()),
        Err(other) => Err(other),
    }
}
