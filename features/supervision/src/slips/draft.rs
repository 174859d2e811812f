//! Drafting a slip: for all ticked assignments at once, with the same words, one slip each; and
//! revising a draft.

use super::read::one;
use super::show::Shown;
use super::step::matter_of;
use super::{PATH as LIST, act};
use crate::SLIPS;
use crate::board::{Ticked, ticked};
use crate::rules::slip::{Command, Content, Subject};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::permission::Permission;
use kernel::time::Span;
use kernel::{MatterId, NodeId, Refusal, SlipId};
use matters::words::Words;
use matters::{Row, TextSealer};
use matters_rules::Colour;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{By, Failure, Work};

/// Where slips are drafted.
pub(crate) const PATH: &str = "/desk/slips/drafts";
/// The longest demand, in characters.
const LONGEST: usize = 1_000;
/// Working days to reply, if nothing else is said.
const DAYS: u32 = 3;

#[derive(Template)]
#[template(path = "supervision/draft.html")]
struct Draft {
    page: Page,
    words: Words,
    form: Form,
    colours: Vec<Choice>,
    /// What new slips are about; empty where a draft is revised.
    rows: Vec<Row>,
    action: String,
    back: String,
}

/// The form for what was ticked on the board.
pub(crate) async fn form(
    staff: Staff,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Form = asked.into_iter().collect();
    if ticked(&form).is_empty() {
        return Ok(reply::done(&staff, crate::board::PATH, "flash-supervision-none-ticked"));
    }
    let form = form.replaced("days", DAYS).replaced("colour", Colour::Yellow.code());
    blank(staff, form).await
}

/// Drafts them.
pub(crate) async fn save(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let about = ticked(&form);
    let Some(wanted) = Wanted::read(&mut form).filter(|_| !about.is_empty()) else {
        return blank(staff, form).await;
    };
    let by = staff.by();
    let drafted = staff
        .app
        .write(move |work| {
            for (matter, node) in &about {
                draft(work, &by, *matter, *node, &wanted, None)?;
            }
            Ok(())
        })
        .await;
    match drafted {
        Ok(()) => Ok(reply::done(&staff, LIST, "flash-slip-drafted")),
        Err(Failure::Refused(refusal)) => {
            form.refuse(FieldError::from(&refusal));
            blank(staff, form).await
        }
        Err(failure) => Err(failure),
    }
}

/// What a slip is to say, not yet sealed.
pub struct Wanted {
    /// How pressing.
    pub colour: Colour,
    /// Working days to reply.
    pub days: u32,
    /// What is demanded; a rule leaves that to a person.
    pub demand: String,
}

/// Drafts one slip about an assignment, inside a transaction that may do more.
///
/// # Errors
/// See [`act`].
pub fn draft(
    work: &mut Work<'_>,
    by: &By,
    matter: MatterId,
    node: NodeId,
    wanted: &Wanted,
    rule: Option<&str>,
) -> Result<SlipId, Failure> {
    let state = work.load::<matters::Matters>(&matter.to_string())?.state;
    let unit = state.node(node).map(|node| node.unit.clone()).ok_or(Failure::NotFound)?;
    let demand = TextSealer::of(work, matter)?.optional(work, &wanted.demand);
    let id = SlipId(work.fresh.uuid());
    let command = Command::Draft {
        subject: Subject { matter, node, unit },
        content: Content { colour: wanted.colour, limit: Span::working_days(wanted.days), demand },
        rule: rule.map(str::to_owned),
    };
    act(work, by, id, None, &command)?;
    Ok(id)
}

/// The form of a draft as it stands.
pub(crate) async fn revision(staff: Staff, Path(id): Path<SlipId>) -> Result<Response, Failure> {
    let shown = Shown::load(&staff, id).await?;
    let form = Form::new()
        .with("colour", shown.row.colour.code())
        .with("days", shown.row.days)
        .with("demand", &shown.demand)
        .with("version", shown.version);
    revised(staff, id, form)
}

