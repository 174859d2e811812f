//! `/briefs`: sheets put before leaders, with the opinion proposed; and the links by which one
//! is read without a log-in.

use crate::feedback::document;
use crate::projection::{self, BriefRow};
use crate::rules::{Brief, BriefKind, Command, HOURS_MAX, Link, Written};
use crate::writing::{Draft, write};
use crate::{NAV, shell};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::MatterId;
use matters::{Viewer, raising};
use platform::paging::After;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{App, Failure};
use print::docx::{Block, Line, Sheet};
use serde::Deserialize;
use store::Query as Read;
use uuid::Uuid;

/// The list.
pub(crate) const PATH: &str = "/briefs";
/// Sheets of a page.
const ROWS: usize = 50;
/// Longest text, in characters: it is one page.
const TEXT_MAX: usize = 1200;
/// How long a link holds unless someone says otherwise, in hours.
const HOURS: u32 = 24;

#[derive(Template)]
#[template(path = "instructions/briefs.html")]
struct List {
    page: Page,
    rows: Vec<BriefRow>,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "instructions/write.html")]
struct Screen {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "instructions/brief.html")]
struct Shown {
    page: Page,
    id: Uuid,
    form: Form,
    sheets: Vec<Sheet>,
    links: Vec<Sent>,
    about: Option<MatterId>,
    instructed: Vec<MatterId>,
}

/// A link with its address.
pub(crate) struct Sent {
    pub link: Link,
    pub href: String,
    pub open: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    about: String,
    #[serde(default)]
    kind: String,
}

/// A sheet with its words opened.
pub(crate) struct Opened {
    pub brief: Brief,
    pub written: Written,
    pub title: String,
    pub text: String,
    pub opinion: String,
}

pub(crate) async fn list(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let after = look.after.clone();
    let (rows, next) =
        staff.app.read(move |snapshot, _| projection::latest(snapshot, after.as_deref(), ROWS)).await?;
    let [first_href, next_href] = look.hrefs(PATH, next.as_deref());
    reply::page(&List { page: staff.desk_page("briefs-title", NAV), rows, first_href, next_href }, None)
}

pub(crate) async fn fresh(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let kind = BriefKind::parse(&asked.kind).unwrap_or(BriefKind::Submission);
    let mut form = Form::new().with("kind", kind.code());
    if let Ok(id) = asked.about.parse::<MatterId>() {
        let person = staff.person.clone();
        let view = staff
            .app
            .read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Staff(&person)))
            .await?;
        form = form
            .with("about", id)
            .with("title", &view.title)
            .with("text", kernel::text::clip(&view.text, TEXT_MAX));
    }
    screen(&staff, form)
}

/// The form with words begun elsewhere, e.g. on a special report: too long for an address, and not
/// for one. Nothing is written yet.
pub(crate) async fn begun(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let begun = reply::form(fields);
    let form = ["kind", "about", "title"]
        .into_iter()
        .fold(Form::new(), |form, field| form.with(field, begun.value(field)));
    screen(&staff, form.with("text", kernel::text::clip(begun.value("text"), TEXT_MAX)))
}

pub(crate) async fn add(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    match compose(&staff, &form).await {
        Ok(id) => Ok(reply::done(&staff, &format!("{PATH}/{id}"), "flash-brief-written")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)),
        Err(Failure::Invalid(wrong)) => {
            screen(&staff, wrong.into_iter().fold(form, |form, error| form.refused(error)))
        }
        Err(failure) => Err(failure),
    }
}

/// Writes the sheet that the form says.
///
/// # Errors
/// What is wrong with the fields; those of [`write`].
pub(crate) async fn compose(staff: &Staff, form: &Form) -> Result<Uuid, Failure> {
    let wrong = wrong(form);
    let (Some(kind), true) = (BriefKind::parse(form.value("kind")), wrong.is_empty()) else {
        return Err(Failure::Invalid(wrong));
    };
    let about = raising::sent_matter(staff, "about", form.value("about")).await?;
    let [post, title, text, opinion] =
        ["post", "title", "text", "opinion"].map(|field| form.value(field).to_owned());
    let draft = Draft { kind, post, about, title, text, opinion };
    let (by, id) = (staff.by(), staff.app.fresh().uuid());
    staff.app.write(move |work| write(work, &by, id, &draft)).await?;
    Ok(id)
}

/// What must be said, and how long it may be.
fn wrong(form: &Form) -> Vec<FieldError> {
    let length = |field: &str| form.value(field).trim().chars().count();
    let mut wrong = Vec::new();
    if BriefKind::parse(form.value("kind")).is_none() {
        wrong.push(FieldError::new("kind", "instruction-empty"));
    }
    for field in ["title", "text"] {
        if length(field) == 0 {
            wrong.push(FieldError::new(field, "instruction-empty"));
        }
    }
    for (field, max) in [("title", matters::filing::TITLE_MAX), ("text", TEXT_MAX), ("opinion", TEXT_MAX)] {
        if length(field) > max {
            wrong.push(FieldError::new(field, "instruction-too-long").with("max", max));
        }
    }
    wrong
}

fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("briefs-new", NAV).in_error(form.has_errors());
    reply::page(&Screen { page, form: form.clone() }, Some(&form))
}

