//! The job a closed unit leaves behind: whoever keeps open work by unit hands it to the
//! successor.

use kernel::UnitId;
use serde::{Deserialize, Serialize};

/// The job's kind; its handler stands where the work is kept.
pub const JOB: &str = "unit.closed";

/// What the job carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The unit that was closed.
    pub unit: UnitId,
    /// Who goes on.
    pub successor: UnitId,
}
