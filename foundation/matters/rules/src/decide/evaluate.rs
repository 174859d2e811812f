//! Evaluate 评估: call-back, rating, contest, redo, escalation. Only the appellant rates, or
//! an independent call-back officer records what the appellant said.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::codes::{CallOutcome, ClosingType, RatedBy, Solved};
use crate::command::{Rating, Text};
use crate::event::Event;
use crate::state::{ChildLimit, Node, NodeState, Phase, Rated, ResultSource};
use kernel::time::Instant;
use kernel::{BlobId, NodeId, Refusal};

impl Case<'_> {
    pub(super) fn may_call_back(&self) -> Permitted {
        self.in_phase(&[Phase::CallBack])?;
        self.independent()
    }

    /// Who wants to be called later may say when; the time lies ahead.
    pub(super) fn call_back(
        &self,
        outcome: CallOutcome,
        again_at: Option<Instant>,
        note: &Option<Text>,
        recordings: &[BlobId],
    ) -> Decided {
        if again_at.is_some() && outcome != CallOutcome::Later {
            return Err(Refusal::field("again_at", "again-only-later"));
        }
        if again_at.is_some_and(|at| at <= self.now()) {
            return Err(Refusal::field("again_at", "again-past"));
        }
        let (note, recordings) = (note.clone(), recordings.to_vec());
        one(Event::CalledBack { outcome, again_at, note, recordings })
    }

    pub(super) fn may_rate(&self) -> Permitted {
        let by = self.rates_as();
        match self.state.phase {
            Phase::CallBack => {}
            Phase::Closed if self.first_rating(by).is_some() => {}
            _ => return Err(Refusal::new("not-in-call-back")),
        }
        if let Some(first) = self.first_rating(by) {
            let until = self.limit_from(first.first_at, self.limits().rating_change).due;
            refuse_if(self.now() > until, "rating-final")?;
        }
        if by == RatedBy::Appellant {
            return Ok(());
        }
        self.independent()?;
        let reached = self.state.round_calls().any(|call| call.outcome == CallOutcome::Reached);
        refuse_if(!reached, "not-reached")?;
        // What the appellant says outranks what an officer heard.
        let spoken = self.first_rating(RatedBy::Appellant).is_some();
        let asked = self.state.contested || self.state.redo_asked;
        refuse_if(spoken || (asked && self.state.redo_pending), "appellant-rated")
    }

    /// A positive rating closes at once; any other waits for a decision on a redo.
    pub(super) fn rate(&self, rating: &Rating) -> Decided {
        let fairly_counts = self.facts.procedure.steps.fairly_satisfied_counts;
        let positive = rating.solved == Solved::Yes && rating.grade.is_satisfied(fairly_counts);
        let mut events = vec![Event::Rated {
            solved: rating.solved,
            grade: rating.grade,
            reason: rating.reason.clone(),
            by: self.rates_as(),
            positive,
        }];
        if positive && self.state.phase == Phase::CallBack {
            events.push(self.closed(self.state.closing_by_result(), None));
        }
        Ok(events)
    }

    fn rates_as(&self) -> RatedBy {
        if self.facts.actor.is_appellant() { RatedBy::Appellant } else { RatedBy::CallBack }
    }

    fn first_rating(&self, by: RatedBy) -> Option<&Rated> {
        let round = self.state.round();
        self.state.ratings.iter().find(|rated| rated.round == round && rated.by == by)
    }

    /// Once, against a closing the appellant did not bring about.
    pub(super) fn may_contest(&self) -> Permitted {
        self.in_phase(&[Phase::Closed])?;
        refuse_if(self.state.closing == Some(ClosingType::Withdrawn), "contest-withdrawn")?;
        refuse_if(self.state.contested, "contested-already")?;
        refuse_if(self.state.redo_pending, "redo-undecided")
    }

    /// While the result awaits the appellant's word, once a round.
    pub(super) fn may_ask_redo(&self) -> Permitted {
        self.in_phase(&[Phase::CallBack])?;
        refuse_if(self.state.redo_pending, "redo-undecided")?;
        refuse_if(self.state.redo_decided, "redo-decided")
    }

    pub(super) fn may_decide_redo(&self) -> Permitted {
        self.in_phase(&[Phase::CallBack, Phase::Closed])?;
        refuse_if(!self.state.redo_pending, "redo-not-asked")?;
        self.not_who_rechecked()?;
        self.independent()
    }

    /// Found valid, it is handled again, at most as often as the procedure says; then it
    /// goes up. Nothing here touches the appellant's clock or the first limits.
    pub(super) fn decide_redo(&self, valid: bool, reason: &Text) -> Decided {
        if !valid {
            return one(Event::RedoRefused { reason: reason.clone() });
        }
        if self.state.redos >= self.limits().redos {
            return one(Event::Escalated { reason: Some(reason.clone()) });
        }
        let nodes = self.redo_limits();
        let assignment = nodes.is_empty().then(|| self.limit(self.limits().assignment));
        one(Event::RedoOrdered { round: self.state.redos + 1, reason: reason.clone(), nodes, assignment })
    }

    /// The units whose answers were approved, down to those that wrote them. A direct
    /// answer or a master's has none: the office assigns the matter.
    pub(super) fn redo_limits(&self) -> Vec<(NodeId, ChildLimit)> {
        let mut found = Vec::new();
        if self.state.result == Some(ResultSource::Tree) {
            self.collect_redo(None, &mut found);
        }
        found
    }

    fn collect_redo(&self, parent: Option<&Node>, found: &mut Vec<(NodeId, ChildLimit)>) {
        let parts = self.state.children(parent.map(|node| node.id));
        for node in parts.filter(|node| node.is_part() && node.state == NodeState::Approved) {
            let mut again = node.clone();
            let redo = self.limits().redo;
            let span = if parent.is_none() { self.within_source(redo) } else { redo };
            again.limits.handling = ChildLimit::set(&self.facts.calendar, self.now(), span, &[], parent);
            found.push((node.id, again.limits.handling.clone()));
            self.collect_redo(Some(&again), found);
        }
    }

    pub(super) fn may_escalate(&self) -> Permitted {
        let open = self.state.is_accepted() && !self.state.phase.is_ended();
        refuse_if(!open, "not-open")?;
        refuse_if(self.state.escalated, "escalated-already")
    }

    /// From the call-back, by someone who had no hand in the matter: after a negative
    /// rating was decided on, or where the appellant would not be asked or was not reached.
    pub(super) fn may_close(&self) -> Permitted {
        self.in_phase(&[Phase::CallBack])?;
        refuse_if(self.state.redo_pending, "redo-undecided")?;
        let refused = self.state.round_calls().any(|call| call.outcome == CallOutcome::Refused);
        let attempts = self.state.round_calls().filter(|call| call.outcome != CallOutcome::Reached).count();
        let exhausted = attempts >= self.facts.procedure.steps.call_attempts as usize;
        refuse_if(!(self.state.redo_decided || refused || exhausted), "evaluation-first")?;
        self.independent()
    }

    /// The closing type says what the results say, or less; never more.
    pub(super) fn close(&self, closing: ClosingType, reason: &Option<Text>) -> Decided {
        let by_result = self.state.closing_by_result();
        let honest = match (weight(by_result), weight(closing)) {
            (Some(by_result), Some(chosen)) => chosen >= by_result,
            _ => closing == by_result,
        };
        if !honest {
            return Err(Refusal::field("closing", "closing-not-by-result"));
        }
        one(self.closed(closing, reason.clone()))
    }

    /// The event that ends an accepted matter.
    pub(super) fn closed(&self, closing: ClosingType, reason: Option<Text>) -> Event {
        Event::Closed {
            closing,
            reason,
            contest_until: self.limit(self.limits().contest).due,
            archive_at: self.limit(self.limits().archive).due,
        }
    }
}

impl Draft<'_> {
    /// Ends what is open in the tree, then the matter.
    pub(super) fn close(&mut self, closing: ClosingType) {
        self.release_all();
        let closed = self.case().closed(closing, None);
        self.add(closed);
    }
}

/// How little a closing type of the tree claims.
fn weight(closing: ClosingType) -> Option<u8> {
    match closing {
        ClosingType::Solved => Some(0),
        ClosingType::Partly => Some(1),
        ClosingType::Explained => Some(2),
        ClosingType::NotYet => Some(3),
        _ => None,
    }
}
