//! The dated facts the figures are folded from: what a matter's events come to, each at
//! its effective time. They hold codes, times and units; nothing personal.

use crate::codes::{
    AppealType, Channel, ClosingType, ExpressLine, Grade, NodeRole, RatedBy, Solved, Urgency,
};
use crate::event::{Event, NodeLimits};
use crate::fold::fold;
use crate::kind::MatterKind;
use crate::state::{ChildLimit, Matter, Node, NodeState, Phase};
use kernel::time::Instant;
use kernel::{AreaId, MatterId, NodeId, Recorded, UnitId};
use serde::{Deserialize, Serialize};

/// Something that counts, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Of which matter.
    pub matter: MatterId,
    /// When it counts (PRODUCT rule 1: nothing live is back-dated).
    pub at: Instant,
    /// What.
    #[serde(flatten)]
    pub kind: FactKind,
}

/// What can be counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields are those of the state they are taken from")]
pub enum FactKind {
    Received {
        office: UnitId,
    },
    /// What the matter is about, as known from then on: it can be classified anew.
    Described(Traits),
    Accepted {
        deemed: bool,
    },
    Declined,
    /// Withdrawn or transferred out before acceptance.
    LeftEarly,
    AnsweredDirectly,
    /// A result reached the appellant, from whatever source.
    ResultGiven,
    Merged,
    /// The master ended without a result.
    MergeUndone,
    Ended {
        closing: ClosingType,
    },
    Reopened,
    RedoOrdered {
        round: u32,
    },
    Rated {
        round: u32,
        solved: Solved,
        grade: Grade,
        by: RatedBy,
    },
    /// The last rating does not count for the unit 剔除; both figures are shown.
    RatingExcluded,

    NodeAssigned {
        node: NodeId,
        parent: Option<NodeId>,
        unit: UnitId,
        role: NodeRole,
        sign_by: Instant,
        contact_by: Option<Instant>,
        limit: Deadline,
    },
    /// Another unit has it from then on.
    NodeSucceeded {
        node: NodeId,
        unit: UnitId,
    },
    NodeSigned {
        node: NodeId,
    },
    NodeContacted {
        node: NodeId,
    },
    NodeSubmitted {
        node: NodeId,
    },
    /// Returned, or ordered to be done again: there is no submission any more.
    NodeTakenBack {
        node: NodeId,
    },
    NodeApproved {
        node: NodeId,
        submitted_at: Instant,
    },
    NodeEnded {
        node: NodeId,
        reassigned: bool,
    },
    /// The limit moved: `first` only by pauses counted out, `limit` also by extension,
    /// redo or another calendar.
    NodeLimit {
        node: NodeId,
        first: Deadline,
        limit: Deadline,
    },
    NodePaused {
        node: NodeId,
    },
    NodeResumed {
        node: NodeId,
    },
    NodeObjected {
        node: NodeId,
    },
    NodeExtended {
        node: NodeId,
    },
}

impl FactKind {
    /// The stable code, as serialized.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Described(_) => "described",
            Self::Accepted { .. } => "accepted",
            Self::Declined => "declined",
            Self::LeftEarly => "left_early",
            Self::AnsweredDirectly => "answered_directly",
            Self::ResultGiven => "result_given",
            Self::Merged => "merged",
            Self::MergeUndone => "merge_undone",
            Self::Ended { .. } => "ended",
            Self::Reopened => "reopened",
            Self::RedoOrdered { .. } => "redo_ordered",
            Self::Rated { .. } => "rated",
            Self::RatingExcluded => "rating_excluded",
            Self::NodeAssigned { .. } => "node_assigned",
            Self::NodeSucceeded { .. } => "node_succeeded",
            Self::NodeSigned { .. } => "node_signed",
            Self::NodeContacted { .. } => "node_contacted",
            Self::NodeSubmitted { .. } => "node_submitted",
            Self::NodeTakenBack { .. } => "node_taken_back",
            Self::NodeApproved { .. } => "node_approved",
            Self::NodeEnded { .. } => "node_ended",
            Self::NodeLimit { .. } => "node_limit",
            Self::NodePaused { .. } => "node_paused",
            Self::NodeResumed { .. } => "node_resumed",
            Self::NodeObjected { .. } => "node_objected",
            Self::NodeExtended { .. } => "node_extended",
        }
    }
}

/// By what matters are counted apart. Codes only; a matter not classified yet has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the fields are those of `state::Matter`")]
pub struct Traits {
    pub appeal_type: Option<AppealType>,
    pub category: Option<String>,
    pub area: Option<AreaId>,
    pub urgency: Option<Urgency>,
    pub channel: Option<Channel>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<ExpressLine>,
}

impl From<&Matter> for Traits {
    fn from(matter: &Matter) -> Self {
        Self {
            appeal_type: matter.appeal_type,
            category: matter.category.clone(),
            area: matter.area.clone(),
            urgency: matter.urgency,
            channel: matter.channel,
            lines: matter.express_lines.clone(),
        }
    }
}

/// A handling limit as the statistics need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The due under the parent's cap.
    pub due: Instant,
    /// Until here lateness is the parent's, who passed it on late.
    pub fair: Instant,
}

impl From<&ChildLimit> for Deadline {
    fn from(limit: &ChildLimit) -> Self {
        Self { due: limit.due(), fair: limit.fair.max(limit.due()) }
    }
}

