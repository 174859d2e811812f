//! 交办: to one lead or several separate units, with co-units beside. From the office, or
//! passed on by the unit of an assignment to units below it.

use super::field::Kind;
use super::prelude::*;
use kernel::UnitId;
use matters_rules::{NodeRole, command};

/// Rows of the form: one unit at once, the others on demand.
const ROWS: usize = 4;

/// See the module.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Assign {
    /// The units.
    pub to: Vec<AssignTo>,
}

/// One unit to be assigned.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AssignTo {
    /// Code of the unit.
    #[schema(value_type = String)]
    pub unit: UnitId,
    /// `lead`, `co` or `separate`.
    #[schema(value_type = String, example = "lead")]
    pub role: NodeRole,
    /// Item of the township's duty list; needed for a township.
    #[serde(default)]
    pub duty_item: Option<String>,
    /// What it is asked to do.
    #[serde(default)]
    pub instruction: Option<String>,
}

impl Verb for Assign {
    const SPEC: Spec = spec!(Assign, MatterAssign, ["/assignments", "/nodes/{node}/assignments"],
        needs: Needs { units: true, duty_items: true, ..NOTHING });

    fn form(about: &About) -> Vec<Group> {
        let row = |number: usize| {
            let roles = about.codes(NodeRole::ALL, NodeRole::code, NodeRole::key);
            let duty_items = Kind::Select(about.duty_items.clone(), about.word("verb-none"));
            let mut fields = vec![
                about.field("unit", Kind::Searched(about.units.clone(), about.word("verb-choose"))).row(number),
                about.field("role", Kind::Inline(roles)).row(number),
                about.field("instruction", Kind::Text(2, REASON)).optional().row(number),
            ];
            if !about.duty_items.is_empty() {
                fields.insert(2, about.hinted("duty_item", duty_items).optional().row(number));
            }
            fields
        };
        let first = Group { legend: String::new(), folded: false, fields: row(1) };
        let more = (2..=ROWS).map(|number| Group {
            legend: about.t(&format!("more-{number}")),
            folded: true,
            fields: row(number),
        });
        [first].into_iter().chain(more).collect()
    }

    /// Filled with whom the matter is suggested to go to.
    fn preset(about: &About) -> Form {
        (1..=ROWS).fold(Form::new(), |form, number| {
            let usual = if number == 1 { NodeRole::Lead } else { NodeRole::Co };
            let Some(advised) = about.advised.get(number - 1) else {
                return form.with(&format!("role-{number}"), usual.code());
            };
            let form = form
                .with(&format!("unit-{number}"), &advised.unit)
                .with(&format!("role-{number}"), advised.role);
            advised
                .duty_item
                .iter()
                .fold(form, |form, item| form.with(&format!("duty_item-{number}"), item))
        })
    }

    fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let rows: Vec<_> = (1..=ROWS)
            .filter(|number| *number == 1 || data.form.text(&format!("unit-{number}")).is_some())
            .map(|number| {
                let unit = read.code(&format!("unit-{number}"), |code| Some(UnitId::from(code)));
                let role = read.code(&format!("role-{number}"), NodeRole::parse);
                let duty_item = read.maybe(&format!("duty_item-{number}"));
                let instruction = read.maybe(&format!("instruction-{number}"));
                Some(AssignTo { unit: unit?, role: role?, duty_item, instruction })
            })
            .collect();
        read.finish(|| Some(Self { to: rows.into_iter().collect::<Option<_>>()? }))
    }

    fn into_command(self, place: &Place, ink: &mut Ink<'_>) -> Option<Command> {
        let to: Vec<_> = self
            .to
            .into_iter()
            .enumerate()
            .map(|(at, AssignTo { unit, role, duty_item, instruction })| {
                let field = format!("instruction-{}", at + 1);
                let instruction = ink.optional(&field, instruction.as_deref(), REASON)?;
                Some(command::Assignee { unit, role, duty_item, instruction })
            })
            .collect();
        Some(Command::Assign { parent: place.node, to: to.into_iter().collect::<Option<_>>()? })
    }
}
