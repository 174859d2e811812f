//! What a matter's page shows, already opened and permitted: a template prints these
//! values and decides nothing.

use crate::configuration::Name;
use kernel::permission::Permission;
use kernel::time::{Date, Elapsed, Explanation, Instant, Light, Pause, Remaining, Span};
use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters_rules::command::{Occasion, Proposed};
use matters_rules::kind::Instructed;
use matters_rules::standing::Action;
use matters_rules::state::NodeState;
use matters_rules::{
    ActionCode, AppealType, CallOutcome, Channel, ClosingType, Consent, ContactPurpose, ContactWay,
    ExpressLine, GivenGround, Grade, IntervalKind, Lack, MatterKind, NodeRole, OnBehalf, Outcome, Phase,
    PressureKind, RatedBy, Salutation, Solved, Urgency,
};
use platform::directory::SignedIn;
use platform::ui::Locale;
use store::{Query, StoreError};

/// Who looks.
#[derive(Clone, Copy)]
pub enum Viewer<'a> {
    /// Someone signed in; what they may see follows from their grants.
    Staff(&'a SignedIn),
    /// The appellant, who proved it by number and code or secret link.
    Appellant,
}

/// A unit as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitName {
    /// Its code.
    pub id: UnitId,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short: String,
    /// English name; empty where the network has none.
    pub en: String,
}

impl UnitName {
    /// A unit by its code; where the network does not know it (any more), the code stands
    /// for its name.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(query: &mut dyn Query, id: &UnitId) -> Result<Self, StoreError> {
        Ok(network::unit(query, id)?.map_or_else(|| Self::unknown(id), Self::from))
    }

    /// The code in place of the name.
    pub fn unknown(id: &UnitId) -> Self {
        Self { id: id.clone(), name: id.to_string(), short: id.to_string(), en: String::new() }
    }

    /// The full name as a reader of that language knows it.
    pub fn full(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.name)
    }

    /// The name for tables as a reader of that language knows it.
    pub fn brief(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.short)
    }

    fn english(&self, locale: Locale) -> Option<&str> {
        (locale == Locale::En && !self.en.is_empty()).then_some(self.en.as_str())
    }
}

impl From<network::UnitRow> for UnitName {
    fn from(row: network::UnitRow) -> Self {
        Self { id: row.code, name: row.name, short: row.short_name, en: row.en_name }
    }
}

/// An area as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaName {
    /// Its code.
    pub id: AreaId,
    /// Official name.
    pub name: String,
    /// English name; empty where the network has none.
    pub en: String,
}

impl AreaName {
    /// Its name as a reader of that language knows it.
    pub fn full(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en.is_empty() => &self.en,
            _ => &self.name,
        }
    }
}

/// Another matter as linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterLink {
    /// Which.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// Where it is.
    pub phase: Option<Phase>,
    /// What it is.
    pub kind: MatterKind,
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

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct NodeView {
    /// Which.
    pub id: NodeId,
    /// Its parent.
    pub parent: Option<NodeId>,
    /// 0 at the top.
    pub depth: u8,
    /// Who assigned it.
    pub from: UnitName,
    /// To whom.
    pub unit: UnitName,
    /// As what.
    pub role: NodeRole,
    /// How far it is.
    pub state: NodeState,
    /// Whether it passed the work on to a lead below.
    pub is_relay: bool,
    /// Code and title of the duty-list item it rests on.
    pub duty_item: Option<(String, String)>,
    /// What it is asked to do; empty where there is nothing or the viewer may not see it.
    pub instruction: String,
    /// When it was assigned.
    pub assigned_at: Instant,
    /// When it was signed.
    pub signed_at: Option<Instant>,
    /// When the appellant was first contacted.
    pub contacted_at: Option<Instant>,
    /// How.
    pub contact_way: Option<ContactWay>,
    /// When it was submitted.
    pub submitted_at: Option<Instant>,
    /// When the submission was approved.
    pub approved_at: Option<Instant>,
    /// Times returned.
    pub returns: u32,
    /// To sign.
    pub signing: LimitView,
    /// To object; none where that is over for good.
    pub objection_limit: Option<LimitView>,
    /// First contact.
    pub contact: Option<LimitView>,
    /// To submit.
    pub handling: LimitView,
    /// The handling limit as first given, where it moved.
    pub first_due_at: Option<Instant>,
    /// An open objection.
    pub objection: Option<ObjectionView>,
    /// A final ruling stands.
    pub ruled: bool,
    /// An interval asked for.
    pub request: Option<RequestView>,
    /// The kind of the pause that runs now, and its planned end.
    pub paused: Option<(IntervalKind, Option<Instant>)>,
    /// When the next report of a tracked assignment is due.
    pub report_at: Option<Instant>,
    /// Approved pauses.
    pub pauses: Vec<Pause>,
    /// Its answer to the appellant.
    pub answer: Option<AnswerView>,
    /// Evidence.
    pub attachments: Vec<crate::Attachment>,
    /// Where the unit is reached now, out of hours; none in hours or where nobody said.
    pub duty_phone: Option<String>,
    /// Whether one of the viewer's grants stands in or above this unit.
    pub mine: bool,
}

