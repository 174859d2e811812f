//! A node of the assignment tree: whom it was given to, within which limits, how far it is.

use super::{Limit, Matter};
use crate::answer::{AnswerCheck, CheckedText};
use crate::codes::{ContactWay, IntervalKind, NodeRole};
use crate::command::{DemandResult, Text};
use crate::event::NodeLimits;
use crate::ground::GivenGround;
use kernel::time::{Date, Instant, Pause, Span};
use kernel::{AccountId, BlobId, Hands, NodeId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A handling limit in the tree (PRODUCT §2 "assignment").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildLimit {
    /// The unit's own limit by procedure.
    #[serde(flatten)]
    pub own: Limit,
    /// One working day before the parent's due, where that is earlier than `own.due`.
    pub cap: Option<Instant>,
    /// Until when lateness is not the child's: it would have had this long had the parent
    /// passed the matter on at once. Between `cap` and this, lateness counts against the
    /// parent. Equal to the due where nothing was cut.
    pub fair: Instant,
}

impl ChildLimit {
    /// The date that is shown and that lights go by.
    pub fn due(&self) -> Instant {
        self.cap.map_or(self.own.due, |cap| cap.min(self.own.due))
    }
}

/// Where an assignment is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// 待签收
    Unsigned,
    /// 办理中
    Working,
    /// 已提交, awaits the unit head.
    Submitted,
    /// 已审签, awaits the reviewer.
    SignedOff,
    /// 审核通过
    Approved,
    /// Given to another unit after an objection.
    Reassigned,
    /// Ended without a result of its own.
    Released,
}

impl NodeState {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Working => "working",
            Self::Submitted => "submitted",
            Self::SignedOff => "signed_off",
            Self::Approved => "approved",
            Self::Reassigned => "reassigned",
            Self::Released => "released",
        }
    }

    /// Whether its unit (or its head, or its reviewer) still has to act.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unsigned | Self::Working | Self::Submitted | Self::SignedOff)
    }
}

/// A node of the assignment tree 交办.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in `event::Assigned`")]
pub struct Node {
    pub id: NodeId,
    pub parent: Option<NodeId>,
    pub from: UnitId,
    pub unit: UnitId,
    pub role: NodeRole,
    pub duty_item: Option<String>,
    pub instruction: Option<Text>,
    pub state: NodeState,
    pub assigned_at: Instant,
    pub assigned_by: Option<AccountId>,
    /// As they stand (extension, pauses and redo counted in).
    pub limits: NodeLimits,
    /// As first given: what the statistics go by.
    pub first_limits: NodeLimits,
    pub signed_at: Option<Instant>,
    pub signed_by: Option<AccountId>,
    pub objection: Option<Objection>,
    /// A final ruling stands: no objection any more.
    pub ruled: bool,
    pub contacted_at: Option<Instant>,
    pub contact_way: Option<ContactWay>,
    /// Times the appellant was tried and not reached.
    pub contact_attempts: u32,
    pub progress: u32,
    /// When the next report is due while it is tracked.
    pub report: Option<Limit>,
    /// An interval asked for and not yet decided.
    pub request: Option<IntervalRequest>,
    pub extensions: u32,
    /// The spans granted since the current limit was set.
    pub extended_by: Vec<Span>,
    pub pauses: Vec<Pause>,
    /// The kind of the pause that runs now, and its planned end.
    pub paused: Option<(IntervalKind, Option<Instant>)>,
    pub answer: Option<NodeAnswer>,
    pub submitted_at: Option<Instant>,
    pub submitted_by: Option<Hands>,
    pub attachments: Vec<BlobId>,
    pub signed_off_by: Option<AccountId>,
    pub approved_at: Option<Instant>,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// The submission that was approved, for "on time".
    pub approved_submission_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub returns: u32,
    /// When its unit last did anything about it, or it last came back to the unit.
    pub moved_at: Option<Instant>,
    /// Accounts that worked on it for its unit: none of them reviews it.
    pub workers: BTreeSet<AccountId>,
    /// Units since closed that had it before, each with until when.
    pub held_before: Vec<(UnitId, Instant)>,
}

impl Node {
    /// The unit that had it at a time.
    pub fn unit_at(&self, at: Instant) -> &UnitId {
        self.held_before.iter().find(|(_, until)| at < *until).map_or(&self.unit, |(unit, _)| unit)
    }
}

/// An objection 派单异议.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct Objection {
    pub at: Instant,
    pub by: Hands,
    pub ground: Option<GivenGround>,
    pub basis: Text,
    pub suggests: Option<UnitId>,
    pub decide_limit: Limit,
    pub decided: bool,
}

/// An interval asked for.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct IntervalRequest {
    pub kind: IntervalKind,
    pub span: Option<Span>,
    pub until: Option<Date>,
    pub by: Hands,
    pub at: Instant,
    pub ground: Option<GivenGround>,
    pub reason: Text,
}

/// A unit's answer to the appellant.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct NodeAnswer {
    pub at: Instant,
    pub by: Hands,
    pub results: Vec<DemandResult>,
    pub text: CheckedText,
    pub way: ContactWay,
    pub answered_at: Instant,
    /// What its words lacked, where they were looked at.
    pub check: Option<AnswerCheck>,
}

impl Node {
    /// Since when nothing moves: its unit's last act, or when it got it.
    pub fn still_since(&self) -> Instant {
        self.moved_at.unwrap_or(self.assigned_at)
    }

    /// Whether its unit passed it on to a lead below: then approving that lead's
    /// submission is this node's own submission.
    pub fn is_relay(&self, matter: &Matter) -> bool {
        matter.children(Some(self.id)).any(Self::is_part)
    }
}
