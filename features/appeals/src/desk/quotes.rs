//! What co-units answered, for the lead to consolidate: who is late, and their words taken
//! over into the lead's own answer by one click, each under its unit's name.

use super::assignment;
use crate::verbs::Place;
use kernel::time::Light;
use matters::{MatterView, NodeView};
use matters_rules::NodeRole;
use matters_rules::state::NodeState;
use platform::ui::{Form, Page};
use platform::web::Staff;

/// Stands for all co-units at once.
pub const ALL: &str = "all";

/// A co-unit beside the lead's form.
pub struct CoUnit {
    /// Its assignment.
    pub node: NodeView,
    /// How far it is.
    pub state: String,
    /// Its answer under its name, ready to be taken over; none where it has not answered.
    pub quote: Option<String>,
    /// Whether it is still to answer, and its time has passed.
    pub late: bool,
}

/// The co-units of a lead.
pub fn co_units(page: &Page, view: &MatterView, lead: &NodeView) -> Vec<CoUnit> {
    let co_units = assignment::beside(view, lead).filter(|other| other.role == NodeRole::Co);
    co_units
        .map(|node| CoUnit {
            state: page.t(&format!("node-state-{}", node.state.code())),
            quote: quote(page, node),
            late: is_open(node) && matches!(node.handling.light, Some(Light::Red | Light::Gross)),
            node: node.clone(),
        })
        .collect()
}

/// Whether there is more than one to take over.
pub fn several(co_units: &[CoUnit]) -> bool {
    co_units.iter().filter(|unit| unit.quote.is_some()).count() > 1
}

/// The form with the words of that co-unit (or of all) behind what was typed.
pub fn quoted(staff: &Staff, view: &MatterView, place: Place, form: Form, units: &str) -> Form {
    let page = staff.page("desk-queues-title");
    let Some(lead) = place.node.and_then(|node| view.node(node)) else { return form };
    let wanted = assignment::beside(view, lead)
        .filter(|other| other.role == NodeRole::Co && (units == ALL || other.id.to_string() == units));
    let quotes = wanted.filter_map(|node| quote(&page, node));
    let typed = form.value("text").trim_end().to_owned();
    let text = quotes.fold(typed, |text, quote| match text.contains(&quote) {
        true => text,
        false if text.is_empty() => quote,
        false => format!("{text}\n{quote}"),
    });
    form.replaced("text", text)
}

fn quote(page: &Page, node: &NodeView) -> Option<String> {
    let answer = node.answer.as_ref()?;
    Some(page.t2("desk-co-quote", "unit", node.unit.full(page.locale()), "text", answer.text.trim()))
}

fn is_open(node: &NodeView) -> bool {
    matches!(node.state, NodeState::Unsigned | NodeState::Working)
}
