//! 拟不予受理: the ground, and the right way for the appellant; another person decides.

use super::field::Kind;
use super::prelude::*;
use matters_rules::DeclineGround;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct ProposeDecline {
    /// Code of the ground.
    #[schema(value_type = String, example = "in_proceedings")]
    pub ground: DeclineGround,
    /// Where the appellant can turn instead: it stands in the notice.
    pub right_way: String,
}

impl Verb for ProposeDecline {
    const SPEC: Spec = spec!(ProposeDecline, DeclinePropose, ["/decline"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.ground(),
            about.hinted("right_way", Kind::Text(4, REASON)),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let ground = read.code("ground", DeclineGround::parse);
        let right_way = read.needed("right_way");
        read.finish(|| Some(Self { ground: ground?, right_way }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let right_way = ink.text("right_way", &self.right_way, REASON)?;
        Some(Command::ProposeDecline { ground: self.ground, right_way })
    }
}
