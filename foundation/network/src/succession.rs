//! The jobs a closed or a split unit leaves behind: whoever keeps open work by unit hands it to
//! whoever goes on.

use kernel::{MatterId, NodeId, UnitId};
use serde::{Deserialize, Serialize};

/// The kind of the job after a unit was closed; its handler stands where the work is kept.
pub const JOB: &str = "unit.closed";
/// The kind of the job after a unit was split.
pub const SPLIT: &str = "unit.split";

/// What the job after a closure carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The unit that was closed.
    pub unit: UnitId,
    /// Who goes on.
    pub successor: UnitId,
}

/// What the job after a split carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The unit that stays, with all that is not named here.
    pub unit: UnitId,
    /// The one split off.
    pub successor: UnitId,
    /// The assignments that go to it.
    pub parts: Vec<(MatterId, NodeId)>,
}
