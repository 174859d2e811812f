//! The limit that a matter came with from a platform above 来源时限: asking there for more time,
//! and what was decided there.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::codes::Channel;
use crate::command::Text;
use crate::event::Event;
use crate::limits::last_date;
use crate::state::{Limit, Phase};
use kernel::time::{Date, Instant};
use kernel::{Actor, Refusal};

/// While nothing has been answered.
const BEFORE_RESULT: [Phase; 4] = [Phase::Registered, Phase::Accepted, Phase::Assigned, Phase::Redo];

impl Case<'_> {
    /// Once at a time, before the limit is over.
    pub(super) fn may_ask_source(&self) -> Permitted {
        let due = self.came_with_limit()?;
        refuse_if(self.state.source_asked.is_some(), "source-asked-already")?;
        refuse_if(self.now() >= due, "source-limit-passed")
    }

    pub(super) fn ask_source(&self, until: Date, reason: &Text) -> Decided {
        let due = self.came_with_limit()?;
        let last = last_date(&self.facts.calendar, due);
        if until <= last {
            return Err(Refusal::field("until", "source-until-not-later").with("day", last));
        }
        one(Event::SourceAsked { until, reason: reason.clone() })
    }

    /// The platform above may say so at any time, e.g. when it wants something done again.
    pub(super) fn may_set_source_limit(&self) -> Permitted {
        match self.facts.actor {
            Actor::Platform { .. } => self.not_archived()?,
            _ => self.in_phase(&BEFORE_RESULT)?,
        }
        let handed_down = self.state.channel == Some(Channel::HandedDown) || self.state.source_due.is_some();
        refuse_if(!handed_down, "source-none")
    }

    /// What the platform above decided is taken as it comes: the same limit as before means that
    /// it was not moved. Typed by a person it lies ahead.
    pub(super) fn set_source_limit(&self, due: Instant, reason: &Option<Text>) -> Decided {
        let typed = !matches!(self.facts.actor, Actor::Platform { .. });
        if typed && due <= self.now() {
            return Err(Refusal::field("due", "until-past"));
        }
        one(Event::SourceLimitSet { due, reason: reason.clone() })
    }

    /// Nobody but the platform above gives more time than it gave.
    pub(super) fn within_source_limit(&self, promise: Option<&Limit>) -> Permitted {
        match (promise, self.state.source_due) {
            (Some(promise), Some(due)) if self.now() < due && promise.due > due => {
                let last = last_date(&self.facts.calendar, due);
                Err(Refusal::field("grant", "extension-beyond-source").with("day", last))
            }
            _ => Ok(()),
        }
    }

    fn came_with_limit(&self) -> Result<Instant, Refusal> {
        self.in_phase(&BEFORE_RESULT)?;
        self.state.source_due.ok_or_else(|| Refusal::new("source-limit-none"))
    }
}
