//! Completion 补正: the office asks the appellant for what is missing, once and all at once
//! 一次性告知. Nobody's clock stands still for it: the appellant's never does (PRODUCT rule
//! 1), and the review limit is what the appellant is promised before acceptance, so the time
//! to complete lies within it. Without a decision the matter is deemed accepted all the same.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::command::Text;
use crate::event::Event;
use crate::state::Limit;
use kernel::time::Instant;

impl Case<'_> {
    pub(super) fn may_ask_completion(&self) -> Permitted {
        self.in_review()?;
        refuse_if(self.state.decline.is_some(), "decline-proposed-already")?;
        refuse_if(self.state.completion.is_some(), "completion-asked-already")
    }

    pub(super) fn ask_completion(&self, missing: &Text) -> Decided {
        let review_due = self.state.review.as_ref().map(|review| review.due);
        one(Event::CompletionAsked {
            missing: missing.clone(),
            limit: self.completion_limit(self.now(), review_due),
        })
    }

    /// By procedure, but never past the review limit.
    pub(super) fn completion_limit(&self, start: Instant, review_due: Option<Instant>) -> Limit {
        let limit = self.limit_from(start, self.limits().completion);
        Limit { due: review_due.map_or(limit.due, |review| review.min(limit.due)), ..limit }
    }

    pub(super) fn may_lapse_completion(&self) -> Permitted {
        let Some(asked) = self.state.open_completion() else {
            return refuse_if(true, "completion-not-asked");
        };
        refuse_if(self.now() < asked.limit.due, "limit-running")
    }
}
