//! 交接班: what is open is counted and listed while it is written; the next head of a shift
//! reads it and signs.

use crate::rules::handover::{Command, Handover, HandoverRules, Open};
use crate::{NAV, PATH, shell};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::{Grant, Permission, may_ever, permit};
use kernel::{MatterId, UnitId};
use matters::{Filter, Row, Tab, words};
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;
use uuid::Uuid;

/// The parts of the desk that are handed over.
const TABS: [Tab; 11] = [
    Tab::Review,
    Tab::Declines,
    Tab::Dispatch,
    Tab::Objections,
    Tab::Left,
    Tab::Requests,
    Tab::Terminations,
    Tab::Exclusions,
    Tab::CallBack,
    Tab::RedoPending,
    Tab::InProgress,
];
/// Matters listed of each.
const LISTED: usize = 8;
/// The longest text, in characters.
const LONGEST: usize = 2_000;

#[derive(Template)]
#[template(path = "duty/handover_new.html")]
struct Fresh {
    page: Page,
    form: Form,
    open: Vec<Part>,
    calls: u64,
}

/// A part of the desk and what was open there.
struct Part {
    name: String,
    count: u64,
    matters: Vec<Pressing>,
}

/// One of the most pressing matters.
struct Pressing {
    id: MatterId,
    number: String,
    /// How it stands now, where the reader may see it.
    lights: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "duty/handover.html")]
struct Shown {
    page: Page,
    form: Form,
    id: Uuid,
    shift: String,
    words: String,
    promised: String,
    note: String,
    by: String,
    at: kernel::time::Instant,
    open: Vec<Part>,
    calls: u64,
    signed: Option<(String, kernel::time::Instant)>,
    may_sign: bool,
}

/// `GET /desk/duty/handovers/new`
pub(crate) async fn fresh(staff: Staff) -> Result<Response, Failure> {
    let form = Form::new();
    blank(&staff, form).await
}

/// `POST /desk/duty/handovers/new`
pub(crate) async fn write(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let [shift, words, promised] = ["shift", "words", "promised"].map(|field| form.value(field).to_owned());
    match hand_over(&staff, Said { shift, words, promised }).await {
        Ok(id) => Ok(reply::done(&staff, &href(id), "flash-duty-handed-over")),
        Err(Failure::Invalid(wrong)) => blank(&staff, wrong.into_iter().fold(form, Form::refused)).await,
        Err(failure) => Err(failure),
    }
}

/// What whoever leaves says.
#[derive(Clone)]
pub(crate) struct Said {
    pub shift: String,
    pub words: String,
    pub promised: String,
}

