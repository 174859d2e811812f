//! The text everyone edits: the draft, or the version published last under the next number.

use axum::response::Response;
use kernel::permission::{Permission, Standing, permit};
use kernel::time::Date;
use matters::configuration::{self, Change, Document, Draft, Version};
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::web::reply;
use platform::{App, Failure};

/// A document as it stands, with what this reader may do to it.
#[derive(Clone, Debug)]
pub(crate) struct Working {
    /// Which.
    pub document: Document,
    /// Version of its stream: what a form sends back.
    pub head: i64,
    /// All versions, the latest first.
    pub versions: Vec<Version>,
    /// Place of the version in force.
    pub in_force: i64,
    /// The text published last.
    pub last: String,
    /// The draft, if there is one.
    pub draft: Option<Draft>,
    /// The text to edit.
    pub text: String,
    /// The city's date.
    pub today: Date,
    /// Whether this reader may draft.
    pub may_draft: bool,
    /// Whether this reader may publish.
    pub may_publish: bool,
}

impl Working {
    /// The document of that code.
    pub async fn open(staff: &Staff, code: &str) -> Result<Self, Failure> {
        let document = Document::parse(code).ok_or(Failure::NotFound)?;
        let grants = staff.person.grants.clone();
        staff
            .app
            .read(move |query, app| {
                let versions = configuration::versions(query, document)?;
                let latest = versions.first().ok_or(Failure::NotFound)?;
                let last = configuration::toml(query, document, latest.position)?.unwrap_or_default();
                let draft = configuration::draft(query, document)?;
                let today = today(app);
                let text = match &draft {
                    Some(draft) => draft.toml.clone(),
                    None => document.headed(&last, &latest.version, today).unwrap_or_else(|| last.clone()),
                };
                let office = configuration::office(query)?;
                let standing = Standing { office, ..Standing::default() };
                let may = |permission| permit(&grants, permission, &standing).is_some();
                let in_force = match document {
                    Document::Calendar => latest.position,
                    _ => configuration::in_force(query, app, document)?.map_or(0, |found| found.position),
                };
                Ok(Self {
                    document,
                    head: configuration::load(query, document)?.version,
                    in_force,
                    last,
                    draft,
                    text,
                    today,
                    may_draft: may(Permission::ConfigurationDraft),
                    may_publish: may(Permission::ConfigurationPublish),
                    versions,
                })
            })
            .await
    }

    /// Where the document's own page is.
    pub fn href(&self) -> String {
        format!("/admin/configuration/{}", self.document.code())
    }

    /// Keeps a text as the draft and leads on; a form is shown again where someone else was
    /// quicker.
    pub async fn keep(
        &self,
        staff: &Staff,
        form: Form,
        text: String,
        to: &str,
    ) -> Result<Result<Response, Form>, Failure> {
        let note = self.draft.as_ref().map(|draft| draft.note.clone()).unwrap_or_default();
        let change = Change::Draft { toml: text, note };
        match self.change(staff, &form, change).await {
            Ok(()) => Ok(Ok(reply::done(staff, to, "flash-config-drafted"))),
            Err(Failure::Stale) => {
                Ok(Err(form.refused(FieldError { field: None, ..FieldError::new("", "config-overtaken") })))
            }
            Err(failure) => Err(failure),
        }
    }

    /// Carries out a change against the version that the form was made from.
    pub async fn change(&self, staff: &Staff, form: &Form, change: Change) -> Result<(), Failure> {
        let (by, document) = (staff.by(), self.document);
        let expected = form.value("head").parse().map_err(|_| Failure::Stale)?;
        staff
            .app
            .write(move |work| {
                configuration::act(work, &by, document, Some(expected), change.clone()).map(drop)
            })
            .await
    }
}

/// The city's date.
pub(crate) fn today(app: &App) -> Date {
    app.config.zone.date_of(app.now())
}
