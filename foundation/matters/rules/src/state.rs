//! What a matter adds up to. Built by `fold`, read by `decide`, pages and figures.

use crate::answer::{AnswerCheck, CheckedText};
use crate::codes::{
    Addressee, AppealType, CallOutcome, Channel, ClosingType, ContactWay, DeclineGround, ExpressLine,
    Finding, Grade, IntervalKind, Measure, NodeRole, PressureKind, RatedBy, Solved, Urgency,
};
use crate::command::{Circumstances, ContactCard, DemandResult, OnBehalf, Text};
use crate::event::NodeLimits;
use crate::ground::GivenGround;
use crate::kind::{MatterKind, Raised};
use kernel::time::{Date, Instant, Pause, Span};
use kernel::{AccountId, Actor, AreaId, BlobId, Hands, MatterId, NodeId, Sealed, SubjectId, UnitId};
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

/// What the appellant was asked to complete 补正: once, and within the review limit, which
/// runs on (PRODUCT rule 1).
#[derive(Clone, Debug)]
pub struct Completion {
    /// What is missing.
    pub missing: Text,
    /// Until when; never later than the review limit.
    pub limit: Limit,
    /// When it was asked for.
    pub at: Instant,
    /// Who asked.
    pub by: Option<AccountId>,
    /// When material came in answer.
    pub given_at: Option<Instant>,
    /// The limit passed without any.
    pub lapsed: bool,
}

impl Completion {
    /// Whether the appellant may still be waited for.
    pub fn is_open(&self) -> bool {
        self.given_at.is_none() && !self.lapsed
    }
}

/// A proposed decline.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct DeclineCase {
    pub ground: DeclineGround,
    /// How the office worded the ground then; none in old entries.
    pub wording: Option<GivenGround>,
    pub right_way: Text,
    pub by: Hands,
    pub at: Instant,
    /// Decided yes.
    pub declined_at: Option<Instant>,
}

/// A direct answer 直接答复.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct DirectAnswer {
    pub at: Instant,
    pub by: Hands,
    pub results: Vec<DemandResult>,
    pub text: CheckedText,
    /// What its words lacked, where they were looked at.
    pub check: Option<AnswerCheck>,
}

/// A measure of supervision as taken.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in `event::Supervised`")]
pub struct MeasureTaken {
    pub at: Instant,
    pub node: Option<NodeId>,
    pub measure: Measure,
    pub to: Addressee,
    pub due: Option<Instant>,
    /// The rule that brought it about.
    pub rule: Option<String>,
}

impl MeasureTaken {
    /// Whether that rule fired for the limit of that assignment that is due then.
    pub fn fired(&self, rule: &str, node: NodeId, due: Instant) -> bool {
        self.rule.as_deref() == Some(rule) && self.node == Some(node) && self.due == Some(due)
    }
}

/// Something asked for that another person decides.
#[derive(Clone, Debug)]
pub struct Request {
    /// Within which limit; undecided then, it is not granted. None in old journals.
    pub limit: Option<Limit>,
    /// Who asked.
    pub by: Hands,
    /// When.
    pub at: Instant,
    /// The ground chosen; none in old entries.
    pub ground: Option<GivenGround>,
    /// Why.
    pub reason: Text,
}

/// A call-back attempt.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct Call {
    pub at: Instant,
    pub by: Option<AccountId>,
    pub outcome: CallOutcome,
    /// When the appellant wants to be called again.
    pub again_at: Option<Instant>,
    pub recordings: Vec<BlobId>,
}

/// A rating with who gave it and when. The last one of the current round counts.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct Rated {
    pub at: Instant,
    /// When the first rating of this round was given: changes are possible for 24 h from it.
    pub first_at: Instant,
    pub round: u32,
    pub solved: Solved,
    pub grade: Grade,
    pub by: RatedBy,
    pub account: Option<AccountId>,
    pub reason: Option<Text>,
}

/// A request to open a shielded identity.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Number within the matter, from 1.
    pub request: u32,
    /// Who asks.
    pub by: AccountId,
    /// Whose request it is: theirs, and that of whoever they stood in for.
    pub hands: Hands,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: Text,
    /// Until when it is open, once a second person allowed it.
    pub open_until: Option<Instant>,
    /// Decided at all.
    pub decided: bool,
}

/// A report of pressure or reprisal 施压、打击报复.
#[derive(Clone, Debug)]
pub struct PressureReport {
    /// Number within the matter, from 1.
    pub report: u32,
    /// What kind.
    pub kind: PressureKind,
    /// When it was made.
    pub at: Instant,
    /// Its words.
    pub text: Text,
    /// To settle it; none in journals that knew none.
    pub limit: Option<Limit>,
    /// When and with which words it was settled.
    pub settled: Option<(Instant, Text)>,
}

/// A unit's claim that a rating should not count 不满意件申诉(剔除).
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The assignment of the unit that claims it.
    pub node: NodeId,
    /// Which rating: its place among [`Matter::ratings`], from 1.
    pub rating: usize,
    /// Who claimed it.
    pub by: Hands,
    /// When.
    pub at: Instant,
    /// The ground chosen.
    pub ground: Option<GivenGround>,
    /// Why.
    pub reason: Text,
    /// What proves it.
    pub attachments: Vec<BlobId>,
    /// For the panel; undecided then, the rating counts.
    pub limit: Limit,
    /// What the members of the panel said, in order.
    pub opinions: Vec<Opinion>,
    /// How and when it ended.
    pub outcome: Option<(ExclusionOutcome, Instant)>,
}

/// How a claim against a rating ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExclusionOutcome {
    /// The rates after exclusions leave the rating out.
    Granted,
    /// The rating counts.
    Refused,
    /// Too few said anything in time: the rating counts.
    Lapsed,
    /// The matter was opened again meanwhile.
    Overtaken,
}

/// What one member of a panel said.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct Opinion {
    pub by: Hands,
    pub at: Instant,
    pub grant: bool,
    pub reason: Text,
}

/// A second look at a closed matter 抽查复核.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "fields as in the command")]
pub struct Rechecked {
    pub draw: String,
    pub by: Hands,
    pub at: Instant,
    pub called: bool,
    pub finding: Finding,
    pub text: Text,
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
