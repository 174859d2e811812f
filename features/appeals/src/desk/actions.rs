//! The actions a person may take on a matter now, in the order of their weight.

use crate::verbs::{self, Spec};
use kernel::NodeId;
use matters::MatterView;
use matters_rules::{ActionCode as A, MatterKind};
use platform::ui::Page;

/// One action, ready for a button.
pub struct Action {
    /// Its words.
    pub label: String,
    /// Its form, or where the button posts.
    pub href: String,
    /// Done by the button itself.
    pub one_click: bool,
    /// The unit of that assignment, where there are several to tell apart.
    pub unit: String,
}

/// What may be done now: what moves the matter on, and what else is possible.
pub struct Actions {
    /// In the order in which they are usually taken.
    pub forward: Vec<Action>,
    /// The others.
    pub other: Vec<Action>,
}

/// Verbs that move a matter on, the most pressing first.
const FORWARD: [A; 25] = [
    A::DecideObjection,
    A::DecideInterval,
    A::DecideDecline,
    A::DecideTermination,
    A::JudgeExclusion,
    A::DecideOpening,
    A::SettlePressure,
    A::DecideRedo,
    A::Redact,
    A::Accept,
    A::AskCompletion,
    A::Sign,
    A::Respond,
    A::Contact,
    A::Answer,
    A::Submit,
    A::SignOff,
    A::Review,
    A::Assign,
    A::AnswerDirectly,
    A::Rate,
    A::CallBack,
    A::Verify,
    A::Close,
    A::Archive,
];

impl Actions {
    /// Of a matter as this person sees it.
    pub fn of(page: &Page, view: &MatterView) -> Self {
        Self::among(page, view, |_| true)
    }

    /// Of one assignment.
    pub fn of_node(page: &Page, view: &MatterView, node: NodeId) -> Self {
        Self::among(page, view, |action| action.node == Some(node))
    }

    fn among(
        page: &Page,
        view: &MatterView,
        wanted: impl Fn(&matters_rules::standing::Action) -> bool,
    ) -> Self {
        let rank = |action: A| FORWARD.iter().position(|code| *code == action);
        let mut open: Vec<_> =
            view.actions.iter().filter(|open| open.code != A::OpenContact && wanted(open)).collect();
        open.sort_by_key(|open| rank(open.code).unwrap_or(FORWARD.len()));
        let (forward, other) = open
            .into_iter()
            .partition::<Vec<_>, _>(|open| rank(open.code).is_some() && moves_on(view, open.code, open.node));
        let ready = |list: Vec<&matters_rules::standing::Action>| {
            list.into_iter().filter_map(|open| action(page, view, open.code, open.node)).collect()
        };
        Self { forward: ready(forward), other: ready(other) }
    }
}

/// Contacting a second time, or adding a unit to those already at work, is possible but
/// presses nobody.
fn moves_on(view: &MatterView, action: A, node: Option<NodeId>) -> bool {
    let node = node.and_then(|id| view.node(id));
    match (action, node) {
        (A::Redact, _) => view.needs_redaction,
        (A::Assign, None) => view.nodes.is_empty(),
        (A::Assign, Some(node)) => !node.is_relay && node.contacted_at.is_none(),
        (A::Contact, Some(node)) => !node.is_relay && node.contacted_at.is_none(),
        (A::Respond, Some(node)) => node.answer.is_none() || view.kind != MatterKind::Appeal,
        (A::Answer, Some(node)) => !node.is_relay && node.answer.is_none(),
        _ => true,
    }
}

fn action(page: &Page, view: &MatterView, code: A, node: Option<NodeId>) -> Option<Action> {
    let spec: &Spec = verbs::ALL.iter().find(|spec| spec.action == code)?;
    let several = view.nodes.len() > 1;
    let unit = node
        .and_then(|id| view.node(id))
        .filter(|_| several)
        .map_or_else(String::new, |node| node.unit.brief(page.locale()).to_owned());
    Some(Action {
        label: page.t(spec.label_for(view.kind)),
        href: spec.href(view.id, node),
        one_click: spec.one_click,
        unit,
    })
}
