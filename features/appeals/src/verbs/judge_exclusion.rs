//! 评议评价申诉: one member of the panel says whether the rating should count.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct JudgeExclusion {
    /// Whether the rating should be left out of the rates after exclusions.
    pub grant: bool,
    /// Why.
    pub reason: String,
}

impl Verb for JudgeExclusion {
    const SPEC: Spec = spec!(JudgeExclusion, ExclusionJudge, ["/exclusion-judgement"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("grant"), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (grant, reason) = (read.yes_or_no("grant"), read.needed("reason"));
        read.finish(|| Some(Self { grant: grant?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        Some(Command::JudgeExclusion { grant: self.grant, reason: ink.text("reason", &self.reason, REASON)? })
    }
}
