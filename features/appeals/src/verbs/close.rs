//! 办结: with the type of closing.

use super::field::Kind;
use super::prelude::*;
use matters_rules::ClosingType;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Close {
    /// How it ends, e.g. `solved`.
    #[schema(value_type = String, example = "solved")]
    pub closing: ClosingType,
    /// Why so.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for Close {
    const SPEC: Spec = spec!(Close, MatterClose, ["/closing"]);

    fn form(about: &About) -> Vec<Group> {
        let types = about.codes(ClosingType::ALL, ClosingType::code, ClosingType::key);
        group(vec![about.hinted("closing", Kind::Radios(types)), about.reason().optional()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (closing, reason) = (read.code("closing", ClosingType::parse), read.maybe("reason"));
        read.finish(|| Some(Self { closing: closing?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.optional("reason", self.reason.as_deref(), REASON)?;
        Some(Command::Close { closing: self.closing, reason })
    }
}
