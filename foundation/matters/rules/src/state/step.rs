//! Steps on a matter's way that somebody asks for and another decides, or that stand by themselves.

use super::Limit;
use crate::answer::{AnswerCheck, CheckedText};
use crate::codes::{Addressee, DeclineGround, Measure};
use crate::command::{DemandResult, Text};
use crate::ground::GivenGround;
use kernel::time::Instant;
use kernel::{AccountId, Hands, NodeId};

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
