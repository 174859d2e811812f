//! The second look at a closed matter that was drawn 抽查复核. What it finds wrong is put
//! before whoever decides on a redo; it never decides that itself.

use super::{Case, Decided, Permitted, one};
use crate::command::Recheck;
use crate::event::Event;
use crate::state::Phase;
use kernel::Refusal;

impl Case<'_> {
    /// By someone who neither handled nor evaluated it (PRODUCT rule 4): of a direct answer
    /// another officer, of any other result another unit.
    pub(super) fn may_recheck(&self) -> Permitted {
        self.in_phase(&[Phase::Closed, Phase::Archived])?;
        self.independent()?;
        self.not_who_evaluated()
    }

    pub(super) fn recheck(&self, recheck: &Recheck) -> Decided {
        let Recheck { draw, called, finding, text } = recheck;
        if self.state.rechecks.iter().any(|done| done.draw == *draw) {
            return Err(Refusal::new("rechecked-already"));
        }
        one(Event::Rechecked { draw: draw.clone(), called: *called, finding: *finding, text: text.clone() })
    }

    /// Who found it wrong does not decide what follows from it.
    pub(super) fn not_who_rechecked(&self) -> Permitted {
        self.state.rechecks.iter().try_for_each(|done| self.other_than(done.by))
    }
}
