//! 登记来源时限: until when the platform above lets the matter take, where no line tells it.

use super::field::Kind;
use super::prelude::*;
use kernel::time::Instant;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct SetSourceLimit {
    /// When it is due there; the limit as it is where more time was refused.
    #[schema(value_type = String, format = DateTime)]
    pub due: Instant,
    /// What was said about it.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for SetSourceLimit {
    const SPEC: Spec = spec!(SetSourceLimit, MatterAccept, ["/source-limit"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hinted("due", Kind::Moment), about.reason().optional()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let due = read.moment("due");
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { due: due?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.optional("reason", self.reason.as_deref(), REASON)?;
        Some(Command::SetSourceLimit { due: self.due, reason })
    }
}
