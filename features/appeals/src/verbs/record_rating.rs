//! 登记评价: what the appellant said on the telephone, recorded by an independent officer
//! and marked as such.

use super::field::Kind;
use super::prelude::*;
use matters_rules::{Grade, Solved, command};

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct RecordRating {
    /// `yes`, `partly` or `no`.
    #[schema(value_type = String, example = "yes")]
    pub solved: Solved,
    /// `very_satisfied`, `satisfied`, `fairly_satisfied`, `dissatisfied` or `very_dissatisfied`.
    #[schema(value_type = String, example = "satisfied")]
    pub grade: Grade,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Verb for RecordRating {
    const SPEC: Spec = spec!(Rate, CallBackRecord, ["/rating"]);

    fn form(about: &About) -> Vec<Group> {
        group(vec![
            about.field("solved", Kind::Inline(about.codes(Solved::ALL, Solved::code, Solved::key))),
            about.field("grade", Kind::Radios(about.codes(Grade::ALL, Grade::code, Grade::key))),
            about.hinted("reason", Kind::Text(4, REASON)).optional(),
        ])
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let (solved, grade) = (read.code("solved", Solved::parse), read.code("grade", Grade::parse));
        let reason = read.maybe("reason");
        read.finish(|| Some(Self { solved: solved?, grade: grade?, reason }))
    }

    fn into_command(self, _: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.optional("reason", self.reason.as_deref(), REASON)?;
        Some(Command::Rate(command::Rating { solved: self.solved, grade: self.grade, reason }))
    }
}
