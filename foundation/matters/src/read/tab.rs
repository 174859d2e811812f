//! The rows a desk is divided into, each with who may look at it and what stands in it.

use kernel::permission::{Grant, Permission, Relation, allows};

/// Counts stop here: more is shown as "1,000+".
pub const COUNTED_TO: u64 = 1000;
/// The same of what a filter finds: to count more of what is rare, more has to be looked through.
pub const FOUND_TO: u64 = 200;

/// Assignments that somebody still has to act on.
pub(super) const OPEN_NODES: &str = "n.state in ('unsigned', 'working', 'submitted', 'signed_off')";

/// Those of a unit that is no more.
const LEFT: &str = "n.state in ('unsigned', 'working', 'submitted', 'signed_off') \
                    and n.unit in (select gone.code from unit gone where gone.open = 0)";

/// A tab of the staff's lists. Its label's key is `tab-<code>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// Everything in scope.
    #[default]
    All,
    /// 待审
    Review,
    /// 待派: accepted, to be assigned or answered.
    Dispatch,
    /// 在办
    InProgress,
    /// 待回访
    CallBack,
    /// 待核验: somebody verifies the result.
    Verification,
    /// 待认定: contested or rated badly.
    RedoPending,
    /// 施压报复反映: not settled yet.
    Pressure,
    /// 已办结
    Closed,
    /// 待签收: assignments of the reader's units, as all below.
    ToSign,
    /// 办理中
    Working,
    /// 已转派: passed on to a unit below.
    PassedOn,
    /// 待审签
    ToSignOff,
    /// 已办理
    Finished,
    /// 待审核: what the reader's units assigned, as the two below.
    ToReview,
    /// 异议待裁
    Objections,
    /// 申请待批
    Requests,
    /// 终止待批
    Terminations,
    /// 拟不予受理待批
    Declines,
    /// 评价申诉待评议
    Exclusions,
    /// Open assignments of closed units that no successor followed: of the queue of decisions.
    Left,
    /// Open assignments that supervision watches; of no desk.
    Watched,
    /// Assignments that supervision saw go late, finished ones too; of no desk.
    WentLate,
    /// What the office itself has to do, where it is late or soon will be; of no desk.
    OfficeLate,
}

