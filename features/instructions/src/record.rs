//! `/instructions/new`: a clerk records what a leader wrote or said, and to whom it goes.

use crate::rules::Command;
use crate::{NAV, list, shell};
use askama::Template;
use axum::extract::{Query, Request};
use axum::response::Response;
use kernel::MatterId;
use matters::MatterView;
use matters::attachments::{Upload, seal_all};
use matters::raising::{self, RaiseRequest, raise, units};
use matters_rules::kind::{Instructed, Medium, Raised};
use matters_rules::{MatterKind, Urgency};
use network::UnitRow;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page, security};
use platform::web::{Staff, reply, sent};
use serde::Deserialize;
use uuid::Uuid;

/// Files that come with it, at most.
const FILES: usize = 6;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The matter it is about.
    #[serde(default)]
    about: String,
    /// The sheet it was written on.
    #[serde(default)]
    brief: String,
}

#[derive(Template)]
#[template(path = "instructions/record.html")]
struct Screen {
    page: Page,
    form: Form,
    units: Vec<UnitRow>,
    about: Option<MatterView>,
    today: String,
}

pub(crate) async fn fresh(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let mut form = Form::new()
        .with("on", today)
        .with("medium", Medium::Written.code())
        .with("urgency", Urgency::General.code())
        .with("about", &asked.about)
        .with("brief", &asked.brief);
    if let Some(about) = raising::about(&staff, form.value("about")).await? {
        form = form.with("title", kernel::text::clip(&about.title, matters::filing::TITLE_MAX));
    }
    screen(&staff, form).await
}

pub(crate) async fn add(staff: Staff, request: Request) -> Result<Response, Failure> {
    let most = staff.app.config.attachment_max;
    let (form, files) = sent(&staff, request, most, most.saturating_mul(FILES)).await?;
    match record(&staff, &form, files).await {
        Ok(matter) => Ok(reply::done(&staff, &format!("/matters/{matter}"), "flash-instruction-recorded")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)).await,
        Err(Failure::Invalid(errors)) => {
            screen(&staff, errors.into_iter().fold(form, |form, error| form.refused(error))).await
        }
        Err(failure) => Err(failure),
    }
}

/// Records what the form says, with what came along.
///
/// # Errors
/// What is wrong with the fields; those of [`raise`].
pub(crate) async fn record(
    staff: &Staff,
    form: &Form,
    files: Vec<platform::web::SentFile>,
) -> Result<MatterId, Failure> {
    if files.len() > FILES {
        return Err(Failure::Invalid(vec![FieldError::new("files", "instruction-files").with("max", FILES)]));
    }
    let mut request = request(staff, form)?;
    let uploads = files.into_iter().map(|file| Upload { name: file.name, bytes: file.bytes }).collect();
    request.uploads = seal_all(&staff.app, uploads).await?;
    request.raised.about = raising::sent_matter(staff, "about", form.value("about")).await?;
    let (by, brief) = (staff.by(), form.value("brief").parse::<Uuid>().ok());
    staff
        .app
        .write(move |work| {
            let raised = raise(work, &by, &request)?;
            if let Some(brief) = brief {
                shell::act(work, &by, &brief.to_string(), &Command::Instructed { matter: raised.id })?;
            }
            Ok(raised.id)
        })
        .await
}

/// What the form says; what cannot be read is said beside its field.
fn request(staff: &Staff, form: &Form) -> Result<RaiseRequest, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let mut wrong = Vec::new();
    let on = form.value("on").parse().map_err(|_| wrong.push(FieldError::new("on", "instruction-date"))).ok();
    let due = match form.value("due") {
        "" => None,
        typed => typed.parse().map_err(|_| wrong.push(FieldError::new("due", "instruction-date"))).ok(),
    };
    let medium = Medium::parse(form.value("medium"));
    if medium.is_none() {
        wrong.push(FieldError::new("medium", "instruction-empty"));
    }
    let urgency = Urgency::parse(form.value("urgency"));
    if urgency.is_none() {
        wrong.push(FieldError::new("urgency", "instruction-empty"));
    }
    let (Some(on), Some(medium), Some(urgency), true) = (on, medium, urgency, wrong.is_empty()) else {
        return Err(Failure::Invalid(wrong));
    };
    let mut request = RaiseRequest::new(MatterKind::Instruction, office);
    form.value("title").clone_into(&mut request.title);
    form.value("text").clone_into(&mut request.text);
    form.value("demands").clone_into(&mut request.demands);
    request.urgency = urgency;
    request.to = raising::chosen_units(form);
    request.raised = Raised {
        due,
        instruction: Some(Instructed {
            post: form.value("post").to_owned(),
            on,
            medium,
            paper: form.value("paper").to_owned(),
        }),
        ..Raised::default()
    };
    Ok(request)
}

async fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let offered = staff.app.read(move |snapshot, _| units(snapshot, &office)).await?;
    let about = raising::about(staff, form.value("about")).await?;
    let page = staff.desk_page("instructions-new", NAV).in_error(form.has_errors());
    let today = staff.app.config.zone.date_of(staff.app.now()).to_string();
    let shown = reply::page(&Screen { page, form: form.clone(), units: offered, about, today }, Some(&form))?;
    Ok(security::with_microphone(shown))
}

impl Screen {
    fn path(&self) -> &'static str {
        list::PATH
    }

    fn media(&self) -> Vec<Choice> {
        Medium::ALL.iter().map(|medium| Choice::new(medium.code(), self.page.t(medium.key()))).collect()
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
