//! 评价申诉(剔除): the unit that answered claims that a rating should not count, with what
//! proves it. The rating itself stays as it is.

use super::field::Kind;
use super::prelude::*;
use kernel::BlobId;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct ClaimExclusion {
    /// Code of one of the grounds in force, e.g. `not_ours`.
    #[schema(example = "not_ours")]
    pub ground: String,
    /// Why.
    pub reason: String,
    /// Stored files that prove it; at least one.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub attachments: Vec<BlobId>,
}

impl Verb for ClaimExclusion {
    const SPEC: Spec = spec!(ClaimExclusion, ExclusionClaim, ["/nodes/{node}/exclusion"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![about.ground(), about.reason(), about.hinted("attachments", Kind::Files)])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (ground, reason) = (read.chosen("ground"), read.needed("reason"));
        read.finish(|| Some(Self { ground: ground?, reason, attachments: Vec::new() }))
    }

    fn files(&mut self) -> Option<&mut Vec<BlobId>> {
        Some(&mut self.attachments)
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON)?;
        let (ground, attachments) = (self.ground, self.attachments);
        Some(Command::ClaimExclusion { node: place.node?, ground, reason, attachments })
    }
}
