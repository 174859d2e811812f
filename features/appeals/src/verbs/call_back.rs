//! 回访: an attempt to reach the appellant by telephone. Reached: the rating is recorded next.

use super::field::Kind;
use super::prelude::*;
use kernel::BlobId;
use kernel::time::Instant;
use matters_rules::CallOutcome;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct CallBack {
    /// `reached`, `no_answer`, `later` or `refused`.
    #[schema(value_type = String, example = "reached")]
    pub outcome: CallOutcome,
    /// When to call again, for `later`.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub again_at: Option<Instant>,
    /// What was said.
    #[serde(default)]
    pub note: Option<String>,
    /// Stored recordings.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub recordings: Vec<BlobId>,
}

impl Verb for CallBack {
    const SPEC: Spec = spec!(CallBack, CallBackRecord, ["/calls"]);

    fn form(about: &About) -> Vec<Group> {
        let outcomes = about.codes(CallOutcome::ALL, CallOutcome::code, CallOutcome::key);
        group(vec![
            about.field("outcome", Kind::Radios(outcomes)),
            about.hinted("again_at", Kind::Moment).optional(),
            about.hinted("note", Kind::Text(4, REASON)).optional(),
            about.hinted("recordings", Kind::Files).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (outcome, note) = (read.code("outcome", CallOutcome::parse), read.maybe("note"));
        let again_at = match data.form.text("again_at") {
            None => Some(None),
            Some(_) => read.moment("again_at").map(Some),
        };
        read.finish(|| Some(Self { outcome: outcome?, again_at: again_at?, note, recordings: Vec::new() }))
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.recordings)
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let note = ink.optional("note", self.note.as_deref(), REASON)?;
        let Self { outcome, again_at, recordings, .. } = self;
        Some(Command::CallBack { outcome, again_at, note, recordings })
    }
}