/// All facts of one matter's history.
pub fn facts_of(history: &[Recorded<Event>]) -> Vec<Fact> {
    let mut matter = Matter::default();
    let mut facts = Vec::new();
    for entry in history {
        let after = fold(matter.clone(), entry);
        facts.extend(facts_between(&matter, &after, entry));
        matter = after;
    }
    facts
}

/// What one event came to, given the matter before and after it.
pub fn facts_between(before: &Matter, after: &Matter, entry: &Recorded<Event>) -> Vec<Fact> {
    // The published figures are of appeals; what an office raises by itself is none.
    let Some(matter) = after.id.filter(|_| after.kind == MatterKind::Appeal) else {
        return Vec::new();
    };
    let mut kinds = Vec::new();
    matter_facts(before, after, &entry.event, &mut kinds);
    for node in &after.nodes {
        node_facts(before.node(node.id), node, &mut kinds);
    }
    kinds.extend(said(after, &entry.event));
    let at = entry.at();
    kinds.into_iter().map(|kind| Fact { matter, at, kind }).collect()
}

fn matter_facts(before: &Matter, after: &Matter, event: &Event, facts: &mut Vec<FactKind>) {
    if before.filed_at.is_none() {
        facts.extend(after.office.clone().map(|office| FactKind::Received { office }));
    }
    let traits = Traits::from(after);
    if traits != Traits::from(before) {
        facts.push(FactKind::Described(traits));
    }
    if !before.is_accepted() && after.is_accepted() {
        facts.push(FactKind::Accepted { deemed: after.deemed });
    }
    if before.direct.is_none() && after.direct.is_some() {
        facts.push(FactKind::AnsweredDirectly);
    }
    if after.result_approved_at.is_some() && before.result_approved_at != after.result_approved_at {
        facts.push(FactKind::ResultGiven);
    }
    if before.phase != after.phase {
        facts.extend(match after.phase {
            Phase::Declined => Some(FactKind::Declined),
            Phase::LeftEarly if !after.is_accepted() => Some(FactKind::LeftEarly),
            Phase::Merged => Some(FactKind::Merged),
            _ => None,
        });
        if is_closed(before.phase) && !is_closed(after.phase) {
            facts.push(FactKind::Reopened);
        }
    }
    if matches!(event, Event::MasterLeft { .. }) {
        facts.push(FactKind::MergeUndone);
    }
    if is_closed(after.phase) && !is_closed(before.phase) {
        facts.extend(after.closing.map(|closing| FactKind::Ended { closing }));
    }
}

fn is_closed(phase: Phase) -> bool {
    matches!(phase, Phase::Closed | Phase::Archived)
}

fn node_facts(before: Option<&Node>, after: &Node, facts: &mut Vec<FactKind>) {
    let node = after.id;
    let Some(before) = before else {
        facts.push(assigned(after));
        return;
    };
    if before.unit != after.unit {
        facts.push(FactKind::NodeSucceeded { node, unit: after.unit.clone() });
    }
    if before.signed_at.is_none() && after.signed_at.is_some() {
        facts.push(FactKind::NodeSigned { node });
    }
    if before.contacted_at.is_none() && after.contacted_at.is_some() {
        facts.push(FactKind::NodeContacted { node });
    }
    if before.paused.is_some() != after.paused.is_some() {
        facts.push(match after.paused {
            Some(_) => FactKind::NodePaused { node },
            None => FactKind::NodeResumed { node },
        });
    }
    let limits = |node: &Node| (deadline(&node.first_limits), deadline(&node.limits));
    if limits(before) != limits(after) {
        let (first, limit) = limits(after);
        facts.push(FactKind::NodeLimit { node, first, limit });
    }
    if before.submitted_at != after.submitted_at {
        facts.push(match after.submitted_at {
            Some(_) => FactKind::NodeSubmitted { node },
            None => FactKind::NodeTakenBack { node },
        });
    }
    if before.state != after.state {
        match after.state {
            NodeState::Approved => facts.extend(
                after
                    .approved_submission_at
                    .map(|submitted_at| FactKind::NodeApproved { node, submitted_at }),
            ),
            NodeState::Reassigned => facts.push(FactKind::NodeEnded { node, reassigned: true }),
            NodeState::Released => facts.push(FactKind::NodeEnded { node, reassigned: false }),
            _ => {}
        }
    }
}

fn assigned(node: &Node) -> FactKind {
    FactKind::NodeAssigned {
        node: node.id,
        parent: node.parent,
        unit: node.unit.clone(),
        role: node.role,
        sign_by: node.limits.signing.due,
        contact_by: node.limits.contact.as_ref().map(|limit| limit.due),
        limit: deadline(&node.limits),
    }
}

fn deadline(limits: &NodeLimits) -> Deadline {
    Deadline::from(&limits.handling)
}

/// Facts that stand in the event itself.
fn said(after: &Matter, event: &Event) -> Option<FactKind> {
    match event {
        Event::Rated { solved, grade, by, .. } => {
            Some(FactKind::Rated { round: after.round(), solved: *solved, grade: *grade, by: *by })
        }
        Event::ExclusionGranted => Some(FactKind::RatingExcluded),
        Event::RedoOrdered { round, .. } => Some(FactKind::RedoOrdered { round: *round }),
        Event::Objected { node, .. } => Some(FactKind::NodeObjected { node: *node }),
        Event::ExtensionGranted { node, .. } => Some(FactKind::NodeExtended { node: *node }),
        _ => None,
    }
}
