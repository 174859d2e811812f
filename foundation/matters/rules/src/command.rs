//! What someone may want of a matter. Free text arrives sealed: rules never read it.
//! Checks on the words themselves are made before sealing, by [`crate::answer`].

use crate::answer::CheckedText;
pub use crate::codes::OnBehalf;
use crate::kind::Raise;
use crate::watch::Condition;

use crate::codes::{
    ActionCode, Addressee, AppealType, CallOutcome, Channel, ClosingType, Consent, ContactPurpose,
    ContactWay, DeclineGround, ExpressLine, Finding, Grade, IntervalKind, Measure, NodeRole, Outcome,
    PressureKind, Salutation, Solved, Urgency,
};
use kernel::time::{Date, Instant, Span};
use kernel::{AreaId, BlobId, MatterId, NodeId, Sealed, SubjectId, UnitId};
use serde::{Deserialize, Serialize};

/// Personal free text, sealed under the matter's subject.
pub type Text = Sealed<String>;

/// Every verb of the appeal's loop.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words; each payload is documented at its type")]
pub enum Command {
    // ── collect
    File(Box<File>),
    /// An office raises a matter that is no appeal 立项.
    Raise(Box<Raise>),
    AddMaterial {
        text: Option<Text>,
        attachments: Vec<BlobId>,
    },
    Message {
        to_appellant: bool,
        node: Option<NodeId>,
        text: Text,
    },
    Note {
        text: Text,
    },
    Redact {
        title: Text,
        text: Text,
    },
    Correct(Box<Correction>),

    // ── review
    Accept(Accept),
    /// 一次性告知: what is missing is asked for once, all of it.
    AskCompletion {
        missing: Text,
    },
    ProposeDecline {
        ground: DeclineGround,
        right_way: Text,
    },
    DecideDecline {
        approve: bool,
        reason: Option<Text>,
    },
    Transfer {
        to: String,
        reason: Text,
    },
    AnswerDirectly {
        results: Vec<DemandResult>,
        text: CheckedText,
    },
    Merge {
        master: MatterId,
        reason: Text,
    },
    /// By the system: the master's result was approved, this follower gets it.
    FollowMaster,
    /// By the system: the master ended without a result, the follower stands on its own.
    LeaveMaster,

    // ── assign
    Assign {
        parent: Option<NodeId>,
        to: Vec<Assignee>,
    },
    Sign {
        node: NodeId,
    },
    Object {
        node: NodeId,
        ground: String,
        basis: Text,
        suggests: Option<UnitId>,
    },
    DecideObjection {
        node: NodeId,
        ruling: ObjectionRuling,
        reason: Text,
    },
    /// Ends an open assignment that is no longer needed (a co-unit, a wrong child).
    Release {
        node: NodeId,
        reason: Text,
    },

    // ── handle
    Contact {
        node: NodeId,
        way: ContactWay,
        at: Instant,
        text: Text,
    },
    Progress {
        node: NodeId,
        text: Text,
    },
    RequestInterval {
        node: NodeId,
        kind: IntervalKind,
        span: Option<Span>,
        until: Option<Date>,
        ground: String,
        reason: Text,
    },
    DecideInterval {
        node: NodeId,
        kind: IntervalKind,
        grant: bool,
        reason: Text,
    },
    Resume {
        node: NodeId,
        reason: Text,
    },
    Answer {
        node: NodeId,
        results: Vec<DemandResult>,
        text: CheckedText,
        way: ContactWay,
        answered_at: Instant,
    },
    Submit {
        node: NodeId,
        attachments: Vec<BlobId>,
        note: Option<Text>,
    },
    /// Contact, answer and submission at once: all of it happens, or nothing does.
    Respond(Box<Respond>),
    SignOff {
        node: NodeId,
        approve: bool,
        scan: Option<BlobId>,
        reason: Option<Text>,
    },
    Review {
        node: NodeId,
        approve: bool,
        reason: Option<Text>,
    },

