//! Exclusions 不满意件申诉(剔除): the unit that answered claims that a rating should not
//! count. A panel of others judges it, each member by an opinion of their own. The rating is
//! never changed and never hidden; only the rates after exclusions leave it out.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::codes::Solved;
use crate::command::Text;
use crate::event::Event;
use crate::state::{Exclusion, Node, NodeState, Phase, Rated};
use kernel::permission::Permission;
use kernel::{BlobId, Refusal};

/// Fewer than that decide nothing.
const FEWEST: usize = 2;

impl Case<'_> {
    /// By a unit whose answer was approved, once for each rating, when the rating can no
    /// longer be changed and within the limit from closing.
    pub(super) fn may_claim_exclusion(&self, node: &Node) -> Permitted {
        self.in_phase(&[Phase::Closed])?;
        refuse_if(!(node.is_part() && node.state == NodeState::Approved), "exclusion-not-answered")?;
        refuse_if(self.state.redo_pending, "redo-undecided")?;
        let rated = self.state.rating().ok_or_else(|| Refusal::new("exclusion-unrated"))?;
        refuse_if(self.is_positive(rated), "exclusion-positive")?;
        refuse_if(self.state.exclusion().is_some(), "exclusion-claimed-already")?;
        let changeable =
            |rated: &Rated| self.now() <= self.limit_from(rated.first_at, self.limits().rating_change).due;
        refuse_if(self.state.ratings.iter().any(changeable), "exclusion-rating-open")?;
        let closed_at = self.state.closed_at.unwrap_or(rated.at);
        refuse_if(self.now() >= self.limit_from(closed_at, self.limits().exclusion).due, "limit-passed")
    }

    pub(super) fn claim_exclusion(&self, node: &Node, reason: &Text, attachments: &[BlobId]) -> Decided {
        if attachments.is_empty() {
            return Err(Refusal::field("attachments", "exclusion-evidence-missing"));
        }
        one(Event::ExclusionClaimed {
            node: node.id,
            ground: Some(self.ground()?),
            reason: reason.clone(),
            attachments: attachments.to_vec(),
            limit: self.limit(self.limits().exclusion_decision),
        })
    }

    /// By someone with no part in it: not of a handling unit, not who called back or recorded
    /// the rating, and once each (PRODUCT rule 4).
    pub(super) fn may_judge_exclusion(&self) -> Permitted {
        let claim = self.open_exclusion()?;
        refuse_if(self.now() >= claim.limit.due, "limit-passed")?;
        self.independent()?;
        self.other_than(claim.by)?;
        self.not_who_evaluated()?;
        let voted = claim.opinions.iter().any(|opinion| self.other_than(opinion.by).is_err());
        refuse_if(voted, "exclusion-judged-already")
    }

    /// More than half of the panel grant it; as soon as they no longer can, it is refused.
    pub(super) fn judge_exclusion(&self, grant: bool, reason: &Text) -> Decided {
        if grant {
            self.within_own_limit(Permission::ExclusionJudge, None)?;
        }
        let mut draft = Draft::of(self);
        draft.add(Event::ExclusionJudged { grant, reason: reason.clone() });
        let panel = self.facts.procedure.steps.exclusion_panel as usize;
        let case = draft.case();
        let claim = case.open_exclusion()?;
        let (all, granted) = (claim.opinions.len(), claim.opinions.iter().filter(|one| one.grant).count());
        if all >= FEWEST {
            if 2 * granted > panel {
                draft.add(Event::ExclusionGranted);
            } else if 2 * (all - granted) >= panel {
                draft.add(Event::ExclusionRefused { lapsed: false });
            }
        }
        Ok(draft.events)
    }

    /// Undecided within its limit, it is not granted.
    pub(super) fn may_lapse_exclusion(&self) -> Permitted {
        refuse_if(self.now() < self.open_exclusion()?.limit.due, "limit-running")
    }

    /// Whoever called back or recorded the rating has evaluated already.
    pub(super) fn not_who_evaluated(&self) -> Permitted {
        let called = self.state.calls.iter().filter_map(|call| call.by);
        let rated = self.state.ratings.iter().filter_map(|rated| rated.account);
        self.other_than(called.chain(rated))
    }

    fn open_exclusion(&self) -> Result<&Exclusion, Refusal> {
        self.state.open_exclusion().ok_or_else(|| Refusal::new("exclusion-not-claimed"))
    }

    fn is_positive(&self, rated: &Rated) -> bool {
        let fairly_counts = self.facts.procedure.steps.fairly_satisfied_counts;
        rated.solved == Solved::Yes && rated.grade.is_satisfied(fairly_counts)
    }
}
