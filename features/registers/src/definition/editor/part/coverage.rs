//! Of which areas each should have a record.

use super::super::condition;
use super::{name, named};
use crate::show;
use kernel::Level;
use network::UnitKind;
use platform::ui::{Choice, FieldError, Form, Page};
use registers::rules::definition::edit::Edit;
use registers::rules::definition::{Coverage, Definition, Kind};

/// The levels of areas that a form offers.
const LEVELS: [Level; 3] = [Level::County, Level::Township, Level::Village];

pub(super) fn filled(page: &Page, definition: &Definition, coverage: &Coverage) -> Form {
    let form = named(&coverage.name)
        .with("field", &coverage.field)
        .with("level", coverage.level.code())
        .with("unit_kind", coverage.unit_kind.as_deref().unwrap_or_default());
    condition::filled(form, page, definition, coverage.condition.as_ref())
}

pub(super) fn read(form: &Form, definition: &Definition) -> Result<Edit, FieldError> {
    let name = name(form)?;
    let required = |field: &str| FieldError::new(field, "register-required");
    Ok(Edit::PutCoverage(Coverage {
        name,
        field: form.text("field").ok_or_else(|| required("field"))?.to_owned(),
        level: Level::parse(form.value("level")).ok_or_else(|| required("level"))?,
        unit_kind: form.text("unit_kind").map(str::to_owned),
        condition: condition::read(form, definition)?,
    }))
}

/// Fields that say where a record is.
pub(super) fn fields(page: &Page, definition: &Definition) -> Vec<Choice> {
    let areas = definition.of_kind(|kind| matches!(kind, Kind::Area { .. }));
    areas.map(|field| Choice::new(&field.code, show::name(page, &field.name))).collect()
}

pub(super) fn levels(page: &Page) -> Vec<Choice> {
    LEVELS.iter().map(|level| Choice::new(level.code(), page.t(&format!("level-{}", level.code())))).collect()
}

pub(super) fn unit_kinds(page: &Page) -> Vec<Choice> {
    UnitKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), page.t(&format!("unit-kind-{}", kind.code()))))
        .collect()
}
