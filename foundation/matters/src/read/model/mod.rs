//! What a matter's page shows, already opened and permitted: a template prints these
//! values and decides nothing.

mod history;
mod names;
mod node;
mod rated;

pub use history::{ActorView, LookView, NoteView, OpeningView, StoodIn, TimelineItem};
pub use names::{AreaName, GroundView, MatterLink, UnitName};
pub use node::{AnswerView, NodeView, ObjectionView, RequestView};
pub use rated::{CallView, ExclusionView, RatingView};

use kernel::permission::Permission;
use kernel::time::{Date, Elapsed, Explanation, Instant, Light, Pause, Remaining, Span};
use kernel::{MatterId, NodeId};
use matters_rules::authority::Most;
use matters_rules::command::{Occasion, Proposed};
use matters_rules::kind::Instructed;
use matters_rules::standing::Action;
use matters_rules::{
    ActionCode, AppealType, Channel, ClosingType, Consent, ExpressLine, MatterKind, OnBehalf, Outcome, Phase,
    PressureKind, Salutation, Urgency,
};
use platform::directory::SignedIn;

/// Who looks.
#[derive(Clone, Copy)]
pub enum Viewer<'a> {
    /// Someone signed in; what they may see follows from their grants.
    Staff(&'a SignedIn),
    /// The appellant, who proved it by number and code or secret link.
    Appellant,
}

/// Where a matter that an office raised comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedView {
    /// The last day it has, where one was set.
    pub due: Option<Date>,
    /// The matter it is about.
    pub about: Option<MatterLink>,
    /// The instruction it is.
    pub instruction: Option<Instructed>,
}

