//! 升级: the matter goes to the head of the office or a leader.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Escalate {
    /// Why.
    pub reason: String,
}

impl Verb for Escalate {
    const SPEC: Spec = spec!(Escalate, MatterEscalate, ["/escalation"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let reason = read.needed("reason");
        read.finish(|| Some(Self { reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::Escalate { reason })
    }
}
