//! 办结审核: who assigned it approves the submission, or returns it. A return keeps the limit.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Review {
    /// Whether the submission is approved.
    pub approve: bool,
    /// What is missing; needed for a return.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for Review {
    const SPEC: Spec = spec!(Review, AssignmentReview, ["/nodes/{node}/review"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("approve"), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let approve = read.yes_or_no("approve");
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { approve: approve?, reason }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text_if(!self.approve, "reason", self.reason.as_deref(), REASON)?;
        Some(Command::Review { node: place.node?, approve: self.approve, reason })
    }
}
