//! Cases of an earlier system 历史件: taken over as far as that system went, by the operator
//! who imports them. What it never recorded (first contact, an answer per demand, a review)
//! is not made up: such a case has no contact limit and no answer text of ours.

use super::{Case, Decided, Draft, Permitted, refuse_if};
use crate::codes::{ClosingType, NodeRole};
use crate::command::{Accept, Assignee, TakeOver, Text};
use crate::event::Event;
use crate::state::Phase;
use kernel::Refusal;

impl Case<'_> {
    pub(super) fn may_take_over(&self) -> Permitted {
        self.in_phase(&[Phase::Registered])
    }

    /// Accepted and with its unit from the moment it was filed: the earlier system knew
    /// neither a review nor a signature, so neither can have been late.
    pub(super) fn take_over(&self, taken: &TakeOver) -> Decided {
        let mut draft = Draft::of(self);
        let accept = Accept {
            urgency: taken.urgency,
            natural_time: false,
            category: taken.category.clone(),
            demands: vec![taken.demand.clone()],
        };
        for event in self.accept(&accept)? {
            draft.add(event);
        }
        let lead =
            Assignee { unit: taken.unit.clone(), role: NodeRole::Lead, duty_item: None, instruction: None };
        for event in draft.case().assign(None, &[lead])? {
            let Event::Assigned(mut assigned) = event else { continue };
            let node = assigned.node;
            assigned.limits.contact = None;
            draft.add(Event::Assigned(assigned));
            draft.add(Event::Signed { node });
        }
        Ok(draft.events)
    }

    /// Only where nobody has worked on it here since: from then on it is ours to end.
    pub(super) fn may_conclude(&self) -> Permitted {
        self.in_phase(&[Phase::Assigned])?;
        let ours = self.state.nodes.iter().any(|node| !node.workers.is_empty() || node.answer.is_some());
        refuse_if(ours, "history-went-on")
    }

    /// Ended then and there: submitted, approved and closed at once, and never rated.
    pub(super) fn conclude(&self, closing: ClosingType, note: &Option<Text>) -> Decided {
        if !matches!(
            closing,
            ClosingType::Solved | ClosingType::Partly | ClosingType::Explained | ClosingType::NotYet
        ) {
            return Err(Refusal::field("closing", "closing-not-by-result"));
        }
        let mut draft = Draft::of(self);
        let open: Vec<_> =
            self.state.nodes.iter().filter(|node| node.state.is_open()).map(|node| node.id).collect();
        for node in open {
            draft.add(Event::Submitted { node, attachments: Vec::new(), note: note.clone() });
            draft.add(Event::SignedOff { node, scan: None });
            draft.add(Event::Approved { node });
        }
        draft.complete();
        if draft.state.phase == Phase::CallBack {
            let closed = draft.case().closed(closing, None);
            draft.add(closed);
        }
        Ok(draft.events)
    }
}