/// An objection awaiting decision.
#[derive(Clone, Debug)]
pub struct ObjectionView {
    /// When raised.
    pub at: Instant,
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// On what basis.
    pub basis: String,
    /// Whom it suggests.
    pub suggests: Option<UnitName>,
    /// To decide it.
    pub decide: LimitView,
    /// Whether it is decided.
    pub decided: bool,
}

/// An interval asked for.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Extension, suspension or tracking.
    pub kind: IntervalKind,
    /// How long.
    pub span: Option<Span>,
    /// Until when.
    pub until: Option<kernel::time::Date>,
    /// When asked.
    pub at: Instant,
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// Why.
    pub reason: String,
}

/// A termination asked for.
#[derive(Clone, Debug)]
pub struct TerminationView {
    /// The ground chosen; none in old entries.
    pub ground: Option<GroundView>,
    /// Why.
    pub reason: String,
}

/// A unit's claim that a rating should not count, as staff see it.
#[derive(Clone, Debug)]
pub struct ExclusionView {
    /// The unit that claims it.
    pub unit: UnitName,
    /// When.
    pub at: Instant,
    /// The ground chosen.
    pub ground: Option<GroundView>,
    /// Why.
    pub reason: String,
    /// What proves it.
    pub attachments: Vec<crate::Attachment>,
    /// For the panel.
    pub due: Instant,
    /// Key of how it ended, and when; none while it is open.
    pub outcome: Option<(&'static str, Instant)>,
    /// How many of the panel said yes and no so far; for the office alone.
    pub votes: Option<(usize, usize)>,
}

/// The ground of a step, as the office worded it when it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundView {
    /// Its code.
    pub code: String,
    /// Its wording.
    pub name: Name,
    /// What it rests on; may be empty.
    pub basis: Name,
}

impl From<GivenGround> for GroundView {
    fn from(given: GivenGround) -> Self {
        Self {
            code: given.code,
            name: Name { zh: given.zh, en: given.en },
            basis: Name { zh: given.basis_zh, en: given.basis_en },
        }
    }
}

/// An answer to the appellant.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// When recorded.
    pub at: Instant,
    /// Who answered.
    pub unit: Option<UnitName>,
    /// The words.
    pub text: String,
    /// How the appellant was told.
    pub way: Option<ContactWay>,
    /// When they were told.
    pub answered_at: Option<Instant>,
    /// Per demand.
    pub results: Vec<(u32, Outcome)>,
    /// What its words lacked before it was sent; never for the appellant.
    pub lacks: Vec<Lack>,
    /// Why it was sent all the same; empty for no reason.
    pub overridden: String,
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

