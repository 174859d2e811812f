//! 转出: what another platform must handle leaves before acceptance.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Transfer {
    /// The platform or authority that takes it on.
    pub to: String,
    /// Why it is theirs; the appellant reads it.
    pub reason: String,
}

impl Verb for Transfer {
    const SPEC: Spec = spec!(Transfer, MatterTransfer, ["/transfer"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hinted("to", Kind::Line), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (to, reason) = (read.needed("to"), read.needed("reason"));
        read.finish(|| Some(Self { to, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let (to, reason) = (ink.plain("to", &self.to, SHORT), ink.text("reason", &self.reason, REASON));
        Some(Command::Transfer { to: to?, reason: reason? })
    }
}