    // ── evaluate
    /// `again_at`: when an appellant who wants to be called later asked to be. `recordings`:
    /// what was said, as sound.
    CallBack {
        outcome: CallOutcome,
        again_at: Option<Instant>,
        note: Option<Text>,
        recordings: Vec<BlobId>,
    },
    Rate(Rating),
    /// The appellant contests the closing, once.
    Contest {
        text: Text,
    },
    /// The appellant asks, without a grade, that the result be handled again.
    AskRedo {
        text: Text,
    },
    DecideRedo {
        valid: bool,
        reason: Text,
    },
    /// More time is asked for from the platform that handed the matter down.
    AskSource {
        until: Date,
        reason: Text,
    },
    /// What was decided there: until when it has, also where that is as before.
    SetSourceLimit {
        due: Instant,
        reason: Option<Text>,
    },
    Escalate {
        reason: Text,
    },
    Supervise(Box<Supervise>),
    Close {
        closing: ClosingType,
        reason: Option<Text>,
    },
    Withdraw {
        reason: Option<Text>,
    },
    RequestTermination {
        ground: String,
        reason: Text,
    },
    DecideTermination {
        approve: bool,
        reason: Text,
    },
    /// Whether what was done is what was wanted 核验: 销号 of a rectification, the leader's
    /// word on an instruction.
    Verify {
        passed: bool,
        text: Text,
    },
    Archive,

    // ── the appellant's protection
    /// The appellant says that they are pressed, or suffer for having spoken.
    ReportPressure {
        kind: PressureKind,
        text: Text,
    },
    /// The unit that answered claims that the rating should not count 剔除.
    ClaimExclusion {
        node: NodeId,
        ground: String,
        reason: Text,
        attachments: Vec<BlobId>,
    },
    /// One member of the panel says whether it should.
    JudgeExclusion {
        grant: bool,
        reason: Text,
    },
    /// A closed matter that was drawn is checked again 抽查复核.
    Recheck(Box<Recheck>),
    /// What was done about such a report, told to the appellant.
    SettlePressure {
        report: u32,
        text: Text,
    },
    /// A new tracking code in place of a lost one; the old one opens nothing any more.
    RenewCode {
        code_hmac: String,
    },

    // ── shielding
    RequestOpening {
        reason: Text,
    },
    DecideOpening {
        request: u32,
        approve: bool,
        reason: Option<Text>,
    },
    /// Contact data of a matter was looked at (masked otherwise); journaled before it is shown.
    OpenContact {
        purpose: ContactPurpose,
    },

    // ── timers, by the system
    DeemAccepted,
    LapseCompletion,
    CloseUnrated,
    LapseInterval {
        node: NodeId,
        kind: IntervalKind,
    },
    LapseObjection {
        node: NodeId,
    },
    LapseTermination,
    LapseExclusion,
    EndPause {
        node: NodeId,
    },
    ArchiveDue,
    /// The holiday notice changed: open limits are computed anew.
    RecomputeLimits,
    /// The unit of an assignment was closed, or a part of it split off: another goes on with it.
    Succeed {
        node: NodeId,
        to: UnitId,
        /// The unit stays, and the other was split off from it.
        split: bool,
    },

    // ── cases of an earlier system, by the operator who imports them
    TakeOver(TakeOver),
    /// Ends one as the earlier system had ended it.
    Conclude {
        closing: ClosingType,
        note: Option<Text>,
    },
}

