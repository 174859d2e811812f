//! The special report 专报 of an issue: its figures are counted from the members when a version is
//! written, its words are typed; signed off by somebody else; an editable Word document.

use super::change::TEXT_MAX;
use super::read::{Opening, load, members, plain};
use super::shell::{self, Issues};
use super::{PATH, href};
use crate::NAV;
use crate::rules::issue::{Command, Report, Version};
use crate::rules::report::{Figures, figures};
use crate::words::Names;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Permission;
use matters::TextSealer;
use platform::ui::{FieldError, Form, Page};
use platform::web::reply::{self, Fields};
use platform::web::{Staff, download};
use platform::{By, Failure, Work};
use print::docx::{self, Block, Line, Sheet};

/// A report as typed.
#[derive(Clone, Debug)]
pub struct Written {
    /// What is behind it.
    pub findings: String,
    /// What is proposed.
    pub measure: String,
}

#[derive(Template)]
#[template(path = "commonissues/write.html")]
struct Screen {
    page: Page,
    form: Form,
    id: String,
    number: String,
}

#[derive(Template)]
#[template(path = "commonissues/report.html")]
struct Paper {
    page: Page,
    id: String,
    version: u32,
    sheets: Vec<Sheet>,
    signed: Option<String>,
    may_sign: bool,
    is_latest: bool,
    /// What a digest for a leader begins with, once it is signed off: title and text.
    digest: Option<(String, String)>,
    /// Whether the reader writes digests.
    may_brief: bool,
}

/// A version with its words opened.
struct Opened {
    opening: Opening,
    version: Version,
    findings: String,
    measure: String,
    names: Names,
}

/// Writes the next version: the members are counted as they are now.
///
/// # Errors
/// Those of the rules; [`Failure::NotPermitted`].
pub fn write(work: &mut Work<'_>, by: &By, id: &str, written: &Written) -> Result<(), Failure> {
    let issue = work.load::<Issues>(id)?.state;
    let opened = issue.opened.ok_or(Failure::NotFound)?;
    let (app, now) = (work.app(), work.now());
    let figures = figures(&members(work.tx, app, &issue.members)?, now);
    let sealer = TextSealer::with(work.subject_key(&opened.subject)?);
    let findings = sealer.text(work, &written.findings);
    let measure = sealer.text(work, &written.measure);
    let report = Report { figures, findings, measure };
    shell::act(work, by, id, &Command::Write(Box::new(report)))
}

/// The form, filled with the last version's words.
pub(super) async fn form(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let (grants, asked) = (staff.person.grants.clone(), id.clone());
    let words = staff
        .app
        .read(move |snapshot, app| {
            let opening = load(snapshot, app, &grants, &asked)?;
            let report = opening.issue.latest().map(|latest| latest.report.clone());
            Ok(match report {
                Some(report) => (
                    plain(snapshot, app, &opening.opened, Some(&report.findings))?,
                    plain(snapshot, app, &opening.opened, Some(&report.measure))?,
                ),
                None => (opening.grounds, String::new()),
            })
        })
        .await?;
    screen(&staff, &id, Form::new().with("findings", words.0).with("measure", words.1)).await
}

