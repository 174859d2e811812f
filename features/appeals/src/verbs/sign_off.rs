//! 单位审签: the unit's own head signs off, or hands it back to the unit's staff. Where the
//! head signs on paper, the stamped scan stands for it.

use super::field::Kind;
use super::prelude::*;
use kernel::BlobId;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct SignOff {
    /// Whether the unit stands by it.
    pub approve: bool,
    /// The stamped scan of a paper sign-off.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub attachments: Vec<BlobId>,
    /// What is missing; needed when it is handed back.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for SignOff {
    const SPEC: Spec = spec!(SignOff, AssignmentSignOff, ["/nodes/{node}/sign-off"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.decision("approve"),
            about.reason(),
            about.hinted("attachments", Kind::Files).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let approve = read.yes_or_no("approve");
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { approve: approve?, attachments: Vec::new(), reason }))
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.attachments)
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text_if(!self.approve, "reason", self.reason.as_deref(), REASON)?;
        Some(Command::SignOff {
            node: place.node?,
            approve: self.approve,
            scan: self.attachments.first().copied(),
            reason,
        })
    }
}
