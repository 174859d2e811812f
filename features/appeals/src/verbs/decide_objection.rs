//! 裁定异议: another unit gets it 改派, or the ruling is final 裁定派单.

use super::field::Kind;
use super::prelude::*;
use kernel::UnitId;
use matters_rules::command::ObjectionRuling;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct DecideObjection {
    /// Whether the objection is upheld.
    pub uphold: bool,
    /// The unit that gets it then.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub to: Option<UnitId>,
    /// Item of the duty list where that is a township.
    #[serde(default)]
    pub duty_item: Option<String>,
    /// Why.
    pub reason: String,
}

impl Verb for DecideObjection {
    const SPEC: Spec = spec!(DecideObjection, ObjectionDecide, ["/nodes/{node}/objection-decision"],
        needs: Needs { units: true, duty_items: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let mut fields = vec![
            about.decision("uphold"),
            about.hinted("to", Kind::Searched(about.units.clone(), about.word("verb-choose"))),
        ];
        if !about.duty_items.is_empty() {
            let duty_items = Kind::Select(about.duty_items.clone(), about.word("verb-none"));
            fields.push(about.hinted("duty_item", duty_items));
        }
        fields.push(about.reason());
        group(fields)
    }

    /// Should the objection be upheld, the unit is suggested.
    fn preset(about: &About) -> Form {
        let Some(advised) = about.advised.first() else {
            return Form::new();
        };
        let form = Form::new().with("to", &advised.unit);
        advised.duty_item.iter().fold(form, |form, item| form.with("duty_item", item))
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let uphold = read.yes_or_no("uphold");
        let (to, duty_item) = (read.maybe("to").map(UnitId::from), read.maybe("duty_item"));
        if uphold == Some(true) && to.is_none() {
            read.refuse::<()>(FieldError::new("to", "entry-not-chosen"));
        }
        let reason = read.needed("reason");
        read.finish(|| Some(Self { uphold: uphold?, to, duty_item, reason }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let reason = ink.text("reason", &self.reason, REASON);
        let ruling = match (self.uphold, self.to) {
            (false, _) => ObjectionRuling::FinalRuling,
            (true, Some(to)) => ObjectionRuling::Reassign { to, duty_item: self.duty_item },
            (true, None) => return ink.refuse(FieldError::new("to", "entry-not-chosen")),
        };
        Some(Command::DecideObjection { node: place.node?, ruling, reason: reason? })
    }
}
