//! One rule in the condition form, with the assignments that match now; kept in the draft.

use super::form::{CONDITIONS, Offers, conditions, entry, filled};
use super::{PATH, SHOWN, Working};
use crate::BOARD;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use matters::configuration::editing::with_entry;
use matters::configuration::{self, Change, Document, Supervision};
use matters::words::Words;
use matters::{Filter, Row, Tab};
use matters_rules::watch::Condition;
use matters_rules::{Addressee, Measure};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

#[derive(Template)]
#[template(path = "supervision/rule.html")]
struct Shown {
    page: Page,
    words: Words,
    at: usize,
    form: Form,
    offers: Offers,
    rows: Vec<Row>,
    count: u64,
    /// Whether there are conditions to match.
    asked: bool,
}

/// The rule at that place; the place after the last one is a new rule.
pub(super) async fn show(staff: Staff, Path(at): Path<usize>) -> Result<Response, Failure> {
    let working = working(&staff).await?;
    let rules = working.rules();
    if at > rules.len() {
        return Err(Failure::NotFound);
    }
    let form = match rules.get(at) {
        Some(rule) => filled(rule),
        None => Form::new().with("measure", Measure::Urge.code()).with("to", Addressee::Unit.code()),
    };
    let when = rules.get(at).map(|rule| rule.when.clone()).unwrap_or_default();
    screen(&staff, &working, at, form.with("head", working.head), when).await
}

/// Shows what matches now, or keeps the rule in the draft.
pub(super) async fn save(staff: Staff, Path(at): Path<usize>, fields: Fields) -> Result<Response, Failure> {
    let working = working(&staff).await?;
    let mut form = reply::form(fields);
    let when = conditions(&mut form);
    if form.value("preview") == "yes" || form.has_errors() {
        return screen(&staff, &working, at, form, when).await;
    }
    let shape = Document::Supervision.shape("rule").ok_or(Failure::NotFound)?;
    let Some(text) = with_entry(&working.text, shape, at, &entry(&form, &when)) else {
        return Err(Failure::NotFound);
    };
    if let Err(problems) = Supervision::parse(&text) {
        for problem in problems {
            form.refuse(placed(&problem));
        }
        return screen(&staff, &working, at, form, when).await;
    }
    let by = staff.by();
    let expected = form.value("head").parse().map_err(|_| Failure::Stale)?;
    let note = working.note.clone();
    let kept = staff
        .app
        .write(move |work| {
            let change = Change::Draft { toml: text.clone(), note: note.clone() };
            configuration::act(work, &by, Document::Supervision, Some(expected), change).map(drop)
        })
        .await;
    match kept {
        Ok(()) => Ok(reply::done(&staff, PATH, "flash-rules-drafted")),
        Err(Failure::Stale) => {
            form.refuse(FieldError { field: None, ..FieldError::new("", "slip-overtaken") });
            screen(&staff, &working, at, form, when).await
        }
        Err(failure) => Err(failure),
    }
}

async fn working(staff: &Staff) -> Result<Working, Failure> {
    staff.app.read(|snapshot, app| Working::load(snapshot, app)).await
}

/// What is wrong with the document, beside the field it comes from.
fn placed(problem: &Refusal) -> FieldError {
    let mut error = FieldError::from(problem);
    let said = problem.args.get("field").cloned().unwrap_or_default();
    error.field = said
        .rsplit('.')
        .next()
        .filter(|field| ["code", "zh", "measure", "to"].contains(field))
        .map(str::to_owned);
    error
}

async fn screen(
    staff: &Staff,
    working: &Working,
    at: usize,
    form: Form,
    when: Vec<Condition>,
) -> Result<Response, Failure> {
    let asked = !when.is_empty();
    let person = staff.person.clone();
    let (rows, count) = match asked {
        false => (Vec::new(), 0),
        true => {
            staff
                .app
                .read(move |snapshot, app| {
                    let filter = Filter { tab: Tab::Watched, watch: when.clone(), ..Filter::default() };
                    let list = matters::list(snapshot, app, &person.grants, &filter, None, SHOWN)?;
                    let count = matters::read::count(snapshot, app, &person.grants, &filter)?;
                    Ok((list.rows, count))
                })
                .await?
        }
    };
    let page = staff.desk_page("rules-edit-title", BOARD).in_error(form.has_errors());
    let words = Words::of(&staff.app, &page);
    let others = working.rules();
    let own = others.get(at).map(|rule| rule.code.clone());
    let others: Vec<_> = others.into_iter().filter(|rule| Some(&rule.code) != own.as_ref()).collect();
    let categories = staff.app.read(|snapshot, app| matters::categories::in_force(snapshot, app)).await?;
    let offers = Offers::of(&page, &others, &categories);
    let shown = Shown { page, words, at, form, offers, rows, count, asked };
    reply::page(&shown, Some(&shown.form))
}

impl Shown {
    fn action(&self) -> String {
        format!("{PATH}/{}", self.at)
    }

    /// The names of the fields of each condition: what it is about, how much, of what.
    fn places(&self) -> Vec<[String; 3]> {
        (0..CONDITIONS).map(|n| ["fact", "amount", "of"].map(|name| format!("{name}-{n}"))).collect()
    }
}
