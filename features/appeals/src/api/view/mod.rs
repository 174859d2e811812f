//! A matter as JSON: what the page shows, code for code. Who may see what was decided when
//! the view was made; here nothing is added or left out.

mod from;
mod tree;

pub use tree::{Answer, Limit, Node};

use kernel::time::{Elapsed, Instant, Pause};
use serde::Serialize;
use utoipa::ToSchema;

/// A matter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Matter {
    /// Its name in addresses.
    #[schema(format = "uuid")]
    id: String,
    /// Version, for `If-Match`.
    version: i64,
    /// Public number.
    number: String,
    /// Where it is: `registered`, `declined`, `left_early`, `accepted`, `merged`, `assigned`,
    /// `call_back`, `verification`, `redo`, `closed` or `archived`.
    phase: &'static str,
    /// `appeal`, or what an office raised: `task`, `rectification` or `instruction`.
    kind: &'static str,
    /// Of an appeal: `help`, `consultation`, `complaint` or `suggestion`.
    appeal_type: Option<&'static str>,
    /// What it is about.
    category: Option<Named>,
    /// Where.
    area: Option<Named>,
    /// How it came in.
    channel: Option<&'static str>,
    /// The source's own number.
    source_number: Option<String>,
    /// The source's own limit.
    #[schema(format = DateTime)]
    source_due: Option<String>,
    /// Labels.
    express_lines: Vec<&'static str>,
    /// `general`, `urgent`, `critical` or `complex`; set at acceptance.
    urgency: Option<&'static str>,
    /// Whether its limits run round the clock.
    natural_time: bool,
    /// Filed as confidential.
    shielded: bool,
    /// Whether title and text are the redacted ones.
    redacted: bool,
    /// Whether the person's data were erased.
    erased: bool,
    /// As the reader may see it; empty where withheld or erased.
    title: String,
    /// As the reader may see it.
    text: String,
    /// What the appellant wants to happen.
    expected: String,
    /// How to reach the appellant, masked for staff.
    contact: Contact,
    /// `agent`, `chamber` or `officer`, where another filed it.
    on_behalf: Option<&'static str>,
    /// How the appellant agreed to that.
    consent: Option<&'static str>,
    /// The development zone it lies in.
    zone: Option<Named>,
    /// Where exactly; empty where the reader may not see it.
    place: String,
    /// Urgency proposed at intake.
    proposed_urgency: Option<&'static str>,
    /// The meeting at which it was raised.
    occasion: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    occasion_date: Option<String>,
    /// The unit complained about.
    complained_about: Option<Named>,
    /// The office that received it.
    office: Option<Named>,
    /// Who has it now.
    holder: Option<Named>,
    /// Photos and papers of the appellant.
    attachments: Vec<File>,
    #[schema(format = DateTime)]
    filed_at: Option<String>,
    #[schema(format = DateTime)]
    accepted_at: Option<String>,
    /// Accepted by lapse of the review limit.
    deemed_accepted: bool,
    #[schema(format = DateTime)]
    closed_at: Option<String>,
    /// As what it was closed.
    closing: Option<&'static str>,
    /// What is wanted, one by one, with what came of it.
    demands: Vec<Demand>,
    /// The appellant's clock: it starts at filing and never stops.
    clock: Clock,
    /// To accept or decline, while that is due.
    review: Option<Limit>,
    /// What the appellant was asked to complete.
    completion: Option<Completion>,
    /// To assign or answer, while that is due.
    assignment: Option<Limit>,
    /// To call back, while that is due.
    call_back: Option<Limit>,
    /// When it closes by itself if it stays unrated.
    #[schema(format = DateTime)]
    close_unrated_at: Option<String>,
    /// The assignment tree, parents before children.
    nodes: Vec<Node>,
    /// A proposed or decided decline.
    decline: Option<Decline>,
    /// Where it was transferred to.
    transferred_to: Option<String>,
    /// Number of the matter it is merged under.
    merged_under: Option<String>,
    /// Numbers of the matters merged under it.
    followers: Vec<String>,
    /// The office's direct answer.
    direct_answer: Option<Answer>,
    /// The answers to the matter it is merged under.
    answers_of_master: Vec<Answer>,
    /// Ratings the reader may see, oldest first.
    ratings: Vec<Rating>,
    /// A contest or negative rating awaits a decision.
    redo_pending: bool,
    /// Times it was redone.
    redos: u32,
    /// Times it was reassigned.
    reassignments: u32,
    /// Whether it was escalated.
    escalated: bool,
    /// Requests to open the shielded identity.
    openings: Vec<Opening>,
    /// Every look at the contact data, oldest first.
    contact_looks: Vec<Look>,
    /// What happened, oldest first.
    timeline: Vec<Happened>,
    /// What the reader may do now.
    actions: Vec<Action>,
}