impl Command {
    /// Which verb it is.
    pub fn action(&self) -> ActionCode {
        match self {
            Self::File(_) => ActionCode::File,
            Self::Raise(_) => ActionCode::Raise,
            Self::AddMaterial { .. } => ActionCode::AddMaterial,
            Self::Message { .. } => ActionCode::Message,
            Self::Note { .. } => ActionCode::Note,
            Self::Redact { .. } => ActionCode::Redact,
            Self::Correct(_) => ActionCode::Correct,
            Self::Accept(_) => ActionCode::Accept,
            Self::AskCompletion { .. } => ActionCode::AskCompletion,
            Self::ProposeDecline { .. } => ActionCode::ProposeDecline,
            Self::DecideDecline { .. } => ActionCode::DecideDecline,
            Self::Transfer { .. } => ActionCode::Transfer,
            Self::AnswerDirectly { .. } => ActionCode::AnswerDirectly,
            Self::Merge { .. } => ActionCode::Merge,
            Self::FollowMaster => ActionCode::FollowMaster,
            Self::LeaveMaster => ActionCode::LeaveMaster,
            Self::Assign { .. } => ActionCode::Assign,
            Self::Sign { .. } => ActionCode::Sign,
            Self::Object { .. } => ActionCode::Object,
            Self::DecideObjection { .. } => ActionCode::DecideObjection,
            Self::Release { .. } => ActionCode::Release,
            Self::Contact { .. } => ActionCode::Contact,
            Self::Progress { .. } => ActionCode::Progress,
            Self::RequestInterval { .. } => ActionCode::RequestInterval,
            Self::DecideInterval { .. } => ActionCode::DecideInterval,
            Self::Resume { .. } => ActionCode::Resume,
            Self::Answer { .. } => ActionCode::Answer,
            Self::Submit { .. } => ActionCode::Submit,
            Self::Respond(_) => ActionCode::Respond,
            Self::SignOff { .. } => ActionCode::SignOff,
            Self::Review { .. } => ActionCode::Review,
            Self::CallBack { .. } => ActionCode::CallBack,
            Self::Rate(_) => ActionCode::Rate,
            Self::Contest { .. } => ActionCode::Contest,
            Self::AskRedo { .. } => ActionCode::AskRedo,
            Self::DecideRedo { .. } => ActionCode::DecideRedo,
            Self::AskSource { .. } => ActionCode::AskSource,
            Self::SetSourceLimit { .. } => ActionCode::SetSourceLimit,
            Self::Escalate { .. } => ActionCode::Escalate,
            Self::Supervise(_) => ActionCode::Supervise,
            Self::Close { .. } => ActionCode::Close,
            Self::Withdraw { .. } => ActionCode::Withdraw,
            Self::RequestTermination { .. } => ActionCode::RequestTermination,
            Self::DecideTermination { .. } => ActionCode::DecideTermination,
            Self::Verify { .. } => ActionCode::Verify,
            Self::Archive => ActionCode::Archive,
            Self::ClaimExclusion { .. } => ActionCode::ClaimExclusion,
            Self::JudgeExclusion { .. } => ActionCode::JudgeExclusion,
            Self::Recheck(_) => ActionCode::Recheck,
            Self::ReportPressure { .. } => ActionCode::ReportPressure,
            Self::SettlePressure { .. } => ActionCode::SettlePressure,
            Self::RenewCode { .. } => ActionCode::RenewCode,
            Self::RequestOpening { .. } => ActionCode::RequestOpening,
            Self::DecideOpening { .. } => ActionCode::DecideOpening,
            Self::OpenContact { .. } => ActionCode::OpenContact,
            Self::DeemAccepted => ActionCode::DeemAccepted,
            Self::LapseCompletion => ActionCode::LapseCompletion,
            Self::CloseUnrated => ActionCode::CloseUnrated,
            Self::LapseInterval { .. } => ActionCode::LapseInterval,
            Self::LapseObjection { .. } => ActionCode::LapseObjection,
            Self::LapseTermination => ActionCode::LapseTermination,
            Self::LapseExclusion => ActionCode::LapseExclusion,
            Self::EndPause { .. } => ActionCode::EndPause,
            Self::ArchiveDue => ActionCode::ArchiveDue,
            Self::RecomputeLimits => ActionCode::RecomputeLimits,
            Self::Succeed { .. } => ActionCode::Succeed,
            Self::TakeOver(_) => ActionCode::TakeOver,
            Self::Conclude { .. } => ActionCode::Conclude,
        }
    }

    /// Code of the ground it rests on, where the office words those that may be given.
    pub fn ground(&self) -> Option<&str> {
        match self {
            Self::ProposeDecline { ground, .. } => Some(ground.code()),
            Self::Object { ground, .. }
            | Self::RequestInterval { ground, .. }
            | Self::RequestTermination { ground, .. }
            | Self::ClaimExclusion { ground, .. } => Some(ground),
            _ => None,
        }
    }

