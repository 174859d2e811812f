//! What can have happened to a matter. Shapes only ever grow: the journal is kept for good.

use crate::answer::{AnswerCheck, CheckedText};
use crate::codes::{
    Addressee, AppealType, CallOutcome, Channel, ClosingType, ContactPurpose, ContactWay, DeclineGround,
    ExpressLine, Finding, Grade, IntervalKind, Measure, NodeRole, PressureKind, RatedBy, Solved, Urgency,
};
use crate::command::{Circumstances, ContactCard, Correction, DemandResult, OnBehalf, Text};
use crate::ground::GivenGround;
use crate::kind::{MatterKind, Raised};
use crate::state::{ChildLimit, Limit};
use crate::watch::Met;
use kernel::time::{Date, Instant, Span};
use kernel::{AreaId, BlobId, MatterId, NodeId, Sealed, SubjectId, UnitId};
use serde::{Deserialize, Serialize};

/// One fact in the stream `matter:<id>`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name, see `command`")]
pub enum Event {
    Filed(Box<Filed>),
    MaterialAdded {
        text: Option<Text>,
        attachments: Vec<BlobId>,
    },
    Messaged {
        to_appellant: bool,
        node: Option<NodeId>,
        text: Text,
    },
    Noted {
        text: Text,
    },
    Redacted {
        title: Text,
        text: Text,
    },
    Corrected(Box<Correction>),

    Accepted(Box<Accepted>),
    /// A deemed acceptance is completed; the promise stays as it was given.
    DemandsListed {
        demands: Vec<Text>,
        urgency: Urgency,
        natural_time: bool,
        category: String,
    },
    /// Nothing stands still: the review limit runs on.
    CompletionAsked {
        missing: Text,
        limit: Limit,
    },
    CompletionGiven,
    CompletionLapsed,
    /// `wording`: how the office worded the ground then; none in entries from before that was kept.
    DeclineProposed {
        ground: DeclineGround,
        #[serde(default)]
        wording: Option<GivenGround>,
        right_way: Text,
    },
    DeclineRefused {
        reason: Option<Text>,
    },
    Declined,
    TransferredOut {
        to: String,
        reason: Text,
    },
    AnsweredDirectly {
        results: Vec<DemandResult>,
        text: CheckedText,
        call_back_limit: Limit,
        close_unrated_at: Instant,
    },
    Merged {
        master: MatterId,
        reason: Text,
    },
    MasterFollowed {
        call_back_limit: Limit,
        close_unrated_at: Instant,
    },
    /// The master ended without a result: this follower stands on its own again.
    MasterLeft {
        assignment: Limit,
    },

    Assigned(Box<Assigned>),
    Signed {
        node: NodeId,
    },
    /// `ground` here and below: none in entries from before one was asked for.
    Objected {
        node: NodeId,
        #[serde(default)]
        ground: Option<GivenGround>,
        basis: Text,
        suggests: Option<UnitId>,
        decide_limit: Limit,
        /// Reassigning it is more than those who assigned it may do.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        goes_up: bool,
    },
    /// The objecting node ends; `Assigned` of the new unit's node follows in the same batch.
    Reassigned {
        node: NodeId,
        to: NodeId,
        reason: Text,
    },
    FinallyRuled {
        node: NodeId,
        reason: Text,
    },
    /// Its unit was closed: another goes on with the assignment as it stands.
    Succeeded {
        node: NodeId,
        from: UnitId,
        to: UnitId,
    },
    /// Nobody decided within the limit: not granted, the unit keeps it.
    ObjectionLapsed {
        node: NodeId,
    },
    Released {
        node: NodeId,
        reason: Option<Text>,
    },

