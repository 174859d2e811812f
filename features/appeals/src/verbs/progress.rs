//! 办理进展: what has been done so far; the appellant sees it.

use super::field::Kind;
use super::prelude::*;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Progress {
    /// What has been done and what comes next.
    pub text: String,
}

impl Verb for Progress {
    const SPEC: Spec = spec!(Progress, AssignmentWork, ["/nodes/{node}/progress"]);

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
        Some(Command::Progress { node: place.node?, text })
    }
}
