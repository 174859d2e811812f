//! What waits for its time in a matter: derived from the state, so that jobs can be made
//! anew at any time. A timer that comes too early or too late is refused by its command.

use crate::codes::{IntervalKind, TimerKind};
use crate::command::Command;
use crate::state::{Matter, Phase};
use kernel::NodeId;
use kernel::time::Instant;

/// A command that the platform gives when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timer {
    /// What.
    pub kind: TimerKind,
    /// For which assignment, where it is one's.
    pub node: Option<NodeId>,
    /// When; not before.
    pub at: Instant,
    interval: Option<IntervalKind>,
}

/// All that waits in the matter as it stands.
pub fn timers(matter: &Matter) -> Vec<Timer> {
    let mut waiting = Vec::new();
    match matter.phase {
        Phase::Registered => {
            let review = matter.review.as_ref().map(|review| review.due);
            waiting.extend(review.map(|at| Timer::of_matter(TimerKind::DeemAccepted, at)));
            let asked = matter.open_completion().map(|asked| asked.limit.due);
            waiting.extend(asked.map(|at| Timer::of_matter(TimerKind::LapseCompletion, at)));
        }
        Phase::CallBack if matter.round_rating().is_none() && !matter.redo_pending => {
            let at = matter.close_unrated_at;
            waiting.extend(at.map(|at| Timer::of_matter(TimerKind::CloseUnrated, at)));
        }
        Phase::Closed if !matter.redo_pending && matter.open_exclusion().is_none() => {
            waiting.extend(matter.archive_at.map(|at| Timer::of_matter(TimerKind::Archive, at)));
        }
        _ => {}
    }
    let asked = matter.termination.as_ref().and_then(|asked| asked.limit.as_ref());
    waiting.extend(asked.map(|limit| Timer::of_matter(TimerKind::LapseTermination, limit.due)));
    let claimed = matter.open_exclusion().map(|claim| claim.limit.due);
    waiting.extend(claimed.map(|at| Timer::of_matter(TimerKind::LapseExclusion, at)));
    for node in matter.nodes.iter().filter(|_| matter.is_running()) {
        let objection = node.objection.as_ref().filter(|objection| !objection.decided);
        waiting.extend(objection.map(|objection| Timer {
            kind: TimerKind::LapseObjection,
            node: Some(node.id),
            at: objection.decide_limit.due,
            interval: None,
        }));
        let interval = node.request.as_ref().map(|request| request.kind);
        waiting.extend(interval.map(|_| Timer {
            kind: TimerKind::LapseInterval,
            node: Some(node.id),
            at: node.limits.handling.due(),
            interval,
        }));
        let until = node.paused.and_then(|(_, until)| until);
        waiting.extend(until.map(|at| Timer {
            kind: TimerKind::EndPause,
            node: Some(node.id),
            at,
            interval: None,
        }));
    }
    waiting
}

impl Timer {
    /// The command to give, by the system.
    pub fn command(&self) -> Command {
        match (self.kind, self.node, self.interval) {
            (TimerKind::LapseInterval, Some(node), Some(kind)) => Command::LapseInterval { node, kind },
            (TimerKind::LapseObjection, Some(node), _) => Command::LapseObjection { node },
            (TimerKind::LapseTermination, ..) => Command::LapseTermination,
            (TimerKind::LapseExclusion, ..) => Command::LapseExclusion,
            (TimerKind::EndPause, Some(node), _) => Command::EndPause { node },
            (TimerKind::LapseCompletion, ..) => Command::LapseCompletion,
            (TimerKind::CloseUnrated, ..) => Command::CloseUnrated,
            (TimerKind::Archive, ..) => Command::ArchiveDue,
            _ => Command::DeemAccepted,
        }
    }

    fn of_matter(kind: TimerKind, at: Instant) -> Self {
        Self { kind, node: None, at, interval: None }
    }
}
