//! Endings other than by result: withdraw 撤回, terminate 终止, archive 归档.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::codes::ClosingType;
use crate::command::Text;
use crate::event::Event;
use crate::state::Phase;
use kernel::Refusal;
use kernel::permission::Permission;

impl Case<'_> {
    /// Until there is a result; then there is something to rate, and a withdrawal would
    /// hide it. An officer records one only for a matter they had no hand in.
    pub(super) fn may_withdraw(&self) -> Permitted {
        match self.state.phase {
            Phase::Registered | Phase::Accepted | Phase::Merged | Phase::Assigned | Phase::Redo => {
                self.not_among(&self.state.handled_by)
            }
            Phase::CallBack => Err(Refusal::new("rate-instead")),
            _ => Err(Refusal::new("matter-ended")),
        }
    }

    pub(super) fn withdraw(&self, reason: &Option<Text>) -> Decided {
        let mut draft = Draft::of(self);
        draft.add(Event::Withdrawn { reason: reason.clone() });
        if self.state.phase != Phase::Registered {
            draft.close(ClosingType::Withdrawn);
        }
        Ok(draft.events)
    }

    pub(super) fn may_request_termination(&self) -> Permitted {
        self.can_terminate()?;
        refuse_if(self.state.termination.is_some(), "termination-asked-already")
    }

    pub(super) fn request_termination(&self, reason: &Text) -> Decided {
        one(Event::TerminationRequested {
            ground: Some(self.ground()?),
            reason: reason.clone(),
            limit: Some(self.limit(self.limits().termination_decision)),
        })
    }

    pub(super) fn may_decide_termination(&self) -> Permitted {
        self.can_terminate()?;
        let Some(request) = &self.state.termination else {
            return Err(Refusal::new("termination-not-asked"));
        };
        self.other_than(request.by)?;
        self.not_among(&self.state.handled_by)
    }

    pub(super) fn decide_termination(&self, approve: bool, reason: &Text) -> Decided {
        if !approve {
            return one(Event::TerminationRefused { reason: reason.clone() });
        }
        self.within_own_limit(Permission::TerminationDecide, None)?;
        let mut draft = Draft::of(self);
        let ground = self.state.termination.as_ref().and_then(|request| request.ground.clone());
        draft.add(Event::Terminated { ground, reason: reason.clone() });
        draft.close(ClosingType::Terminated);
        Ok(draft.events)
    }

    /// Undecided within its limit, it is not granted.
    pub(super) fn may_lapse_termination(&self) -> Permitted {
        let asked = self.state.termination.as_ref().ok_or_else(|| Refusal::new("termination-not-asked"))?;
        refuse_if(asked.limit.as_ref().is_none_or(|limit| self.now() < limit.due), "limit-running")
    }

    fn can_terminate(&self) -> Permitted {
        self.in_phase(&[Phase::Accepted, Phase::Merged, Phase::Assigned, Phase::Redo])
    }

    /// Not before the appellant has had time to contest the closing.
    pub(super) fn may_archive(&self) -> Permitted {
        self.archivable()?;
        refuse_if(self.state.contest_until.is_some_and(|until| self.now() <= until), "contest-open")
    }

    pub(super) fn may_archive_due(&self) -> Permitted {
        self.archivable()?;
        refuse_if(self.state.archive_at.is_none_or(|at| self.now() < at), "archive-not-due")
    }

    fn archivable(&self) -> Permitted {
        self.in_phase(&[Phase::Closed])?;
        refuse_if(self.state.redo_pending, "redo-undecided")?;
        refuse_if(self.state.open_exclusion().is_some(), "exclusion-undecided")
    }
}
