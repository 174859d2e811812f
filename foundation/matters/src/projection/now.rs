//! Who has a matter now, and what is due next: one answer for rows and pages.

use kernel::UnitId;
use kernel::time::{Instant, Span};
use matters_rules::state::NodeState;
use matters_rules::{Matter, Node, NodeRole, Phase};

/// What is due next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Next {
    pub start: Instant,
    pub span: Span,
    pub due: Instant,
}

/// The unit that has to act: the one at work on it, who reviews what it submitted, or the
/// office.
pub(crate) fn holder(matter: &Matter) -> Option<&UnitId> {
    match matter.phase {
        Phase::Assigned | Phase::Redo => match at_work(matter) {
            Some(node) if node.state == NodeState::SignedOff => Some(&node.from),
            Some(node) => Some(&node.unit),
            None => matter.office.as_ref(),
        },
        phase if phase.is_ended() => None,
        _ => matter.office.as_ref(),
    }
}

/// The limit of the step the matter stands at.
pub(crate) fn current_limit(matter: &Matter) -> Option<Next> {
    let limit = match matter.phase {
        Phase::Registered => matter.review.as_ref(),
        Phase::Accepted => matter.assignment.as_ref(),
        Phase::CallBack | Phase::Verification => matter.call_back_limit.as_ref(),
        // While the assignment's clock stands still nothing is due of it.
        Phase::Assigned | Phase::Redo => {
            return match at_work(matter) {
                Some(node) if node.paused.is_some() => None,
                Some(node) if node.state == NodeState::Unsigned => Some(signing(node)),
                Some(node) => Some(handling(node)),
                None => promise(matter),
            };
        }
        _ => None,
    };
    limit.map(|limit| Next { start: limit.start, span: limit.span, due: limit.due })
}

/// A node's handling limit.
pub(crate) fn handling(node: &Node) -> Next {
    let limit = &node.limits.handling;
    Next { start: limit.own.start, span: limit.own.span, due: limit.due() }
}

/// A node's limit to sign.
pub(crate) fn signing(node: &Node) -> Next {
    let limit = &node.limits.signing;
    Next { start: limit.start, span: limit.span, due: limit.due }
}

fn promise(matter: &Matter) -> Option<Next> {
    matter.promise.as_ref().map(|limit| Next { start: limit.start, span: limit.span, due: limit.due })
}

/// The open assignment nearest to the work: a lead before others, a leaf before its parent.
fn at_work(matter: &Matter) -> Option<&Node> {
    let leaves = matter.nodes.iter().filter(|node| node.state.is_open() && !has_open_part(matter, node));
    leaves.min_by_key(|node| (node.role == NodeRole::Co, node.assigned_at))
}

fn has_open_part(matter: &Matter, node: &Node) -> bool {
    matter.children(Some(node.id)).any(|child| child.role != NodeRole::Co && child.state.is_open())
}
