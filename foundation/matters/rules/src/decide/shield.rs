//! Shielding 保密: opening the sealed identity needs a reason and a second person, lasts
//! for a time, and every look is journaled before anything is shown.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::command::Text;
use crate::event::Event;
use crate::state::Opening;
use kernel::Refusal;

impl Case<'_> {
    pub(super) fn may_request_opening(&self) -> Permitted {
        self.not_archived()?;
        refuse_if(!self.state.shielded, "not-shielded")?;
        let account = self.facts.actor.account();
        let pending = self.state.openings.iter().any(|o| !o.decided && Some(o.by) == account);
        refuse_if(pending, "opening-asked-already")
    }

    pub(super) fn request_opening(&self, reason: &Text) -> Decided {
        let request = self.state.openings.iter().map(|opening| opening.request).max().unwrap_or(0) + 1;
        one(Event::OpeningRequested { request, reason: reason.clone() })
    }

    /// There is a request that someone else made.
    pub(super) fn may_decide_opening(&self) -> Permitted {
        self.not_archived()?;
        let mut pending = self.state.openings.iter().filter(|opening| !opening.decided).peekable();
        refuse_if(pending.peek().is_none(), "opening-not-asked")?;
        refuse_if(pending.all(|opening| self.other_than(opening.hands).is_err()), "own-work")
    }

    pub(super) fn decide_opening(&self, request: u32, approve: bool, reason: &Option<Text>) -> Decided {
        let opening = self.pending(request)?;
        self.other_than(opening.hands)?;
        one(if approve {
            Event::OpeningGranted { request, until: self.limit(self.limits().shield_open).due }
        } else {
            Event::OpeningRefused { request, reason: reason.clone() }
        })
    }

    fn pending(&self, request: u32) -> Result<&Opening, Refusal> {
        let mut pending = self.state.openings.iter().filter(|opening| !opening.decided);
        pending.find(|opening| opening.request == request).ok_or_else(|| Refusal::new("opening-not-asked"))
    }

    /// Of a shielded matter only for whom a second person opened it.
    pub(super) fn may_open_contact(&self) -> Permitted {
        self.not_archived()?;
        let account = self.facts.actor.account();
        let open = account.is_some_and(|account| self.state.identity_open_to(account, self.now()));
        refuse_if(self.state.shielded && !open, "shielded")
    }
}