pub(crate) async fn show(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    shown(&staff, id, Form::new().with("hours", HOURS)).await
}

async fn shown(staff: &Staff, id: Uuid, form: Form) -> Result<Response, Failure> {
    let opened = load(&staff.app, id).await?;
    let page = staff.desk_page("briefs-one", NAV).titled_text(opened.written.number.clone());
    let shown = Shown {
        links: sent(&staff.app, id, &opened.brief),
        sheets: vec![sheet(&page, &opened)],
        about: opened.written.about,
        instructed: opened.brief.instructed.clone(),
        page: page.in_error(form.has_errors()),
        form: form.clone(),
        id,
    };
    reply::page(&shown, Some(&form))
}

/// Its links, the latest first, each with the address that whoever reads it is given.
pub(crate) fn sent(app: &App, id: Uuid, brief: &Brief) -> Vec<Sent> {
    let now = app.now();
    let address = |link: &Link| {
        let (site, signature) =
            (app.config.public_url.trim_end_matches('/'), shell::signature(app, id, link.link));
        format!("{site}/brief/{id}/{}/{signature}", link.link)
    };
    let links = brief.links.iter().rev();
    links.map(|link| Sent { href: address(link), open: link.is_open(now), link: link.clone() }).collect()
}

pub(crate) async fn word(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let opened = load(&staff.app, id).await?;
    let page = staff.desk_page("briefs-one", NAV);
    document(&page, sheet(&page, &opened), &opened.written.number)
}

pub(crate) async fn give_link(
    staff: Staff,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let hours = form.value("hours").trim().parse().unwrap_or(0);
    match act(&staff, id, Command::GiveLink { hours }).await {
        Ok(()) => Ok(reply::done(&staff, &format!("{PATH}/{id}"), "flash-brief-link")),
        Err(Failure::Refused(refusal)) => shown(&staff, id, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

pub(crate) async fn take_back_link(
    staff: Staff,
    Path((id, link)): Path<(Uuid, u32)>,
) -> Result<Response, Failure> {
    match act(&staff, id, Command::TakeBackLink { link }).await {
        // One that holds no more needs nothing.
        Ok(()) | Err(Failure::Refused(_)) => {
            Ok(reply::done(&staff, &format!("{PATH}/{id}"), "flash-brief-link-back"))
        }
        Err(failure) => Err(failure),
    }
}

pub(crate) async fn act(staff: &Staff, id: Uuid, command: Command) -> Result<(), Failure> {
    let (by, id) = (staff.by(), id.to_string());
    staff.app.write(move |work| shell::act(work, &by, &id, &command)).await
}

/// The sheet with its words; not found once the person it is about is erased.
pub(crate) async fn load(app: &App, id: Uuid) -> Result<Opened, Failure> {
    app.read(move |snapshot, app| open(snapshot, app, &id.to_string())).await
}

fn open(query: &mut dyn Read, app: &App, id: &str) -> Result<Opened, Failure> {
    let brief = platform::act::load::<shell::Briefs>(query, id)?.state;
    let written = brief.written.clone().ok_or(Failure::NotFound)?;
    let key = platform::act::subject_key(query, &app.vault, &written.subject)?.ok_or(Failure::NotFound)?;
    let plain = |sealed| Ok::<_, Failure>(app.vault.open(&key, sealed)?.into_inner());
    Ok(Opened {
        title: plain(&written.title)?,
        text: plain(&written.text)?,
        opinion: written.opinion.as_ref().map(plain).transpose()?.unwrap_or_default(),
        brief,
        written,
    })
}

/// The sheet as it is printed: what it is about, the opinion proposed, room for the leader's.
pub(crate) fn sheet(page: &Page, opened: &Opened) -> Sheet {
    let written = &opened.written;
    let line = |key: &str, value: String| Line::new(page.t(key), value);
    let mut blocks = vec![Block::Address(page.t1("briefs-to", "post", written.post.as_str()))];
    match written.kind {
        BriefKind::Submission => blocks.push(Block::Table(vec![
            line("briefs-subject", opened.title.clone()),
            line("briefs-text", opened.text.clone()),
            line("briefs-opinion", opened.opinion.clone()),
            line("briefs-leader", String::new()).with_room(8),
        ])),
        BriefKind::Digest => {
            blocks.extend([Block::Address(opened.title.clone()), Block::Text(opened.text.clone())])
        }
    }
    let day = opened.brief.at.map_or_else(String::new, |at| page.day(&at));
    blocks.push(Block::Signature(vec![page.office().to_owned(), day]));
    Sheet { title: page.t(written.kind.key()), number: written.number.clone(), blocks }
}

impl Screen {
    fn path(&self) -> &'static str {
        PATH
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &BriefKind| {
            Choice::new(kind.code(), self.page.t(kind.key()))
                .hint(self.page.t(&format!("{}-hint", kind.key())))
        };
        BriefKind::ALL.iter().map(choice).collect()
    }

    fn text_max(&self) -> usize {
        TEXT_MAX
    }
}

impl Shown {
    fn hours_max(&self) -> u32 {
        HOURS_MAX
    }
}
