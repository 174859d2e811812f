//! 回访: an attempt to reach the appellant by telephone. Reached: the rating is recorded next.

use super::field::Kind;
use super::prelude::*;
use matters_rules::CallOutcome;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct CallBack {
    /// `reached`, `no_answer`, `later` or `refused`.
    #[schema(value_type = String, example = "reached")]
    pub outcome: CallOutcome,
    /// What was said.
    #[serde(default)]
    pub note: Option<String>,
}

impl Verb for CallBack {
    const SPEC: Spec = spec!(CallBack, CallBackRecord, ["/calls"]);

    fn form(about: &About) -> Vec<Group> {
        let outcomes = about.codes(CallOutcome::ALL, CallOutcome::code, CallOutcome::key);
        group(vec![
            about.field("outcome", Kind::Radios(outcomes)),
            about.hinted("note", Kind::Text(4, REASON)).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (outcome, note) = (read.code("outcome", CallOutcome::parse), read.maybe("note"));
        read.finish(|| Some(Self { outcome: outcome?, note }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let note = ink.optional("note", self.note.as_deref(), REASON)?;
        Some(Command::CallBack { outcome: self.outcome, note })
    }
}
