//! `/matters/{id}/nodes/{node}`: one assignment, made for a phone: what is asked, until when
//! and why, and large buttons for the next step.

use super::actions::{Action, Actions};
use super::matter::{self, load};
use super::reckoning::Reckoning;
use super::words::Words;
use super::{QUEUES, group_text, page, papers};
use crate::verbs::{Place, RequestInterval, Respond, Verb};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use identity::absences::{self, AbsenceRow};
use kernel::permission::Permission;
use kernel::{MatterId, NodeId};
use matters::{LimitView, MatterView, NodeView};
use matters_rules::command::ContactCard;
use matters_rules::state::NodeState;
use matters_rules::{ActionCode, ContactPurpose, NodeRole};
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff};

/// The page, and the appellant's contact data shown on it once.
pub fn routes() -> Routes {
    Routes::new().get("/matters/{id}/nodes/{node}", Access::Staff(Permission::MatterRead), show).post(
        "/matters/{id}/nodes/{node}/contact-data",
        Access::Staff(Permission::ContactOpen),
        open,
    )
}

/// The page of an assignment.
pub fn href(matter: MatterId, node: NodeId) -> String {
    format!("/matters/{matter}/nodes/{node}")
}

#[derive(Template)]
#[template(path = "desk/assignment.html")]
struct AssignmentPage {
    page: Page,
    words: Words,
    view: MatterView,
    node: NodeView,
    /// The steps of this assignment, the next one first.
    forward: Vec<Action>,
    other: Vec<Action>,
    limits: Vec<Reckoning>,
    /// Units that work beside the lead, or the lead that a co-unit answers to.
    beside: Vec<NodeView>,
    below: Vec<NodeView>,
    away: Vec<AbsenceRow>,
    group_text: String,
    papers: Vec<papers::Link>,
    opened: Option<ContactCard>,
    /// Where the knowledge base is searched beside the answer, for whoever may give that now.
    knowledge: Option<String>,
}

async fn show(staff: Staff, place: Place) -> Result<Response, Failure> {
    respond(&staff, place, None).await
}

async fn open(staff: Staff, place: Place) -> Result<Response, Failure> {
    let card = matter::look_at_contact(&staff, place, ContactPurpose::Contact).await?;
    respond(&staff, place, Some(card)).await
}

async fn respond(staff: &Staff, place: Place, opened: Option<ContactCard>) -> Result<Response, Failure> {
    let view = load(staff, place).await?;
    let node = place.node.and_then(|id| view.node(id)).cloned().ok_or(Failure::NotFound)?;
    let page = staff.desk_page("desk-assignment-title", QUEUES).titled_text(view.number.clone());
    let words = Words::of(&staff.app, &page);
    let Actions { forward, other } = Actions::of_node(&page, &view, node.id);
    let (unit, today) = (node.unit.id.clone(), staff.app.config.zone.date_of(staff.app.now()));
    let locale = staff.prefs.locale;
    let away = staff
        .app
        .read(move |snapshot, _| match network::unit(snapshot, &unit)? {
            Some(unit) => Ok(absences::away_within(snapshot, &[unit.path], today, locale)?),
            None => Ok(Vec::new()),
        })
        .await?;
    let answers =
        view.may(ActionCode::Respond, Some(node.id)) && staff.person.may_ever(Permission::KnowledgeRead);
    let knowledge = answers.then(|| format!("{}#look_up", Respond::SPEC.href(view.id, Some(node.id))));
    let shown = AssignmentPage {
        knowledge,
        limits: limits(&page, &words, &node),
        beside: beside(&view, &node).cloned().collect(),
        below: view.nodes.iter().filter(|child| child.parent == Some(node.id)).cloned().collect(),
        group_text: group_text::text(&page, &words, &staff.app.config.public_url, &view, &node),
        papers: papers::links(&page, &view, &node),
        page,
        words,
        forward,
        other,
        away,
        opened,
        view,
        node,
    };
    page::show(StatusCode::OK, &shown)
}

/// The other units at the same place in the tree whose work this one needs: its co-units,
/// or for a co-unit its lead.
pub fn beside<'v>(view: &'v MatterView, node: &'v NodeView) -> impl Iterator<Item = &'v NodeView> {
    view.nodes.iter().filter(move |other| {
        let together = other.parent == node.parent && other.id != node.id;
        let needed = (node.role == NodeRole::Lead && other.role == NodeRole::Co)
            || (node.role == NodeRole::Co && other.role == NodeRole::Lead);
        together && needed && other.state != NodeState::Reassigned
    })
}

/// The limits this assignment still has to keep, explained.
fn limits(page: &Page, words: &Words, node: &NodeView) -> Vec<Reckoning> {
    if matches!(node.state, NodeState::Reassigned | NodeState::Released) {
        return Vec::new();
    }
    let unsigned = node.signed_at.is_none();
    let named: [(&str, Option<&LimitView>); 3] = [
        ("desk-limit-signing", Some(&node.signing).filter(|_| unsigned)),
        (
            "desk-limit-contact",
            node.contact.as_ref().filter(|_| !node.is_relay && node.contacted_at.is_none()),
        ),
        ("desk-limit-handling", Some(&node.handling)),
    ];
    let set = named.into_iter().filter_map(|(key, limit)| Some((key, limit?)));
    set.map(|(key, limit)| Reckoning::of(page, words, key, limit)).collect()
}

impl AssignmentPage {
    fn node_state(&self, node: &NodeView) -> String {
        self.page.t(&format!("node-state-{}", node.state.code()))
    }

    /// Nobody standing in is worth more than a remark.
    fn away_kind(&self, row: &AbsenceRow) -> &'static str {
        if row.covered { "info" } else { "warning" }
    }

    fn may_open_contact(&self) -> bool {
        self.opened.is_none() && self.view.may(ActionCode::OpenContact, None)
    }

    /// Where more time is asked for.
    fn more_time(&self) -> Option<String> {
        let may = self.view.may(ActionCode::RequestInterval, Some(self.node.id));
        may.then(|| RequestInterval::SPEC.href(self.view.id, Some(self.node.id)))
    }

    /// What stands above the due date: the step that is due, in plain words.
    fn next_step(&self) -> String {
        let step = match self.node.state {
            NodeState::Unsigned => "sign",
            NodeState::Working if self.node.is_relay => "passed-on",
            NodeState::Working if self.node.paused.is_some() => "paused",
            NodeState::Working => "answer",
            NodeState::Submitted => "sign-off",
            NodeState::SignedOff => "review",
            NodeState::Approved | NodeState::Reassigned | NodeState::Released => "over",
        };
        self.page.t(&format!("desk-next-{step}"))
    }

    fn matter_href(&self) -> String {
        format!("/matters/{}", self.view.id)
    }
}
