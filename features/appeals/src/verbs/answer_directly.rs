//! 直接答复: the office answers by itself; called back and rated like any other.

use super::field::Kind;
use super::prelude::*;
use super::result::DemandOutcome;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AnswerDirectly {
    /// What became of each demand.
    pub results: Vec<DemandOutcome>,
    /// The answer. That it was forwarded is none.
    pub text: String,
    /// Why it is sent although its words lack something; needed where they do.
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl Verb for AnswerDirectly {
    const SPEC: Spec = spec!(AnswerDirectly, AnswerDirectly, ["/direct-answer"]);

    fn form(about: &About) -> Vec<Group> {
        let mut fields = about.results();
        fields.push(about.hinted("text", Kind::Text(7, LONG)));
        fields.extend(about.override_reason());
        group(fields)
    }

    fn preset(about: &About) -> Form {
        Form::new().with("demands", about.demands.len().max(1))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let results = read.results();
        let text = read.needed("text");
        let override_reason = read.maybe("override_reason");
        read.finish(|| Some(Self { results: results?, text, override_reason }))
    }

    fn answer(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.answer("text", &self.text, self.override_reason.as_deref())?;
        Some(Command::AnswerDirectly { results: DemandOutcome::all(self.results), text })
    }
}
