//! Call-backs, ratings, and the claims that a rating should not count.

use super::names::{GroundView, UnitName};
use kernel::time::Instant;
use matters_rules::authority::Most;
use matters_rules::{CallOutcome, Grade, RatedBy, Solved};

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
    /// As of a [`super::RequestView`], for an opinion in favour.
    pub beyond: Option<Most>,
    /// How many of the panel said yes and no so far; for the office alone.
    pub votes: Option<(usize, usize)>,
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
