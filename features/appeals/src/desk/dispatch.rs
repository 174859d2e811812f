//! Assigning several matters at once: each to whom it is suggested to go, or all to one unit.
//! Each stands or falls by itself, and the page says which did what.

use super::advice::{self, Advice};
use super::choices::{self, From};
use super::matter::load;
use super::queues::Look;
use super::words::Words;
use super::{QUEUES, page};
use crate::verbs::{Assign, AssignTo, Needs, Place, Rejected, perform};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::{MatterId, UnitId};
use matters::advice::Step;
use matters::{MatterView, Tab};
use matters_rules::{ActionCode, NodeRole};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::{Access, Routes, Staff};

/// No more at once: each is a command of its own.
const MOST: usize = 50;

/// `/desk/assignments`: what is chosen, and its sending.
pub fn routes() -> Routes {
    let access = Access::Staff(Permission::MatterAssign);
    Routes::new().get("/desk/assignments", access, show).post("/desk/assignments", access, send)
}

#[derive(Template)]
#[template(path = "desk/assignments.html")]
struct Assignments {
    page: Page,
    words: Words,
    form: Form,
    chosen: Vec<Chosen>,
    units: Vec<Choice>,
}

/// A matter that was ticked.
struct Chosen {
    view: MatterView,
    advice: Option<Advice>,
    /// Whether it can be assigned now.
    possible: bool,
    /// What came of it.
    done: Option<Result<Vec<String>, String>>,
}

async fn show(staff: Staff, Query(ticked): Query<Vec<(String, String)>>) -> Result<Response, Failure> {
    let ids = ids(&ticked);
    if ids.is_empty() {
        return Ok(page::go(&staff, &list_of(&ticked), "flash-none-chosen"));
    }
    let form = Form::new().with("way", "suggested");
    render(staff, ids, form, Vec::new(), StatusCode::OK).await
}

/// The list that somebody ticked nothing of: with what it was filtered by, or the desk.
fn list_of(sent: &[(String, String)]) -> String {
    let look = Look::of_fields(sent);
    match look.tab.as_deref().and_then(Tab::parse) {
        Some(tab) => look.href("/desk", tab, None),
        None => "/desk/work?tab=dispatch".to_owned(),
    }
}

