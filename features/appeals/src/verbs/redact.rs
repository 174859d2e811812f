//! 脱敏: title and text as the handling units of a shielded matter see them.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Redact {
    /// The title without anything that names the appellant.
    pub title: String,
    /// The text, likewise.
    pub text: String,
}

impl Verb for Redact {
    const SPEC: Spec = spec!(Redact, MatterRedact, ["/redaction"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.field("title", Kind::Line), about.hinted("text", Kind::Text(10, LONG))])
    }

    fn preset(about: &About) -> Form {
        Form::new().with("title", &about.title).with("text", &about.text)
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (title, text) = (read.needed("title"), read.needed("text"));
        read.finish(|| Some(Self { title, text }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let (title, text) = (ink.text("title", &self.title, SHORT), ink.text("text", &self.text, LONG));
        Some(Command::Redact { title: title?, text: text? })
    }
}
