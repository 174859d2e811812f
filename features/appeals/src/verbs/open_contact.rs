//! 查看联系方式: who looked at it, and when, is journaled before it is shown.

use super::prelude::*;

/// See the module. Nothing needs to be said.
#[derive(Clone, Deserialize, ToSchema)]
pub struct OpenContact {}

impl Verb for OpenContact {
    const SPEC: Spec = spec!(OpenContact, MatterRead, ["/contact"], one_click: true);

    fn from_form(_: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        Ok(Self {})
    }

    fn into_command(self, _: &Place, _: &mut Ink<'_>) -> Option<Command> {
        Some(Command::OpenContact)
    }
}
