//! `/desk/calls`: officers outside the handling units call back (PRODUCT rules 4 and 6): a
//! queue in which agreed times count, the script with the demands and answers to read out,
//! and one form for the attempt and what the appellant said.

use super::matter::{load, look_at_contact};
use super::onward::Spot;
use super::words::Words;
use super::{CALL_BACK, page, sent};
use crate::verbs::{CallBack, FormData, Place, RecordRating, Verb, carry_out};
use askama::Template;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::MatterId;
use kernel::permission::Permission;
use matters::attachments::seal_all;
use matters::read::Waiting;
use matters::{MatterView, Tab, Upload};
use matters_rules::command::ContactCard;
use matters_rules::{ActionCode, CallOutcome, ContactPurpose, Grade, Solved};
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::{Access, Routes, Staff};
use platform::{Failure, Work};
use serde::Deserialize;

/// As many are lined up at once.
const LINED_UP: usize = 60;

/// The call-back desk.
pub fn routes() -> Routes {
    let access = Access::Staff(Permission::CallBackRecord);
    Routes::new().get("/desk/calls", access, show).post("/desk/calls/{id}", access, record).post(
        "/desk/calls/{id}/contact",
        access,
        open_contact,
    )
}

#[derive(Template)]
#[template(path = "desk/calls.html")]
struct Calls {
    page: Page,
    words: Words,
    lined_up: Vec<Line>,
    at: Option<At>,
    form: Form,
    /// The appellant's card, just opened, shown this once.
    opened: Option<ContactCard>,
}

/// One matter in the queue.
struct Line {
    waiting: Waiting,
    href: String,
    current: bool,
}

/// Whom to call.
struct At {
    view: MatterView,
    place: (usize, usize),
    previous: Option<String>,
    next: Option<String>,
    /// Where the form goes on to.
    after: String,
    may_call: bool,
    may_open: bool,
    may_rate: bool,
}

#[derive(Default, Deserialize)]
struct Look {
    at: Option<MatterId>,
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    desk(staff, look.at, Form::new(), None, StatusCode::OK).await
}

/// Shows the number once it is journaled who looks at it.
async fn open_contact(staff: Staff, place: Place) -> Result<Response, Failure> {
    let card = look_at_contact(&staff, place, ContactPurpose::CallBack).await?;
    desk(staff, Some(place.id), Form::new(), Some(card), StatusCode::OK).await
}

/// An attempt and, where the appellant was reached and said something, the rating: both or
/// neither.
async fn record(staff: Staff, place: Place, request: Request) -> Result<Response, Failure> {
    let sent = sent::read(&staff.app, request).await?;
    let mut form = sent.form;
    let data = FormData { form: &form, zone: &staff.app.config.zone, now: staff.app.now() };
    let (call, mut errors) = parted(CallBack::from_form(&data));
    errors.extend(sent.errors);
    let says = ["solved", "grade", "reason"].iter().any(|field| form.text(field).is_some());
    let reached = form.value("outcome") == CallOutcome::Reached.code();
    let rating = match says && reached {
        true => {
            let (rating, wrong) = parted(RecordRating::from_form(&data));
            errors.extend(wrong);
            rating
        }
        false => None,
    };
    if says && !reached {
        errors.push(FieldError::new("outcome", "entry-rating-unreached"));
    }
    if let Some(call) = call.filter(|_| errors.is_empty()) {
        match said(&staff, place, call, rating, sent.files).await {
            Ok(()) => {
                let next = form.text("next").and_then(Spot::parse);
                let path = next.map_or("/desk/calls".into(), |next| format!("/desk/calls?at={next}"));
                return Ok(page::go(&staff, &path, "flash-call_back"));
            }
            Err(Failure::Invalid(wrong)) => errors = wrong,
            Err(Failure::Refused(refusal)) => errors.push(FieldError::from(&refusal)),
            Err(failure) => return Err(failure),
        }
    }
    for error in errors {
        form.refuse(error);
    }
    desk(staff, Some(place.id), form, None, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Both in one transaction: a rating that is refused leaves no call behind, and the other way
/// round.
async fn said(
    staff: &Staff,
    place: Place,
    call: CallBack,
    rating: Option<RecordRating>,
    recordings: Vec<Upload>,
) -> Result<(), Failure> {
    let recordings = seal_all(&staff.app, recordings).await?;
    let by = staff.by();
    let write = move |work: &mut Work<'_>| {
        carry_out(work, &by, place, None, call.clone(), &recordings)?;
        match rating.clone() {
            Some(rating) => carry_out(work, &by, place, None, rating, &[]).map(drop),
            None => Ok(()),
        }
    };
    staff.app.write(write).await
}

fn parted<T>(read: Result<T, Vec<FieldError>>) -> (Option<T>, Vec<FieldError>) {
    match read {
        Ok(read) => (Some(read), Vec::new()),
        Err(errors) => (None, errors),
    }
}

async fn desk(
    staff: Staff,
    at: Option<MatterId>,
    form: Form,
    opened: Option<ContactCard>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let lined_up = staff
        .app
        .read(move |snapshot, app| matters::read::waiting(snapshot, app, &grants, Tab::CallBack, LINED_UP))
        .await?;
    let page = staff.desk_page("desk-calls-title", CALL_BACK).in_error(form.has_errors());
    let words = Words::of(&staff.app, &page);
    let ids: Vec<MatterId> = lined_up.iter().map(|waiting| waiting.row.id).collect();
    // What was asked for is shown even where it has left the queue meanwhile.
    let chosen = at.or(ids.first().copied());
    let at = match chosen {
        Some(id) => Some(called(&staff, id, &ids).await?),
        None => None,
    };
    let lined_up = lined_up.into_iter().map(|waiting| Line {
        href: format!("/desk/calls?at={}", waiting.row.id),
        current: Some(waiting.row.id) == chosen,
        waiting,
    });
    page::show(status, &Calls { lined_up: lined_up.collect(), page, words, at, form, opened })
}

async fn called(staff: &Staff, id: MatterId, ids: &[MatterId]) -> Result<At, Failure> {
    let view = load(staff, Place { id, node: None, other: None }).await?;
    let place = ids.iter().position(|waiting| *waiting == id);
    let beside = |step: isize| {
        let place = place?.checked_add_signed(step)?;
        ids.get(place).map(|id| format!("/desk/calls?at={id}"))
    };
    let after = place.and_then(|place| ids.get(place + 1)).map(ToString::to_string).unwrap_or_default();
    Ok(At {
        place: (place.map_or(0, |place| place + 1), ids.len()),
        previous: beside(-1),
        next: beside(1),
        after,
        may_call: view.may(ActionCode::CallBack, None),
        may_open: view.may(ActionCode::OpenContact, None),
        may_rate: view.may(ActionCode::CallBack, None) && view.ratings.is_empty(),
        view,
    })
}

impl Calls {
    fn outcomes(&self) -> Vec<Choice> {
        CallOutcome::ALL.iter().map(|code| Choice::new(code.code(), self.page.t(code.key()))).collect()
    }

    fn solved(&self) -> Vec<Choice> {
        Solved::ALL.iter().map(|code| Choice::new(code.code(), self.page.t(code.key()))).collect()
    }

    fn grades(&self) -> Vec<Choice> {
        Grade::ALL.iter().map(|code| Choice::new(code.code(), self.page.t(code.key()))).collect()
    }

    /// Nobody's assignment: a call-back is about the whole matter.
    fn unit(&self, _: &Line) -> String {
        String::new()
    }
}
