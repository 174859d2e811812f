//! 撤回: the appellant asked for it on the telephone; an officer records it.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Withdraw {
    /// The appellant's reason, if they gave one.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for Withdraw {
    const SPEC: Spec = spec!(Withdraw, WithdrawOnBehalf, ["/withdrawal"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.reason().optional()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let read = Reader::new(data);
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.optional("reason", self.reason.as_deref(), REASON)?;
        Some(Command::Withdraw { reason })
    }
}