async fn send(
    staff: Staff,
    axum::Form(ticked): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let ids = ids(&ticked);
    let mut form: Form = ticked.into_iter().collect();
    let to_one = form.value("way") == "one";
    let unit = form.text("unit").map(UnitId::from);
    if to_one && unit.is_none() {
        form.refuse(FieldError::new("unit", "entry-not-chosen"));
        return render(staff, ids, form, Vec::new(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let instruction = form.text("instruction").map(str::to_owned);
    let mut results = Vec::new();
    for id in &ids {
        let to = match &unit {
            Some(unit) if to_one => {
                vec![AssignTo {
                    unit: unit.clone(),
                    role: NodeRole::Lead,
                    duty_item: None,
                    instruction: None,
                }]
            }
            _ => suggested(&staff, *id).await?,
        };
        let to = to.into_iter().map(|to| AssignTo { instruction: instruction.clone(), ..to }).collect();
        results.push((*id, assign(&staff, *id, to).await?));
    }
    render(staff, ids, form, results, StatusCode::OK).await
}

/// Whom a matter is suggested to go to, as the verb takes it.
async fn suggested(staff: &Staff, id: MatterId) -> Result<Vec<AssignTo>, Failure> {
    let view = load(staff, here(id)).await?;
    let locale = staff.prefs.locale;
    let suggestion = staff
        .app
        .read(move |snapshot, app| matters::advice::suggest(snapshot, app, &view, Step::Office, locale))
        .await?;
    let units = suggestion.units.into_iter();
    Ok(units
        .map(|to| AssignTo { unit: to.unit, role: to.role, duty_item: to.duty_item, instruction: None })
        .collect())
}

/// The units it went to, or why it did not.
async fn assign(staff: &Staff, id: MatterId, to: Vec<AssignTo>) -> Result<Result<(), String>, Failure> {
    if to.is_empty() {
        return Ok(Err(staff.t("desk-batch-nobody")));
    }
    let said = |error: &FieldError| staff.desk_page("desk-batch-title", QUEUES).error(error);
    match perform(&staff.app, staff.by(), here(id), None, Assign { to }, Vec::new()).await {
        Ok(_) => Ok(Ok(())),
        Err(Rejected::Fields(errors)) => Ok(Err(errors.first().map(said).unwrap_or_default())),
        Err(Rejected::Failed(Failure::Refused(refusal))) => Ok(Err(said(&FieldError::from(&refusal)))),
        // Someone else was quicker, or it is no business of this reader.
        Err(Rejected::Failed(Failure::NotFound | Failure::NotPermitted | Failure::Stale)) => {
            Ok(Err(staff.t("desk-batch-gone")))
        }
        Err(Rejected::Failed(failure)) => Err(failure),
    }
}

async fn render(
    staff: Staff,
    ids: Vec<MatterId>,
    form: Form,
    results: Vec<(MatterId, Result<(), String>)>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let page = staff.desk_page("desk-batch-title", QUEUES).in_error(form.has_errors());
    let mut chosen = Vec::with_capacity(ids.len());
    let mut units = Vec::new();
    for id in ids {
        let view = match load(&staff, here(id)).await {
            Ok(view) => view,
            Err(Failure::NotFound) => continue,
            Err(failure) => return Err(failure),
        };
        let (locale, seen, needed) = (page.locale(), view.clone(), units.is_empty());
        let (found, offered) = staff
            .app
            .read(move |snapshot, app| {
                let suggestion = matters::advice::suggest(snapshot, app, &seen, Step::Office, locale)?;
                let needs = Needs { units: needed, ..Needs::default() };
                let offered = choices::look_up(snapshot, app, needs, From::of(&seen, None).as_ref(), "")?;
                Ok((advice::look_up(snapshot, app, suggestion)?, offered))
            })
            .await?;
        if units.is_empty() {
            units = offered.units(&page);
        }
        let done = results.iter().find(|(done, _)| *done == id).map(|(_, result)| {
            let short = |node: &matters::NodeView| node.unit.brief(page.locale()).to_owned();
            result.clone().map(|()| view.nodes.iter().map(short).collect())
        });
        chosen.push(Chosen {
            possible: view.may(ActionCode::Assign, None) && view.nodes.is_empty(),
            advice: found.into_advice(&page).filter(|_| done.is_none()),
            done,
            view,
        });
    }
    let words = Words::of(&staff.app, &page);
    page::show(status, &Assignments { page, words, form, chosen, units })
}

/// The matters ticked: on the working desk, or in the list, whose boxes are named for rows of
/// any kind.
fn ids(ticked: &[(String, String)]) -> Vec<MatterId> {
    let mut ids: Vec<MatterId> = Vec::new();
    let is_tick = |field: &str| matches!(field, "matter" | "assignment");
    for (_, value) in ticked.iter().filter(|(field, _)| is_tick(field)) {
        match value.parse() {
            Ok(id) if !ids.contains(&id) && ids.len() < MOST => ids.push(id),
            _ => {}
        }
    }
    ids
}

fn here(id: MatterId) -> Place {
    Place { id, node: None, other: None }
}

impl Assignments {
    fn is_done(&self) -> bool {
        self.chosen.iter().any(|chosen| chosen.done.is_some())
    }

    fn ways(&self) -> Vec<Choice> {
        ["suggested", "one"]
            .iter()
            .map(|way| Choice::new(way, self.page.t(&format!("desk-batch-{way}"))))
            .collect()
    }

    /// How loudly it is said.
    fn tone(&self) -> &'static str {
        if self.counted().1 == 0 { "success" } else { "warning" }
    }

    /// How many went, and how many did not.
    fn counted(&self) -> (usize, usize) {
        let done = self.chosen.iter().filter_map(|chosen| chosen.done.as_ref());
        let went = done.clone().filter(|done| done.is_ok()).count();
        (went, done.count() - went)
    }
}
