//! 审批延期、中止、挂账跟踪: the person who decides is never the one who asked.

use super::prelude::*;
use matters_rules::IntervalKind;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideInterval {
    /// What was asked for: `extension`, `suspension` or `tracking`.
    #[schema(value_type = String, example = "extension")]
    pub kind: IntervalKind,
    /// Whether it is granted.
    pub grant: bool,
    /// Why.
    pub reason: String,
}

impl Verb for DecideInterval {
    const SPEC: Spec = spec!(DecideInterval, IntervalDecide, ["/nodes/{node}/interval-decision"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hidden("kind"), about.decision("grant"), about.reason()])
    }

    fn preset(about: &About) -> Form {
        about.interval.iter().fold(Form::new(), |form, kind| form.with("kind", kind))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (kind, grant) = (read.code("kind", IntervalKind::parse), read.yes_or_no("grant"));
        let reason = read.needed("reason");
        read.finish(|| Some(Self { kind: kind?, grant: grant?, reason }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        Some(Command::DecideInterval { node: place.node?, kind: self.kind, grant: self.grant, reason })
    }
}