/// Everything on a matter's page.
#[derive(Clone, Debug)]
pub struct MatterView {
    /// Which.
    pub id: MatterId,
    /// What a form on the page must send back as the version it was made from.
    pub version: i64,
    /// Public number.
    pub number: String,
    /// Where it is.
    pub phase: Phase,
    /// What it is.
    pub kind: MatterKind,
    /// Where it comes from; none for an appeal.
    pub raised: Option<RaisedView>,
    /// See [`AppealType`].
    pub appeal_type: Option<AppealType>,
    /// Category code with its name as of today.
    pub category: Option<(String, crate::configuration::Name)>,
    /// What it is about, where.
    pub area: Option<AreaName>,
    /// How it came in.
    pub channel: Option<Channel>,
    /// The source's own number.
    pub source_number: Option<String>,
    /// The source's own limit.
    pub source_due: Option<Instant>,
    /// The last day that more time was asked for at the source, while that is open.
    pub source_asked: Option<Date>,
    /// Labels.
    pub express_lines: Vec<ExpressLine>,
    /// Set at acceptance.
    pub urgency: Option<Urgency>,
    /// Runs round the clock.
    pub natural_time: bool,
    /// Filed as confidential.
    pub shielded: bool,
    /// What the handling units call the appellant of a shielded matter.
    pub pseudonym: Option<String>,
    /// Whether title and text are the redacted ones.
    pub redacted: bool,
    /// A shielded matter that nobody has redacted yet: handlers see no text.
    pub needs_redaction: bool,
    /// The person's data were erased: sealed texts are gone for good.
    pub erased: bool,
    /// As this viewer may see it; empty where erased or withheld.
    pub title: String,
    /// The same of the text.
    pub text: String,
    /// What the appellant wants to happen.
    pub expected: String,
    /// Name and numbers, masked unless the viewer is the appellant.
    pub contact: ContactView,
    /// Filed by another.
    pub on_behalf: Option<OnBehalf>,
    /// How the appellant agreed to that.
    pub consent: Option<Consent>,
    /// The development zone it lies in.
    pub zone: Option<UnitName>,
    /// Where exactly; empty where there is nothing or the viewer may not see it.
    pub place: String,
    /// Urgency and time base proposed at intake.
    pub proposed: Option<Proposed>,
    /// Id of the call's recording; empty for anyone but the office's own people.
    pub recording: String,
    /// The meeting at which it was raised.
    pub occasion: Option<Occasion>,
    /// 被反映单位
    pub complained_about: Option<UnitName>,
    /// The office that received it.
    pub office: Option<UnitName>,
    /// Photos and papers of the appellant.
    pub attachments: Vec<crate::Attachment>,
    /// When it was filed.
    pub filed_at: Option<Instant>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// Whether by lapse of the review limit 视为受理.
    pub deemed: bool,
    /// Version of the procedure it started under and keeps.
    pub procedure: u32,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// As what.
    pub closing: Option<ClosingType>,
    /// When it was archived.
    pub archived_at: Option<Instant>,
    /// What is wanted, one by one, with what came of it.
    pub demands: Vec<DemandView>,
    /// The appellant's clock.
    pub clock: ClockView,
    /// To accept or decline, while that is due.
    pub review: Option<LimitView>,
    /// What the appellant was asked to complete.
    pub completion: Option<CompletionView>,
    /// To assign or answer, while that is due.
    pub assignment: Option<LimitView>,
    /// To call back, or to verify, while that is due.
    pub call_back: Option<LimitView>,
    /// When it closes by itself if it stays unrated.
    pub close_unrated_at: Option<Instant>,
    /// Who has it now.
    pub holder: Option<UnitName>,
    /// The tree, parents before children.
    pub nodes: Vec<NodeView>,
    /// A proposed or decided decline.
    pub decline: Option<DeclineView>,
    /// Where it was transferred to.
    pub transferred_to: Option<String>,
    /// The matter it is merged under.
    pub master: Option<MatterLink>,
    /// Matters merged under it.
    pub followers: Vec<MatterLink>,
    /// Matters that an office raised about it.
    pub arisen: Vec<MatterLink>,
    /// The office's direct answer.
    pub direct_answer: Option<AnswerView>,
    /// What the master's appellant was answered, once this follower has its result.
    pub master_answers: Vec<AnswerView>,
    /// Ratings this viewer may see, oldest first.
    pub ratings: Vec<RatingView>,
    /// Call-back attempts.
    pub calls: Vec<CallView>,
    /// A contest or negative rating awaits a decision.
    pub redo_pending: bool,
    /// Times it was redone.
    pub redos: u32,
    /// Why, in the call-back office's words.
    pub redo_reason: String,
    /// 改派次数
    pub reassignments: u32,
    /// Whether it was escalated.
    pub escalated: bool,
    /// Someone asked to terminate it; the reason.
    pub termination: Option<TerminationView>,
    /// Claims that a rating should not count; never for the appellant.
    pub exclusions: Vec<ExclusionView>,
    /// Requests to open the shielded identity.
    pub openings: Vec<OpeningView>,
    /// Reports of pressure and reprisal, where this viewer may know of them.
    pub pressure: Vec<PressureView>,
    /// Every look at the contact data, oldest first.
    pub looks: Vec<LookView>,
    /// Whether the identity stands open to this viewer.
    pub identity_open: bool,
    /// Notes between officers, newest first; never the appellant's to read.
    pub notes: Vec<NoteView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineItem>,
    /// What may be copied into a work group's chat.
    pub masked: super::masked::MaskedWords,
    /// What the viewer may do now.
    pub actions: Vec<Action>,
}

impl MatterView {
    /// Whether the viewer may do this (to that node) now.
    pub fn may(&self, action: ActionCode, node: Option<NodeId>) -> bool {
        self.actions.iter().any(|open| open.code == action && open.node == node)
    }

    /// The nodes assigned from that one.
    pub fn children(&self, parent: &NodeId) -> impl Iterator<Item = &NodeView> {
        let parent = *parent;
        self.nodes.iter().filter(move |node| node.parent == Some(parent))
    }

    /// The node of that name.
    pub fn node(&self, id: NodeId) -> Option<&NodeView> {
        self.nodes.iter().find(|node| node.id == id)
    }
}

