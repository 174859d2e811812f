//! The form of every verb and what happens when it is sent: done, refused with what was
//! typed, or overtaken by someone else.

use super::assignment;
use super::drawn::{Asked, Drawn, draw};
use super::matter::{self, load};
use super::onward::{Onward, Spot};
use super::words::Words;
use super::{QUEUES, known, page, quotes, sent};
use crate::verbs::{self, FormData, Kind, Place, Rejected, Spec, Verb, Visitor, perform_with};
use askama::Template;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::UnitId;
use knowledge::read::Offered;
use matters::{MatterView, NodeView, TimelineItem};
use matters_rules::{ActionCode, NodeRole};
use platform::ui::{FieldError, Form, Page};
use platform::web::{Access, Routes, Staff};
use platform::{By, Failure, Work};
use serde::Deserialize;

/// Every verb's form and its sending, at the addresses the verbs themselves name.
pub fn routes() -> Routes {
    let mut mount = Mount(Routes::new());
    verbs::visit(&mut mount);
    mount.0
}

struct Mount(Routes);

impl Visitor for Mount {
    fn verb<V: Verb>(&mut self) {
        let access = Access::Staff(V::SPEC.permission);
        for address in V::SPEC.addresses {
            let routes = std::mem::take(&mut self.0).get(address.web, access, show::<V>);
            // What is opened must be shown at once: it is journaled, then never kept.
            self.0 = match V::SPEC.action {
                ActionCode::OpenContact => routes.post(address.web, access, matter::open_contact),
                _ => routes.post(address.web, access, send::<V>),
            };
        }
    }
}

#[derive(Template)]
#[template(path = "desk/verb.html")]
struct VerbPage {
    page: Page,
    words: Words,
    drawn: Drawn,
    view: MatterView,
    node: Option<NodeView>,
    overtaken: Option<Vec<TimelineItem>>,
    still_possible: bool,
    /// What of the knowledge base fits what was asked, on forms of answers; none: it is no answer.
    known: Option<Vec<Offered>>,
}

/// The unit that a reader would rather have lead than the suggested one.
#[derive(Deserialize)]
struct Look {
    lead: Option<UnitId>,
}

async fn show<V: Verb>(staff: Staff, place: Place, Query(look): Query<Look>) -> Result<Response, Failure> {
    let view = load(&staff, place).await?;
    if !view.may(V::SPEC.action, place.node) {
        return Ok(page::go(&staff, &format!("/matters/{}", place.id), "flash-not-possible"));
    }
    draw_page(staff, V::SPEC, place, view, None, look.lead, StatusCode::OK).await
}

