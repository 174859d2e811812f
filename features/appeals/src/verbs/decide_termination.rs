//! 审批终止: a second person ends the matter, or lets it go on.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideTermination {
    /// Whether the matter is terminated.
    pub approve: bool,
    /// Why.
    pub reason: String,
}

impl Verb for DecideTermination {
    const SPEC: Spec = spec!(DecideTermination, TerminationDecide, ["/termination-decision"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("approve"), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let approve = read.yes_or_no("approve");
        let reason = read.needed("reason");
        read.finish(|| Some(Self { approve: approve?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::DecideTermination { approve: self.approve, reason })
    }
}
