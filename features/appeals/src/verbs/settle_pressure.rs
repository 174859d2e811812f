//! 处理施压、报复反映: what was done about it, told to the appellant.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct SettlePressure {
    /// Number of the report within the matter.
    pub report: u32,
    /// What was found and done.
    pub text: String,
}

impl Verb for SettlePressure {
    const SPEC: Spec = spec!(SettlePressure, PressureSettle, ["/pressure-settlement"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.field("report", Kind::Radios(about.pressure.clone())),
            about.hinted("text", Kind::Text(5, REASON)),
        ])
    }

    fn preset(about: &About) -> Form {
        match about.pressure.as_slice() {
            [only] => Form::new().with("report", only.value.as_str()),
            _ => Form::new(),
        }
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let report = match read.maybe_number("report") {
            Some(None) => read.refuse(FieldError::new("report", "entry-missing")),
            other => other.flatten(),
        };
        let text = read.needed("text");
        read.finish(|| Some(Self { report: report?, text }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        Some(Command::SettlePressure { report: self.report, text: ink.text("text", &self.text, REASON)? })
    }
}
