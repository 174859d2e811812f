//! 向来源单位申请延期: more time is asked for from the platform that handed the matter down.

use super::field::Kind;
use super::prelude::*;
use kernel::time::Date;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AskSource {
    /// The last day that is asked for.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// Why; whoever decides there reads it.
    pub reason: String,
}

impl Verb for AskSource {
    const SPEC: Spec = spec!(AskSource, MatterAccept, ["/source-extension"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.field("until", Kind::Date), about.reason()])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let until = read.date("until");
        let reason = read.needed("reason");
        read.finish(|| Some(Self { until: until?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::AskSource { until: self.until, reason })
    }
}
