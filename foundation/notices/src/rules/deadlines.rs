//! When a unit is told that an assignment is about to be late, and that it is.

use kernel::NodeId;
use kernel::time::{Calendar, Instant, Light, light};
use matters::configuration::NoticeKind;
use matters_rules::state::NodeState;
use matters_rules::{Matter, Node};

/// A moment at which somebody is told of a limit, unless it was met before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// About to be late, or late.
    pub kind: NoticeKind,
    /// The assignment.
    pub node: NodeId,
    /// When to tell.
    pub at: Instant,
    /// The limit.
    pub due: Instant,
}

/// All of a matter's, met ones left out. While an assignment is paused its clock stands
/// still, and once it is submitted its unit has done its part.
pub fn deadlines(matter: &Matter, calendar: &Calendar) -> Vec<Deadline> {
    let working = |node: &&Node| matches!(node.state, NodeState::Unsigned | NodeState::Working);
    let nodes = matter.nodes.iter().filter(working).filter(|node| node.paused.is_none());
    nodes
        .flat_map(|node| {
            let due = node.limits.handling.due();
            let of = |kind, at| Deadline { kind, node: node.id, at, due };
            [of(NoticeKind::DueSoon, turns_yellow(node, calendar)), of(NoticeKind::Late, due.plus_micros(1))]
        })
        .collect()
}

/// The minute from which its light is yellow; the light only ever turns one way.
fn turns_yellow(node: &Node, calendar: &Calendar) -> Instant {
    const MINUTE: i64 = 60_000_000;
    let (limit, due) = (&node.limits.handling.own, node.limits.handling.due());
    let is_green = |now| light(calendar, limit.start, due, limit.span, &node.pauses, now) == Light::Green;
    let (mut green, mut yellow) = (limit.start.min(due), due);
    while yellow.since(green) > MINUTE {
        let middle = green.plus_micros(yellow.since(green) / 2);
        if is_green(middle) {
            green = middle;
        } else {
            yellow = middle;
        }
    }
    yellow
}
