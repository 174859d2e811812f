//! 撤销交办: ends an open assignment that is no longer needed.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Release {
    /// Why.
    pub reason: String,
}

impl Verb for Release {
    const SPEC: Spec = spec!(Release, MatterAssign, ["/nodes/{node}/release"]);

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
        Some(Command::Release { node: place.node?, reason })
    }
}
