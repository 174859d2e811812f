//! `/tasks/new`: what is to be done, by whom and until when.

use crate::{KINDS, NAV};
use askama::Template;
use axum::extract::{Query, Request};
use axum::response::Response;
use kernel::MatterId;
use matters::MatterView;
use matters::attachments::{Upload, seal_all};
use matters::raising::{self, RaiseRequest, raise};
use matters_rules::kind::Raised;
use matters_rules::{MatterKind, Urgency};
use network::UnitRow;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::{SentFile, Staff, reply, sent};
use serde::Deserialize;

/// Files that come with it, at most.
const FILES: usize = 6;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The matter it is about.
    #[serde(default)]
    about: String,
}

#[derive(Template)]
#[template(path = "tasks/raise.html")]
struct Screen {
    page: Page,
    form: Form,
    units: Vec<UnitRow>,
    about: Option<MatterView>,
    today: String,
}

pub(crate) async fn fresh(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let form = Form::new()
        .with("kind", MatterKind::Task.code())
        .with("urgency", Urgency::General.code())
        .with("about", asked.about);
    screen(&staff, form).await
}

pub(crate) async fn add(staff: Staff, request: Request) -> Result<Response, Failure> {
    let most = staff.app.config.attachment_max;
    let (form, files) = sent(&staff, request, most, most.saturating_mul(FILES)).await?;
    match record(&staff, &form, files).await {
        Ok(matter) => Ok(reply::done(&staff, &format!("/matters/{matter}"), "flash-task-raised")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)).await,
        Err(Failure::Invalid(errors)) => {
            screen(&staff, errors.into_iter().fold(form, |form, error| form.refused(error))).await
        }
        Err(failure) => Err(failure),
    }
}

async fn record(staff: &Staff, form: &Form, files: Vec<SentFile>) -> Result<MatterId, Failure> {
    if files.len() > FILES {
        return Err(Failure::Invalid(vec![FieldError::new("files", "task-files").with("max", FILES)]));
    }
    let mut request = request(staff, form)?;
    let uploads = files.into_iter().map(|file| Upload { name: file.name, bytes: file.bytes }).collect();
    request.uploads = seal_all(&staff.app, uploads).await?;
    request.raised.about = raising::sent_matter(staff, "about", form.value("about")).await?;
    let by = staff.by();
    staff.app.write(move |work| Ok(raise(work, &by, &request)?.id)).await
}

/// What the form says; what cannot be read is said beside its field.
fn request(staff: &Staff, form: &Form) -> Result<RaiseRequest, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let mut wrong = Vec::new();
    let kind = MatterKind::parse(form.value("kind")).filter(|kind| KINDS.contains(kind));
    if kind.is_none() {
        wrong.push(FieldError::new("kind", "task-kind"));
    }
    let today = staff.app.config.zone.date_of(staff.app.now());
    let due = match form.value("due") {
        "" => None,
        typed => match typed.parse() {
            Ok(day) if day < today => {
                wrong.push(FieldError::new("due", "task-due-past"));
                None
            }
            Ok(day) => Some(day),
            Err(_) => {
                wrong.push(FieldError::new("due", "task-date"));
                None
            }
        },
    };
    let (Some(kind), true) = (kind, wrong.is_empty()) else { return Err(Failure::Invalid(wrong)) };
    let mut request = RaiseRequest::new(kind, office);
    form.value("title").clone_into(&mut request.title);
    form.value("text").clone_into(&mut request.text);
    form.value("demands").clone_into(&mut request.demands);
    request.urgency = Urgency::parse(form.value("urgency")).unwrap_or(Urgency::General);
    request.to = raising::chosen_units(form);
    request.raised = Raised { due, ..Raised::default() };
    Ok(request)
}

async fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let units = staff.app.read(move |snapshot, _| raising::units(snapshot, &office)).await?;
    let about = raising::about(staff, form.value("about")).await?;
    let page = staff.desk_page("tasks-new", NAV).in_error(form.has_errors());
    let today = staff.app.config.zone.date_of(staff.app.now()).to_string();
    reply::page(&Screen { page, form: form.clone(), units, about, today }, Some(&form))
}

impl Screen {
    fn kinds(&self) -> Vec<Choice> {
        let hinted = |kind: &MatterKind| {
            Choice::new(kind.code(), self.page.t(kind.key()))
                .hint(self.page.t(&format!("tasks-{}-hint", kind.code())))
        };
        KINDS.iter().map(hinted).collect()
    }

    fn urgencies(&self) -> Vec<Choice> {
        Urgency::ALL.iter().map(|urgency| Choice::new(urgency.code(), self.page.t(urgency.key()))).collect()
    }

    fn unit_fields(&self) -> Vec<(String, String)> {
        raising::unit_fields(&self.page)
    }

    fn unit_choices(&self) -> Vec<Choice> {
        raising::unit_choices(&self.page, &self.units).collect()
    }
}
