//! 督办: reminding, urging, or reporting upwards. It moves no limit; whom it is for finds it on
//! their board and on the timeline.

use super::field::Kind;
use super::prelude::*;
use matters_rules::command;
use matters_rules::{Addressee, Measure};
use platform::ui::Choice;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Supervise {
    /// `reminder`, `urge` or `escalation`; a slip has a way of its own.
    #[schema(value_type = String, example = "urge")]
    pub measure: Measure,
    /// For whom: `unit`, `unit_head`, `county` or `leader`.
    #[schema(value_type = String, example = "unit")]
    pub to: Addressee,
    /// What is expected of them.
    pub text: String,
}

/// What a person chooses from.
const MEASURES: [Measure; 3] = [Measure::Reminder, Measure::Urge, Measure::Escalation];

impl Verb for Supervise {
    const SPEC: Spec = spec!(Supervise, MatterSupervise, ["/measures", "/nodes/{node}/measures"]);

    fn form(about: &About) -> Vec<Group> {
        let measures = MEASURES.iter().map(|measure| {
            Choice::new(measure.code(), about.word(measure.key()))
                .hint(about.t(&format!("measure-{}-hint", measure.code())))
        });
        let people = Addressee::ALL.iter().map(|to| Choice::new(to.code(), about.word(to.key())));
        group(vec![
            about.field("measure", Kind::Radios(measures.collect())),
            about.field("to", Kind::Radios(people.collect())),
            about.hinted("text", Kind::Text(4, REASON)),
        ])
    }

    fn preset(_: &About) -> Form {
        Form::new().with("measure", Measure::Urge.code()).with("to", Addressee::Unit.code())
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let offered = |code: &str| Measure::parse(code).filter(|measure| MEASURES.contains(measure));
        let (measure, to) = (read.code("measure", offered), read.code("to", Addressee::parse));
        let text = read.needed("text");
        read.finish(|| Some(Self { measure: measure?, to: to?, text }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let text = ink.text("text", &self.text, REASON)?;
        Some(Command::Supervise(Box::new(command::Supervise {
            node: place.node,
            measure: self.measure,
            to: self.to,
            text: Some(text),
            slip: None,
            trigger: None,
        })))
    }
}
