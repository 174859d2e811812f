//! 审批不予受理: a second person approves the proposed decline, or hands it back.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideDecline {
    /// Whether it is declined.
    pub approve: bool,
    /// Why not; needed when it is handed back.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for DecideDecline {
    const SPEC: Spec = spec!(DecideDecline, DeclineDecide, ["/decline-decision"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("approve"), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let approve = read.yes_or_no("approve");
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { approve: approve?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text_if(!self.approve, "reason", self.reason.as_deref(), REASON)?;
        Some(Command::DecideDecline { approve: self.approve, reason })
    }
}