    Contacted {
        node: NodeId,
        way: ContactWay,
        contact_at: Instant,
        text: Text,
    },
    /// `report`: when the next report of a tracked assignment is due.
    Progressed {
        node: NodeId,
        text: Text,
        report: Option<Limit>,
    },
    IntervalRequested {
        node: NodeId,
        kind: IntervalKind,
        span: Option<Span>,
        until: Option<Date>,
        #[serde(default)]
        ground: Option<GivenGround>,
        reason: Text,
        /// It is more than whoever assigned it may grant.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        goes_up: bool,
    },
    /// `limit`: the node's limit from now on; `promise`: the appellant's, where it moved.
    ExtensionGranted {
        node: NodeId,
        limit: ChildLimit,
        promise: Option<Limit>,
        #[serde(default)]
        ground: Option<GivenGround>,
        reason: Text,
    },
    /// `report`: when the first report of a tracked assignment is due.
    Paused {
        node: NodeId,
        kind: IntervalKind,
        until: Option<Instant>,
        report: Option<Limit>,
        #[serde(default)]
        ground: Option<GivenGround>,
        reason: Text,
    },
    IntervalRefused {
        node: NodeId,
        kind: IntervalKind,
        reason: Option<Text>,
        lapsed: bool,
    },
    /// `limit`, `first`: the node's limit, and its first one, with the pause counted out.
    Resumed {
        node: NodeId,
        limit: ChildLimit,
        first: ChildLimit,
        reason: Option<Text>,
    },
    Answered {
        node: NodeId,
        results: Vec<DemandResult>,
        text: CheckedText,
        way: ContactWay,
        answered_at: Instant,
    },
    /// What the words of the answer just given lack, and why it was sent all the same.
    /// `node`: none for a direct answer.
    AnswerChecked {
        node: Option<NodeId>,
        check: AnswerCheck,
    },
    Submitted {
        node: NodeId,
        attachments: Vec<BlobId>,
        note: Option<Text>,
    },
    SignedOff {
        node: NodeId,
        scan: Option<BlobId>,
    },
    SignOffRefused {
        node: NodeId,
        reason: Option<Text>,
    },
    /// The reviewer approved; a relay node above counts as submitted by it.
    Approved {
        node: NodeId,
    },
    Returned {
        node: NodeId,
        reason: Option<Text>,
    },
    /// Every part is approved at the top: the evaluation begins, by call-back or, where
    /// `verified`, by somebody who verifies the result within the same limit.
    ResultApproved {
        call_back_limit: Limit,
        close_unrated_at: Instant,
        #[serde(default)]
        verified: bool,
    },
    /// `Closed` follows where it passed, else `RedoOrdered`.
    Verified {
        passed: bool,
        text: Text,
    },

    CalledBack {
        outcome: CallOutcome,
        #[serde(default)]
        again_at: Option<Instant>,
        note: Option<Text>,
        #[serde(default)]
        recordings: Vec<BlobId>,
    },
    /// `positive`: solved, and a grade that counts as satisfied under the procedure.
    Rated {
        solved: Solved,
        grade: Grade,
        reason: Option<Text>,
        by: RatedBy,
        positive: bool,
    },
    Contested {
        text: Text,
    },
    RedoAsked {
        text: Text,
    },
    /// `nodes`: those that work again, each with its redo limit. Empty where no unit had
    /// answered (direct answer, follower of a merge); then `assignment` runs.
    RedoOrdered {
        round: u32,
        reason: Text,
        nodes: Vec<(NodeId, ChildLimit)>,
        assignment: Option<Limit>,
    },
    RedoRefused {
        reason: Text,
    },
    /// The platform above was asked for more time.
    SourceAsked {
        until: Date,
        reason: Text,
    },
    /// The limit the matter came with is this from now on, which may be the one before.
    SourceLimitSet {
        due: Instant,
        reason: Option<Text>,
    },
    Escalated {
        reason: Option<Text>,
    },
    Supervised(Box<Supervised>),
    /// Ends every accepted matter, also after `Withdrawn` and `Terminated`. Until
    /// `contest_until` at least the closing stays open to being contested.
    Closed {
        closing: ClosingType,
        reason: Option<Text>,
        contest_until: Instant,
        archive_at: Instant,
    },
    /// Before acceptance the matter has left; after it `Closed` follows.
    Withdrawn {
        reason: Option<Text>,
    },
    /// `limit`: to decide it; none in journals that knew none.
    TerminationRequested {
        #[serde(default)]
        ground: Option<GivenGround>,
        reason: Text,
        #[serde(default)]
        limit: Option<Limit>,
    },
    /// Nobody decided within the limit: not granted.
    TerminationLapsed,
    TerminationRefused {
        reason: Text,
    },
    /// `Closed` follows.
    Terminated {
        #[serde(default)]
        ground: Option<GivenGround>,
        reason: Text,
    },
    Archived,

    /// `limit`: for the panel; undecided then, the rating counts.
    ExclusionClaimed {
        node: NodeId,
        ground: Option<GivenGround>,
        reason: Text,
        attachments: Vec<BlobId>,
        limit: Limit,
    },
    /// One member's opinion.
    ExclusionJudged {
        grant: bool,
        reason: Text,
    },
    /// The rating stays as it is and is shown; the rates after exclusions leave it out.
    ExclusionGranted,
    /// `lapsed`: too few said anything within the limit.
    ExclusionRefused {
        lapsed: bool,
    },
    /// `draw`: the sampling it was drawn in. Anything but a confirmation is put before
    /// whoever decides on a redo.
    Rechecked {
        draw: String,
        called: bool,
        finding: Finding,
        text: Text,
    },

