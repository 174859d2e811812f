//! What a matter adds up to. Built by `fold`, read by `decide`, pages and figures.

mod node;
mod rated;
mod step;

pub use node::{ChildLimit, IntervalRequest, Node, NodeAnswer, NodeState, Objection};
pub use rated::{Call, Exclusion, ExclusionOutcome, Opinion, PressureReport, Rated, Rechecked};
pub use step::{Completion, DeclineCase, DirectAnswer, MeasureTaken, Opening, Request};

use crate::codes::{AppealType, Channel, ClosingType, ExpressLine, Urgency};
use crate::command::{Circumstances, ContactCard, OnBehalf, Text};
use crate::kind::{MatterKind, Raised};
use kernel::time::{Date, Instant, Span};
use kernel::{AccountId, Actor, AreaId, BlobId, MatterId, NodeId, Sealed, SubjectId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A limit as set: enough to recompute and to explain it at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Where the count starts.
    pub start: Instant,
    /// How long.
    pub span: Span,
    /// When it is due.
    pub due: Instant,
    /// Version of the calendar it was computed with.
    pub calendar: String,
}

/// Where a matter is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No event yet.
    #[default]
    None,
    /// 待审: filed, awaiting review.
    Registered,
    /// 不予受理
    Declined,
    /// Left before acceptance: withdrawn or transferred out.
    LeftEarly,
    /// 已受理, neither answered nor assigned yet (also after a redo of a direct answer).
    Accepted,
    /// 已并单: waits for its master.
    Merged,
    /// 办理中: the tree runs.
    Assigned,
    /// 待回访: the result is approved (or answered directly).
    CallBack,
    /// 待核验: the result is approved, and somebody verifies it.
    Verification,
    /// 重办中
    Redo,
    /// 已办结 (withdrawn, terminated and merged ones too, by closing type).
    Closed,
    /// 已归档
    Archived,
}

impl Phase {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Registered => "registered",
            Self::Declined => "declined",
            Self::LeftEarly => "left_early",
            Self::Accepted => "accepted",
            Self::Merged => "merged",
            Self::Assigned => "assigned",
            Self::CallBack => "call_back",
            Self::Verification => "verification",
            Self::Redo => "redo",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// Whether nothing more is expected of anybody.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Declined | Self::LeftEarly | Self::Closed | Self::Archived)
    }
}

/// A matter 事项.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "fields are named as in `event::Filed` and `event::Accepted`")]
pub struct Matter {
    pub id: Option<MatterId>,
    pub version: i64,
    pub phase: Phase,
    pub kind: MatterKind,
    pub number: String,
    pub code_hmac: Option<String>,
    pub subject: Option<SubjectId>,
    pub office: Option<UnitId>,
    pub appeal_type: Option<AppealType>,
    pub category: Option<String>,
    pub area: Option<AreaId>,
    pub title: Option<Text>,
    pub text: Option<Text>,
    pub expected: Option<Text>,
    pub contact: Option<Sealed<ContactCard>>,
    pub shielded: bool,
    /// Title and text as the handling units of a shielded matter see them.
    pub redacted: Option<(Text, Text)>,
    pub on_behalf: Option<OnBehalf>,
    pub complained_about: Option<UnitId>,
    pub channel: Option<Channel>,
    pub source_number: Option<String>,
    pub source_due: Option<Instant>,
    /// Until when more time was asked for there, while that is open.
    pub source_asked: Option<Date>,
    pub express_lines: Vec<ExpressLine>,
    pub attachments: Vec<BlobId>,
    pub circumstances: Circumstances,
    /// Where it comes from, if an office raised it.
    pub raised: Raised,
    pub procedure: (String, u32),
    /// The appellant's clock starts here and never resets.
    pub filed_at: Option<Instant>,
    /// Who registered it, where an officer did.
    pub filed_by: Option<Actor>,
    pub review: Option<Limit>,
    pub accepted_at: Option<Instant>,
    pub deemed: bool,
    pub urgency: Option<Urgency>,
    pub natural_time: bool,
    pub demands: Vec<Text>,
    /// The promised date as it stands, and as first given.
    pub promise: Option<Limit>,
    pub first_promise: Option<Limit>,
    pub assignment: Option<Limit>,
    pub completion: Option<Completion>,
    pub decline: Option<DeclineCase>,
    pub transferred_to: Option<String>,
    pub direct: Option<DirectAnswer>,
    pub master: Option<MatterId>,
    /// The tree, in the order of assignment.
    pub nodes: Vec<Node>,
    /// Units that have objected in this matter: once each.
    pub objected: BTreeSet<UnitId>,
    /// 改派次数
    pub reassignments: u32,
    /// Accounts that had a hand in handling it: the direct answer, or any work on a node.
    pub handled_by: BTreeSet<AccountId>,
    /// When it left before acceptance, or was declined.
    pub left_at: Option<Instant>,
    /// Where the result that is rated came from.
    pub result: Option<ResultSource>,
    pub result_approved_at: Option<Instant>,
    pub call_back_limit: Option<Limit>,
    pub close_unrated_at: Option<Instant>,
    pub calls: Vec<Call>,
    pub ratings: Vec<Rated>,
    pub contested: bool,
    /// A contest or a negative rating awaits a decision.
    pub redo_pending: bool,
    /// In this round it was decided that no redo follows: the result was upheld against a
    /// negative rating, or the matter was escalated.
    pub redo_decided: bool,
    /// In this round the appellant asked for a redo without giving a grade.
    pub redo_asked: bool,
    pub redos: u32,
    pub redo_reason: Option<Text>,
    pub escalated: bool,
    pub termination: Option<Request>,
    pub closed_at: Option<Instant>,
    pub closing: Option<ClosingType>,
    /// The closing stays open to being contested until, at least.
    pub contest_until: Option<Instant>,
    pub archive_at: Option<Instant>,
    pub archived_at: Option<Instant>,
    pub openings: Vec<Opening>,
    /// What supervision did about it.
    pub measures: Vec<MeasureTaken>,
    /// What the appellant said of pressure and reprisal: never for the handling units.
    pub pressure: Vec<PressureReport>,
    /// Claims that a rating should not count.
    pub exclusions: Vec<Exclusion>,
    /// Second looks at it once it was closed.
    pub rechecks: Vec<Rechecked>,
}

