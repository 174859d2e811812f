//! A report: its words and its figures, edited until it is issued.

use crate::list::period;
use crate::rules::report::{Command, Report, ReportRules};
use crate::rules::template::{Part, parts};
use crate::word::{self, filling};
use crate::{NAV, PATH, shell, values};
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::AccountId;
use kernel::permission::Permission;
use matters::attachments::Upload;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::reply::{self, Fields};
use platform::web::{Staff, sent};
use print::docx::template::Outlined;
use uuid::Uuid;

/// A report as it is shown and taken away.
pub(crate) struct Loaded {
    pub report: Report,
    /// Version of the stream.
    pub version: i64,
    /// The post's title of who issued it.
    pub issuer: String,
    /// The post's title of who sent back a document changed by hand.
    pub hand: String,
    /// The Word template it is printed with.
    pub word: Option<print::docx::template::Template>,
}

#[derive(Template)]
#[template(path = "reports/show.html")]
struct Shown {
    page: Page,
    form: Form,
    id: Uuid,
    version: i64,
    parts: Vec<Part>,
    /// What the Word template makes of it.
    outline: Option<Vec<Outlined>>,
    /// Version of that template.
    word: u32,
    period: String,
    made: String,
    issued: String,
    issuer: String,
    may_edit: bool,
    /// Whether the words on the page stand in the Word document.
    has_body: bool,
    /// Who sent back a document changed by hand, and when.
    by_hand: Option<(String, String)>,
}

/// `GET /desk/reports/{id}`
pub(crate) async fn show(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    screen(&staff, id, None).await
}

/// `POST /desk/reports/{id}/text`
pub(crate) async fn edit(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let text = form.value("text").replace("\r\n", "\n");
    step(staff, id, form, Command::Edit { text }, "flash-report-edited").await
}

/// `POST /desk/reports/{id}/issue`
pub(crate) async fn issue(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    step(staff, id, reply::form(fields), Command::Issue, "flash-report-issued").await
}

/// `POST /desk/reports/{id}/document`: the Word document as somebody changed it.
pub(crate) async fn by_hand(
    staff: Staff,
    Path(id): Path<Uuid>,
    request: Request,
) -> Result<Response, Failure> {
    let most = staff.app.config.attachment_max;
    let (form, files) = sent(&staff, request, most, most.saturating_mul(2)).await?;
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    let Some(file) = files.into_iter().next_back() else {
        let missing = FieldError::new("file", "report-word-missing");
        return screen(&staff, id, Some(form.refused(missing))).await;
    };
    let upload = Upload { name: file.name, bytes: file.bytes };
    let done = word::keep_by_hand(&staff.app, &staff.by(), id, Some(expected), upload).await;
    after(staff, id, form, done, "flash-report-by-hand").await
}

/// `POST /desk/reports/{id}/document/withdrawal`: the computed document is what counts again.
pub(crate) async fn leave_by_hand(
    staff: Staff,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, Failure> {
    step(staff, id, reply::form(fields), Command::Computed, "flash-report-computed").await
}

async fn step(staff: Staff, id: Uuid, form: Form, command: Command, told: &str) -> Result<Response, Failure> {
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    let by = staff.by();
    let done = staff.app.write(move |work| shell::act(work, &by, id, Some(expected), &command)).await;
    after(staff, id, form, done, told).await
}

async fn after(
    staff: Staff,
    id: Uuid,
    form: Form,
    done: Result<(), Failure>,
    told: &str,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(reply::done(&staff, &format!("{PATH}/{id}"), told)),
        Err(Failure::Refused(refusal)) => screen(&staff, id, Some(form.refused(&refusal))).await,
        Err(Failure::Invalid(errors)) => {
            screen(&staff, id, Some(errors.into_iter().fold(form, Form::refused))).await
        }
        Err(Failure::Stale) => {
            let told = FieldError { field: None, ..FieldError::new("", "report-overtaken") };
            screen(&staff, id, Some(form.refused(told))).await
        }
        Err(failure) => Err(failure),
    }
}

/// The report, for whoever reads those of the office.
///
/// # Errors
/// [`Failure::NotFound`] where there is none.
pub(crate) async fn load(staff: &Staff, id: Uuid) -> Result<Loaded, Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportRead)? {
                return Err(Failure::NotPermitted);
            }
            let loaded = platform::act::load::<ReportRules>(q, &id.to_string())?;
            if loaded.state.period.is_none() {
                return Err(Failure::NotFound);
            }
            let mut post = |by: Option<AccountId>| match by {
                Some(by) => {
                    identity::read::account(q, by).map(|row| row.map(|row| row.name).unwrap_or_default())
                }
                None => Ok(String::new()),
            };
            let issuer = post(loaded.state.issued.and_then(|(_, by)| by))?;
            let hand = post(loaded.state.by_hand.and_then(|by_hand| by_hand.by))?;
            let word = match loaded.state.word {
                Some((_, word)) => Some(word::open(q, app, word.file)?),
                None => None,
            };
            Ok(Loaded { report: loaded.state, version: loaded.version, issuer, hand, word })
        })
        .await
}

async fn screen(staff: &Staff, id: Uuid, typed: Option<Form>) -> Result<Response, Failure> {
    let Loaded { report, version, issuer, hand, word } = load(staff, id).await?;
    let (kind, from, until) = report.period.ok_or(Failure::NotFound)?;
    // A file that was refused leaves the words as they are.
    let form = typed.unwrap_or_default();
    let form = if form.all("text").is_empty() { form.with("text", &report.text) } else { form };
    let page = staff.desk_page("report-title", NAV).in_error(form.has_errors());
    let days = period(&page, from, until);
    let title = page.t2("report-of", "kind", page.t(kind.key()), "period", days.as_str());
    let page = page.titled_text(title);
    // What a Word template prints is written in the office's language.
    let written = values::written_page(&staff.app);
    let outline = word.map(|word| word.outline(&filling(&written, &report, &issuer)));
    let has_body = report.word.is_none_or(|(_, word)| word.body);
    let shown = Shown {
        parts: parts(&report.text),
        outline,
        word: report.word.map_or(0, |(version, _)| version),
        has_body,
        by_hand: report.by_hand.map(|by_hand| (hand, page.datetime(&by_hand.at))),
        period: days,
        made: report.made_at.map(|at| page.datetime(&at)).unwrap_or_default(),
        issued: report.issued.map(|(at, _)| page.datetime(&at)).unwrap_or_default(),
        may_edit: report.issued.is_none() && staff.person.may_ever(Permission::ReportIssue),
        page,
        form,
        id,
        version,
        issuer,
    };
    reply::page(&shown, Some(&shown.form))
}
