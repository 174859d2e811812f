//! A kind of dated lines: what its amounts are, and what makes a line count.

use super::{code_of, is, name, named};
use platform::ui::{FieldError, Form};
use registers::rules::MoneyUnit;
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::definition::{Definition, FlowKind};

pub(super) fn filled(flow: &FlowKind) -> Form {
    let mut form = named(&flow.name).with("money", flow.money.map_or("", |unit| unit.code()));
    for (field, set) in [("evidence", flow.evidence), ("verified", flow.verified)] {
        if set {
            form = form.with(field, "yes");
        }
    }
    form
}

pub(super) fn read(form: &Form, definition: &Definition, which: &str) -> Result<Edit, FieldError> {
    let name = name(form)?;
    Ok(Edit::PutFlow(FlowKind {
        code: code_of(definition, Part::Flow, which, &name),
        name,
        money: MoneyUnit::parse(form.value("money")),
        verified: is(form, "verified"),
        evidence: is(form, "evidence"),
    }))
}
