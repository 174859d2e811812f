//! 要求补正: asks the appellant for what is missing, once and all at once. The review limit
//! runs on.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AskCompletion {
    /// What is missing, all of it; the appellant reads it.
    pub missing: String,
}

impl Verb for AskCompletion {
    const SPEC: Spec = spec!(AskCompletion, MatterAccept, ["/completion"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hinted("missing", Kind::Text(5, REASON))])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let missing = read.needed("missing");
        read.finish(|| Some(Self { missing }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let missing = ink.text("missing", &self.missing, REASON)?;
        Some(Command::AskCompletion { missing })
    }
}
