//! A level that records may be awarded; their order says which is the higher.

use super::{code_of, name};
use platform::ui::{FieldError, Form};
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::definition::{Definition, Grade};

pub(super) fn read(form: &Form, definition: &Definition, which: &str) -> Result<Edit, FieldError> {
    let name = name(form)?;
    Ok(Edit::PutLevel(Grade { code: code_of(definition, Part::Level, which, &name), name }))
}
