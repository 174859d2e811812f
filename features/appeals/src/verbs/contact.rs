//! 首次联系: the unit contacts the appellant first. Attempts that reach nobody count as
//! attempts.

use super::field::Kind;
use super::prelude::*;
use kernel::time::Instant;
use matters_rules::ContactWay;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Contact {
    /// `phone`, `visit`, `office`, `platform` or `unreachable`.
    #[schema(value_type = String, example = "phone")]
    pub way: ContactWay,
    /// When it was.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// What was said.
    pub text: String,
}

impl Verb for Contact {
    const SPEC: Spec = spec!(Contact, AssignmentWork, ["/nodes/{node}/contact"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.field("way", Kind::Inline(about.ways(ContactWay::ALL))),
            about.field("at", Kind::Moment),
            about.hinted("text", Kind::Text(4, REASON)),
        ])
    }

    fn preset(about: &About) -> Form {
        let way = if about.shielded { ContactWay::Platform } else { ContactWay::Phone };
        Form::new().with("way", way.code()).with("at", &about.now)
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (way, at) = (read.code("way", ContactWay::parse), read.moment("at"));
        let text = read.needed("text");
        read.finish(|| Some(Self { way: way?, at: at?, text }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.text("text", &self.text, REASON)?;
        Some(Command::Contact { node: place.node?, way: self.way, at: self.at, text })
    }
}
