//! What the platform's timers do when their time has come (PRODUCT rule 3).

use super::{Case, Permitted, refuse_if};
use crate::state::Phase;

impl Case<'_> {
    /// The call-back found nobody and the appellant said nothing: unrated is its own figure.
    pub(super) fn may_close_unrated(&self) -> Permitted {
        self.in_phase(&[Phase::CallBack])?;
        refuse_if(self.state.round_rating().is_some(), "rated-already")?;
        refuse_if(self.state.redo_pending, "redo-undecided")?;
        refuse_if(self.state.close_unrated_at.is_none_or(|at| self.now() < at), "limit-running")
    }
}
