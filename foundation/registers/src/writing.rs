//! Typed words become values, commands go the write path, refusals find their field.

use crate::read::names::Lookups;
use crate::rules::definition::{Definition, Field, Kind};
use crate::rules::definitions::{Change, Definitions};
use crate::rules::record::{Record, RecordCommand, RecordState};
use crate::rules::value::{Typed, Unfit, Value};
use crate::{read, sealing, shell};
use kernel::UnitId;
use platform::ui::FieldError;
use platform::{Acted, By, Failure, Work};
use std::collections::{BTreeMap, HashMap};
use store::{Query, StoreError, params};
use uuid::Uuid;

/// Records something new and gives its id.
///
/// # Errors
/// What the rules refuse; [`Failure::NotPermitted`].
pub fn create(
    work: &mut Work<'_>,
    by: &By,
    register: &str,
    unit: UnitId,
    values: BTreeMap<String, Value>,
) -> Result<Uuid, Failure> {
    let id = work.fresh.uuid();
    let command =
        RecordCommand::Create { register: register.to_owned(), unit, values, stage: None, on: None };
    act_record(work, by, id, None, &command)?;
    Ok(id)
}

/// Carries out a command on a record. Refusals that concern a field of the register name it.
///
/// # Errors
/// What the rules refuse, as [`Failure::Invalid`]; [`Failure::NotFound`] for a record of an
/// office the sender knows nothing of; [`Failure::NotPermitted`]; [`Failure::Stale`].
pub fn act_record(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    expected: Option<i64>,
    command: &RecordCommand,
) -> Result<Acted<RecordState>, Failure> {
    let (app, now) = (work.app(), work.now());
    let register = match command {
        RecordCommand::Create { register, .. } => Some(register.clone()),
        RecordCommand::Change { .. } | RecordCommand::Revise { .. } => {
            let sql = "select register from register_record where id = $1";
            let row = work.tx.query_one_opt(sql, &params![id.to_string()])?;
            row.map(|row| row.text(0)).transpose()?
        }
        _ => None,
    };
    let definition = match register {
        Some(register) => read::holding(work.tx, app, &register, now)?,
        None => None,
    };
    match definition {
        Some(definition) => act_known(work, by, id, expected, command, &definition),
        None => work.act::<Record>(&id.to_string(), by, expected, command).map_err(told),
    }
}

/// The same where the definition in force is at hand, as for one of many rows.
///
/// # Errors
/// As [`act_record`].
pub fn act_known(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    expected: Option<i64>,
    command: &RecordCommand,
    definition: &Definition,
) -> Result<Acted<RecordState>, Failure> {
    let command = sealing::sealed(work, definition, id, command)?;
    work.act::<Record>(&id.to_string(), by, expected, &command).map_err(told)
}

/// Records something new under an id just made, as [`act_known`] does.
///
/// # Errors
/// As [`act_record`].
pub fn begin_known(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    command: &RecordCommand,
    definition: &Definition,
) -> Result<Acted<RecordState>, Failure> {
    let command = sealing::sealed(work, definition, id, command)?;
    work.begin::<Record>(&id.to_string(), by, &command).map_err(told)
}

/// Which records hold these keys of what must be unique; those that none holds are not asked
/// for again when the next commands of this unit of work need them.
///
/// # Errors
/// Whatever the store says.
pub fn look_up_keys(
    work: &mut Work<'_>,
    definition: &Definition,
    keys: &[(String, String)],
) -> Result<HashMap<(String, String), Uuid>, StoreError> {
    let found = read::record::of_keys(work.tx, definition, keys)?;
    let free = keys.iter().filter(|key| !found.contains_key(*key)).cloned();
    shell::known_free(work, free);
    Ok(found)
}

/// Changes the definition of a register.
///
/// # Errors
/// What is wrong with the text, with line and field; [`Failure::NotPermitted`].
pub fn act_definition(
    work: &mut Work<'_>,
    by: &By,
    register: &str,
    expected: Option<i64>,
    change: &Change,
) -> Result<(), Failure> {
    work.act::<Definitions>(register, by, expected, change).map(drop)
}

/// A refusal that names a field by its argument `at` becomes that field's error.
pub fn told(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if refusal.args.contains_key("at") => {
            let mut error = FieldError::from(&refusal);
            error.field = refusal.args.get("at").cloned();
            Failure::Invalid(vec![error])
        }
        other => other,
    }
}

/// What fields are to hold, by code; `None` empties one.
pub type Values = BTreeMap<String, Option<Value>>;

/// Reads what was typed into fields; `None` empties one. Fields that are not mentioned are
/// not touched.
///
/// # Errors
/// Everything that cannot be read, each beside its field.
pub fn read_values<'a>(
    q: &mut dyn Query,
    definition: &Definition,
    typed: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Result<Values, Vec<FieldError>>, StoreError> {
    read_row(q, &mut Lookups::default(), definition, typed)
}

/// The same for one of many rows, which share what names were found to mean.
///
/// # Errors
/// As [`read_values`].
pub fn read_row<'a>(
    q: &mut dyn Query,
    lookups: &mut Lookups,
    definition: &Definition,
    typed: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Result<Values, Vec<FieldError>>, StoreError> {
    let (mut values, mut errors) = (BTreeMap::new(), Vec::new());
    for (code, text) in typed {
        let Some(field) = definition.field(code).filter(|field| !field.retired) else {
            errors.push(FieldError::new(code, "register-no-such-field"));
            continue;
        };
        match read_value(q, lookups, field, text)? {
            Ok(value) => {
                values.insert(code.to_owned(), value);
            }
            Err(unfit) => errors.push(
                unfit.args.iter().fold(FieldError::new(code, unfit.code), |error, (name, value)| {
                    error.with(name, value.as_str())
                }),
            ),
        }
    }
    Ok(if errors.is_empty() { Ok(values) } else { Err(errors) })
}

fn read_value(
    q: &mut dyn Query,
    lookups: &mut Lookups,
    field: &Field,
    text: &str,
) -> Result<Result<Option<Value>, Unfit>, StoreError> {
    let typed = match field.read(text) {
        Ok(typed) => typed,
        Err(unfit) => return Ok(Err(unfit)),
    };
    Ok(match typed {
        Typed::Nothing => Ok(None),
        Typed::Value(value) => Ok(Some(value)),
        Typed::Unit(name) => match lookups.unit(q, &name)? {
            Ok(unit) => Ok(Some(Value::Unit(unit))),
            Err(similar) => {
                Err(Unfit::new("register-unit-unknown").with("value", name).with("similar", similar))
            }
        },
        Typed::Area(name) => {
            let Kind::Area { level } = field.kind else { return Ok(Err(Unfit::new("register-not-typed"))) };
            match lookups.area(q, &name, level)? {
                Ok(area) => Ok(Some(Value::Area(area))),
                Err(similar) => {
                    Err(Unfit::new("register-area-unknown").with("value", name).with("similar", similar))
                }
            }
        }
        Typed::Records(names) => {
            let Kind::Reference { register, .. } = &field.kind else {
                return Ok(Err(Unfit::new("register-not-typed")));
            };
            let mut ids = Vec::with_capacity(names.len());
            for name in names {
                match read::names::find_record(q, register, &name)? {
                    Ok(id) => ids.push(id),
                    Err(similar) => {
                        let unfit = Unfit::new("register-record-unknown").with("value", name);
                        return Ok(Err(unfit.with("similar", similar)));
                    }
                }
            }
            Ok(Some(Value::Records(ids)))
        }
    })
}