/// How to reach the appellant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactView {
    /// Name, or the pseudonym.
    pub name: String,
    /// What follows the name when they are spoken to.
    pub salutation: Option<Salutation>,
    /// Masked for staff.
    pub phone: String,
    /// A second number, masked for staff.
    pub second_phone: String,
    /// When they may be called.
    pub convenient_time: String,
    /// Who filed for them: name.
    pub filed_by_name: String,
    /// The same: number, masked for staff.
    pub filed_by_phone: String,
    /// The firm; empty where withheld.
    pub enterprise: String,
    /// Masked for staff.
    pub email: String,
    /// Empty for staff until opened.
    pub address: String,
    /// Withheld: the matter is shielded, or the viewer's position does not allow it.
    pub withheld: bool,
}

/// A report of pressure or reprisal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressureView {
    /// Its number within the matter.
    pub report: u32,
    /// What kind.
    pub kind: PressureKind,
    /// When it was made.
    pub at: Instant,
    /// Its words.
    pub text: String,
    /// Until when it is to be settled; none in old journals.
    pub due: Option<Instant>,
    /// When it was settled, and what was done.
    pub settled: Option<(Instant, String)>,
}

/// A demand with its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandView {
    /// From 1.
    pub n: u32,
    /// Its words.
    pub text: String,
    /// The result, once a lead (or the direct answer) gave one.
    pub outcome: Option<Outcome>,
}

/// The appellant's clock: it starts at filing and never stops.
#[derive(Clone, Debug)]
pub struct ClockView {
    /// Where it starts.
    pub started_at: Option<Instant>,
    /// Where it stopped: closed, declined or left.
    pub stopped_at: Option<Instant>,
    /// Working days since.
    pub elapsed: Option<Elapsed>,
    /// The promised date.
    pub promise: Option<LimitView>,
    /// The promised date as first given, where an extension moved it.
    pub first_promise_at: Option<Instant>,
    /// Approved suspensions and trackings, shown as intervals in the clock.
    pub suspended: Vec<Pause>,
}

/// A limit with its light and its explanation.
#[derive(Clone, Debug)]
pub struct LimitView {
    /// When it is due.
    pub due_at: Instant,
    /// Local date of the due; 24:00 belongs to the day it ends.
    pub due_date: kernel::time::Date,
    /// How long.
    pub span: Span,
    /// Green, yellow, red, gross; none once met or over.
    pub light: Option<Light>,
    /// How much is left or overdue; none once met or over.
    pub remaining: Option<Remaining>,
    /// Which days counted, which not, under which version.
    pub explanation: Explanation,
    /// Met when.
    pub met_at: Option<Instant>,
    /// The clock stands still: there is no light, and nothing is left or over.
    pub paused: bool,
}

/// A termination asked for.
#[derive(Clone, Debug)]
pub struct TerminationView {
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// Why.
    pub reason: String,
    /// As of a [`RequestView`].
    pub beyond: Option<Most>,
}

/// What the appellant was asked to complete 补正.
#[derive(Clone, Debug)]
pub struct CompletionView {
    /// What is missing; empty for whom the matter's words are withheld.
    pub missing: String,
    /// When it was asked for.
    pub at: Instant,
    /// Until when: never past the review limit, which runs on.
    pub limit: LimitView,
    /// When material came.
    pub given_at: Option<Instant>,
    /// The limit passed without any.
    pub lapsed: bool,
    /// Whether the appellant is still waited for.
    pub open: bool,
}

/// A decline.
#[derive(Clone, Debug)]
pub struct DeclineView {
    /// Why, as the office worded it when it was proposed.
    pub ground: GroundView,
    /// Where the appellant can turn.
    pub right_way: String,
    /// When proposed.
    pub at: Instant,
    /// When decided.
    pub declined_at: Option<Instant>,
    /// As of a [`RequestView`].
    pub beyond: Option<Most>,
}

/// What must be held to see a matter at all.
pub(crate) const READ: Permission = Permission::MatterRead;