/// Keeps the draft as revised.
pub(crate) async fn revise(
    staff: Staff,
    Path(id): Path<SlipId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let Some(wanted) = Wanted::read(&mut form) else { return revised(staff, id, form) };
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    match keep(&staff, id, Some(expected), wanted).await {
        Ok(()) => Ok(reply::done(&staff, &Shown::href(id), "flash-slip-revised")),
        Err(Failure::Refused(refusal)) => {
            form.refuse(FieldError::from(&refusal));
            revised(staff, id, form)
        }
        Err(Failure::Stale) => {
            form.refuse(FieldError { field: None, ..FieldError::new("", "slip-overtaken") });
            revised(staff, id, form)
        }
        Err(failure) => Err(failure),
    }
}

/// Keeps a draft as revised. `expected` is the version the sender saw.
///
/// # Errors
/// See [`act`].
pub(super) async fn keep(
    staff: &Staff,
    id: SlipId,
    expected: Option<i64>,
    wanted: Wanted,
) -> Result<(), Failure> {
    let (by, grants) = (staff.by(), staff.person.grants.clone());
    staff
        .app
        .write(move |work| {
            let app = work.app();
            one(work.tx, app, &grants, id)?;
            let matter = matter_of(work, id)?;
            let demand = TextSealer::of(work, matter)?.optional(work, &wanted.demand);
            let limit = Span::working_days(wanted.days);
            let content = Content { colour: wanted.colour, limit, demand };
            act(work, &by, id, expected, &Command::Revise { content }).map(drop)
        })
        .await
}

impl Wanted {
    /// Reads the form; what is wrong is noted on it.
    fn read(form: &mut Form) -> Option<Self> {
        match Self::of(form) {
            Ok(wanted) => Some(wanted),
            Err(wrong) => {
                wrong.iter().for_each(|refusal| form.refuse(refusal));
                None
            }
        }
    }

    /// What the fields say.
    ///
    /// # Errors
    /// Everything wrong with them.
    pub(super) fn of(form: &Form) -> Result<Self, Vec<Refusal>> {
        let mut wrong = Vec::new();
        let (colour, days) = (Colour::parse(form.value("colour")), form.value("days").trim().parse().ok());
        if colour.is_none() {
            wrong.push(Refusal::field("colour", "entry-not-chosen"));
        }
        if days.is_none() {
            wrong.push(Refusal::field("days", "entry-not-a-number"));
        }
        let demand = form.value("demand").to_owned();
        if demand.trim().is_empty() {
            wrong.push(Refusal::field("demand", "entry-missing"));
        }
        if demand.chars().count() > LONGEST {
            wrong.push(Refusal::field("demand", "supervision-too-long").with("max", LONGEST));
        }
        match (colour, days) {
            (Some(colour), Some(days)) if wrong.is_empty() => Ok(Self { colour, days, demand }),
            _ => Err(wrong),
        }
    }
}

async fn blank(staff: Staff, form: Form) -> Result<Response, Failure> {
    let about: Ticked = ticked(&form);
    let (grants, ids) =
        (staff.person.grants.clone(), about.iter().map(|(matter, _)| *matter).collect::<Vec<_>>());
    let rows = staff.app.read(move |snapshot, app| matters::read::rows(snapshot, app, &grants, &ids)).await?;
    let action = PATH.to_owned();
    screen(&staff, form, rows, action, crate::board::PATH.to_owned())
}

fn revised(staff: Staff, id: SlipId, form: Form) -> Result<Response, Failure> {
    let href = Shown::href(id);
    screen(&staff, form, Vec::new(), format!("{href}/revision"), href)
}

fn screen(
    staff: &Staff,
    form: Form,
    rows: Vec<Row>,
    action: String,
    back: String,
) -> Result<Response, Failure> {
    if !staff.person.may_ever(Permission::SlipDraft) {
        return Err(Failure::NotPermitted);
    }
    let page = staff.desk_page("slip-draft-title", SLIPS).in_error(form.has_errors());
    let colours = Colour::ALL.iter().map(|colour| Choice::new(colour.code(), page.t(colour.key()))).collect();
    let words = Words::of(&staff.app, &page);
    let draft = Draft { page, words, form, colours, rows, action, back };
    reply::page(&draft, Some(&draft.form))
}

impl Draft {
    fn ticks(&self) -> &[String] {
        self.form.all("assignment")
    }
}
