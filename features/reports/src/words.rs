//! Word templates: a start to take away, uploading, looking at what one would say, and which
//! one is in use.

use crate::files::plain;
use crate::lists::List;
use crate::rules::period::Kind;
use crate::rules::report::Report;
use crate::rules::word::Command;
use crate::template::{href, screen};
use crate::values::{label, of_period, written_page};
use crate::{NAV, read, shell, word};
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::permission::Permission;
use matters::attachments::{self, Upload};
use platform::ui::{FieldError, Form, Page};
use platform::web::reply::{self, Fields};
use platform::web::{Staff, download, sent};
use platform::{App, Failure};
use print::docx::template::{self as docx, Outlined};
use print::docx::{Block, document};

/// Fields of the table that a start shows the use of.
const SHOWN: [&str; 5] = ["name", "carried", "given", "assignments_open", "rate_on_time"];

#[derive(Template)]
#[template(path = "reports/word.html")]
struct Shown {
    page: Page,
    kind: Kind,
    number: u32,
    in_use: bool,
    /// Of which days its figures are.
    period: String,
    outline: Vec<Outlined>,
}

impl Shown {
    fn back(&self) -> String {
        href(self.kind)
    }
}

/// `GET …/start.docx`: the template in use as a Word file; where that is a text, laid out
/// plainly, with a table whose row is repeated.
pub(crate) async fn start(staff: Staff, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let page = written_page(&staff.app);
    let grants = staff.person.grants.clone();
    let (text, kept) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let kept = match word::load(q, kind)?.in_use() {
                Some(version) => Some(attachments::read_attachment(q, app, version.word.file)?.1),
                None => None,
            };
            Ok((read::template(q, kind)?.text, kept))
        })
        .await?;
    let bytes = match kept {
        Some(kept) => kept,
        None => start_of(&staff.app, &text)?,
    };
    download(&format!("{}.docx", page.t1("report-word-start-name", "kind", page.t(kind.key()))), bytes)
}

/// A text template laid out plainly, its names untouched, with a table whose row is repeated
/// for units.
///
/// # Errors
/// [`Failure::Internal`] where it cannot be packed.
pub fn start_of(app: &App, text: &str) -> Result<Vec<u8>, Failure> {
    let page = written_page(app);
    let mut sheet = plain(text);
    sheet.number = "{period}".to_owned();
    let units = List::Units.name();
    let heads = SHOWN.map(|field| label(&page, field)).to_vec();
    let row = SHOWN.map(|field| format!("{{{units}.{field}}}")).to_vec();
    sheet.blocks.push(Block::Grid(vec![heads, row]));
    let signed = ["{office}", "{issuer}", "{issued}"].map(str::to_owned).to_vec();
    sheet.blocks.push(Block::Signature(signed));
    document(&[sheet], None).map_err(|error| Failure::Internal(error.to_string()))
}

/// `POST …/word`: keeps a sound file as the next version.
pub(crate) async fn upload(
    staff: Staff,
    Path(kind): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let most = staff.app.config.attachment_max;
    let (form, files) = sent(&staff, request, most, most.saturating_mul(2)).await?;
    let Some(file) = files.into_iter().next_back() else {
        let form = form.refused(FieldError::new("file", "report-word-missing"));
        return screen(&staff, kind, Some(form)).await;
    };
    match word::keep(&staff.app, &staff.by(), kind, Upload { name: file.name, bytes: file.bytes }).await {
        Ok(number) => {
            Ok(reply::done(&staff, &format!("{}/word/{number}", href(kind)), "flash-report-word-kept"))
        }
        Err(Failure::Invalid(errors)) => {
            let form = errors.into_iter().fold(form, Form::refused);
            screen(&staff, kind, Some(form)).await
        }
        Err(failure) => Err(failure),
    }
}

/// `POST …/word/choice`: reports are made with that version from now on; with an empty one,
/// in the plain layout.
pub(crate) async fn choose(
    staff: Staff,
    Path(kind): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let form = reply::form(fields);
    let version = match form.text("version") {
        Some(typed) => Some(typed.parse().map_err(|_| Failure::NotFound)?),
        None => None,
    };
    let by = staff.by();
    let done =
        staff.app.write(move |work| shell::change_word(work, &by, kind, &Command::Choose(version))).await;
    match done {
        Ok(()) => Ok(reply::done(&staff, &href(kind), "flash-report-template")),
        Err(Failure::Refused(refusal)) => screen(&staff, kind, Some(Form::new().refused(&refusal))).await,
        Err(failure) => Err(failure),
    }
}

/// `GET …/word/{version}`: what it would say of the last period that is over.
pub(crate) async fn preview(
    staff: Staff,
    Path((kind, number)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let looked = look(&staff, kind, number).await?;
    let page = staff.desk_page("report-word-preview", NAV);
    let period = crate::list::period(&page, looked.days.0, looked.days.1);
    let (in_use, outline) = (looked.in_use, looked.template.outline(&looked.values));
    reply::page(&Shown { page, kind, number, in_use, period, outline }, None)
}

/// `GET …/word/{version}/preview.docx`
pub(crate) async fn filled(
    staff: Staff,
    Path((kind, number)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let looked = look(&staff, kind, number).await?;
    let page = written_page(&staff.app);
    let mark = page.site.demo.then(|| page.t("shell-demo"));
    let bytes = looked.template.fill(&looked.values, mark.as_deref());
    let bytes = bytes.map_err(|error| Failure::Internal(error.to_string()))?;
    download(&format!("{} {number}.docx", page.t("report-word-preview")), bytes)
}

/// `GET …/word/{version}/template.docx`: as it was kept.
pub(crate) async fn file(
    staff: Staff,
    Path((kind, number)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let grants = staff.person.grants.clone();
    let (attachment, bytes) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let version = word::load(q, kind)?.version(number).copied().ok_or(Failure::NotFound)?;
            attachments::read_attachment(q, app, version.word.file)
        })
        .await?;
    download(&attachment.name, bytes)
}

/// A version with what it would be filled with.
struct Looked {
    template: docx::Template,
    values: docx::Values,
    days: (kernel::time::Date, kernel::time::Date),
    in_use: bool,
}

async fn look(staff: &Staff, kind: Kind, number: u32) -> Result<Looked, Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let words = word::load(q, kind)?;
            let version = words.version(number).ok_or(Failure::NotFound)?;
            let days = kind.last_before(app.config.zone.date_of(app.now()));
            let template = word::open(q, app, version.word.file)?;
            let values = of_period(q, app, days.0, days.1)?;
            let text = read::template(q, kind)?.text;
            let lists = word::items(q, app, &template, days)?;
            let report =
                Report { text: word::with_values(&text, &values), values, lists, ..Report::default() };
            let values = word::filling(&written_page(app), &report, "");
            Ok(Looked { template, values, days, in_use: words.chosen == Some(number) })
        })
        .await
}