    /// The assignment it concerns, if it concerns one. For an assignment passed on that is
    /// the node of the unit that passes it on.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Message { node, .. } | Self::Assign { parent: node, .. } => *node,
            Self::Sign { node }
            | Self::Object { node, .. }
            | Self::DecideObjection { node, .. }
            | Self::Release { node, .. }
            | Self::Contact { node, .. }
            | Self::Progress { node, .. }
            | Self::RequestInterval { node, .. }
            | Self::DecideInterval { node, .. }
            | Self::Resume { node, .. }
            | Self::Answer { node, .. }
            | Self::Submit { node, .. }
            | Self::ClaimExclusion { node, .. }
            | Self::SignOff { node, .. }
            | Self::Review { node, .. }
            | Self::LapseInterval { node, .. }
            | Self::LapseObjection { node }
            | Self::Succeed { node, .. }
            | Self::EndPause { node } => Some(*node),
            Self::Supervise(supervise) => supervise.node,
            Self::Respond(respond) => Some(respond.node),
            _ => None,
        }
    }
}

/// A new appeal.
#[derive(Clone, Debug)]
pub struct File {
    /// Its public number.
    pub number: String,
    /// Keyed HMAC of the tracking code, hex. None where the officer gives no code.
    pub code_hmac: Option<String>,
    /// Whose data is sealed.
    pub subject: SubjectId,
    /// The office that receives it.
    pub office: UnitId,
    /// See [`AppealType`].
    pub appeal_type: AppealType,
    /// Category code of the configuration, e.g. `ENE-01`; the appellant may not know it.
    pub category: Option<String>,
    /// County or township it is about.
    pub area: Option<AreaId>,
    /// Sealed title.
    pub title: Text,
    /// Sealed text.
    pub text: Text,
    /// What the appellant wants to happen.
    pub expected: Option<Text>,
    /// Name, phone, firm, e-mail, address: one sealed JSON document ([`ContactCard`]).
    pub contact: Sealed<ContactCard>,
    /// 保密: handling units see a pseudonym and a redacted text.
    pub shielded: bool,
    /// Filed by someone for the appellant, with their consent.
    pub on_behalf: Option<OnBehalf>,
    /// 被反映单位
    pub complained_about: Option<UnitId>,
    /// How it came in.
    pub channel: Channel,
    /// The source's own number (a higher platform's).
    pub source_number: Option<String>,
    /// The source's own limit.
    pub source_due: Option<Instant>,
    /// Labels.
    pub express_lines: Vec<ExpressLine>,
    /// Photos and papers.
    pub attachments: Vec<BlobId>,
    /// What the desk learned beside the story.
    pub circumstances: Circumstances,
}

/// What is learned at filing beside the story itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// The development zone 园区 it lies in: a unit that overlays areas.
    pub zone: Option<UnitId>,
    /// Where exactly, in the appellant's words.
    pub place: Option<Text>,
    /// How urgent whoever took it down finds it; acceptance decides.
    pub proposed: Option<Proposed>,
    /// How the appellant agreed that another files for them.
    pub consent: Option<Consent>,
    /// Id of the call's recording in the telephone system.
    pub recording: Option<Text>,
    /// The meeting at which it was raised 座谈会.
    pub occasion: Option<Occasion>,
    /// That it was noted in a record of a register.
    pub noted: Option<Noted>,
}

/// A matter that comes from a register: a difficulty that was raised, or a promise made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The last day by which it was promised, where a day was.
    pub pledged: Option<Date>,
}

/// Urgency and time base as proposed at intake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// See [`Urgency`].
    pub urgency: Urgency,
    /// Runs around the clock (water, power, safety).
    pub natural_time: bool,
}

/// A meeting or visit at which appeals were collected. Its name is the event's own and holds
/// nobody's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// What it was called.
    pub name: String,
    /// On which day.
    pub date: Date,
}

/// How to reach the appellant. Only ever journaled sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Name, e.g. 王某; with the salutation the form of address.
    pub name: String,
    /// 称呼: what follows the name when they are spoken to.
    #[serde(default)]
    pub salutation: Option<Salutation>,
    /// As typed.
    pub phone: String,
    /// A second number, as typed.
    #[serde(default)]
    pub second_phone: String,
    /// When they may be called, in their words.
    #[serde(default)]
    pub convenient_time: String,
    /// Who files for them, where another does: name.
    #[serde(default)]
    pub filed_by_name: String,
    /// The same: number.
    #[serde(default)]
    pub filed_by_phone: String,
    /// The firm, if one.
    #[serde(default)]
    pub enterprise: String,
    /// Unified social credit code.
    #[serde(default)]
    pub credit_code: String,
    /// E-mail.
    #[serde(default)]
    pub email: String,
    /// Address.
    #[serde(default)]
    pub address: String,
}

