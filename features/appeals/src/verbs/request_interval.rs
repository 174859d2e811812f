//! 申请延期、中止、挂账跟踪: asked for with a reason, decided by another person, shown to
//! the appellant. Undecided is not granted.

use super::field::Kind;
use super::prelude::*;
use kernel::time::{Date, Span};
use matters_rules::IntervalKind;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct RequestInterval {
    /// `extension`, `suspension` or `tracking`.
    #[schema(value_type = String, example = "extension")]
    pub kind: IntervalKind,
    /// For an extension: by how much, e.g. `3wd` for three working days.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "3wd")]
    pub span: Option<Span>,
    /// For the others: until when.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Why; the appellant reads it.
    pub reason: String,
}

impl Verb for RequestInterval {
    const SPEC: Spec = spec!(RequestInterval, IntervalRequest, ["/nodes/{node}/interval"]);

    fn form(about: &About) -> Vec<Group> {
        let kinds = IntervalKind::ALL.iter().map(|kind| {
            platform::ui::Choice::new(kind.code(), about.word(kind.key())).hint(about.t(&format!("kind-{}-hint", kind.code())))
        });
        group(vec![
            about.field("kind", Kind::Radios(kinds.collect())),
            about.hinted("days", Kind::Line).optional(),
            about.hinted("until", Kind::Date).optional(),
            about.reason(),
        ])
    }

    fn preset(_: &About) -> Form {
        Form::new().with("kind", IntervalKind::Extension.code())
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let kind = read.code("kind", IntervalKind::parse);
        let days = read.maybe_code("days", |days| days.parse().ok().map(Span::working_days));
        let until = read.maybe_date("until");
        let reason = read.typed("reason");
        // Only what belongs to the kind counts: the other field may still hold what was
        // typed before a change of mind.
        let is_extension = kind == Some(IntervalKind::Extension);
        read.finish(|| {
            let (span, until) = if is_extension { (days?, None) } else { (None, until?) };
            Some(Self { kind: kind?, span, until, reason })
        })
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let Self { kind, span, until, reason } = self;
        let reason = ink.text("reason", &reason, REASON);
        match kind {
            IntervalKind::Extension if span.is_none() => return ink.refuse(FieldError::new("days", "entry-missing")),
            IntervalKind::Suspension | IntervalKind::Tracking if until.is_none() => {
                return ink.refuse(FieldError::new("until", "entry-missing"));
            }
            _ => {}
        }
        Some(Command::RequestInterval { node: place.node?, kind, span, until, reason: reason? })
    }
}
