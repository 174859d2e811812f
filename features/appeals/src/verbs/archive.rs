//! 归档: the file is closed for good.

use super::prelude::*;

/// See the module. Nothing needs to be said.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Archive {}

impl Verb for Archive {
    const SPEC: Spec = spec!(Archive, MatterArchive, ["/archive"], one_click: true);

    fn from_form(_: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        Ok(Self {})
    }

    fn into_command(self, _: &Place, _: &mut Ink<'_>) -> Option<Command> {
        Some(Command::Archive)
    }
}
