//! A stage: where records go from it, what they need to get there, whether it takes a check.

use super::{code_of, is, name, named, texts};
use platform::ui::{FieldError, Form};
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::definition::{Definition, Stage};

pub(super) fn filled(stage: &Stage) -> Form {
    let mut form = named(&stage.name);
    for to in &stage.to {
        form = form.with("to", to);
    }
    for field in &stage.requires {
        form = form.with("requires", field);
    }
    if stage.check { form.with("check", "yes") } else { form }
}

pub(super) fn read(form: &Form, definition: &Definition, which: &str) -> Result<Edit, FieldError> {
    let name = name(form)?;
    Ok(Edit::PutStage(Stage {
        code: code_of(definition, Part::Stage, which, &name),
        name,
        // A page that asks for stages sends none where none is ticked.
        to: texts(form, "to").into_iter().filter(|to| !to.is_empty()).collect(),
        requires: texts(form, "requires"),
        check: is(form, "check"),
    }))
}