pub(super) async fn save(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    for field in ["findings", "measure"] {
        match form.value(field).trim().chars().count() {
            0 => form.refuse(FieldError::new(field, "issue-empty")),
            n if n > TEXT_MAX => form.refuse(FieldError::new(field, "issue-too-long").with("max", TEXT_MAX)),
            _ => {}
        }
    }
    if form.has_errors() {
        return screen(&staff, &id, form).await;
    }
    let written =
        Written { findings: form.value("findings").to_owned(), measure: form.value("measure").to_owned() };
    let (by, issue) = (staff.by(), id.clone());
    let done = staff
        .app
        .write(move |work| {
            write(work, &by, &issue, &written)?;
            let version = work.load::<Issues>(&issue)?.state.latest().map_or(1, |latest| latest.version);
            Ok(version)
        })
        .await;
    match done {
        Ok(version) => {
            Ok(reply::done(&staff, &format!("{}/reports/{version}", href(&id)), "flash-issue-written"))
        }
        Err(Failure::Refused(refusal)) => screen(&staff, &id, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

async fn screen(staff: &Staff, id: &str, form: Form) -> Result<Response, Failure> {
    let (grants, asked) = (staff.person.grants.clone(), id.to_owned());
    let number =
        staff.app.read(move |snapshot, app| Ok(load(snapshot, app, &grants, &asked)?.opened.number)).await?;
    let page = staff.desk_page("issues-report-write", NAV).in_error(form.has_errors());
    reply::page(&Screen { page, form: form.clone(), id: id.to_owned(), number }, Some(&form))
}

pub(super) async fn page(
    staff: Staff,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let opened = open(&staff, &id, version).await?;
    let page = staff.desk_page("issues-report", NAV);
    let latest = opened.opening.issue.latest().map_or(0, |latest| latest.version);
    let own = opened.version.by.into_iter().any(|account| account == staff.person.account);
    let is_over = opened.opening.issue.closed_at.is_some();
    let signed = opened.version.signed_at;
    let paper = Paper {
        sheets: vec![sheet(&page, &opened)],
        may_sign: opened.opening.may[1] && !own && signed.is_none() && latest == version && !is_over,
        is_latest: latest == version,
        may_brief: staff.person.may_ever(Permission::InstructionRecord),
        digest: signed.map(|_| (opened.opening.opened.title.clone(), digest(&page, &opened))),
        signed: signed.map(|at| page.datetime(&at)),
        page,
        id,
        version,
    };
    reply::page(&paper, None)
}

pub(super) async fn word(
    staff: Staff,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let opened = open(&staff, &id, version).await?;
    let page = staff.desk_page("issues-report", NAV);
    let sheet = sheet(&page, &opened);
    let (name, mark) = (format!("{}.docx", sheet.number), page.site.demo.then(|| page.t("shell-demo")));
    let bytes =
        docx::document(&[sheet], mark.as_deref()).map_err(|error| Failure::Internal(error.to_string()))?;
    download(&name, bytes)
}

pub(super) async fn sign(
    staff: Staff,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Response, Failure> {
    let (by, issue) = (staff.by(), id.clone());
    staff.app.write(move |work| shell::act(work, &by, &issue, &Command::Sign { version })).await?;
    Ok(reply::done(&staff, &format!("{}/reports/{version}", href(&id)), "flash-issue-signed"))
}

async fn open(staff: &Staff, id: &str, version: u32) -> Result<Opened, Failure> {
    let (grants, asked) = (staff.person.grants.clone(), id.to_owned());
    staff
        .app
        .read(move |snapshot, app| {
            let opening = load(snapshot, app, &grants, &asked)?;
            let known = opening.issue.versions.iter().find(|known| known.version == version);
            let version = known.cloned().ok_or(Failure::NotFound)?;
            let mut names = Names::read(snapshot, app)?;
            names.with_unit(snapshot, &opening.opened.unit)?;
            for (place, _) in &version.report.figures.places {
                if let Some(place) = place {
                    names.with_place(snapshot, place)?;
                }
            }
            for (unit, _) in &version.report.figures.units {
                if let Some(unit) = unit {
                    names.with_unit(snapshot, unit)?;
                }
            }
            Ok(Opened {
                findings: plain(snapshot, app, &opening.opened, Some(&version.report.findings))?,
                measure: plain(snapshot, app, &opening.opened, Some(&version.report.measure))?,
                opening,
                version,
                names,
            })
        })
        .await
}

/// The report as it is printed.
fn sheet(page: &Page, opened: &Opened) -> Sheet {
    let line = |key: &str, value: String| Line::new(page.t(key), value);
    let (about, names, of) = (&opened.opening.opened, &opened.names, &opened.version.report.figures);
    let by = |parts: Vec<(String, u64)>| {
        parts.into_iter().map(|(name, n)| format!("{name} {}", page.number(n))).collect::<Vec<_>>().join("\n")
    };
    let places = of.places.iter().map(|(place, n)| (names.place(page, place.as_deref()), *n)).collect();
    let categories = of.categories.iter().map(|(code, n)| (names.category(page, code.as_deref()), *n));
    let units = of.units.iter().map(|(unit, n)| (names.unit(page, unit.as_ref()), *n)).collect();
    let weeks = of.weeks.iter().map(|(day, n)| (page.t1("issues-week-of", "day", page.date(day)), *n));
    let at = page.day(&opened.version.at);
    Sheet {
        title: page.t("issues-report"),
        number: page.ta(
            "issues-report-number",
            [("number", about.number.as_str().into()), ("version", opened.version.version.into())],
        ),
        blocks: vec![
            Block::Address(about.title.clone()),
            Block::Text(summary(page, of)),
            Block::Table(vec![
                line("issues-unit", names.unit(page, Some(&about.unit))),
                line("issues-by-area", by(places)),
                line("issues-by-category", by(categories.collect())),
                line("issues-by-unit", by(units)),
                line("issues-by-week", by(weeks.collect())),
                line("issues-findings", opened.findings.clone()),
                line("issues-measure", opened.measure.clone()),
            ]),
            Block::Note(page.t("issues-report-counted")),
            Block::Signature(vec![page.office().to_owned(), at]),
        ],
    }
}

/// The figures in one sentence.
fn summary(page: &Page, of: &Figures) -> String {
    let day = |day: Option<kernel::time::Date>| day.map_or_else(String::new, |day| page.date(&day));
    let as_of = of.as_of.map_or_else(String::new, |at| page.datetime(&at));
    page.ta(
        "issues-summary",
        [
            ("from", day(of.days.map(|(from, _)| from)).into()),
            ("to", day(of.days.map(|(_, to)| to)).into()),
            ("n", of.matters.into()),
            ("over", of.over.into()),
            ("open", (of.matters - of.over).into()),
            ("late", of.late.into()),
            ("at", as_of.into()),
        ],
    )
}

/// What a leader should know of it, on one page.
fn digest(page: &Page, opened: &Opened) -> String {
    let parts = [
        summary(page, &opened.version.report.figures),
        format!("{}：{}", page.t("issues-findings"), opened.findings),
        format!("{}：{}", page.t("issues-measure"), opened.measure),
    ];
    parts.join("\n")
}

impl Screen {
    fn back(&self) -> String {
        href(&self.id)
    }

    fn action(&self) -> String {
        format!("{}/reports", href(&self.id))
    }

    fn text_max(&self) -> usize {
        TEXT_MAX
    }
}

impl Paper {
    fn back(&self) -> String {
        href(&self.id)
    }

    fn word(&self) -> String {
        format!("{PATH}/{}/reports/{}/paper.docx", self.id, self.version)
    }

    fn sign_href(&self) -> String {
        format!("{PATH}/{}/reports/{}/signature", self.id, self.version)
    }
}
