//! The form of every verb and what happens when it is sent: done, refused with what was
//! typed, or overtaken by someone else.

use super::assignment;
use super::choices::{self, From};
use super::matter::{self, load};
use super::words::Words;
use super::{QUEUES, page, quotes, sent};
use crate::verbs::{self, About, FormData, Group, Kind, Place, Rejected, Spec, Verb, Visitor, perform};
use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::time::Instant;
use matters::{MatterView, NodeView, TimelineItem};
use matters_rules::{ActionCode, NodeRole};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::{Access, Routes, Staff};

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
    spec: Spec,
    lead: String,
    view: MatterView,
    node: Option<NodeView>,
    form: Form,
    groups: Vec<Group>,
    version: i64,
    looks_up: bool,
    with_files: bool,
    overtaken: Option<Vec<TimelineItem>>,
    still_possible: bool,
}

async fn show<V: Verb>(staff: Staff, place: Place) -> Result<Response, Failure> {
    let view = load(&staff, place).await?;
    if !view.may(V::SPEC.action, place.node) {
        return Ok(page::go(&staff, &format!("/matters/{}", place.id), "flash-not-possible"));
    }
    Asked::<V>::of(staff, place, view).page(None, StatusCode::OK).await
}

async fn send<V: Verb>(staff: Staff, place: Place, request: Request) -> Result<Response, Failure> {
    let sent = sent::read(&staff.app, request).await?;
    let mut form = sent.form;
    if let Some(units) = form.text("quote").map(str::to_owned) {
        let view = load(&staff, place).await?;
        let form = quotes::quoted(&staff, &view, place, form, &units);
        return Asked::<V>::of(staff, place, view).page(Some(form), StatusCode::OK).await;
    }
    if form.value("look") == "yes" {
        let view = load(&staff, place).await?;
        return Asked::<V>::of(staff, place, view).page(Some(form), StatusCode::OK).await;
    }
    let expected = seen_version(&form);
    let data = FormData { form: &form, zone: &staff.app.config.zone, now: staff.app.now() };
    let read = if sent.errors.is_empty() { V::from_form(&data) } else { Err(sent.errors) };
    let done = match read {
        Ok(request) => perform(&staff.app, staff.by(), place, expected, request, sent.files).await.map(drop),
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
    Asked::<V>::of(staff, place, view).page(Some(form), status).await
}

/// Where the sender goes on: to the assignment, where they came from its page.
fn done_href(spec: &Spec, place: Place, form: &Form) -> String {
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

/// A form as it is asked for.
struct Asked<V> {
    staff: Staff,
    place: Place,
    view: MatterView,
    verb: std::marker::PhantomData<fn() -> V>,
}

impl<V: Verb> Asked<V> {
    fn of(staff: Staff, place: Place, view: MatterView) -> Self {
        Self { staff, place, view, verb: std::marker::PhantomData }
    }

    /// The page; `typed` is what was sent, none for a fresh form.
    async fn page(self, typed: Option<Form>, status: StatusCode) -> Result<Response, Failure> {
        let Self { staff, place, view, .. } = self;
        let page = staff.desk_page(&format!("{}-heading", V::SPEC.key()), QUEUES);
        let words = Words::of(&staff.app, &page);
        let node = place.node.and_then(|id| view.node(id)).cloned();
        let word = typed.as_ref().map_or_else(String::new, |form| form.value("unit_search").to_owned());
        let from = From::of(&view, start(V::SPEC.action, &view, node.as_ref()));
        let needs = V::SPEC.needs;
        let version = view.procedure;
        let (found, procedure) = staff
            .app
            .read(move |snapshot, app| {
                let found = choices::look_up(snapshot, app, needs, from.as_ref(), &word)?;
                Ok((found, matters::configuration::procedure(snapshot, version)?))
            })
            .await?;
        let mut about = about(&page, &words, &V::SPEC, &view, node.as_ref());
        about.rules = words.rules(&procedure);
        found.into_about(&page, &mut about);
        let groups = V::form(&about);
        let seen: Option<i64> = typed.as_ref().and_then(seen_version);
        let form = match typed {
            Some(form) => aimed(form, &groups),
            None => V::preset(&about),
        };
        let overtaken = (status == StatusCode::CONFLICT).then(|| {
            view.timeline.iter().filter(|item| item.version > seen.unwrap_or(view.version)).cloned().collect()
        });
        let shown = VerbPage {
            page: page.in_error(form.has_errors() || overtaken.is_some()),
            words,
            spec: V::SPEC,
            lead: about.lead(),
            looks_up: needs.units,
            with_files: groups
                .iter()
                .flat_map(|group| &group.fields)
                .any(|field| matches!(field.kind, Kind::Files | Kind::Camera)),
            version: view.version,
            still_possible: view.may(V::SPEC.action, place.node),
            view,
            node,
            form,
            groups,
            overtaken,
        };
        page::show(status, &shown)
    }
}

/// The assignment whose unit passes the matter on: for a ruling on an objection that is
/// the one above.
fn start<'v>(action: ActionCode, view: &'v MatterView, node: Option<&'v NodeView>) -> Option<&'v NodeView> {
    match action {
        ActionCode::Assign => node,
        _ => node.and_then(|node| node.parent).and_then(|parent| view.node(parent)),
    }
}

/// What the form may say and offer.
fn about(page: &Page, words: &Words, spec: &Spec, view: &MatterView, node: Option<&NodeView>) -> About {
    let mut about = About::new(page.translator().clone(), spec);
    about.demands = view.demands.iter().map(|demand| demand.text.clone()).collect();
    about.category = view.category.as_ref().map(|(code, _)| code.clone());
    about.urgency = view.urgency.map(|urgency| urgency.code().to_owned());
    about.express_lines = view.express_lines.iter().map(|line| line.code().to_owned()).collect();
    about.title.clone_from(&view.title);
    about.text.clone_from(&view.text);
    about.now = words.field_now();
    about.interval =
        node.and_then(|node| node.request.as_ref()).map(|request| request.kind.code().to_owned());
    about.opening = view.openings.iter().find(|opening| !opening.decided).map(|opening| opening.request);
    about.pressure = view
        .pressure
        .iter()
        .filter(|report| report.settled.is_none())
        .map(|report| {
            let label = format!("{} {}", words.moment(&report.at), page.t(report.kind.key()));
            Choice::new(report.report.to_string(), label).hint(report.text.as_str())
        })
        .collect();
    about.shielded = view.shielded;
    about.contact_missing = node.is_some_and(|node| node.role != NodeRole::Co && node.contacted_at.is_none());
    about
}

/// The form with each error aimed at a field it has: rules name fields of the command, and
/// a form may show them as the first of several rows.
fn aimed(form: Form, groups: &[Group]) -> Form {
    let names: Vec<&str> =
        groups.iter().flat_map(|group| &group.fields).map(|field| field.name.as_str()).collect();
    form.aimed(|error| {
        let field = error.field.as_deref()?;
        if names.contains(&field) {
            return Some(field.to_owned());
        }
        let row = format!("{field}-1");
        match field {
            "span" => Some("days".to_owned()),
            // A form that asks for contact and answer names the time of each.
            "at" if names.contains(&"contact_at") => Some("contact_at".to_owned()),
            "results" => Some("outcome-1".to_owned()),
            _ => names.contains(&row.as_str()).then_some(row),
        }
    })
}

impl VerbPage {
    /// What units below the one that submitted handed in: the reviewer sees the whole.
    fn below(&self, node: &NodeView) -> Vec<&NodeView> {
        self.view.nodes.iter().filter(|child| child.parent == Some(node.id)).collect()
    }

    /// The co-units whose answers the lead consolidates into its own.
    fn co_units(&self) -> Vec<quotes::CoUnit> {
        let consolidates =
            matches!(self.spec.action, ActionCode::Answer | ActionCode::Respond | ActionCode::Submit);
        match self.node.as_ref().filter(|node| consolidates && node.role == NodeRole::Lead) {
            Some(node) => quotes::co_units(&self.page, &self.words, &self.view, node),
            None => Vec::new(),
        }
    }

    /// Whether their words can be taken over here.
    fn quotes(&self) -> bool {
        matches!(self.spec.action, ActionCode::Answer | ActionCode::Respond)
    }

    /// The line of the journal in which the opening of that moment was asked for.
    fn asked_at(&self, at: &Instant) -> impl Iterator<Item = &TimelineItem> {
        self.view.timeline.iter().filter(move |item| item.kind == "opening_requested" && item.at == *at)
    }

    /// A button's words.
    fn send_words(&self) -> String {
        self.page.t(&format!("{}-send", self.spec.key()))
    }

    /// The way back.
    fn matter_href(&self) -> String {
        format!("/matters/{}", self.view.id)
    }

    /// Where the form is sent.
    fn href(&self) -> String {
        self.spec.href(self.view.id, self.node.as_ref().map(|node| node.id))
    }

    /// Whether what the unit submitted stands beside the form.
    fn shows_submission(&self) -> bool {
        matches!(self.spec.action, ActionCode::SignOff | ActionCode::Review | ActionCode::Submit)
    }

    /// Whether the script of the call stands beside the form.
    fn shows_script(&self) -> bool {
        matches!(self.spec.action, ActionCode::CallBack | ActionCode::Rate)
    }

    /// Whether the appellant's words stand beside the form.
    fn shows_text(&self) -> bool {
        !self.shows_submission() && !self.spec.one_click
    }
}
