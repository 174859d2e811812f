//! Answer and submit in one step 答复并提交: the contact, the answer and the submission of an
//! assignment, under the same rules as one after the other, all or nothing.

use super::{Case, Decided, Draft, Permitted, refuse_if};
use crate::codes::ContactWay;
use crate::command::Respond;
use crate::event::Event;
use crate::state::Node;
use kernel::Refusal;

impl Case<'_> {
    /// What stands in the way of a submission, but for the answer that comes along.
    pub(super) fn may_respond(&self, node: &Node) -> Permitted {
        self.working(node)?;
        refuse_if(node.is_relay(self.state), "submit-by-part-below")?;
        refuse_if(node.has_open_objection(), "objection-open")?;
        refuse_if(node.paused.is_some(), "paused")
    }

    pub(super) fn respond(&self, node: &Node, respond: &Respond) -> Decided {
        let Respond { contact, way, results, text, answered_at, attachments, note, .. } = respond;
        let mut draft = Draft::of(self);
        if let Some((at, words)) = contact.as_ref().filter(|_| self.contacts(node.role)) {
            // Whoever was not reached has not been answered: that takes several attempts.
            if *way == ContactWay::Unreachable {
                return Err(Refusal::field("way", "attempts-missing"));
            }
            draft.extend(self.contact(node, *way, *at, words)?);
        }
        let reached = draft.case();
        let after_contact = reached.known(node.id)?;
        reached.may_answer(after_contact)?;
        let answered = reached.answer(after_contact, results, text, *way, *answered_at)?;
        draft.extend(answered);
        let case = draft.case();
        case.may_submit(case.known(node.id)?)?;
        let submitted = case.submit(node.id, attachments, note)?;
        draft.extend(submitted);
        Ok(draft.events)
    }
}

impl Draft<'_> {
    pub(super) fn extend(&mut self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.add(event));
    }
}
