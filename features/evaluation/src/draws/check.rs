//! The second look at one drawn matter: what was asked and answered beside the form.

use super::{Found, check, href, load};
use crate::EVALUATION;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::MatterId;
use matters::read::AnswerView;
use matters::words::Words;
use matters::{MatterView, Viewer};
use matters_rules::{ActionCode, Finding};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;

/// The longest words of a finding, in characters.
const LONGEST: usize = 1_000;

#[derive(Clone, Deserialize)]
pub(super) struct Place {
    draw: String,
    matter: MatterId,
}

#[derive(Template)]
#[template(path = "evaluation/check.html")]
struct Check {
    page: Page,
    words: Words,
    form: Form,
    place: Place,
    view: MatterView,
}

pub(super) async fn form(staff: Staff, Path(place): Path<Place>) -> Result<Response, Failure> {
    screen(staff, place, Form::new()).await
}

pub(super) async fn save(
    staff: Staff,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let Some(found) = read(&mut form) else { return screen(staff, place, form).await };
    let (by, at) = (staff.by(), place.clone());
    match staff.app.write(move |work| check(work, &by, &at.draw, at.matter, &found)).await {
        Ok(()) => Ok(reply::done(&staff, &href(&place.draw), "flash-evaluation-checked")),
        Err(Failure::Refused(refusal)) => {
            form.refuse(FieldError::from(&refusal));
            screen(staff, place, form).await
        }
        Err(failure) => Err(failure),
    }
}

/// The finding follows from the two questions; what is wrong is noted on the form.
fn read(form: &mut Form) -> Option<Found> {
    let answer = |form: &mut Form, field: &str| match form.value(field) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.refuse(FieldError::new(field, "entry-not-chosen"));
            None
        }
    };
    let (called, is_true) = (answer(form, "called"), answer(form, "true"));
    let complete = answer(form, "complete");
    let words = form.value("text").trim().to_owned();
    if words.is_empty() {
        form.refuse(FieldError::new("text", "entry-missing"));
    } else if words.chars().count() > LONGEST {
        form.refuse(FieldError::new("text", "entry-too-long").with("max", LONGEST as u64));
    }
    if form.has_errors() {
        return None;
    }
    let finding = match (is_true?, complete?) {
        (false, _) => Finding::False,
        (true, false) => Finding::Incomplete,
        (true, true) => Finding::Confirmed,
    };
    Some(Found { called: called?, finding, words })
}

async fn screen(staff: Staff, place: Place, form: Form) -> Result<Response, Failure> {
    let (person, asked) = (staff.person.clone(), place.clone());
    let view = staff
        .app
        .read(move |snapshot, app| {
            let (draw, _) = load(snapshot, &asked.draw)?;
            if !draw.matters.contains(&asked.matter) {
                return Err(Failure::NotFound);
            }
            matters::view(snapshot, app, asked.matter, Viewer::Staff(&person))
        })
        .await?;
    let page = staff.desk_page("draw-check-title", EVALUATION).in_error(form.has_errors());
    let words = Words::of(&staff.app, &page);
    let check = Check { page, words, form, place, view };
    reply::page(&check, Some(&check.form))
}

impl Check {
    fn back(&self) -> String {
        href(&self.place.draw)
    }

    fn action(&self) -> String {
        format!("{}/matters/{}", href(&self.place.draw), self.place.matter)
    }

    fn may_check(&self) -> bool {
        self.view.may(ActionCode::Recheck, None)
    }

    fn yes_or_no(&self) -> Vec<Choice> {
        ["yes", "no"]
            .into_iter()
            .map(|value| Choice::new(value, self.page.t(&format!("draw-{value}"))))
            .collect()
    }

    /// What was answered: by units, by the office, or for the master.
    fn answers(&self) -> Vec<&AnswerView> {
        let of_units = self.view.nodes.iter().filter_map(|node| node.answer.as_ref());
        of_units.chain(&self.view.direct_answer).chain(&self.view.master_answers).collect()
    }

    fn unit(&self, answer: &AnswerView) -> String {
        answer.unit.as_ref().map_or_else(String::new, |unit| unit.full(self.page.locale()).to_owned())
    }
}
