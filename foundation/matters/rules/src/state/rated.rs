//! What the appellant says of the outcome, and what is said against it: call-backs, ratings,
//! reports of pressure, claims that a rating should not count, re-checks.

use super::Limit;
use crate::codes::{CallOutcome, Finding, Grade, PressureKind, RatedBy, Solved};
use crate::command::Text;
use crate::ground::GivenGround;
use kernel::time::Instant;
use kernel::{AccountId, BlobId, Hands, NodeId};

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
