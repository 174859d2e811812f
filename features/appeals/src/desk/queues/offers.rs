//! What the filters offer to choose from.

use super::super::choices;
use super::look::{LIGHTS, PHASES, light_code};
use kernel::permission::Grant;
use matters::categories::Categories;
use matters_rules::{AppealType, Channel, ClosingType, ExpressLine, MatterKind, Phase, Urgency};
use network::{AreaRow, UnitRow};
use platform::Failure;
use platform::ui::{Choice, Page};
use store::Query;

/// What is looked up.
pub struct Found {
    units: Vec<UnitRow>,
    areas: Vec<(AreaRow, AreaRow)>,
}

/// The same in the reader's language.
pub struct Offers {
    pub units: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub categories: Vec<Choice>,
    pub lights: Vec<Choice>,
    pub urgencies: Vec<Choice>,
    pub phases: Vec<Choice>,
    pub channels: Vec<Choice>,
    pub express_lines: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub appeal_types: Vec<Choice>,
    pub closings: Vec<Choice>,
}

impl Found {
    /// Units of the reader's own subtrees, and every area.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(query: &mut dyn Query, grants: &[Grant]) -> Result<Self, Failure> {
        Ok(Self { units: choices::own_units(query, grants)?, areas: choices::areas(query)? })
    }

    /// In the reader's language. A group of categories can be chosen as a whole.
    pub fn offered(self, page: &Page, categories: &Categories) -> Offers {
        let locale = page.locale();
        let groups = categories.all_groups().iter();
        let whole = groups.map(|group| {
            Choice::new(&group.code, group.name.in_locale(locale)).group(page.t("desk-filter-groups"))
        });
        Offers {
            units: choices::of_units(page, &self.units),
            areas: choices::of_areas(page, &self.areas),
            categories: whole.chain(choices::of_categories(page, categories)).collect(),
            lights: codes(page, &LIGHTS, light_code, |light| format!("desk-light-{}", light_code(light))),
            urgencies: codes(page, Urgency::ALL, Urgency::code, |code| code.key().to_owned()),
            phases: codes(page, &PHASES, Phase::code, |phase| format!("phase-{}", phase.code())),
            channels: codes(page, Channel::ALL, Channel::code, |code| code.key().to_owned()),
            express_lines: codes(page, ExpressLine::ALL, ExpressLine::code, |code| code.key().to_owned()),
            kinds: codes(page, MatterKind::ALL, MatterKind::code, |code| code.key().to_owned()),
            appeal_types: codes(page, AppealType::ALL, AppealType::code, |code| code.key().to_owned()),
            closings: codes(page, ClosingType::ALL, ClosingType::code, |code| code.key().to_owned()),
        }
    }
}

fn codes<T: Copy>(
    page: &Page,
    all: &[T],
    code: fn(T) -> &'static str,
    key: impl Fn(T) -> String,
) -> Vec<Choice> {
    all.iter().map(|item| Choice::new(code(*item), page.t(&key(*item)))).collect()
}
