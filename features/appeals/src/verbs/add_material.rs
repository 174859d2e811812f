//! 补充材料: what the appellant handed in later, on paper or by telephone.

use super::field::Kind;
use super::prelude::*;
use kernel::BlobId;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AddMaterial {
    /// What it says.
    #[serde(default)]
    pub text: Option<String>,
    /// Stored files.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub attachments: Vec<BlobId>,
}

impl Verb for AddMaterial {
    const SPEC: Spec = spec!(AddMaterial, MatterCorrect, ["/material"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.field("text", Kind::Text(5, LONG)).optional(),
            about.hinted("attachments", Kind::Files).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let text = Reader::new(data).maybe("text");
        Ok(Self { text, attachments: Vec::new() })
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.attachments)
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.optional("text", self.text.as_deref(), LONG)?;
        if text.is_none() && self.attachments.is_empty() {
            return ink.refuse(FieldError::new("text", "entry-missing"));
        }
        Some(Command::AddMaterial { text, attachments: self.attachments })
    }
}
