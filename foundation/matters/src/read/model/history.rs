//! What happened and who did it: the timeline, notes between officers, looks at sealed data.

use super::names::{GroundView, UnitName};
use crate::configuration::Name;
use kernel::NodeId;
use kernel::time::Instant;
use matters_rules::ContactPurpose;

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