/// What a tab lists.
pub(super) enum Rows {
    /// Matters that hold this condition on `m`.
    Matters(&'static str),
    /// The same, for those with this permission only.
    Guarded(&'static str, Permission),
    /// Assignments that hold this condition on `n`, as supervision sees them.
    Watched(&'static str),
    /// Assignments that hold this condition on `n`, standing to the reader's grants so.
    Nodes(&'static str, Permission, Relation),
}

impl Tab {
    /// Every tab, in the order a desk shows them.
    pub const ALL: [Self; 17] = [
        Self::Review,
        Self::Dispatch,
        Self::ToSign,
        Self::Working,
        Self::PassedOn,
        Self::ToSignOff,
        Self::ToReview,
        Self::Objections,
        Self::Requests,
        Self::InProgress,
        Self::CallBack,
        Self::Verification,
        Self::RedoPending,
        Self::Pressure,
        Self::Finished,
        Self::Closed,
        Self::All,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Review => "review",
            Self::Dispatch => "dispatch",
            Self::InProgress => "in_progress",
            Self::CallBack => "call_back",
            Self::Verification => "verification",
            Self::RedoPending => "redo_pending",
            Self::Pressure => "pressure",
            Self::Closed => "closed",
            Self::ToSign => "to_sign",
            Self::Working => "working",
            Self::PassedOn => "passed_on",
            Self::ToSignOff => "to_sign_off",
            Self::Finished => "finished",
            Self::ToReview => "to_review",
            Self::Objections => "objections",
            Self::Requests => "requests",
            Self::Terminations => "terminations",
            Self::Declines => "declines",
            Self::Exclusions => "exclusions",
            Self::Left => "left",
            Self::Watched => "watched",
            Self::WentLate => "went_late",
            Self::OfficeLate => "office_late",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    /// Key of its label.
    pub fn key(self) -> String {
        format!("tab-{}", self.code())
    }

    /// The tabs that mean something to someone with these grants.
    pub fn offered(grants: &[Grant]) -> Vec<Self> {
        Self::ALL.into_iter().filter(|tab| grants.iter().any(|grant| tab.concerns(grant))).collect()
    }

    fn concerns(self, grant: &Grant) -> bool {
        let may = |permission, relation| allows(grant.role, permission, relation);
        match (self, self.rows()) {
            (_, Rows::Nodes(_, permission, Relation::Assigner)) => {
                may(permission, Relation::Assigner) || may(permission, Relation::Office)
            }
            (_, Rows::Nodes(_, permission, relation)) => may(permission, relation),
            (_, Rows::Guarded(_, permission)) => may(permission, Relation::Office),
            (_, Rows::Watched(_)) => {
                Relation::ALL.iter().any(|relation| may(Permission::SupervisionRead, *relation))
            }
            (Self::All, _) => Relation::ALL.iter().any(|relation| may(Permission::MatterRead, *relation)),
            _ => may(Permission::MatterRead, Relation::Office),
        }
    }

    pub(super) fn rows(self) -> Rows {
        use Permission as P;
        use Relation::{Assigner, Handler};
        match self {
            Self::All => Rows::Matters("1 = 1"),
            Self::Review => Rows::Matters("m.phase = 'registered'"),
            Self::Dispatch => Rows::Matters("m.phase = 'accepted'"),
            Self::InProgress => Rows::Matters("m.phase in ('assigned', 'redo', 'merged')"),
            Self::CallBack => Rows::Matters("m.phase = 'call_back'"),
            Self::Verification => Rows::Guarded("m.phase = 'verification'", P::MatterVerify),
            Self::RedoPending => Rows::Matters("m.redo_pending = 1"),
            Self::Pressure => Rows::Guarded("m.pressure_open = 1", P::PressureSettle),
            // Most matters there are: to be read in the order of the list, not found by their phase.
            Self::Closed => {
                Rows::Matters("m.phase || '' in ('closed', 'archived', 'declined', 'left_early')")
            }
            Self::ToSign => Rows::Nodes("n.state = 'unsigned'", P::AssignmentSign, Handler),
            Self::Working => Rows::Nodes("n.state = 'working' and n.relay = 0", P::MatterRead, Handler),
            Self::PassedOn => Rows::Nodes("n.state = 'working' and n.relay = 1", P::MatterRead, Handler),
            Self::ToSignOff => Rows::Nodes("n.state = 'submitted'", P::AssignmentSignOff, Handler),
            Self::Finished => Rows::Nodes("n.state in ('approved', 'released')", P::MatterRead, Handler),
            Self::ToReview => Rows::Nodes("n.state = 'signed_off'", P::AssignmentReview, Assigner),
            Self::Objections => Rows::Nodes("n.objected = 1", P::ObjectionDecide, Assigner),
            Self::Requests => Rows::Nodes("n.request is not null", P::IntervalDecide, Assigner),
            Self::Terminations => Rows::Guarded("m.termination_due is not null", P::TerminationDecide),
            Self::Declines => Rows::Guarded("m.decline_proposed = 1", P::DeclineDecide),
            Self::Exclusions => Rows::Guarded("m.exclusion_due is not null", P::ExclusionJudge),
            Self::Left => Rows::Nodes(LEFT, P::ObjectionDecide, Assigner),
            Self::Watched => Rows::Watched(OPEN_NODES),
            Self::WentLate => Rows::Watched("1 = 1"),
            Self::OfficeLate => Rows::Guarded(
                "m.phase in ('registered', 'accepted', 'call_back', 'verification')",
                P::SupervisionRead,
            ),
        }
    }
}
