//! Submit 提交办结, sign-off 单位审签, closing review 办结审核, return 退回重办: a submission
//! climbs level by level, and nobody approves their own work on the way.

use super::{Case, Decided, Draft, Permitted, one, refuse_if};
use crate::command::Text;
use crate::event::Event;
use crate::facts::Level;
use crate::state::{Node, NodeState};
use kernel::{BlobId, NodeId, Refusal};

impl Case<'_> {
    pub(super) fn may_submit(&self, node: &Node) -> Permitted {
        self.working(node)?;
        refuse_if(node.is_relay(self.state), "submit-by-part-below")?;
        refuse_if(node.has_open_objection(), "objection-open")?;
        refuse_if(node.paused.is_some(), "paused")?;
        refuse_if(node.answer.is_none(), "answer-first")
    }

    pub(super) fn submit(&self, node: NodeId, attachments: &[BlobId], note: &Option<Text>) -> Decided {
        let mut events =
            vec![Event::Submitted { node, attachments: attachments.to_vec(), note: note.clone() }];
        if !self.facts.procedure.steps.sign_off {
            events.push(Event::SignedOff { node, scan: None });
        }
        Ok(events)
    }

    pub(super) fn may_sign_off(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(node.state != NodeState::Submitted, "not-submitted")?;
        if self.takes_paper(node)? {
            return Ok(());
        }
        self.signs_off_others(node)
    }

    /// By another account of the unit. A township of one person signs on paper, and the
    /// stamped scan stands for the signature; without it the form says so.
    pub(super) fn sign_off(
        &self,
        node: &Node,
        approve: bool,
        scan: Option<BlobId>,
        reason: &Option<Text>,
    ) -> Decided {
        let paper = self.takes_paper(node)?;
        if scan.is_none() || !paper {
            let own = |refusal| if paper { Refusal::field("attachments", "scan-missing") } else { refusal };
            self.signs_off_others(node).map_err(own)?;
        }
        if approve {
            return one(Event::SignedOff { node: node.id, scan });
        }
        one(Event::SignOffRefused { node: node.id, reason: required(reason)? })
    }

    fn signs_off_others(&self, node: &Node) -> Permitted {
        let answered = node.answer.as_ref().map(|answer| answer.by);
        self.other_than(node.submitted_by.into_iter().chain(answered).flatten())
    }

    fn takes_paper(&self, node: &Node) -> Result<bool, Refusal> {
        Ok(self.unit(&node.unit)?.level == Level::Township)
    }

    /// By someone on the assigner's side who had no hand in it and no post in the unit.
    pub(super) fn may_review(&self, node: &Node) -> Permitted {
        self.running()?;
        refuse_if(node.state != NodeState::SignedOff, "not-signed-off")?;
        for below in self.state.subtree(node.id) {
            self.not_among(&below.workers)?;
        }
        self.not_of(&node.unit)
    }

    pub(super) fn review(&self, node: &Node, approve: bool, reason: &Option<Text>) -> Decided {
        let mut draft = Draft::of(self);
        if approve {
            draft.add(Event::Approved { node: node.id });
            draft.climb(node.parent);
            draft.complete();
        } else {
            let reason = required(reason)?;
            for part in self.sent_back(node) {
                draft.add(Event::Returned { node: part, reason: reason.clone() });
            }
        }
        Ok(draft.events)
    }

    /// The node, and where its unit passed the matter on, the part it approved last, down
    /// to the unit that answered. The old limits stand.
    fn sent_back(&self, node: &Node) -> Vec<NodeId> {
        let mut chain = vec![node.id];
        let mut at = node.id;
        while let Some(part) = self.last_approved_below(at) {
            chain.push(part.id);
            at = part.id;
        }
        chain
    }

    fn last_approved_below(&self, node: NodeId) -> Option<&Node> {
        let parts = self.state.children(Some(node)).filter(|child| child.is_part());
        parts.filter(|child| child.state == NodeState::Approved).max_by_key(|child| child.approved_at)
    }
}

impl Draft<'_> {
    /// Where the approval made the unit above count as submitted, its co-units are done.
    fn climb(&mut self, parent: Option<NodeId>) {
        let submitted = |id| self.state.node(id).is_some_and(|node| node.state == NodeState::SignedOff);
        if parent.is_some_and(submitted) {
            self.release_co_units(parent);
        }
    }

    /// Once every part at the top is approved there is a result: open co-units end, and
    /// the evaluation begins (or, where a procedure has none, the matter closes).
    pub(super) fn complete(&mut self) {
        if !self.state.is_running() || !self.state.is_complete() {
            return;
        }
        self.release_co_units(None);
        let (call_back_limit, close_unrated_at) = self.case().evaluation_limits();
        let steps = &self.facts.procedure.steps;
        let (rated, verified) = (steps.rated, steps.verified && !steps.rated);
        self.add(Event::ResultApproved { call_back_limit, close_unrated_at, verified });
        if !rated && !verified {
            let closed = self.case().closed(self.state.closing_by_result(), None);
            self.add(closed);
        }
    }
}

/// What sends work back says why.
fn required(reason: &Option<Text>) -> Result<Option<Text>, Refusal> {
    match reason {
        Some(_) => Ok(reason.clone()),
        None => Err(Refusal::field("reason", "reason-missing")),
    }
}