/// Acceptance 受理.
#[derive(Clone, Debug)]
pub struct Accept {
    /// See [`Urgency`].
    pub urgency: Urgency,
    /// Runs around the clock (water, power, safety).
    pub natural_time: bool,
    /// Category code.
    pub category: String,
    /// What is wanted, one by one; at least one.
    pub demands: Vec<Text>,
}

/// A case of an earlier system 历史件, accepted and assigned as that system had it.
#[derive(Clone, Debug)]
pub struct TakeOver {
    /// See [`Urgency`].
    pub urgency: Urgency,
    /// Category code.
    pub category: String,
    /// Who had it.
    pub unit: UnitId,
    /// What was wanted, as one demand.
    pub demand: Text,
}

/// A correction of what was entered; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Category code.
    pub category: Option<String>,
    /// Area.
    pub area: Option<AreaId>,
    /// Type.
    pub appeal_type: Option<AppealType>,
    /// Title.
    pub title: Option<Text>,
    /// Unit complained about (`Some(None)` removes it).
    pub complained_about: Option<Option<UnitId>>,
    /// Labels.
    pub express_lines: Option<Vec<ExpressLine>>,
    /// Why.
    pub reason: Option<Text>,
}

/// Contact, answer and submission in one step 答复并提交.
#[derive(Clone, Debug)]
pub struct Respond {
    /// The assignment.
    pub node: NodeId,
    /// The contact, where it is not on record yet: when it was and what was said.
    pub contact: Option<(Instant, Text)>,
    /// How the appellant was spoken to and answered.
    pub way: ContactWay,
    /// What became of each demand.
    pub results: Vec<DemandResult>,
    /// The answer.
    pub text: CheckedText,
    /// When it was given.
    pub answered_at: Instant,
    /// Evidence.
    pub attachments: Vec<BlobId>,
    /// A word to those who review it.
    pub note: Option<Text>,
}

/// A second look at a closed matter 抽查复核.
#[derive(Clone, Debug)]
pub struct Recheck {
    /// The draw it was drawn in.
    pub draw: String,
    /// Whether the appellant was spoken to.
    pub called: bool,
    /// What was found.
    pub finding: Finding,
    /// What was seen and heard.
    pub text: Text,
}

/// A measure of supervision 提醒、催办、督办单、升级报告.
#[derive(Clone, Debug)]
pub struct Supervise {
    /// The assignment it is about; none: what the office itself has to do.
    pub node: Option<NodeId>,
    /// What is done.
    pub measure: Measure,
    /// For whom.
    pub to: Addressee,
    /// A word with it.
    pub text: Option<Text>,
    /// Number of the slip 督办单, where one is issued.
    pub slip: Option<String>,
    /// The rule that brings it about; none where a person does.
    pub trigger: Option<Trigger>,
}

/// A rule of the office that is to fire where its conditions hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Its code.
    pub rule: String,
    /// Version of the rules it stands in.
    pub version: u32,
    /// Its conditions.
    pub when: Vec<Condition>,
}

/// One unit to be assigned.
#[derive(Clone, Debug)]
pub struct Assignee {
    /// Which.
    pub unit: UnitId,
    /// As what.
    pub role: NodeRole,
    /// Item of the township's duty list; required for a township (PRODUCT rule 9).
    pub duty_item: Option<String>,
    /// What it is asked to do.
    pub instruction: Option<Text>,
}

/// How an objection ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectionRuling {
    /// Upheld: another unit gets it 改派.
    Reassign {
        /// Which.
        to: UnitId,
        /// Item of the duty list where `to` is a township.
        duty_item: Option<String>,
    },
    /// Rejected: final ruling 裁定派单, no further objection in this matter.
    FinalRuling,
}

/// The result of one demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandResult {
    /// Number of the demand, from 1.
    pub demand: u32,
    /// What became of it.
    pub outcome: Outcome,
}

/// An evaluation 评价.
#[derive(Clone, Debug)]
pub struct Rating {
    /// Solved?
    pub solved: Solved,
    /// One of five grades.
    pub grade: Grade,
    /// Why.
    pub reason: Option<Text>,
}
