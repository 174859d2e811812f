//! 申请终止: the matter cannot go on; a second person decides.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct RequestTermination {
    /// Code of one of the grounds in force, e.g. `object_gone`.
    #[schema(example = "object_gone")]
    pub ground: String,
    /// Why.
    pub reason: String,
}

impl Verb for RequestTermination {
    const SPEC: Spec = spec!(RequestTermination, TerminationRequest, ["/termination"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.ground(), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (ground, reason) = (read.chosen("ground"), read.needed("reason"));
        read.finish(|| Some(Self { ground: ground?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::RequestTermination { ground: self.ground, reason })
    }
}
