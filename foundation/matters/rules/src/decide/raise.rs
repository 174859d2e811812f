//! What an office raises by itself 立项, and how it ends: by the approved result, or once
//! somebody who had no hand in it has verified it 核验 (销号; a leader answered).

use super::{Case, Decided, Draft, Permitted, refuse_if};
use crate::command::Text;
use crate::event::{Accepted, Event, Filed};
use crate::kind::{MatterKind, Raise};
use crate::state::Phase;
use kernel::Refusal;

impl Case<'_> {
    /// Raised, accepted and, where units are named, assigned: at once.
    pub(super) fn raise(&self, raise: &Raise) -> Decided {
        let refuse = |field, code| Err(Refusal::field(field, code));
        if raise.kind == MatterKind::Appeal {
            return refuse("kind", "kind-not-raised");
        }
        if raise.number.trim().is_empty() {
            return refuse("number", "number-missing");
        }
        if raise.demands.is_empty() {
            return refuse("demands", "demands-missing");
        }
        if raise.kind == MatterKind::Instruction && raise.raised.instruction.is_none() {
            return refuse("post", "instruction-missing");
        }
        refuse_if(!self.unit(&raise.office)?.open, "office-closed")?;
        self.days_fit(raise)?;
        let mut draft = Draft::of(self);
        draft.add(self.raised(raise));
        let accepted = draft.case().accepted_as_raised(raise);
        draft.add(accepted);
        if !raise.to.is_empty() {
            let assigned = draft.case().assign(None, &raise.to)?;
            draft.extend(assigned);
        }
        Ok(draft.events)
    }

    /// Its last day is not over, and nobody gave the instruction tomorrow.
    fn days_fit(&self, raise: &Raise) -> Permitted {
        let today = self.facts.calendar.zone().date_of(self.now());
        if raise.raised.due.is_some_and(|due| due < today) {
            return Err(Refusal::field("due", "due-past"));
        }
        if raise.raised.instruction.as_ref().is_some_and(|given| given.on > today) {
            return Err(Refusal::field("on", "day-ahead"));
        }
        Ok(())
    }

    fn raised(&self, raise: &Raise) -> Event {
        let procedure = &self.facts.procedure;
        let raise = raise.clone();
        Event::Filed(Box::new(Filed {
            matter: self.facts.matter,
            kind: raise.kind,
            number: raise.number,
            code_hmac: None,
            subject: raise.subject,
            office: raise.office,
            appeal_type: None,
            category: raise.category,
            area: raise.area,
            title: raise.title,
            text: raise.text,
            expected: None,
            contact: raise.contact,
            shielded: false,
            on_behalf: None,
            complained_about: None,
            channel: None,
            source_number: raise.source_number,
            source_due: None,
            express_lines: Vec::new(),
            attachments: raise.attachments,
            circumstances: raise.circumstances,
            raised: raise.raised,
            procedure: (procedure.id.clone(), procedure.version),
            review: self.limit(self.limits().review),
        }))
    }

    fn accepted_as_raised(&self, raise: &Raise) -> Event {
        Event::Accepted(Box::new(Accepted {
            deemed: false,
            urgency: raise.urgency,
            natural_time: false,
            category: raise.category.clone(),
            demands: raise.demands.clone(),
            promise: self.limit(self.pledged(self.limits().promise(raise.urgency, false))),
            assignment: self.limit(self.limits().assignment),
        }))
    }

    pub(super) fn may_verify(&self) -> Permitted {
        self.in_phase(&[Phase::Verification])?;
        let approvers = self.state.children(None).filter_map(|node| node.approved_by);
        self.other_than(approvers)?;
        self.independent()
    }

    /// Verified, it closes as its results say; sent back, the units that answered do it again.
    pub(super) fn verify(&self, passed: bool, text: &Text) -> Decided {
        let mut draft = Draft::of(self);
        draft.add(Event::Verified { passed, text: text.clone() });
        draft.add(if passed {
            self.closed(self.state.closing_by_result(), None)
        } else {
            Event::RedoOrdered {
                round: self.state.redos + 1,
                reason: text.clone(),
                nodes: self.redo_limits(),
                assignment: None,
            }
        });
        Ok(draft.events)
    }
}
