//! 申请查看保密身份: journaled and shown to the appellant; a second person decides.

use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct RequestOpening {
    /// Why.
    pub reason: String,
}

impl Verb for RequestOpening {
    const SPEC: Spec = spec!(RequestOpening, ShieldRequest, ["/openings"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let reason = read.needed("reason");
        read.finish(|| Some(Self { reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::RequestOpening { reason })
    }
}
