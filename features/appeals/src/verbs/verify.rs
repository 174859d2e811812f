//! 核验: whether what was done is what was wanted. Passed, the matter is closed (销号; a leader
//! answered); sent back, the units that answered do it again.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Verify {
    /// Whether it is done.
    pub passed: bool,
    /// What was looked at, or what is missing.
    pub text: String,
}

impl Verb for Verify {
    const SPEC: Spec = spec!(Verify, MatterVerify, ["/verification"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.decision("passed"), about.hinted("text", super::field::Kind::Text(4, LONG))])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let passed = read.yes_or_no("passed");
        let text = read.needed("text");
        read.finish(|| Some(Self { passed: passed?, text }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.text("text", &self.text, LONG)?;
        Some(Command::Verify { passed: self.passed, text })
    }
}