/// Something with a code and a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    code: String,
    name: String,
}

/// How to reach the appellant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactShown)]
struct Contact {
    /// Name, or a pseudonym.
    name: String,
    /// `mr` or `ms`.
    salutation: Option<&'static str>,
    phone: String,
    second_phone: String,
    /// When they may be called.
    convenient_time: String,
    /// Who filed for them: name and number.
    filed_by_name: String,
    filed_by_phone: String,
    enterprise: String,
    email: String,
    address: String,
    /// Withheld: the matter is shielded, or the reader's position does not allow it.
    withheld: bool,
}

/// A stored file.
#[derive(Debug, Serialize, ToSchema)]
pub struct File {
    #[schema(format = "uuid")]
    pub(super) id: String,
    pub(super) name: String,
    pub(super) media_type: String,
    /// Bytes as kept.
    pub(super) size: i64,
}

/// A demand with its result.
#[derive(Debug, Serialize, ToSchema)]
struct Demand {
    /// From 1.
    demand: u32,
    text: String,
    outcome: Option<&'static str>,
}

/// The appellant's clock.
#[derive(Debug, Serialize, ToSchema)]
struct Clock {
    #[schema(format = DateTime)]
    started_at: Option<String>,
    #[schema(format = DateTime)]
    stopped_at: Option<String>,
    /// Working days that are over, or minutes that ran.
    #[schema(value_type = Option<Object>)]
    elapsed: Option<Elapsed>,
    /// The promised date.
    promise: Option<Limit>,
    /// As first given, where an extension moved it.
    #[schema(format = DateTime)]
    first_promise_at: Option<String>,
    /// Approved suspensions, shown in the clock that ran on.
    #[schema(value_type = Vec<Object>)]
    suspended: Vec<Pause>,
}

/// A decline.
#[derive(Debug, Serialize, ToSchema)]
struct Decline {
    ground: Ground,
    right_way: String,
    #[schema(format = DateTime)]
    at: String,
    #[schema(format = DateTime)]
    declined_at: Option<String>,
}

/// The ground of a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GroundGiven)]
struct Ground {
    code: String,
    name: String,
    /// What it rests on; may be empty.
    basis: String,
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
struct Rating {
    #[schema(format = DateTime)]
    at: String,
    round: u32,
    solved: &'static str,
    grade: &'static str,
    /// `appellant` or `call_back`.
    by: &'static str,
    reason: String,
}

/// A request to open the shielded identity.
#[derive(Debug, Serialize, ToSchema)]
struct Opening {
    request: u32,
    #[schema(format = DateTime)]
    at: String,
    reason: String,
    #[schema(format = DateTime)]
    open_until: Option<String>,
    decided: bool,
}

/// What the appellant was asked to complete.
#[derive(Debug, Serialize, ToSchema)]
struct Completion {
    /// What is missing.
    missing: String,
    #[schema(format = DateTime)]
    asked_at: String,
    /// Until when; the review limit runs on.
    limit: Limit,
    #[schema(format = DateTime)]
    given_at: Option<String>,
    /// The limit passed without any material.
    lapsed: bool,
}

/// A look at the appellant's contact data.
#[derive(Debug, Serialize, ToSchema)]
struct Look {
    #[schema(format = DateTime)]
    at: String,
    /// The unit of whoever looked.
    by: Option<Named>,
    /// `contact`, `verify`, `visit`, `call_back` or `delivery`.
    purpose: Option<&'static str>,
    /// Why a sealed identity was open to them.
    reason: String,
}

/// A line of the timeline.
#[derive(Debug, Serialize, ToSchema)]
struct Happened {
    version: i64,
    /// When it counts.
    #[schema(format = DateTime)]
    at: String,
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Imported or replayed.
    replayed: bool,
    /// Kind of event, e.g. `accepted`.
    event: &'static str,
    /// `appellant`, `system`, `platform` (another one of the exchange) or `unit`.
    actor: &'static str,
    /// The unit acting.
    actor_unit: Option<Named>,
    /// The role acting, as far as the reader may know it.
    role: Option<&'static str>,
    /// Done by a substitute, in the post of someone who was away.
    stood_in: bool,
    #[schema(format = "uuid")]
    node: Option<String>,
    /// The unit of that assignment.
    unit: Option<Named>,
    text: Option<String>,
    /// The ground given, worded as the office worded it then.
    ground: Option<Ground>,
    attachments: Vec<File>,
}

/// Something the reader may do now.
#[derive(Debug, Serialize, ToSchema)]
struct Action {
    /// The verb's code.
    action: &'static str,
    /// On which assignment.
    #[schema(format = "uuid")]
    node: Option<String>,
}

/// The form in which every time is told.
pub fn rfc3339(at: Instant) -> String {
    at.to_string()
}
