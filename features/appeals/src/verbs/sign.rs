//! 签收: the unit takes the assignment. Its clock has been running since it was assigned.

use super::prelude::*;

/// See the module. Nothing needs to be said.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Sign {}

impl Verb for Sign {
    const SPEC: Spec = spec!(Sign, AssignmentSign, ["/nodes/{node}/signature"], one_click: true);

    fn from_form(_: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        Ok(Self {})
    }

    fn into_command(self, place: &Place, _: &mut Ink<'_>) -> Option<Command> {
        Some(Command::Sign { node: place.node? })
    }
}
