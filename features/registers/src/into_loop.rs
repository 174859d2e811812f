//! From a ledger into the loop: a difficulty that a contact noted becomes an appeal of the
//! intake office, a promise a task that is due on the day that was promised. The matter and
//! the link are one transaction: never one without the other. Once the matter is closed as
//! solved the promise reads kept.

use crate::record::screen;
use crate::reply;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Aggregate, AreaId, MatterId, Recorded, Refusal, UnitId};
use matters::raising::{RaiseRequest, raise};
use matters::{FileRequest, Matters};
use matters_rules::command::Noted;
use matters_rules::kind::Raised;
use matters_rules::{AppealType, Channel, ClosingType, Event, MatterKind};
use platform::listeners::Listener;
use platform::ui::Form;
use platform::web::Staff;
use platform::{By, Failure, Work};
use registers::read::record::{of_promise, open};
use registers::rules::record::{Contact, RecordCommand};
use registers::rules::{Record, RecordState, Value};
use store::Entry;
use uuid::Uuid;

/// The longest title that is made of what was noted, in characters.
const TITLE: usize = 40;

/// What of a contact goes into the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What was found difficult: an appeal.
    Difficulty,
    /// What was promised: a task.
    Promise,
}

/// A contact of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactAt {
    /// Of which record.
    pub record: Uuid,
    /// Which of its contacts.
    pub line: Uuid,
}

/// `POST …/contacts/{line}/appeal`: the difficulty becomes an appeal.
pub(crate) async fn appeal(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    answered(staff, at, Part::Difficulty, "flash-register-appeal-made").await
}

/// `POST …/contacts/{line}/matter`: the promise becomes a task with a limit.
pub(crate) async fn promise(staff: Staff, at: Path<(String, Uuid, Uuid)>) -> Result<Response, Failure> {
    answered(staff, at, Part::Promise, "flash-register-matter-made").await
}

async fn answered(
    staff: Staff,
    Path((code, record, line)): Path<(String, Uuid, Uuid)>,
    part: Part,
    flash: &str,
) -> Result<Response, Failure> {
    match handed_in(&staff, &code, ContactAt { record, line }, part).await {
        Ok(_) => Ok(reply::done(&staff, &format!("/registers/{code}/records/{record}"), flash)),
        Err(failure) => {
            // What is wrong was typed with the contact: no field of this page is to be mended.
            let form = reply::refused(Form::new(), failure)?.aimed(|_| None);
            screen(&staff, code, record, "", form).await
        }
    }
}

/// The matter that a contact of a register the reader sees has become.
pub(crate) async fn handed_in(
    staff: &Staff,
    register: &str,
    at: ContactAt,
    part: Part,
) -> Result<MatterId, Failure> {
    let (by, grants, register) = (staff.by(), staff.person.grants.clone(), register.to_owned());
    staff
        .app
        .write(move |work| {
            let app = work.app();
            open(work.tx, app, &grants, &register, at.record)?;
            hand_in(work, &by, at, part)
        })
        .await
}

/// Makes a matter of what a contact noted; each names the other.
///
/// # Errors
/// [`Failure::NotFound`] where there is no such contact or no intake office,
/// [`Failure::NotPermitted`], `register-no-difficulty`, `register-no-promise`, those of
/// [`matters::file`] and [`raise`], those of the record's rules.
pub fn hand_in(work: &mut Work<'_>, by: &By, at: ContactAt, part: Part) -> Result<MatterId, Failure> {
    let office = work.app().config.intake_office.clone().ok_or(Failure::NotFound)?;
    let record = work.load::<Record>(&at.record.to_string())?.state;
    let contact = record.contact(at.line).ok_or(Failure::NotFound)?;
    let source = format!("register:{}/{}", record.register, at.record);
    let (matter, link) = match part {
        Part::Difficulty => {
            let appeal = appeal_of(&record, contact, office, source)?;
            let matter = matters::file(work, by, &appeal)?.id;
            (matter, RecordCommand::LinkAppeal(at.line, matter))
        }
        Part::Promise => {
            let task = task_of(work, &record, contact, office, source)?;
            let matter = raise(work, by, &task)?.id;
            (matter, RecordCommand::LinkPromise(at.line, matter))
        }
    };
    registers::act_record(work, by, at.record, None, &link)?;
    Ok(matter)
}

fn appeal_of(
    record: &RecordState,
    contact: &Contact,
    office: UnitId,
    source: String,
) -> Result<FileRequest, Refusal> {
    let mut appeal = FileRequest::new(office, Channel::Visit, AppealType::Help);
    (appeal.title, appeal.text) = words(&contact.note.difficulty, "register-no-difficulty")?;
    appeal.area = area(record);
    appeal.source_number = Some(source);
    appeal.noted = Some(Noted { pledged: None });
    Ok(appeal)
}

/// It is due on the day that was promised; a day that is over gives it what the procedure of
/// tasks gives.
fn task_of(
    work: &Work<'_>,
    record: &RecordState,
    contact: &Contact,
    office: UnitId,
    source: String,
) -> Result<RaiseRequest, Refusal> {
    let today = work.app().config.zone.date_of(work.now());
    let pledged = contact.note.promised_by;
    let mut task = RaiseRequest::new(MatterKind::Task, office);
    (task.title, task.text) = words(&contact.note.promise, "register-no-promise")?;
    task.area = area(record);
    task.source_number = Some(source);
    task.raised = Raised { due: pledged.filter(|day| *day >= today), ..Raised::default() };
    task.noted = Some(Noted { pledged });
    Ok(task)
}

/// Title and text in the words that were noted.
fn words(noted: &str, missing: &'static str) -> Result<(String, String), Refusal> {
    if noted.is_empty() {
        return Err(Refusal::new(missing));
    }
    Ok((kernel::text::clip(&noted.replace('\n', " "), TITLE), noted.to_owned()))
}

fn area(record: &RecordState) -> Option<AreaId> {
    record.values.values().find_map(|value| match value {
        Value::Area(area) => Some(area.clone()),
        _ => None,
    })
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
