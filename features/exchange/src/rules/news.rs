//! What happened to a matter, as the other platform is told of it.

use super::wire::Kind;
use kernel::NodeId;
use matters_rules::Event;

/// What an event is to the platform above that handed the matter down; none where it is no
/// news there.
pub fn to_above(event: &Event) -> Option<Kind> {
    use Event as E;
    Some(match event {
        E::Filed(_) => Kind::Received,
        E::Accepted(_) | E::ExtensionGranted { promise: Some(_), .. } | E::RedoOrdered { .. } => {
            Kind::Progress
        }
        E::Assigned(assigned) if assigned.parent.is_none() => Kind::Progress,
        E::SourceAsked { .. } => Kind::ExtensionAsked,
        E::Declined | E::TransferredOut { .. } => Kind::Returned,
        E::AnsweredDirectly { .. } | E::ResultApproved { .. } | E::MasterFollowed { .. } => Kind::Answered,
        E::Closed { .. } | E::Withdrawn { .. } => Kind::Closed,
        _ => return None,
    })
}

/// What an event is to the platform below that handles the assignment `own`.
pub fn to_below(own: NodeId, event: &Event) -> Option<Kind> {
    use Event as E;
    match event {
        E::Returned { node, .. } if *node == own => Some(Kind::Redo),
        E::RedoOrdered { nodes, .. } if nodes.iter().any(|(node, _)| *node == own) => Some(Kind::Redo),
        E::ExtensionGranted { node, .. }
        | E::Paused { node, .. }
        | E::Resumed { node, .. }
        | E::IntervalRefused { node, .. }
            if *node == own =>
        {
            Some(Kind::LimitSet)
        }
        E::LimitsRecomputed(moved) if moved.nodes.iter().any(|(node, _)| *node == own) => {
            Some(Kind::LimitSet)
        }
        E::Supervised(taken) if taken.node == Some(own) => Some(Kind::Urged),
        E::Released { node, .. } | E::Reassigned { node, .. } | E::Succeeded { node, .. } if *node == own => {
            Some(Kind::Recalled)
        }
        E::Withdrawn { .. } | E::Terminated { .. } => Some(Kind::Recalled),
        _ => None,
    }
}
