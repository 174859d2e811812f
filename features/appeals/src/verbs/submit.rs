//! 提交办结: with evidence, after the appellant was answered; the unit's head signs off next.

use super::field::Kind;
use super::prelude::*;
use kernel::BlobId;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Submit {
    /// Stored files that prove it.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub attachments: Vec<BlobId>,
    /// A word to those who review it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Verb for Submit {
    const SPEC: Spec = spec!(Submit, AssignmentSubmit, ["/nodes/{node}/submission"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.hinted("attachments", Kind::Files).optional(),
            about.field("note", Kind::Text(3, REASON)).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let note = Reader::new(data).maybe("note");
        Ok(Self { attachments: Vec::new(), note })
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.attachments)
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let note = ink.optional("note", self.note.as_deref(), REASON)?;
        Some(Command::Submit { node: place.node?, attachments: self.attachments, note })
    }
}
