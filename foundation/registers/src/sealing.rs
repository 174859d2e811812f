//! Texts that a definition marks as sealed: never in the clear in the journal, the tables, the
//! index of words or a workbook. Each is sealed under a key of its own, so that one can be
//! erased without the others.

use crate::rules::Definition;
use crate::rules::definition::Field;
use crate::rules::record::{Record, RecordCommand};
use crate::rules::value::{Value, Values};
use platform::act::subject_key;
use platform::{App, Failure, Work};
use std::borrow::Cow;
use std::collections::BTreeMap;
use store::Query;
use uuid::Uuid;

/// The command with sealed what its definition wants sealed. A text that is what the record
/// holds already stays as it is sealed: nothing has changed.
pub(crate) fn sealed<'c>(
    work: &mut Work<'_>,
    definition: &Definition,
    id: Uuid,
    command: &'c RecordCommand,
) -> Result<Cow<'c, RecordCommand>, Failure> {
    if !definition.fields.iter().any(Field::is_sealed) {
        return Ok(Cow::Borrowed(command));
    }
    let mut command = command.clone();
    match &mut command {
        RecordCommand::Create { values, .. } => {
            for (code, value) in values.iter_mut() {
                seal(work, definition, code, value, None)?;
            }
        }
        RecordCommand::Change { values } | RecordCommand::Revise { values, .. } => {
            let held = work.load::<Record>(&id.to_string())?.state.values;
            for (code, value) in values.iter_mut() {
                if let Some(value) = value {
                    seal(work, definition, code, value, held.get(code))?;
                }
            }
        }
        _ => {}
    }
    Ok(Cow::Owned(command))
}

fn seal(
    work: &mut Work<'_>,
    definition: &Definition,
    code: &str,
    value: &mut Value,
    held: Option<&Value>,
) -> Result<(), Failure> {
    let (Some(field), Value::Text(text)) = (definition.field(code), &*value) else { return Ok(()) };
    if !field.is_sealed() {
        return Ok(());
    }
    if let Some(held @ Value::Sealed(_)) = held {
        let app = work.app();
        if opened(work.tx, app, held)?.as_deref() == Some(text.as_str()) {
            *value = held.clone();
            return Ok(());
        }
    }
    let key = work.new_subject()?;
    *value = Value::Sealed(work.vault().seal(&key, text, &mut work.fresh));
    Ok(())
}

/// Opens what is sealed among some values; what was erased is left out. Whoever calls this has
/// it written down ([`RecordCommand::Open`]).
///
/// # Errors
/// Whatever the store or the vault says.
pub fn open_values(q: &mut dyn Query, app: &App, values: &mut Values) -> Result<(), Failure> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (code, value) in values.iter().filter(|(_, value)| matches!(value, Value::Sealed(_))) {
        found.insert(code.clone(), opened(q, app, value)?);
    }
    for (code, text) in found {
        match text {
            Some(text) => values.insert(code, Value::Text(text)),
            None => values.remove(&code),
        };
    }
    Ok(())
}

fn opened(q: &mut dyn Query, app: &App, value: &Value) -> Result<Option<String>, Failure> {
    let Value::Sealed(sealed) = value else { return Ok(None) };
    let Some(key) = subject_key(q, &app.vault, &sealed.subject)? else { return Ok(None) };
    Ok(Some(app.vault.open(&key, sealed)?.into_inner()))
}