/// A note between officers.
#[derive(Clone, Debug)]
pub struct NoteView {
    /// When.
    pub at: Instant,
    /// Who: a unit and a role.
    pub by: ActorView,
    /// Its words.
    pub text: String,
}

/// A look at the appellant's contact data.
#[derive(Clone, Debug)]
pub struct LookView {
    /// When.
    pub at: Instant,
    /// Who: a unit and a role.
    pub by: ActorView,
    /// What for; none in entries from before that was asked.
    pub purpose: Option<ContactPurpose>,
    /// Why the sealed identity of a shielded matter had been opened to them.
    pub reason: String,
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
}

/// A rating the viewer may see.
#[derive(Clone, Debug)]
pub struct RatingView {
    /// When.
    pub at: Instant,
    /// Which round, from 1.
    pub round: u32,
    /// Solved?
    pub solved: Solved,
    /// The grade.
    pub grade: Grade,
    /// Who gave it.
    pub by: RatedBy,
    /// Why.
    pub reason: String,
}

/// A call-back attempt.
#[derive(Clone, Debug)]
pub struct CallView {
    /// When.
    pub at: Instant,
    /// What came of it.
    pub outcome: CallOutcome,
    /// When the appellant wants to be called again.
    pub again_at: Option<Instant>,
    /// What was noted; empty for whom the appellant's words are withheld.
    pub note: String,
    /// What was said, as sound; for those who may record call-backs.
    pub recordings: Vec<crate::Attachment>,
}

/// A request to open the shielded identity.
#[derive(Clone, Debug)]
pub struct OpeningView {
    /// Number within the matter.
    pub request: u32,
    /// When.
    pub at: Instant,
    /// Who asked: a unit and a role.
    pub by: ActorView,
    /// Who decided.
    pub decided_by: Option<ActorView>,
    /// Why.
    pub reason: String,
    /// Until when it is open.
    pub open_until: Option<Instant>,
    /// Decided at all.
    pub decided: bool,
}

/// One line of the timeline.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// Version of the entry.
    pub version: i64,
    /// When it counts.
    pub at: Instant,
    /// When it was written down.
    pub recorded_at: Instant,
    /// Whether it was imported or replayed.
    pub replayed: bool,
    /// What happened: the key of its words is `event-<kind>`.
    pub kind: &'static str,
    /// Who: a unit's name with a role for staff, a unit's name for the appellant.
    pub actor: ActorView,
    /// Which node it concerns.
    pub node: Option<NodeId>,
    /// The unit of that node.
    pub unit: Option<UnitName>,
    /// Its words, where it has any and the viewer may read them.
    pub text: Option<String>,
    /// The rule that brought a measure of supervision about, with its name.
    pub why: Option<(matters_rules::event::Why, Name)>,
    /// Number of the slip that was issued.
    pub slip: Option<String>,
    /// A code that says more (way, closing type …), as a key of the locale files.
    pub detail: Option<String>,
    /// The ground it rests on, where one was given.
    pub ground: Option<GroundView>,
    /// Until when it was asked for or decided, where that is a time.
    pub until: Option<Instant>,
    /// Files that came with it.
    pub attachments: Vec<crate::Attachment>,
}

/// Who did something, as the viewer may know it. Never a person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorView {
    /// Key `actor-appellant`.
    Appellant,
    /// Key `actor-system`.
    System,
    /// Another platform, by the name it had.
    Platform(String),
    /// Someone of that unit; the role's key is `role-<code>` (none for the appellant's eyes).
    Unit {
        /// The unit.
        unit: UnitName,
        /// The role that permitted it.
        role: Option<kernel::permission::Role>,
        /// Who stood in for whom, by the titles of their posts (none for the appellant's eyes).
        stood_in: Option<StoodIn>,
    },
}

/// Someone acting in another's post 代: both by their posts' titles, e.g. 财政局办公室.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoodIn {
    /// Who acted.
    pub by: String,
    /// In whose post.
    pub of: String,
}

/// What must be held to see a matter at all.
pub(crate) const READ: Permission = Permission::MatterRead;
