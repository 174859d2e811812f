//! The cells a matter or an assignment is counted in. A figure is the sum of a cell over
//! all matters, and its rows are the matters that add to it.

use crate::codes::ClosingType;

macro_rules! cells {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// What is counted. Matters 件 unless "assignments" 件次 is said.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cell {
            $($(#[$doc])* $variant,)+
            /// Closed 办结 with this closing type.
            ClosedAs(ClosingType),
        }

        impl Cell {
            const PLAIN: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code; `closed_as_<closing type>` for the closing types.
            pub fn code(self) -> String {
                match self {
                    $(Self::$variant => $code.to_owned(),)+
                    Self::ClosedAs(closing) => format!("closed_as_{}", closing.code()),
                }
            }
        }
    };
}

cells! {
    /// Filed, by anyone, over any channel 收到.
    Received = "received",
    /// Awaiting review 待审.
    Pending = "pending",
    /// 不予受理
    Declined = "declined",
    /// Withdrawn or transferred out before acceptance 受理前离开.
    LeftBeforeAcceptance = "left_before_acceptance",
    /// 受理, deemed acceptance included.
    Accepted = "accepted",
    /// 直接答复 and never assigned.
    AnsweredDirectly = "answered_directly",
    /// Assigned at least once 交办, whatever came later.
    Assigned = "assigned",
    /// Accepted, neither answered nor assigned nor gone 未交办.
    Unassigned = "unassigned",
    /// Merged without ever being assigned 并单.
    Merged = "merged",
    /// Ended between acceptance and assignment 交办前离开.
    LeftBeforeAssignment = "left_before_assignment",
    /// 办结, by whatever closing type.
    Closed = "closed",
    /// 在办
    Open = "open",
    /// Closed, and assigned at least once.
    ClosedOfAssigned = "closed_of_assigned",
    /// Accepted before the period and open when it began.
    CarriedOver = "carried_over",
    /// Closed with a valid rating 有效评价.
    Rated = "rated",
    /// Of these: solved 已解决.
    Solved = "solved",
    /// Of these: satisfied.
    Satisfied = "satisfied",
    /// Rated, and the rating was not excluded 剔除.
    RatedAfterExclusions = "rated_after_exclusions",
    /// Of these: satisfied.
    SatisfiedAfterExclusions = "satisfied_after_exclusions",
    /// Given a result at least once (approved, or answered directly, or the master's).
    ResultGiven = "result_given",
    /// Redone at least once 重办.
    Redone = "redone",
    /// Filed within the period.
    PeriodReceived = "period_received",
    /// Declined within the period.
    PeriodDeclined = "period_declined",
    /// Accepted within the period.
    PeriodAccepted = "period_accepted",
    /// First assigned within the period.
    PeriodAssigned = "period_assigned",
    /// Answered directly within the period.
    PeriodAnsweredDirectly = "period_answered_directly",
    /// Closed within the period and still so at its end.
    PeriodClosed = "period_closed",
    /// Closed when the period began, and opened again in it.
    PeriodReopened = "period_reopened",
    /// Assignments 交办件次.
    Assignments = "assignments",
    /// Assignments whose submission was approved.
    AssignmentsFinished = "assignments_finished",
    /// Assignments under way.
    AssignmentsOpen = "assignments_open",
    /// Assignments reassigned or released.
    AssignmentsEnded = "assignments_ended",
    /// Assignments signed, or past the time to sign.
    SigningDue = "signing_due",
    /// Assignments signed in time.
    SignedInTime = "signed_in_time",
    /// Assignments with a first contact made, or past the time for it; those passed on to a
    /// unit below are contacted by that one.
    ContactDue = "contact_due",
    /// Assignments whose first contact came in time.
    ContactedInTime = "contacted_in_time",
    /// Assignments finished, or open and overdue by the first limit.
    FirstLimitDue = "first_limit_due",
    /// Assignments finished within the first limit.
    OnTime = "on_time",
    /// Assignments finished, or open and overdue by the limit as extended.
    ExtendedLimitDue = "extended_limit_due",
    /// Assignments finished within the limit as extended.
    OnTimeExtended = "on_time_extended",
    /// Assignments under way and overdue by the limit as extended.
    AssignmentsOverdue = "assignments_overdue",
    /// Assignments objected to.
    AssignmentsObjected = "assignments_objected",
    /// Assignments given to another unit after an objection.
    AssignmentsReassigned = "assignments_reassigned",
    /// Assignments that got an extension.
    AssignmentsExtended = "assignments_extended",
}

impl Cell {
    /// Every cell.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::PLAIN.iter().copied().chain(ClosingType::ALL.iter().copied().map(Self::ClosedAs))
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|cell| cell.code() == code)
    }

    /// Whether assignments 件次 are counted, not matters 件.
    pub fn is_of_assignments(self) -> bool {
        matches!(
            self,
            Self::Assignments
                | Self::AssignmentsFinished
                | Self::AssignmentsOpen
                | Self::AssignmentsEnded
                | Self::SigningDue
                | Self::SignedInTime
                | Self::ContactDue
                | Self::ContactedInTime
                | Self::FirstLimitDue
                | Self::OnTime
                | Self::ExtendedLimitDue
                | Self::OnTimeExtended
                | Self::AssignmentsOverdue
                | Self::AssignmentsObjected
                | Self::AssignmentsReassigned
                | Self::AssignmentsExtended
        )
    }
}
