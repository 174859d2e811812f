//! 恢复办理: what stood in the way is gone; the clock runs again.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Resume {
    /// Why.
    pub reason: String,
}

impl Verb for Resume {
    const SPEC: Spec = spec!(Resume, IntervalRequest, ["/nodes/{node}/resumption"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let reason = read.needed("reason");
        read.finish(|| Some(Self { reason }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::Resume { node: place.node?, reason })
    }
}
