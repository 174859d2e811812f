//! Collect 收集: file, add material, write, redact, correct.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::command::{Correction, File, OnBehalf, Text};
use crate::event::{Event, Filed};
use crate::kind::{MatterKind, Raised};
use crate::state::{NodeState, Phase};
use kernel::{BlobId, NodeId, Refusal, UnitId};

impl Case<'_> {
    pub(super) fn may_file(&self) -> Permitted {
        refuse_if(self.state.phase != Phase::None, "already-filed")
    }

    pub(super) fn file(&self, file: &File) -> Decided {
        if file.number.trim().is_empty() {
            return Err(Refusal::field("number", "number-missing"));
        }
        let office = self.unit(&file.office)?;
        refuse_if(!office.open, "office-closed")?;
        for unit in file.complained_about.iter().chain(&file.circumstances.zone) {
            self.unit(unit)?;
        }
        self.consent_given(file)?;
        let file = file.clone();
        let procedure = &self.facts.procedure;
        one(Event::Filed(Box::new(Filed {
            matter: self.facts.matter,
            kind: MatterKind::Appeal,
            number: file.number,
            code_hmac: file.code_hmac,
            subject: file.subject,
            office: file.office,
            appeal_type: Some(file.appeal_type),
            category: file.category,
            area: file.area,
            title: file.title,
            text: file.text,
            expected: file.expected,
            contact: file.contact,
            shielded: file.shielded,
            on_behalf: file.on_behalf,
            complained_about: file.complained_about,
            channel: Some(file.channel),
            source_number: file.source_number,
            source_due: file.source_due,
            express_lines: file.express_lines,
            attachments: file.attachments,
            circumstances: file.circumstances,
            raised: Raised::default(),
            procedure: (procedure.id.clone(), procedure.version),
            review: self.limit(self.limits().review),
        })))
    }

    /// Who files for another says how the other agreed; an officer who writes down what a
    /// caller says files for nobody else.
    fn consent_given(&self, file: &File) -> Permitted {
        let for_another = matches!(file.on_behalf, Some(OnBehalf::Agent | OnBehalf::Chamber));
        if for_another && file.circumstances.consent.is_none() {
            return Err(Refusal::field("consent", "consent-missing"));
        }
        Ok(())
    }

    pub(super) fn add_material(&self, text: &Option<Text>, attachments: &[BlobId]) -> Decided {
        if text.is_none() && attachments.is_empty() {
            return Err(Refusal::field("text", "material-empty"));
        }
        let mut events = vec![Event::MaterialAdded { text: text.clone(), attachments: attachments.to_vec() }];
        // Whether the appellant sent it or an officer took it down for them: it is there.
        if self.state.open_completion().is_some() {
            events.push(Event::CompletionGiven);
        }
        Ok(events)
    }

    /// The appellant writes to the office; who writes to the appellant is staff.
    pub(super) fn message(&self, to_appellant: bool, node: Option<NodeId>, text: &Text) -> Decided {
        refuse_if(to_appellant && self.facts.actor.is_appellant(), "message-to-oneself")?;
        if let Some(node) = node {
            self.known(node)?;
        }
        one(Event::Messaged { to_appellant, node, text: text.clone() })
    }

    pub(super) fn may_redact(&self) -> Permitted {
        refuse_if(!self.state.shielded, "not-shielded")?;
        refuse_if(self.state.phase.is_ended(), "matter-ended")
    }

    pub(super) fn correct(&self, correction: &Correction) -> Decided {
        if correction == &Correction::default() {
            return Err(Refusal::new("correction-empty"));
        }
        if let Some(Some(unit)) = &correction.complained_about {
            self.nothing_assigned_within(unit)?;
        }
        one(Event::Corrected(Box::new(correction.clone())))
    }

    /// A complaint about a unit never lies with it (PRODUCT rule 4): its assignment is
    /// taken back first.
    fn nothing_assigned_within(&self, unit: &UnitId) -> Permitted {
        let path = &self.unit(unit)?.path;
        for node in
            self.state.nodes.iter().filter(|node| node.state.is_open() || node.state == NodeState::Approved)
        {
            if path.holds(&self.unit(&node.unit)?.path) {
                return Err(
                    Refusal::field("complained_about", "conflict-open-assignment").with("unit", &node.unit)
                );
            }
        }
        Ok(())
    }
}
