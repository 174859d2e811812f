//! Beside the form, while it is typed: what this caller and this firm have filed before, what
//! is like it, and which category it may be of.

use super::super::words::Words;
use super::complete::UNITS;
use super::draft::reception;
use super::office;
use crate::desk::advice::{self, Advice, Found};
use crate::desk::known;
use crate::desk::likely::{self, Likely};
use crate::desk::{page, sent};
use askama::Template;
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::AreaId;
use kernel::UnitId;
use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use knowledge::read::Offered as Item;
use matters::Row;
use matters::advice::Subject;
use matters::enterprises::{self, Enterprise};
use matters::receptions;
use matters::search::{Answered, Asked, Compared, Similar, Why};
use platform::ui::{Form, Locale, Page};
use platform::web::Staff;
use platform::{App, Failure};
use serde::Serialize;
use store::Query;

/// Rows of each list.
const ROWS: usize = 6;
/// Firms offered while a name is typed.
const OFFERED: usize = 8;

/// Similar matters and answers shown.
const ALIKE: usize = 4;
/// Fewer characters than this are like everything.
const WORDS_MIN: usize = 4;

/// What is known.
#[derive(Clone, Default)]
pub struct Rail {
    /// Whether there was anything to look for.
    pub asked: bool,
    /// Whether a number was among it.
    pub by_number: bool,
    /// The caller's matters, newest first.
    pub caller: Vec<Row>,
    /// Calls from this number that were none, and the last of them.
    pub invalid: Option<(i64, Instant)>,
    /// The firm's matters, but for those of the caller.
    pub enterprise: Vec<Row>,
    /// What may be the same matter already.
    pub similar: Vec<Similar>,
    /// Similar ones that were answered, with the answers.
    pub answered: Vec<Answered>,
    /// Categories it may be of.
    pub fitting: Vec<Likely>,
    /// Items of the knowledge base that fit.
    pub knowledge: Vec<Item>,
    /// Whom it should be assigned to, once the category is known.
    pub routing: Found,
}

/// What the fields ask for. Cuts the words apart, so it is made outside of the store.
pub struct Question {
    phone: String,
    firm: Enterprise,
    about: Asked,
    told: bool,
    /// What the knowledge base is asked for.
    known: String,
    /// For whoever may assign: from which office, and what.
    routed: Option<(UnitId, Subject, Locale)>,
}

