//! A node of the assignment tree with what is asked of it and what it answered.

use super::LimitView;
use super::names::{GroundView, UnitName};
use kernel::NodeId;
use kernel::time::{Instant, Pause, Span};
use matters_rules::authority::Most;
use matters_rules::state::NodeState;
use matters_rules::{ContactWay, IntervalKind, Lack, NodeRole, Outcome};

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct NodeView {
    /// Which.
    pub id: NodeId,
    /// Its parent.
    pub parent: Option<NodeId>,
    /// 0 at the top.
    pub depth: u8,
    /// Who assigned it.
    pub from: UnitName,
    /// To whom.
    pub unit: UnitName,
    /// As what.
    pub role: NodeRole,
    /// How far it is.
    pub state: NodeState,
    /// Whether it passed the work on to a lead below.
    pub is_relay: bool,
    /// Code and title of the duty-list item it rests on.
    pub duty_item: Option<(String, String)>,
    /// What it is asked to do; empty where there is nothing or the viewer may not see it.
    pub instruction: String,
    /// When it was assigned.
    pub assigned_at: Instant,
    /// When it was signed.
    pub signed_at: Option<Instant>,
    /// When the appellant was first contacted.
    pub contacted_at: Option<Instant>,
    /// How.
    pub contact_way: Option<ContactWay>,
    /// When it was submitted.
    pub submitted_at: Option<Instant>,
    /// When the submission was approved.
    pub approved_at: Option<Instant>,
    /// Times returned.
    pub returns: u32,
    /// To sign.
    pub signing: LimitView,
    /// To object; none where that is over for good.
    pub objection_limit: Option<LimitView>,
    /// First contact.
    pub contact: Option<LimitView>,
    /// To submit.
    pub handling: LimitView,
    /// The handling limit as first given, where it moved.
    pub first_due_at: Option<Instant>,
    /// An open objection.
    pub objection: Option<ObjectionView>,
    /// A final ruling stands.
    pub ruled: bool,
    /// An interval asked for.
    pub request: Option<RequestView>,
    /// The kind of the pause that runs now, and its planned end.
    pub paused: Option<(IntervalKind, Option<Instant>)>,
    /// When the next report of a tracked assignment is due.
    pub report_at: Option<Instant>,
    /// Approved pauses.
    pub pauses: Vec<Pause>,
    /// Its answer to the appellant.
    pub answer: Option<AnswerView>,
    /// Evidence.
    pub attachments: Vec<crate::Attachment>,
    /// Where the unit is reached now, out of hours; none in hours or where nobody said.
    pub duty_phone: Option<String>,
    /// Whether one of the viewer's grants stands in or above this unit.
    pub mine: bool,
}

/// An objection awaiting decision.
#[derive(Clone, Debug)]
pub struct ObjectionView {
    /// When raised.
    pub at: Instant,
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// On what basis.
    pub basis: String,
    /// Whom it suggests.
    pub suggests: Option<UnitName>,
    /// To decide it.
    pub decide: LimitView,
    /// Whether it is decided.
    pub decided: bool,
    /// As of a [`RequestView`], for giving it to another unit.
    pub beyond: Option<Most>,
}

/// An interval asked for.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Extension, suspension or tracking.
    pub kind: IntervalKind,
    /// How long.
    pub span: Option<Span>,
    /// Until when.
    pub until: Option<kernel::time::Date>,
    /// When asked.
    pub at: Instant,
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// Why.
    pub reason: String,
    /// The viewer's own limit, where it is more than they may grant.
    pub beyond: Option<Most>,
}

/// An answer to the appellant.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// When recorded.
    pub at: Instant,
    /// Who answered.
    pub unit: Option<UnitName>,
    /// The words.
    pub text: String,
    /// How the appellant was told.
    pub way: Option<ContactWay>,
    /// When they were told.
    pub answered_at: Option<Instant>,
    /// Per demand.
    pub results: Vec<(u32, Outcome)>,
    /// What its words lacked before it was sent; never for the appellant.
    pub lacks: Vec<Lack>,
    /// Why it was sent all the same; empty for no reason.
    pub overridden: String,
}
