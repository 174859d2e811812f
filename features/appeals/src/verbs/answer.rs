//! 答复: the unit answers the appellant first: what became of each demand, on what basis,
//! how and when it was told.

use super::field::Kind;
use super::prelude::*;
use super::result::DemandOutcome;
use kernel::time::Instant;
use matters_rules::ContactWay;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Answer {
    /// What became of each demand.
    pub results: Vec<DemandOutcome>,
    /// The answer. That it was forwarded is none.
    pub text: String,
    /// How the appellant was told.
    #[schema(value_type = String, example = "phone")]
    pub way: ContactWay,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub answered_at: Instant,
    /// Why it is sent although its words lack something; needed where they do.
    #[serde(default)]
    pub override_reason: Option<String>,
}

impl Verb for Answer {
    const SPEC: Spec = spec!(Answer, AssignmentSubmit, ["/nodes/{node}/answer"]);

    fn form(about: &About) -> Vec<Group> {
        let ways: Vec<_> =
            ContactWay::ALL.iter().copied().filter(|way| *way != ContactWay::Unreachable).collect();
        let mut fields = about.results();
        fields.extend([
            about.hinted("text", Kind::Text(7, LONG)),
        ]);
        fields.extend(about.override_reason());
        fields.extend([
            about.field("way", Kind::Inline(about.ways(&ways))),
            about.field("answered_at", Kind::Moment),
        ]);
        group(fields)
    }

    fn preset(about: &About) -> Form {
        let way = if about.shielded { ContactWay::Platform } else { ContactWay::Phone };
        Form::new()
            .with("demands", about.demands.len().max(1))
            .with("way", way.code())
            .with("answered_at", &about.now)
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (results, text) = (read.results(), read.needed("text"));
        let (way, answered_at) = (read.code("way", ContactWay::parse), read.moment("answered_at"));
        let override_reason = read.maybe("override_reason");
        read.finish(|| {
            Some(Self { results: results?, text, way: way?, answered_at: answered_at?, override_reason })
        })
    }

    fn answer(&self) -> Option<&str> {
        Some(&self.text)
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let Self { results, text, way, answered_at, override_reason } = self;
        let text = ink.answer("text", &text, override_reason.as_deref())?;
        Some(Command::Answer {
            node: place.node?,
            results: DemandOutcome::all(results),
            text,
            way,
            answered_at,
        })
    }
}
