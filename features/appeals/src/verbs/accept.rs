//! 受理: the office takes the appeal on, says how urgent it is and lists what is wanted.

use super::field::Kind;
use super::prelude::*;
use matters_rules::{Urgency, command};

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Accept {
    /// `general`, `urgent`, `critical` or `complex`.
    #[schema(value_type = String, example = "general")]
    pub urgency: Urgency,
    /// The clock runs round the clock (water, power, safety).
    #[serde(default)]
    pub natural_time: bool,
    /// Code of the category.
    #[schema(example = "ENE-01")]
    pub category: String,
    /// What is wanted, one by one.
    pub demands: Vec<String>,
}

impl Verb for Accept {
    const SPEC: Spec =
        spec!(Accept, MatterAccept, ["/acceptance"], needs: Needs { categories: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let urgencies = about.codes(Urgency::ALL, Urgency::code, Urgency::key);
        group(vec![
            about.hinted("demands", Kind::Text(4, 0)),
            about.category(),
            about.hinted("urgency", Kind::Inline(urgencies)),
            about.hinted("natural_time", Kind::Tick),
        ])
    }

    fn preset(about: &About) -> Form {
        let form = Form::new().with("urgency", about.urgency.as_deref().unwrap_or(Urgency::General.code()));
        let form = form.with("demands", about.drafted.join("\n"));
        about.category.iter().fold(form, |form, category| form.with("category", category))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let urgency = read.code("urgency", Urgency::parse);
        let category = read.code("category", |code| Some(code.to_owned()));
        let (natural_time, demands) = (read.ticked("natural_time"), read.lines("demands"));
        read.finish(|| Some(Self { urgency: urgency?, natural_time, category: category?, demands }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let demands = ink.list("demands", &self.demands, REASON)?;
        let Self { urgency, natural_time, category, .. } = self;
        Some(Command::Accept(command::Accept { urgency, natural_time, category, demands }))
    }
}
