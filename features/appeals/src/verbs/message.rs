//! 留言: to the appellant through the platform, without a telephone number being seen.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Message {
    /// The message.
    pub text: String,
}

impl Verb for Message {
    const SPEC: Spec = spec!(Message, MessageWrite, ["/messages"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.hinted("text", Kind::Text(5, LONG))])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let text = read.needed("text");
        read.finish(|| Some(Self { text }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.text("text", &self.text, LONG)?;
        Some(Command::Message { to_appellant: true, node: place.node, text })
    }
}