impl Question {
    /// Of a form as it stands; a routing is asked for by those only who may assign.
    pub fn of(staff: &Staff, form: &Form) -> Self {
        let area = form.text("area").or(form.text("county")).map(AreaId::from);
        let office = office(staff).filter(|_| staff.person.may_ever(Permission::MatterAssign));
        let subject = Subject {
            category: form.text("category").map(str::to_owned),
            area: area.clone(),
            zone: form.text("zone").map(UnitId::from),
            complained_about: form.text("complained_about").map(UnitId::from),
            ..Subject::default()
        };
        let routed = office.filter(|_| subject.category.is_some());
        let words = format!("{} {}", form.value("title"), form.value("text"));
        let about = Asked::about(&words)
            .at(area)
            .of_category(form.text("category").map(str::to_owned))
            .by_phone(form.value("phone"));
        Self {
            phone: form.value("phone").to_owned(),
            firm: Enterprise {
                name: form.value("enterprise").to_owned(),
                credit_code: form.value("credit_code").to_owned(),
            },
            about,
            told: words.trim().chars().count() >= WORDS_MIN,
            known: known::words(form),
            routed: routed.map(|office| (office, subject, staff.prefs.locale)),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/intake/rail.html")]
struct RailPage {
    page: Page,
    words: Words,
    id: String,
    rail: Rail,
}

/// `POST /intake/rail`: the fields decide what is looked for. In a body, since an address with
/// a number in it would be kept in logs.
pub async fn show(staff: Staff, request: Request) -> Result<Response, Failure> {
    let form = sent::read(&staff.app, request).await?.form;
    let id = reception(form.value("id"))?;
    let grants = staff.person.grants.clone();
    let question = Question::of(&staff, &form);
    let rail = staff.app.read(move |snapshot, app| look(snapshot, app, &grants, &question)).await?;
    let page = staff.page("intake-title");
    let words = Words::of(&staff.app, &page);
    page::show(StatusCode::OK, &RailPage { page, words, id: id.to_string(), rail })
}

/// A firm as offered.
#[derive(Serialize)]
struct Offered {
    name: String,
    credit_code: String,
}

/// `POST /intake/enterprises`: known firms for what is typed in `enterprise`.
pub async fn enterprises(staff: Staff, request: Request) -> Result<Response, Failure> {
    let form = sent::read(&staff.app, request).await?.form;
    let typed = form.value("enterprise").to_owned();
    let found = staff.app.read(move |snapshot, _| enterprises::find(snapshot, &typed, OFFERED)).await?;
    let offered: Vec<Offered> =
        found.into_iter().map(|Enterprise { name, credit_code }| Offered { name, credit_code }).collect();
    Ok(Json(offered).into_response())
}

/// Looks up what the fields name, as far as these grants may see it.
///
/// # Errors
/// Whatever the store says.
pub fn look(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    question: &Question,
) -> Result<Rail, Failure> {
    let Question { phone, firm, about, told, known, routed } = question;
    let caller = matters::read::by_phone(query, app, grants, phone, ROWS)?;
    let mut enterprise = enterprises::history(query, app, grants, firm, ROWS)?;
    enterprise.retain(|row| !caller.iter().any(|own| own.id == row.id));
    let (mut similar, mut answered, mut fitting) = (Vec::new(), Vec::new(), Vec::new());
    let mut precedents = Vec::new();
    if *told {
        let about = about.clone().for_enterprise(enterprises::subjects(query, app, firm)?);
        let like = Compared::look_up(query, app, &about)?;
        similar = matters::similar(query, app, grants, &like, ALIKE)?;
        answered = matters::answered_like(query, app, grants, &like, ALIKE)?;
        fitting = likely::look_up(query, app, grants, &like)?;
        if routed.is_some() {
            precedents = matters::search::precedents(query, app, grants, &like)?;
        }
    }
    let routing = match routed.clone() {
        Some((office, subject, locale)) => {
            let subject = subject.after(precedents);
            let suggestion = matters::advice::suggest_from(query, app, office, subject, locale)?;
            advice::look_up(query, app, suggestion)?
        }
        None => Found::default(),
    };
    let knowledge = known::fitting(query, app, grants, known)?;
    let named = [phone, &firm.name, &firm.credit_code].iter().any(|typed| !typed.trim().is_empty());
    Ok(Rail {
        asked: named || *told || !known.trim().is_empty() || routed.is_some(),
        by_number: !phone.trim().is_empty(),
        invalid: receptions::invalid_calls_of(query, app, phone)?,
        caller,
        enterprise,
        similar,
        answered,
        fitting,
        knowledge,
        routing,
    })
}

impl Rail {
    /// The routing in the page's language.
    pub fn advice(&self, page: &Page) -> Option<Advice> {
        self.routing.clone().into_advice(page)
    }
}

impl RailPage {
    /// See [`UNITS`].
    fn places(&self) -> usize {
        UNITS
    }

    fn state(&self, row: &Row) -> String {
        state(&self.page, row)
    }

    fn why(&self, reasons: &Why) -> String {
        why(&self.page, reasons)
    }

    fn about(&self, row: &Item) -> String {
        known::about(&self.page, row)
    }

    fn quote(&self, row: &Item) -> String {
        known::text(self.page.translator(), row)
    }
}

/// Why something is offered, in words.
pub fn why(page: &Page, why: &Why) -> String {
    let mut reasons: Vec<String> = [
        (why.same_caller, "intake-why-caller"),
        (why.same_enterprise, "intake-why-enterprise"),
        (why.same_place, "intake-why-place"),
        (why.same_category, "intake-why-category"),
    ]
    .into_iter()
    .filter(|(same, _)| *same)
    .map(|(_, key)| page.t(key))
    .collect();
    if !why.words.is_empty() {
        let words: Vec<&str> = why.words.iter().take(4).map(String::as_str).collect();
        reasons.push(words.join(" "));
    }
    reasons.join(" · ")
}

/// Where a matter is, in a word.
pub fn state(page: &Page, row: &Row) -> String {
    row.phase.map_or_else(String::new, |phase| page.t(&format!("phase-{}", phase.code())))
}