    /// `report`: its number within the matter, from 1. `limit`: to settle it; none in
    /// journals that knew none.
    PressureReported {
        report: u32,
        kind: PressureKind,
        text: Text,
        #[serde(default)]
        limit: Option<Limit>,
    },
    PressureSettled {
        report: u32,
        text: Text,
    },
    CodeRenewed {
        code_hmac: String,
    },

    OpeningRequested {
        request: u32,
        reason: Text,
    },
    OpeningGranted {
        request: u32,
        until: Instant,
    },
    OpeningRefused {
        request: u32,
        reason: Option<Text>,
    },
    ContactOpened {
        #[serde(default)]
        purpose: Option<ContactPurpose>,
    },

    /// Open limits under a changed calendar, or the caps below a limit that moved. What is
    /// not listed is as it was.
    LimitsRecomputed(Box<Recomputed>),
}

impl Event {
    /// The name it is journaled under: the tag it is serialized with.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Filed(_) => "filed",
            Self::MaterialAdded { .. } => "material_added",
            Self::Messaged { .. } => "messaged",
            Self::Noted { .. } => "noted",
            Self::Redacted { .. } => "redacted",
            Self::Corrected(_) => "corrected",
            Self::Accepted(_) => "accepted",
            Self::DemandsListed { .. } => "demands_listed",
            Self::CompletionAsked { .. } => "completion_asked",
            Self::CompletionGiven => "completion_given",
            Self::CompletionLapsed => "completion_lapsed",
            Self::DeclineProposed { .. } => "decline_proposed",
            Self::DeclineRefused { .. } => "decline_refused",
            Self::Declined => "declined",
            Self::TransferredOut { .. } => "transferred_out",
            Self::AnsweredDirectly { .. } => "answered_directly",
            Self::Merged { .. } => "merged",
            Self::MasterFollowed { .. } => "master_followed",
            Self::MasterLeft { .. } => "master_left",
            Self::Assigned(_) => "assigned",
            Self::Signed { .. } => "signed",
            Self::Objected { .. } => "objected",
            Self::Reassigned { .. } => "reassigned",
            Self::FinallyRuled { .. } => "finally_ruled",
            Self::Succeeded { .. } => "succeeded",
            Self::ObjectionLapsed { .. } => "objection_lapsed",
            Self::Released { .. } => "released",
            Self::Contacted { .. } => "contacted",
            Self::Progressed { .. } => "progressed",
            Self::IntervalRequested { .. } => "interval_requested",
            Self::ExtensionGranted { .. } => "extension_granted",
            Self::Paused { .. } => "paused",
            Self::IntervalRefused { .. } => "interval_refused",
            Self::Resumed { .. } => "resumed",
            Self::Answered { .. } => "answered",
            Self::AnswerChecked { .. } => "answer_checked",
            Self::Submitted { .. } => "submitted",
            Self::SignedOff { .. } => "signed_off",
            Self::SignOffRefused { .. } => "sign_off_refused",
            Self::Approved { .. } => "approved",
            Self::Returned { .. } => "returned",
            Self::ResultApproved { .. } => "result_approved",
            Self::Verified { .. } => "verified",
            Self::CalledBack { .. } => "called_back",
            Self::Rated { .. } => "rated",
            Self::Contested { .. } => "contested",
            Self::RedoAsked { .. } => "redo_asked",
            Self::RedoOrdered { .. } => "redo_ordered",
            Self::RedoRefused { .. } => "redo_refused",
            Self::SourceAsked { .. } => "source_asked",
            Self::SourceLimitSet { .. } => "source_limit_set",
            Self::Escalated { .. } => "escalated",
            Self::Supervised(_) => "supervised",
            Self::Closed { .. } => "closed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::TerminationRequested { .. } => "termination_requested",
            Self::TerminationRefused { .. } => "termination_refused",
            Self::TerminationLapsed => "termination_lapsed",
            Self::Terminated { .. } => "terminated",
            Self::Archived => "archived",
            Self::ExclusionClaimed { .. } => "exclusion_claimed",
            Self::ExclusionJudged { .. } => "exclusion_judged",
            Self::ExclusionGranted => "exclusion_granted",
            Self::ExclusionRefused { .. } => "exclusion_refused",
            Self::Rechecked { .. } => "rechecked",
            Self::PressureReported { .. } => "pressure_reported",
            Self::PressureSettled { .. } => "pressure_settled",
            Self::CodeRenewed { .. } => "code_renewed",
            Self::OpeningRequested { .. } => "opening_requested",
            Self::OpeningGranted { .. } => "opening_granted",
            Self::OpeningRefused { .. } => "opening_refused",
            Self::ContactOpened { .. } => "contact_opened",
            Self::LimitsRecomputed(_) => "limits_recomputed",
        }
    }
}

