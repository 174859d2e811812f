//! One row of a file: a record that is new, one that it changes, or what is wrong with it.

use super::plan::Target;
use kernel::UnitId;
use kernel::time::Date;
use platform::ui::FieldError;
use platform::{By, Failure, Work};
use registers::read::names::find_unit;
use registers::read::record::{of_values, unique_keys};
use registers::rules::definition::Definition;
use registers::rules::record::{Record, RecordCommand};
use registers::rules::value::{Value, Values, read_date};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a row comes to.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// A record that is not there yet.
    New,
    /// A record that is, and what the row changes of it.
    Changed(Change),
    /// A record that holds all of it already.
    Unchanged,
    /// Nothing, for these reasons.
    Refused(Vec<FieldError>),
}

/// What a row changes of a record.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub record: Uuid,
    /// What its fields held and hold then, where that differs.
    pub values: BTreeMap<String, (Option<Value>, Value)>,
    /// The unit it is handed over to.
    pub unit: Option<String>,
    /// The stage it reaches.
    pub stage: Option<String>,
}

/// Which rows of the file hold a key that is unique: two rows are not about one record.
pub(super) type Seen = HashMap<(String, String), u32>;

/// A row as typed.
pub(super) struct Row<'r> {
    /// Its number in the sheet.
    pub at: u32,
    pub targets: &'r [Target],
    pub cells: &'r [String],
    /// The unit of rows that name none.
    pub own: Option<&'r UnitId>,
}

/// What a row says.
struct Said {
    unit: Option<UnitId>,
    stage: Option<(String, Option<Date>)>,
    values: Values,
}

/// Carries a row out. What refuses it is an outcome; only the store's failures are errors.
pub(super) fn take(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    seen: &mut Seen,
) -> Result<Outcome, Failure> {
    match carry_out(work, by, definition, row, seen) {
        Err(Failure::Invalid(errors)) => Ok(Outcome::Refused(errors)),
        Err(Failure::Refused(refusal)) => Ok(Outcome::Refused(vec![FieldError::from(&refusal)])),
        other => other,
    }
}

fn carry_out(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    seen: &mut Seen,
) -> Result<Outcome, Failure> {
    let said = read(work, definition, row)?;
    for key in unique_keys(definition, &said.values) {
        let first = *seen.entry(key.clone()).or_insert(row.at);
        if first != row.at {
            let field = key.0.split('+').next().unwrap_or_default().to_owned();
            return Err(Failure::Invalid(vec![
                FieldError::new(&field, "register-row-twice").with("row", i64::from(first)),
            ]));
        }
    }
    match of_values(work.tx, definition, &said.values)? {
        None => create(work, by, definition, row, said),
        Some(record) => revise(work, by, definition, record, said),
    }
}

fn create(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    said: Said,
) -> Result<Outcome, Failure> {
    let unit = said.unit.or_else(|| row.own.cloned());
    let unit = unit.ok_or_else(|| Failure::Invalid(vec![FieldError::new("unit", "register-required")]))?;
    let (stage, on) = said.stage.map_or((None, None), |(stage, on)| (Some(stage), on));
    let id = work.fresh.uuid();
    let command =
        RecordCommand::Create { register: definition.code.clone(), unit, values: said.values, stage, on };
    match registers::act_record(work, by, id, None, &command) {
        Ok(_) => Ok(Outcome::New),
        Err(Failure::NotPermitted | Failure::NotFound) => {
            Err(Failure::Invalid(vec![FieldError::new("unit", "register-unit-not-yours")]))
        }
        Err(other) => Err(other),
    }
}

/// Empty cells leave what the record holds.
fn revise(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    record: Uuid,
    said: Said,
) -> Result<Outcome, Failure> {
    let before = work.load::<Record>(&record.to_string())?.state;
    let differs = |(field, value): (&String, &Value)| {
        let held = before.values.get(field);
        (held != Some(value)).then(|| (field.clone(), (held.cloned(), value.clone())))
    };
    let change = Change {
        record,
        values: said.values.iter().filter_map(differs).collect(),
        unit: said.unit.as_ref().map(ToString::to_string).filter(|unit| *unit != before.unit),
        stage: said
            .stage
            .as_ref()
            .map(|(stage, _)| stage.clone())
            .filter(|to| before.stage.as_ref() != Some(to)),
    };
    if change.values.is_empty() && change.unit.is_none() && change.stage.is_none() {
        return Ok(Outcome::Unchanged);
    }
    let values = change.values.iter().map(|(field, (_, now))| (field.clone(), Some(now.clone()))).collect();
    let command = RecordCommand::Revise { values, unit: said.unit, stage: said.stage };
    match registers::act_record(work, by, record, None, &command) {
        Ok(_) => Ok(Outcome::Changed(change)),
        // A record of another office: that it holds the same is all that is told.
        Err(Failure::NotPermitted | Failure::NotFound) => {
            let fields = definition.unique.iter().flatten();
            let names = fields.filter_map(|code| definition.field(code)).map(|field| field.name.zh.as_str());
            let names = names.collect::<Vec<_>>().join("、");
            Err(Failure::Invalid(vec![FieldError::new("", "register-taken").with("fields", names)]))
        }
        Err(other) => Err(other),
    }
}

fn read(work: &mut Work<'_>, definition: &Definition, row: &Row<'_>) -> Result<Said, Failure> {
    let wrong = |error: FieldError| Failure::Invalid(vec![error]);
    let (mut unit, mut stage, mut on, mut pairs) = (None, None, None, Vec::new());
    for (target, cell) in row.targets.iter().zip(row.cells).filter(|(_, cell)| !cell.is_empty()) {
        match target {
            Target::Field(code) => pairs.push((code.as_str(), cell.as_str())),
            Target::Unit => match find_unit(work.tx, cell)? {
                Ok(found) => unit = Some(found),
                Err(similar) => {
                    let error = FieldError::new("unit", "register-unit-unknown");
                    return Err(wrong(error.with("value", cell.as_str()).with("similar", similar)));
                }
            },
            Target::Stage => {
                let known = definition.stages.iter().find(|known| {
                    known.code == *cell || known.name.zh == *cell || known.name.en.eq_ignore_ascii_case(cell)
                });
                let known = known.ok_or_else(|| wrong(FieldError::new("stage", "register-no-such-stage")))?;
                stage = Some(known.code.clone());
            }
            Target::Since => {
                on = Some(read_date(cell).ok_or_else(|| wrong(FieldError::new("on", "register-date")))?);
            }
            Target::Nothing => {}
        }
    }
    let values = registers::read_values(work.tx, definition, pairs)?.map_err(Failure::Invalid)?;
    Ok(Said {
        unit,
        stage: stage.map(|stage| (stage, on)),
        values: values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect(),
    })
}
