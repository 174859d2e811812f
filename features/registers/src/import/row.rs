//! One row of a file: a record that is new, one that it changes, or what is wrong with it.

use super::plan::Target;
use kernel::UnitId;
use kernel::time::Date;
use platform::ui::FieldError;
use platform::{By, Failure, Work};
use registers::read::names::Lookups;
use registers::read::record::{called_alike, unique_keys};
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

/// What the rows of a file share.
#[derive(Default)]
pub(super) struct Shared {
    /// Which row holds a key that is unique: two rows are not about one record.
    seen: HashMap<(String, String), u32>,
    /// Which row is about a record there is.
    about: HashMap<Uuid, u32>,
    lookups: Lookups,
}

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

/// Carries rows out, each for itself. What refuses one is its outcome; only the store's
/// failures are errors.
pub(super) fn take(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    rows: &[Row<'_>],
    shared: &mut Shared,
) -> Result<Vec<Outcome>, Failure> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        read.push(refused(said(work, definition, row, &mut shared.lookups))?);
    }
    let keys = |said: &Result<Said, Vec<FieldError>>| match said {
        Ok(said) => unique_keys(definition, &said.values),
        Err(_) => Vec::new(),
    };
    let all: Vec<(String, String)> = read.iter().flat_map(keys).collect();
    let known = registers::look_up_keys(work, definition, &all)?;
    store::journal::reserve(work.tx, rows.len())?;
    let mut outcomes = Vec::with_capacity(rows.len());
    for (row, said) in rows.iter().zip(read) {
        let outcome = match said {
            Ok(said) => refused(carry_out(work, by, definition, row, said, &known, shared))?,
            Err(errors) => Err(errors),
        };
        outcomes.push(outcome.unwrap_or_else(Outcome::Refused));
    }
    Ok(outcomes)
}

/// What refuses a row, apart from what stops the whole.
fn refused<T>(outcome: Result<T, Failure>) -> Result<Result<T, Vec<FieldError>>, Failure> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Invalid(errors)) => Ok(Err(errors)),
        Err(Failure::Refused(refusal)) => Ok(Err(vec![FieldError::from(&refusal)])),
        Err(other) => Err(other),
    }
}

/// `known` are the records there were before these rows. Two rows of a file are never about one
/// record, and a row finds its record by a key that it does not change.
fn carry_out(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    said: Said,
    known: &HashMap<(String, String), Uuid>,
    shared: &mut Shared,
) -> Result<Outcome, Failure> {
    let keys = unique_keys(definition, &said.values);
    for key in &keys {
        let first = *shared.seen.entry(key.clone()).or_insert(row.at);
        if first != row.at {
            return Err(twice(key.0.split('+').next().unwrap_or_default(), first));
        }
    }
    match keys.iter().find_map(|key| known.get(key)) {
        None if definition.unique.is_empty() => {
            match said_before(work, by, definition, row, &said, shared)? {
                Some(record) => {
                    shared.about.insert(record, row.at);
                    Ok(Outcome::Unchanged)
                }
                None => {
                    let (id, outcome) = create(work, by, definition, row, said)?;
                    shared.about.insert(id, row.at);
                    Ok(outcome)
                }
            }
        }
        None => create(work, by, definition, row, said).map(|(_, outcome)| outcome),
        Some(record) => match *shared.about.entry(*record).or_insert(row.at) {
            first if first == row.at => revise(work, by, definition, *record, said),
            first => Err(twice("", first)),
        },
    }
}

/// Where nothing need be unique: a record that holds all that the row says already, and that no
/// earlier row is about. So a file that was taken in part, or is sent again, doubles nothing, and
/// two rows that say the same are still two.
fn said_before(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    said: &Said,
    shared: &Shared,
) -> Result<Option<Uuid>, Failure> {
    let Some(unit) = said.unit.as_ref().or(row.own) else { return Ok(None) };
    let app = work.app();
    for record in called_alike(work.tx, definition, by.grants(), unit, &said.values)? {
        if shared.about.contains_key(&record) {
            continue;
        }
        let mut held = work.load::<Record>(&record.to_string())?.state.values;
        registers::open_values(work.tx, app, &mut held)?;
        if said.values.iter().all(|(field, value)| held.get(field) == Some(value)) {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// The row is about what an earlier one is about.
fn twice(field: &str, first: u32) -> Failure {
    let error = FieldError::new(field, "register-row-twice").with("row", i64::from(first));
    Failure::Invalid(vec![error])
}

fn create(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    row: &Row<'_>,
    said: Said,
) -> Result<(Uuid, Outcome), Failure> {
    let unit = said.unit.or_else(|| row.own.cloned());
    let unit = unit.ok_or_else(|| Failure::Invalid(vec![FieldError::new("unit", "register-required")]))?;
    let (stage, on) = said.stage.map_or((None, None), |(stage, on)| (Some(stage), on));
    let id = work.fresh.uuid();
    let command =
        RecordCommand::Create { register: definition.code.clone(), unit, values: said.values, stage, on };
    match registers::begin_known(work, by, id, &command, definition) {
        Ok(_) => Ok((id, Outcome::New)),
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
    // What is sealed is compared as it reads; the look says no more than that it changes.
    let app = work.app();
    let mut held_open = before.values.clone();
    registers::open_values(work.tx, app, &mut held_open)?;
    let differs = |(field, value): (&String, &Value)| {
        (held_open.get(field) != Some(value))
            .then(|| (field.clone(), (before.values.get(field).cloned(), value.clone())))
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
    match registers::act_known(work, by, record, None, &command, definition) {
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

fn said(
    work: &mut Work<'_>,
    definition: &Definition,
    row: &Row<'_>,
    lookups: &mut Lookups,
) -> Result<Said, Failure> {
    let wrong = |error: FieldError| Failure::Invalid(vec![error]);
    let (mut unit, mut stage, mut on, mut pairs) = (None, None, None, Vec::new());
    for (target, cell) in row.targets.iter().zip(row.cells).filter(|(_, cell)| !cell.is_empty()) {
        match target {
            Target::Field(code) => pairs.push((code.as_str(), cell.as_str())),
            Target::Unit => match lookups.unit(work.tx, cell)? {
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
    let values = registers::read_row(work.tx, lookups, definition, pairs)?.map_err(Failure::Invalid)?;
    Ok(Said {
        unit,
        stage: stage.map(|stage| (stage, on)),
        values: values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect(),
    })
}
