//! Review 审核: accept, decline, transfer out, answer directly, merge.

use super::{Case, Decided, Draft, Permitted, checked, one, refuse_if};
use crate::answer::CheckedText;
use crate::codes::{DeclineGround, Urgency};
use crate::command::{Accept, DemandResult, Text};
use crate::event::{Accepted, Event};
use crate::limits::last_date;
use crate::results;
use crate::state::{Limit, NodeState, Phase};
use kernel::permission::Permission;
use kernel::time::{Instant, Span};
use kernel::{MatterId, Refusal};

impl Case<'_> {
    /// A registered matter, or one deemed accepted whose demands are still to be listed.
    pub(super) fn may_accept(&self) -> Permitted {
        match self.state.phase {
            Phase::Registered => Ok(()),
            Phase::Accepted if self.state.demands.is_empty() => Ok(()),
            _ => Err(Refusal::new("already-reviewed")),
        }
    }

    pub(super) fn accept(&self, accept: &Accept) -> Decided {
        if accept.demands.is_empty() {
            return Err(Refusal::field("demands", "demands-missing"));
        }
        if accept.category.trim().is_empty() {
            return Err(Refusal::field("category", "category-missing"));
        }
        let Accept { urgency, natural_time, category, demands } = accept.clone();
        if self.state.phase == Phase::Accepted {
            return one(Event::DemandsListed { demands, urgency, natural_time, category });
        }
        one(self.accepted(urgency, natural_time, Some(category), demands))
    }

    /// Without a decision in time a matter is deemed accepted 视为受理, whether the timer or
    /// an officer comes first. An officer lists the demands and corrects the urgency later.
    pub(super) fn deem_accepted(&self) -> Decided {
        one(self.accepted(Urgency::General, false, self.state.category.clone(), Vec::new()))
    }

    pub(super) fn may_deem_accepted(&self) -> Permitted {
        self.in_phase(&[Phase::Registered])?;
        refuse_if(!self.review_is_over(), "review-limit-running")
    }

    fn accepted(
        &self,
        urgency: Urgency,
        natural_time: bool,
        category: Option<String>,
        demands: Vec<Text>,
    ) -> Event {
        Event::Accepted(Box::new(Accepted {
            deemed: self.review_is_over(),
            urgency,
            natural_time,
            category,
            demands,
            promise: self.limit(self.pledged(self.limits().promise(urgency, natural_time))),
            assignment: self.limit(self.limits().assignment),
        }))
    }

    /// What was promised or asked for by a day, e.g. at a visit, has until the end of that day; what
    /// was handed down keeps the limit it came with, where that is the earlier one. Anything
    /// else has what the procedure gives, and so has a promise whose day is over.
    pub(super) fn pledged(&self, by_procedure: Span) -> Span {
        let today = self.facts.calendar.zone().date_of(self.now());
        let noted = self.state.circumstances.noted.and_then(|noted| noted.pledged);
        let pledged = self.state.raised.due.or(noted);
        match pledged.map(|day| u32::try_from((day - today).get_days())) {
            Some(Ok(days @ 1..)) => Span::natural_days(days.min(Span::MAX_AMOUNT)),
            _ => self.within_source(by_procedure),
        }
    }

    /// The limit by procedure, or the whole days or hours until the source's own is due. One
    /// that is over when the count starts binds nobody any more.
    pub(super) fn within_source(&self, by_procedure: Span) -> Span {
        const HOUR: i64 = 3_600_000_000;
        let Some(due) = self.state.source_due else { return by_procedure };
        let calendar = &self.facts.calendar;
        let (now, zone) = (self.now(), calendar.zone());
        if calendar.due(now, by_procedure, &[]).at <= due {
            return by_procedure;
        }
        let last = last_date(calendar, due);
        let days = u32::try_from((last - zone.date_of(now)).get_days()).unwrap_or(0);
        let hours = u32::try_from((due.micros() - now.micros()) / HOUR).unwrap_or(0);
        match (zone.end_of_day(last) == due, days, hours) {
            (true, 1.., _) => Span::natural_days(days),
            (_, _, 1..) => Span::natural_hours(hours),
            _ => by_procedure,
        }
    }

    fn review_is_over(&self) -> bool {
        self.state.review.as_ref().is_some_and(|review| self.now() >= review.due)
    }

    /// What would let the matter go is decided within the review limit, or not at all.
    pub(super) fn in_review(&self) -> Permitted {
        self.in_phase(&[Phase::Registered])?;
        refuse_if(self.review_is_over(), "review-limit-passed")
    }

    pub(super) fn may_propose_decline(&self) -> Permitted {
        self.in_review()?;
        refuse_if(self.state.decline.is_some(), "decline-proposed-already")
    }

    /// That nothing concrete is asked for can only be said once the appellant was asked for
    /// it, and answered or let the time pass.
    pub(super) fn propose_decline(&self, ground: DeclineGround, right_way: &Text) -> Decided {
        let asked = self.state.completion.as_ref().is_some_and(|asked| !asked.is_open());
        if ground == DeclineGround::NoConcreteDemand && !asked {
            return Err(Refusal::field("ground", "completion-first"));
        }
        let wording = Some(self.ground()?);
        one(Event::DeclineProposed { ground, wording, right_way: right_way.clone() })
    }

    pub(super) fn may_decide_decline(&self) -> Permitted {
        self.in_review()?;
        match &self.state.decline {
            None => Err(Refusal::new("decline-not-proposed")),
            Some(decline) => self.other_than(decline.by),
        }
    }

    pub(super) fn decide_decline(&self, approve: bool, reason: &Option<Text>) -> Decided {
        if !approve {
            return one(Event::DeclineRefused { reason: reason.clone() });
        }
        self.within_own_limit(Permission::DeclineDecide, None)?;
        one(Event::Declined)
    }

    pub(super) fn may_transfer(&self) -> Permitted {
        self.in_review()
    }

    pub(super) fn transfer(&self, to: &str, reason: &Text) -> Decided {
        if to.trim().is_empty() {
            return Err(Refusal::field("to", "transfer-target-missing"));
        }
        one(Event::TransferredOut { to: to.trim().to_owned(), reason: reason.clone() })
    }

    /// A direct answer ends a matter that no unit ever had; contested, it goes to a unit.
    pub(super) fn may_answer_directly(&self) -> Permitted {
        self.in_phase(&[Phase::Accepted])?;
        refuse_if(!self.state.nodes.is_empty(), "already-assigned")?;
        refuse_if(self.state.redos > 0, "direct-answer-contested")?;
        refuse_if(self.state.demands.is_empty(), "demands-not-listed")
    }

    pub(super) fn answer_directly(&self, results: &[DemandResult], text: &CheckedText) -> Decided {
        results::covers_all(results, self.state.demands.len())?;
        let (call_back_limit, close_unrated_at) = self.evaluation_limits();
        let answered = Event::AnsweredDirectly {
            results: results.to_vec(),
            text: text.clone(),
            call_back_limit,
            close_unrated_at,
        };
        Ok([answered].into_iter().chain(checked(None, text)).collect())
    }

    /// A matter without a result of its own, in no part.
    pub(super) fn may_merge(&self) -> Permitted {
        self.in_phase(&[Phase::Accepted, Phase::Assigned])?;
        let answered =
            self.state.children(None).any(|node| node.state == NodeState::Approved && node.is_part());
        refuse_if(answered, "merge-has-result")
    }

    /// Under an open master that is not itself merged; open assignments end.
    pub(super) fn merge(&self, master: MatterId, reason: &Text) -> Decided {
        let refuse = |code| Err(Refusal::field("master", code));
        if self.state.id == Some(master) {
            return refuse("master-is-itself");
        }
        match self.facts.other.as_ref().filter(|other| other.id == master) {
            None => return refuse("master-unknown"),
            Some(other) if other.merged => return refuse("master-merged"),
            Some(other) if !other.open => return refuse("master-not-open"),
            Some(_) => {}
        }
        let mut draft = Draft::of(self);
        draft.add(Event::Merged { master, reason: reason.clone() });
        draft.release_all();
        Ok(draft.events)
    }

    pub(super) fn follow_master(&self) -> Decided {
        let (call_back_limit, close_unrated_at) = self.evaluation_limits();
        one(Event::MasterFollowed { call_back_limit, close_unrated_at })
    }

    /// To call back, and when an unrated matter closes, both from the result.
    pub(super) fn evaluation_limits(&self) -> (Limit, Instant) {
        (self.limit(self.limits().call_back), self.limit(self.limits().close_unrated).due)
    }
}