/// A new matter. The review limit of an appeal starts here, and so does the appellant's clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "fields as in `command::File`")]
pub struct Filed {
    pub matter: MatterId,
    #[serde(default)]
    pub kind: MatterKind,
    pub number: String,
    pub code_hmac: Option<String>,
    pub subject: SubjectId,
    pub office: UnitId,
    /// None: it is no appeal.
    pub appeal_type: Option<AppealType>,
    pub category: Option<String>,
    pub area: Option<AreaId>,
    pub title: Text,
    pub text: Text,
    pub expected: Option<Text>,
    pub contact: Sealed<ContactCard>,
    pub shielded: bool,
    pub on_behalf: Option<OnBehalf>,
    pub complained_about: Option<UnitId>,
    /// None: it is no appeal.
    pub channel: Option<Channel>,
    pub source_number: Option<String>,
    pub source_due: Option<Instant>,
    pub express_lines: Vec<ExpressLine>,
    pub attachments: Vec<BlobId>,
    #[serde(default)]
    pub circumstances: Circumstances,
    /// Where it comes from, if an office raised it.
    #[serde(default)]
    pub raised: Raised,
    /// Procedure id and version it starts under.
    pub procedure: (String, u32),
    /// The review limit.
    pub review: Limit,
}

/// Acceptance, by an officer or deemed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Accepted {
    /// Passed without a decision in time 视为受理.
    pub deemed: bool,
    /// See the command.
    pub urgency: Urgency,
    /// See the command.
    pub natural_time: bool,
    /// See the command; a deemed acceptance may know none.
    pub category: Option<String>,
    /// See the command; a deemed acceptance lists them later (`DemandsListed`).
    pub demands: Vec<Text>,
    /// The promised date.
    pub promise: Limit,
    /// To assign or answer directly.
    pub assignment: Limit,
}

/// A measure of supervision.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Supervised {
    /// The assignment it is about; none: what the office has to do.
    #[serde(default)]
    pub node: Option<NodeId>,
    /// What was done.
    pub measure: Measure,
    /// For whom.
    pub to: Addressee,
    /// A word with it.
    #[serde(default)]
    pub text: Option<Text>,
    /// Number of the slip that was issued.
    #[serde(default)]
    pub slip: Option<String>,
    /// The handling limit as it stood: a moved limit is watched anew.
    #[serde(default)]
    pub due: Option<Instant>,
    /// The rule that brought it about.
    #[serde(default)]
    pub why: Option<Why>,
}

/// Why a rule fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The rule's code.
    pub rule: String,
    /// The version of the rules it stood in.
    pub version: u32,
    /// Its conditions, with what was found.
    pub met: Vec<Met>,
}

/// The limits that moved, see [`Event::LimitsRecomputed`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "fields as in `state::Matter`")]
pub struct Recomputed {
    pub calendar: String,
    pub review: Option<Limit>,
    #[serde(default)]
    pub completion: Option<Limit>,
    pub assignment: Option<Limit>,
    pub promise: Option<Limit>,
    pub call_back_limit: Option<Limit>,
    pub close_unrated_at: Option<Instant>,
    pub nodes: Vec<(NodeId, NodeLimits)>,
}

/// One node of the tree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assigned {
    /// Its name.
    pub node: NodeId,
    /// The node of the unit that assigned it; none: the intake office did.
    pub parent: Option<NodeId>,
    /// Who assigned it.
    pub from: UnitId,
    /// To whom.
    pub unit: UnitId,
    /// As what.
    pub role: NodeRole,
    /// Item of the duty list.
    pub duty_item: Option<String>,
    /// What it is asked to do.
    pub instruction: Option<Text>,
    /// Its limits.
    pub limits: NodeLimits,
}

/// All limits of a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeLimits {
    /// To sign.
    pub signing: Limit,
    /// To object; none after a final ruling.
    pub objection: Option<Limit>,
    /// First contact; none for co-units.
    pub contact: Option<Limit>,
    /// To submit.
    pub handling: ChildLimit,
}
