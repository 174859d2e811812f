//! What is known of the world when a command is decided. Values only.

use crate::authority::Authority;
use crate::ground::GivenGround;
use crate::procedure::Procedure;
pub use kernel::Level;
use kernel::permission::UnitPath;
use kernel::time::{Calendar, Instant};
use kernel::{Actor, MatterId, NodeId, UnitId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// See the module.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The time that counts: when it is recorded or, for a replay, when it occurred.
    pub now: Instant,
    /// The matter whose stream it is (for a new one: the name it gets).
    pub matter: MatterId,
    /// Who acts.
    pub actor: Actor,
    /// All units the actor holds grants in (not only the one acted for), as paths: a
    /// person with a post in the rated unit stays a person of that unit.
    pub actor_units: Vec<UnitPath>,
    /// The working calendar in force.
    pub calendar: Arc<Calendar>,
    /// How far posts grant on their own what units ask for, in force on that day.
    pub authority: Arc<Authority>,
    /// The procedure: the matter's own version, or for a new matter the one in force.
    pub procedure: Arc<Procedure>,
    /// Fresh ids to name new nodes with, as many as the command can need.
    pub node_ids: Vec<NodeId>,
    /// Every unit that the command or the state mentions, and where a request is decided those
    /// of the actor's posts.
    pub units: BTreeMap<UnitId, UnitFact>,
    /// Codes of the townships' duty list 履职事项清单 in force.
    pub duty_items: BTreeSet<String>,
    /// The ground that the command names, if it is one that may be given today.
    pub ground: Option<GivenGround>,
    /// The matter the command refers to besides its own (the master of a merge).
    pub other: Option<OtherMatter>,
}

/// What the rules need to know of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFact {
    /// Where it stands.
    pub path: UnitPath,
    /// On which of the four levels.
    pub level: Level,
    /// Whether it still exists and takes assignments.
    pub open: bool,
}

/// Another matter, as far as a merge must know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherMatter {
    /// Which.
    pub id: MatterId,
    /// Whether it is accepted and not yet closed.
    pub open: bool,
    /// Whether it is itself merged under a third.
    pub merged: bool,
}
