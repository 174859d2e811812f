//! 内部备注: for colleagues; never shown to the appellant.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Note {
    /// The note.
    pub text: String,
}

impl Verb for Note {
    const SPEC: Spec = spec!(Note, NoteWrite, ["/notes"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hinted("text", Kind::Text(5, LONG))])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let text = read.needed("text");
        read.finish(|| Some(Self { text }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.text("text", &self.text, LONG)?;
        Some(Command::Note { text })
    }
}