async fn send<V: Verb>(staff: Staff, place: Place, request: Request) -> Result<Response, Failure> {
    let sent = sent::read(&staff.app, request).await?;
    let mut form = sent.form;
    if let Some(units) = form.text("quote").map(str::to_owned) {
        let view = load(&staff, place).await?;
        let form = quotes::quoted(&staff, &view, place, form, &units);
        return draw_page(staff, V::SPEC, place, view, Some(form), None, StatusCode::OK).await;
    }
    if form.text("take").is_some() {
        let form = known::taken(&staff, form, "take", "text").await?;
        let view = load(&staff, place).await?;
        return draw_page(staff, V::SPEC, place, view, Some(form), None, StatusCode::OK).await;
    }
    // Enter in the search looks, it does not send: new words there are looked up first.
    let looks = form.value("look_up") != form.value("looked_up");
    if form.value("look") == "yes" || form.value("insert") == "yes" || looks {
        let view = load(&staff, place).await?;
        return draw_page(staff, V::SPEC, place, view, Some(form), None, StatusCode::OK).await;
    }
    let expected = seen_version(&form);
    let data = FormData { form: &form, zone: &staff.app.config.zone, now: staff.app.now() };
    let read = if sent.errors.is_empty() { V::from_form(&data) } else { Err(sent.errors) };
    let done = match read {
        Ok(request) => {
            let quoted = known::quoted(&form);
            let answer = request.answer().unwrap_or_default().to_owned();
            let note = move |work: &mut Work<'_>, by: &By| known::note(work, by, place.id, &quoted, &answer);
            perform_with(&staff.app, staff.by(), place, expected, request, sent.files, note).await.map(drop)
        }
        Err(errors) => Err(Rejected::Fields(errors)),
    };
    let (errors, status) = match done {
        Ok(()) => return Ok(page::go(&staff, &done_href(&V::SPEC, place, &form), &V::SPEC.flash())),
        Err(Rejected::Fields(errors)) => (errors, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Rejected::Failed(Failure::Refused(refusal))) => {
            (vec![FieldError::from(&refusal)], StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Rejected::Failed(Failure::Stale)) => (Vec::new(), StatusCode::CONFLICT),
        Err(Rejected::Failed(failure)) => return Err(failure),
    };
    for error in errors {
        form.refuse(error);
    }
    let view = load(&staff, place).await?;
    draw_page(staff, V::SPEC, place, view, Some(form), None, status).await
}

/// Where the sender goes on: to what comes next in the queue they go through, or to the
/// assignment, where they came from its page.
fn done_href(spec: &Spec, place: Place, form: &Form) -> String {
    if let Some(onward) = Onward::of(form) {
        return onward.href();
    }
    match place.node {
        Some(node) if spec.action == ActionCode::Respond || form.value("from") == "assignment" => {
            assignment::href(place.id, node)
        }
        _ => format!("/matters/{}", place.id),
    }
}

/// The version the sender saw. One that does not read is nobody's: the matter has moved on
/// for all we know, and the sender is told so instead of overwriting.
fn seen_version(form: &Form) -> Option<i64> {
    match form.value("version") {
        "" => None,
        typed => Some(typed.parse().unwrap_or(i64::MAX)),
    }
}

/// The page of the form; `typed` is what was sent, none for a fresh form.
async fn draw_page(
    staff: Staff,
    spec: Spec,
    place: Place,
    view: MatterView,
    typed: Option<Form>,
    led_by: Option<UnitId>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let page = staff.desk_page(&format!("{}-heading", spec.key_for(view.kind)), QUEUES);
    let words = Words::of(&staff.app, &page);
    let node = place.node.and_then(|id| view.node(id)).cloned();
    let seen = typed.as_ref().and_then(seen_version).unwrap_or(view.version);
    let onward = typed.as_ref().and_then(Onward::of);
    let asked = Asked { spec, view: &view, node: node.as_ref(), typed, led_by, here: None, onward };
    let drawn = draw(&staff, &page, &words, asked).await?;
    let known = match answers(spec.action) {
        true => {
            let (grants, sought) = (staff.person.grants.clone(), sought(&drawn.form, &view));
            Some(staff.app.read(move |query, app| known::fitting(query, app, &grants, &sought)).await?)
        }
        false => None,
    };
    let overtaken = (status == StatusCode::CONFLICT)
        .then(|| view.timeline.iter().filter(|item| item.version > seen).cloned().collect());
    let shown = VerbPage {
        page: page.in_error(drawn.form.has_errors() || overtaken.is_some()),
        words,
        still_possible: view.may(spec.action, place.node),
        drawn,
        view,
        node,
        overtaken,
        known,
    };
    page::show(status, &shown)
}

/// Whether its form is an answer to the appellant.
fn answers(action: ActionCode) -> bool {
    matches!(action, ActionCode::Answer | ActionCode::Respond | ActionCode::AnswerDirectly)
}

/// What is looked for: the words of the search field, else those of the matter.
fn sought(form: &Form, view: &MatterView) -> String {
    form.text("look_up").map_or_else(|| format!("{} {}", view.title, view.text), str::to_owned)
}

impl VerbPage {
    fn about_item(&self, row: &Offered) -> String {
        known::about(&self.page, row)
    }

    fn quote_of(&self, row: &Offered) -> String {
        known::text(self.page.translator(), row)
    }

    /// The co-units whose answers the lead consolidates into its own.
    fn co_units(&self) -> Vec<quotes::CoUnit> {
        let action = self.drawn.spec.action;
        let consolidates = matches!(action, ActionCode::Answer | ActionCode::Respond | ActionCode::Submit);
        match self.node.as_ref().filter(|node| consolidates && node.role == NodeRole::Lead) {
            Some(node) => quotes::co_units(&self.page, &self.view, node),
            None => Vec::new(),
        }
    }

    /// Whether their words can be taken over here.
    fn quotes(&self) -> bool {
        matches!(self.drawn.spec.action, ActionCode::Answer | ActionCode::Respond)
    }

    /// The way back: to the matter, or to the queue that the reader goes through.
    fn back_href(&self) -> String {
        let here = Spot { id: self.view.id, node: self.node.as_ref().map(|node| node.id) };
        match self.drawn.onward {
            Some(onward) => Onward { next: Some(here), ..onward }.href(),
            None => format!("/matters/{}", self.view.id),
        }
    }
}