/// Hands the shift over with what is open now; answers the hand-over's id.
///
/// # Errors
/// [`Failure::Invalid`] with all that is wrong; [`Failure::NotPermitted`].
pub(crate) async fn hand_over(staff: &Staff, said: Said) -> Result<Uuid, Failure> {
    let fields =
        [("shift", &said.shift, 40), ("words", &said.words, LONGEST), ("promised", &said.promised, LONGEST)];
    let mut wrong = Vec::new();
    for (field, text, most) in fields {
        if field != "promised" && text.trim().is_empty() {
            wrong.push(FieldError::new(field, "entry-missing"));
        }
        wrong.extend(too_long(field, text, most));
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let office = office(staff).ok_or(Failure::NotPermitted)?;
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    let id = staff.app.fresh().uuid();
    staff
        .app
        .write(move |work| {
            let app = work.app();
            let (open, calls) = open_now(work.tx, app, &grants, &office)?;
            let words = shell::seal(work, id, &kernel::text::plain(&said.words));
            let promised = shell::seal(work, id, &kernel::text::plain(&said.promised));
            let shift = kernel::text::plain_line(&said.shift);
            let command = Command::Write { office: office.clone(), shift, words, promised, open, calls };
            shell::hand_over(work, &by, id, &command)
        })
        .await?;
    Ok(id)
}

fn too_long(field: &str, text: &str, most: usize) -> Option<FieldError> {
    (text.chars().count() > most).then(|| FieldError::new(field, "entry-too-long").with("max", most))
}

/// `GET /desk/duty/handovers/{id}`
pub(crate) async fn show(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    screen(&staff, id, Form::new()).await
}

/// `POST /desk/duty/handovers/{id}/signature`
pub(crate) async fn sign(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    match take_over(&staff, id, form.value("note")).await {
        Ok(()) => Ok(reply::done(&staff, &href(id), "flash-duty-taken-over")),
        Err(Failure::Invalid(wrong)) => screen(&staff, id, wrong.into_iter().fold(form, Form::refused)).await,
        Err(Failure::Refused(refusal)) => screen(&staff, id, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

/// Signs for what was handed over.
///
/// # Errors
/// [`Failure::Invalid`] for too long a note; the rules' refusals.
pub(crate) async fn take_over(staff: &Staff, id: Uuid, note: &str) -> Result<(), Failure> {
    if let Some(wrong) = too_long("note", note, LONGEST) {
        return Err(Failure::Invalid(vec![wrong]));
    }
    let (by, note) = (staff.by(), kernel::text::plain(note));
    staff
        .app
        .write(move |work| {
            let note = shell::seal(work, id, &note);
            shell::hand_over(work, &by, id, &Command::Sign { note })
        })
        .await
}

fn href(id: Uuid) -> String {
    format!("{PATH}/handovers/{id}")
}

/// The office this person hands over for.
fn office(staff: &Staff) -> Option<UnitId> {
    let own = staff.person.grants.iter().find(|grant| may_ever(grant.role, Permission::ShiftHandOver));
    own.map(|grant| grant.unit.clone())
}

/// What is open now, as far as the writer sees it.
fn open_now(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    office: &UnitId,
) -> Result<(Vec<Open>, u64), Failure> {
    let mut open = Vec::new();
    for tab in TABS {
        let filter = Filter { tab, ..Filter::default() };
        let count = matters::read::count(q, app, grants, &filter)?;
        if count == 0 {
            continue;
        }
        let rows = matters::list(q, app, grants, &filter, None, LISTED)?.rows;
        let matters = rows.into_iter().map(|row| (row.id, row.number)).collect();
        open.push(Open { tab: tab.code().to_owned(), count, matters });
    }
    let sql = "select count(*) from reception where office = $1 and ended_at is null";
    let calls = q.query_one(sql, &store::params![office.as_str()])?.int(0)?;
    Ok((open, u64::try_from(calls).unwrap_or(0)))
}

async fn blank(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let office = office(staff).ok_or(Failure::NotPermitted)?;
    let grants = staff.person.grants.clone();
    let ((open, calls), rows) = staff
        .app
        .read(move |q, app| {
            let now = open_now(q, app, &grants, &office)?;
            let rows = standing_now(q, app, &grants, &now.0)?;
            Ok::<_, Failure>((now, rows))
        })
        .await?;
    let page = staff.desk_page("duty-handover-new", NAV).in_error(form.has_errors());
    let open = parts(&page, open, &rows);
    let fresh = Fresh { page, form, open, calls };
    reply::page(&fresh, Some(&fresh.form))
}

async fn screen(staff: &Staff, id: Uuid, form: Form) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let (state, may, by, signer, rows) = staff
        .app
        .read(move |q, app| {
            let state: Handover = platform::act::load::<HandoverRules>(q, &id.to_string())?.state;
            let written = state.written.as_ref().ok_or(Failure::NotFound)?;
            let office = network::unit(q, &written.office)?.ok_or(Failure::NotFound)?;
            let standing = shell::of_office(&office.path);
            permit(&grants, Permission::ShiftHandOver, &standing).ok_or(Failure::NotFound)?;
            let mut name = |account: Option<kernel::AccountId>| -> Result<String, Failure> {
                let Some(account) = account else { return Ok(String::new()) };
                Ok(identity::read::account(q, account)?.map(|row| row.name).unwrap_or_default())
            };
            let by = name(written.by)?;
            let written_open = written.open.clone();
            let signer = name(state.signed.and_then(|(account, _)| account))?;
            let may = state.signed.is_none();
            let rows = standing_now(q, app, &grants, &written_open)?;
            Ok((state, may, by, signer, rows))
        })
        .await?;
    let written = state.written.ok_or(Failure::NotFound)?;
    let app = &staff.app;
    let page = staff.desk_page("duty-handover", NAV).in_error(form.has_errors());
    let shown = Shown {
        words: shell::open(app, id, &written.words)?,
        promised: shell::open(app, id, &written.promised)?,
        note: shell::open(app, id, &state.note)?,
        open: parts(&page, written.open, &rows),
        may_sign: may && written.by != Some(staff.person.account),
        signed: state.signed.map(|(_, at)| (signer, at)),
        calls: written.calls,
        shift: written.shift,
        at: written.at,
        by,
        page,
        form,
        id,
    };
    reply::page(&shown, Some(&shown.form))
}

/// Those of these matters that the reader may see, as they stand now.
fn standing_now(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    open: &[Open],
) -> Result<BTreeMap<MatterId, Row>, Failure> {
    let ids: Vec<MatterId> = open.iter().flat_map(|part| &part.matters).map(|(id, _)| *id).collect();
    let rows = matters::read::rows(q, app, grants, &ids)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn parts(page: &Page, open: Vec<Open>, rows: &BTreeMap<MatterId, Row>) -> Vec<Part> {
    let pressing = |(id, number): (MatterId, String)| Pressing {
        lights: rows.get(&id).map(|row| words::lights(page, row)).unwrap_or_default(),
        id,
        number,
    };
    let part = |open: Open| Part {
        name: page.t(&format!("tab-{}", open.tab)),
        count: open.count,
        matters: open.matters.into_iter().map(pressing).collect(),
    };
    open.into_iter().map(part).collect()
}
