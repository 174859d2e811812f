//! 认定是否重办: whether "not solved" is found valid. The reason goes to the units, the grade never.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideRedo {
    /// Whether the units have to work on it again.
    pub valid: bool,
    /// Why; handling units read it.
    pub reason: String,
}

/// Handlers read the reason: it says what is left undone, never how the appellant graded it.
fn tells_grade(reason: &str) -> bool {
    let lower = reason.to_lowercase();
    ["不满意", "基本满意", "非常满意", "dissatisfied", "satisfied with", "差评", "打分"]
        .iter()
        .any(|word| lower.contains(word))
}

impl Verb for DecideRedo {
    const SPEC: Spec = spec!(DecideRedo, RedoDecide, ["/redo-decision"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("valid"), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let valid = read.yes_or_no("valid");
        let reason = read.needed("reason");
        read.finish(|| Some(Self { valid: valid?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        if self.valid && tells_grade(&self.reason) {
            return ink.refuse(FieldError::new("reason", "entry-tells-grade"));
        }
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::DecideRedo { valid: self.valid, reason })
    }
}
