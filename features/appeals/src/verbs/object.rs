//! 派单异议: "not ours", once per unit, with a legal basis; decided one level up.

use super::field::Kind;
use super::prelude::*;
use kernel::UnitId;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Object {
    /// Code of one of the grounds in force, e.g. `not_our_duty`.
    #[schema(example = "not_our_duty")]
    pub ground: String,
    /// Act, regulation or duty statement that says so.
    pub basis: String,
    /// Whose it is instead.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub suggests: Option<UnitId>,
}

impl Verb for Object {
    const SPEC: Spec =
        spec!(Object, AssignmentObject, ["/nodes/{node}/objection"], needs: Needs { units: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let units = Kind::Searched(about.units.clone(), about.word("verb-none"));
        group(vec![
            about.ground(),
            about.hinted("basis", Kind::Text(5, REASON)),
            about.field("suggests", units).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let ground = read.chosen("ground");
        let (basis, suggests) = (read.needed("basis"), read.maybe("suggests").map(UnitId::from));
        read.finish(|| Some(Self { ground: ground?, basis, suggests }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let basis = ink.text("basis", &self.basis, REASON)?;
        Some(Command::Object { node: place.node?, ground: self.ground, basis, suggests: self.suggests })
    }
}
