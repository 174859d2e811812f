//! What records may become: a record of another register that has a field for naming them.

use crate::show;
use platform::ui::{Choice, FieldError, Form, Page};
use registers::rules::definition::edit::Edit;
use registers::rules::definition::{Becomes, Definition, Field, Kind};
use std::sync::Arc;

pub(super) fn filled(becomes: &Becomes) -> Form {
    let mut form =
        Form::new().with("to", becomes.code()).with("stage", becomes.stage.as_deref().unwrap_or_default());
    for (theirs, ours) in &becomes.fields {
        form = form.with(&format!("give-{theirs}"), ours);
    }
    form
}

pub(super) fn read(
    form: &Form,
    definition: &Definition,
    others: &[Arc<Definition>],
) -> Result<Edit, FieldError> {
    let unknown = || FieldError::new("to", "register-required");
    let (other, link) = target(definition, others, form.value("to")).ok_or_else(unknown)?;
    let stage = form.text("stage").map(str::to_owned);
    let fields = other.asked().filter(|field| field.code != link.code);
    let given = fields.filter_map(|theirs| {
        let ours = form.text(&format!("give-{}", theirs.code))?;
        Some((theirs.code.clone(), ours.to_owned()))
    });
    let fields = given.collect();
    Ok(Edit::PutBecoming(Becomes { register: other.code.clone(), link: link.code.clone(), stage, fields }))
}

/// The registers that have a field for naming this one's records.
pub(super) fn targets(
    page: &Page,
    definition: &Definition,
    others: &[Arc<Definition>],
) -> Vec<(String, String)> {
    let links = others.iter().flat_map(|other| links(other, definition).map(move |field| (other, field)));
    let label = |(other, field): (&Arc<Definition>, &Field)| {
        let code = format!("{}.{}", other.code, field.code);
        let (register, field) = (show::name(page, &other.name), show::name(page, &field.name));
        (code, page.t2("register-becoming-target", "register", register, "field", field))
    };
    links.map(label).collect()
}

/// Fields of the register chosen, with the fields here that may give them.
pub(super) fn given(
    page: &Page,
    definition: &Definition,
    others: &[Arc<Definition>],
    chosen: &str,
) -> Vec<(String, String, Vec<Choice>)> {
    let Some((other, link)) = target(definition, others, chosen) else { return Vec::new() };
    let fields = other.asked().filter(|field| field.code != link.code);
    fields
        .filter_map(|theirs| {
            let ours = definition.asked().filter(|ours| gives(ours, theirs));
            let ours: Vec<Choice> =
                ours.map(|field| Choice::new(&field.code, show::name(page, &field.name))).collect();
            let label = show::name(page, &theirs.name).to_owned();
            (!ours.is_empty()).then(|| (theirs.code.clone(), label, ours))
        })
        .collect()
}

/// Whether what a field holds may be typed into another as it is.
fn gives(ours: &Field, theirs: &Field) -> bool {
    if ours.is_sealed() || theirs.is_sealed() {
        return false;
    }
    match (&ours.kind, &theirs.kind) {
        (Kind::Attachment, _) | (_, Kind::Attachment) => false,
        (Kind::Reference { register, .. }, Kind::Reference { register: to, .. }) => register == to,
        (Kind::Choice { .. }, Kind::Choice { .. }) => {
            ours.options().iter().all(|option| theirs.option(&option.code).is_some())
        }
        (ours, theirs) => ours.word() == theirs.word(),
    }
}

fn target<'o>(
    definition: &Definition,
    others: &'o [Arc<Definition>],
    chosen: &str,
) -> Option<(&'o Arc<Definition>, &'o Field)> {
    let (register, link) = chosen.split_once('.')?;
    let other = others.iter().find(|other| other.code == register)?;
    Some((other, links(other, definition).find(|field| field.code == link)?))
}

fn links<'o>(other: &'o Definition, definition: &Definition) -> impl Iterator<Item = &'o Field> {
    let code = definition.code.clone();
    other.of_kind(move |kind| matches!(kind, Kind::Reference { register, .. } if *register == code))
}