/// What gave the appellant a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultSource {
    /// The office answered directly.
    Direct,
    /// The assignment tree was approved at the top.
    Tree,
    /// The master it was merged under.
    Master,
}

impl Matter {
    /// The node of that name.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The nodes assigned from that node (or by the office).
    pub fn children(&self, parent: Option<NodeId>) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(move |node| node.parent == parent)
    }

    /// Whether it was ever accepted.
    pub fn is_accepted(&self) -> bool {
        self.accepted_at.is_some()
    }

    /// Which round of evaluation it is in: 1, and one more with every redo.
    pub fn round(&self) -> u32 {
        self.redos + 1
    }

    /// The reports of pressure that nobody has settled yet.
    pub fn open_pressure(&self) -> impl Iterator<Item = &PressureReport> {
        self.pressure.iter().filter(|report| report.settled.is_none())
    }

    /// The last claim against the rating that counts now.
    pub fn exclusion(&self) -> Option<&Exclusion> {
        self.exclusions.last().filter(|claim| claim.rating == self.ratings.len())
    }

    /// The claim against a rating that a panel has to judge.
    pub fn open_exclusion(&self) -> Option<&Exclusion> {
        self.exclusions.last().filter(|claim| claim.outcome.is_none())
    }

    /// Whether units are at work on it.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Assigned | Phase::Redo)
    }

    /// Whether everything assigned at the top is approved, so that there is a result.
    pub fn is_complete(&self) -> bool {
        self.parts_approved(None)
    }

    /// Whether there are lead or separate units below `parent` (at the top), and the
    /// submissions of all of them are approved.
    pub fn parts_approved(&self, parent: Option<NodeId>) -> bool {
        let mut parts = self.children(parent).filter(|node| node.is_part()).peekable();
        parts.peek().is_some() && parts.all(|node| node.state == NodeState::Approved)
    }

    /// The rating of the round that runs, if one was given.
    pub fn round_rating(&self) -> Option<&Rated> {
        self.ratings.last().filter(|rated| rated.round == self.round())
    }

    /// The call-back attempts since the result was approved.
    pub fn round_calls(&self) -> impl Iterator<Item = &Call> {
        let since = self.result_approved_at;
        self.calls.iter().filter(move |call| since.is_some_and(|since| call.at >= since))
    }

    /// Whether the shielded identity stands open to that account: allowed by a second
    /// person, for a time.
    pub fn identity_open_to(&self, account: AccountId, now: Instant) -> bool {
        self.openings
            .iter()
            .any(|opening| opening.by == account && opening.open_until.is_some_and(|until| now <= until))
    }

    /// The node and all below it.
    pub fn subtree(&self, id: NodeId) -> Vec<&Node> {
        let mut found: Vec<&Node> = self.node(id).into_iter().collect();
        let mut next = 0;
        while next < found.len() {
            let parent = Some(found[next].id);
            found.extend(self.nodes.iter().filter(|node| node.parent == parent && node.id != id));
            next += 1;
        }
        found
    }

    /// The completion that the appellant is waited for, while review runs.
    pub fn open_completion(&self) -> Option<&Completion> {
        self.completion.as_ref().filter(|asked| self.phase == Phase::Registered && asked.is_open())
    }

    /// The rating that counts now: the last one of the latest round that has any.
    pub fn rating(&self) -> Option<&Rated> {
        self.ratings.last()
    }
}
