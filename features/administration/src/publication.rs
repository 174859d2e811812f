//! `…/{document}/publication`: what stands before publishing: is the draft right, what
//! differs, what would move; and the publishing itself.

use crate::document;
use crate::names::Names;
use crate::source::with_problems;
use crate::working::Working;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use kernel::time::{Calendar, Date};
use matters::configuration::diff::{Difference, differences};
use matters::configuration::dry_run::{self, Moves};
use matters::configuration::{Change, Document};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

#[derive(Template)]
#[template(path = "administration/publication.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    form: Form,
    problems: Vec<Refusal>,
    differs: Vec<Difference>,
    /// Of a calendar: what it would move.
    moves: Option<Moves>,
}

/// What would be published.
pub(crate) async fn review(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let note = working.draft.as_ref().map(|draft| draft.note.clone()).unwrap_or_default();
    let form = Form::new().with("from", working.today).with("note", note).with("head", working.head);
    screen(&staff, working, form).await
}

/// Publishes the draft under the next number, from the chosen day on.
pub(crate) async fn publish(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let form = reply::form(fields);
    if working.draft.is_none() {
        let nothing = FieldError { field: None, ..FieldError::new("", "config-nothing-drafted") };
        return screen(&staff, working, form.refused(nothing)).await;
    }
    // Setting the heading could mend what is wrong in it, and with it publish the rest unseen.
    if let Err(problems) = working.document.check(&working.text) {
        let form = problems.iter().take(1).fold(form, |form, problem| form.refused(problem));
        return screen(&staff, working, form).await;
    }
    let Some(text) = headed(&working, &form) else {
        return screen(&staff, working, form.refused(FieldError::new("from", "config-date-missing"))).await;
    };
    let change = Change::Publish { toml: text, note: form.value("note").trim().to_owned() };
    match working.change(&staff, &form, change).await {
        Ok(()) => Ok(reply::done(&staff, &working.href(), "flash-config-published")),
        Err(Failure::Refused(refusal)) => {
            let aimed = |error: &FieldError| (error.code == "document-predates").then(|| "from".to_owned());
            let form = form.refused(FieldError::from(&refusal)).aimed(aimed);
            screen(&staff, working, form).await
        }
        Err(Failure::Stale) => {
            let overtaken = FieldError { field: None, ..FieldError::new("", "config-overtaken") };
            screen(&staff, working, form.refused(overtaken)).await
        }
        Err(failure) => Err(failure),
    }
}

/// Puts the draft away.
pub(crate) async fn discard(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let form = reply::form(fields);
    match working.change(&staff, &form, Change::Discard).await {
        Ok(()) => Ok(reply::done(&staff, &working.href(), "flash-config-discarded")),
        Err(Failure::Stale) => {
            let overtaken = FieldError { field: None, ..FieldError::new("", "config-overtaken") };
            screen(&staff, working, with_problems(form, &[]).refused(overtaken)).await
        }
        Err(failure) => Err(failure),
    }
}

/// The draft under the number that follows, from the day of the form.
fn headed(working: &Working, form: &Form) -> Option<String> {
    let from: Date = match working.document {
        Document::Calendar => working.today,
        _ => form.text("from")?.parse().ok()?,
    };
    let last = &working.versions.first()?.version;
    working.document.headed(&working.text, last, from)
}

async fn screen(staff: &Staff, working: Working, form: Form) -> Result<Response, Failure> {
    let problems = match &working.draft {
        Some(draft) => working.document.check(&draft.toml).err().unwrap_or_default(),
        None => Vec::new(),
    };
    let mut differs = differences(&working.last, &working.text).unwrap_or_default();
    // The number and the date are set when it is published.
    differs.retain(|one| !(one.place.is_empty() && ["version", "effective_from"].contains(&&*one.field)));
    let calendar = match working.document {
        Document::Calendar if working.draft.is_some() => Calendar::parse(&working.text).ok(),
        _ => None,
    };
    let moves = match calendar {
        Some(calendar) => {
            Some(staff.app.read(move |query, app| dry_run::moves(query, app, &calendar)).await?)
        }
        None => None,
    };
    let page = staff.desk_page("config-publication-title", "nav-configuration").in_error(form.has_errors());
    let names = document::names(staff, &page, &working).await?;
    let shown = Shown { page, names, working, form, problems, differs, moves };
    reply::page(&shown, Some(&shown.form))
}

impl Shown {
    fn problem(&self, problem: &Refusal) -> String {
        self.page.error(&FieldError::from(problem))
    }

    fn due(&self, at: &kernel::time::Instant) -> String {
        self.page.day(&at.plus_micros(-1))
    }

    fn effective_hint(&self) -> &'static str {
        if self.working.document.kind_of_matter().is_some() {
            "config-from-hint-procedure"
        } else {
            "config-from-hint-other"
        }
    }

    fn is_calendar(&self) -> bool {
        self.working.document == Document::Calendar
    }

    fn may_be_published(&self) -> bool {
        self.working.draft.is_some() && self.working.may_publish && self.problems.is_empty()
    }
}
