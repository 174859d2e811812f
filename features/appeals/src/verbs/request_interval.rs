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
    /// Code of one of the grounds in force for that kind, e.g. `needs_survey`.
    #[schema(example = "needs_survey")]
    pub ground: String,
    /// Why; the appellant reads it.
    pub reason: String,
}

impl Verb for RequestInterval {
    const SPEC: Spec = spec!(RequestInterval, IntervalRequest, ["/nodes/{node}/interval"]);

    fn form(about: &About) -> Vec<Group> {
        let kinds = IntervalKind::ALL.iter().map(|kind| {
            platform::ui::Choice::new(kind.code(), about.word(kind.key()))
                .hint(about.t(&format!("kind-{}-hint", kind.code())))
        });
        group(vec![
            about.field("kind", Kind::Radios(kinds.collect())),
            about.hinted("ground", Kind::Select(about.grounds.clone(), about.word("verb-choose"))),
            about.hinted("days", Kind::Count),
            about.hinted("until", Kind::Date),
            about.reason(),
        ])
    }

    fn preset(_: &About) -> Form {
        Form::new().with("kind", IntervalKind::Extension.code())
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let kind = read.code("kind", IntervalKind::parse);
        let ground = read.chosen("ground").and_then(|chosen| of_kind(&mut read, kind?, &chosen));
        let days = read.maybe_number("days").map(|days| days.map(Span::working_days));
        let until = read.maybe_date("until");
        // Only what belongs to the kind counts: the other field may still hold what was
        // typed before a change of mind.
        let is_extension = kind == Some(IntervalKind::Extension);
        let (span, until) = if is_extension { (days, Some(None)) } else { (Some(None), until) };
        if let (Some(kind), Some(span), Some(until)) = (kind, span, until)
            && let Some(missing) = missing(kind, span, until)
        {
            read.refuse::<()>(missing);
        }
        let reason = read.needed("reason");
        read.finish(|| Some(Self { kind: kind?, span: span?, until: until?, ground: ground?, reason }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let Self { kind, span, until, ground, reason } = self;
        let reason = ink.text("reason", &reason, REASON);
        if let Some(missing) = missing(kind, span, until) {
            return ink.refuse(missing);
        }
        Some(Command::RequestInterval { node: place.node?, kind, span, until, ground, reason: reason? })
    }
}

/// The code behind `kind:code`, as the one list of all kinds sends it.
fn of_kind(read: &mut Reader<'_>, kind: IntervalKind, chosen: &str) -> Option<String> {
    match chosen.split_once(':') {
        Some((of, code)) if of == kind.code() => Some(code.to_owned()),
        _ => read.refuse(FieldError::new("ground", "entry-of-another-kind")),
    }
}

/// Which of length and end that kind lacks.
fn missing(kind: IntervalKind, span: Option<Span>, until: Option<Date>) -> Option<FieldError> {
    let (field, given) = match kind {
        IntervalKind::Extension => ("days", span.is_some()),
        IntervalKind::Suspension | IntervalKind::Tracking => ("until", until.is_some()),
    };
    (!given).then(|| FieldError::new(field, "entry-missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Zone;

    fn read(fields: &[(&str, &str)]) -> Result<RequestInterval, Vec<FieldError>> {
        let form: Form = fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
        let now = "2026-11-23T02:30:20Z".parse().expect("a moment");
        RequestInterval::from_form(&FormData { form: &form, zone: &Zone::default(), now })
    }

    #[test]
    fn only_what_belongs_to_the_kind_counts() {
        let asked = read(&[("kind", "extension"), ("ground", "extension:needs_survey"), ("days", "3"), ("until", "2026-12-01"), ("reason", "等配件")]);
        let asked = asked.unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!((asked.span, asked.until), (Some(Span::working_days(3)), None));
        assert_eq!(asked.ground, "needs_survey");
        let asked = read(&[("kind", "suspension"), ("ground", "suspension:force_majeure"), ("days", "many"), ("until", "2026-12-01"), ("reason", "等鉴定")]);
        assert!(asked.is_err(), "what cannot be read is said, wherever it stands");
    }

    #[test]
    fn a_form_says_everything_that_cannot_be_read() {
        let errors = read(&[("days", "x"), ("until", "soon")]).err().unwrap_or_default();
        let fields: Vec<_> = errors.iter().filter_map(|error| error.field.as_deref()).collect();
        assert_eq!(fields, ["kind", "ground", "days", "until", "reason"]);
    }

    #[test]
    fn a_ground_is_one_of_the_kind_that_is_asked_for() {
        let errors = read(&[("kind", "tracking"), ("ground", "extension:needs_survey"), ("until", "2026-12-01"), ("reason", "等规划")]);
        let errors = errors.err().expect("another kind's");
        assert_eq!((errors[0].field.as_deref(), errors[0].code.as_str()), (Some("ground"), "entry-of-another-kind"));
    }
}
