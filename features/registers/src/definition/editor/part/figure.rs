//! A figure: what is counted, of which records, and by which date it falls into a period.

use super::super::condition;
use super::{code_of, name, named};
use crate::show;
use platform::ui::{Choice, FieldError, Form, Page};
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::definition::{Definition, Gives, Indicator, Kind, Measure, Period};

pub(super) fn filled(page: &Page, definition: &Definition, figure: &Indicator) -> Form {
    let measure = match &figure.measure {
        Measure::Count => "count".to_owned(),
        Measure::Contacts => "contacts".to_owned(),
        Measure::Sum(field) => format!("sum.{field}"),
        Measure::Distinct(field) => format!("distinct.{field}"),
        Measure::Flow(flow) => format!("flow.{flow}"),
        Measure::Level(level) => format!("level.{level}"),
        Measure::EverLevel(level) => format!("ever.{level}"),
    };
    let period = match &figure.period {
        None => String::new(),
        Some(Period::Field(field)) => format!("field.{field}"),
        Some(Period::Stage(stage)) => format!("stage.{stage}"),
    };
    let form = named(&figure.name).with("measure", measure).with("period", period);
    condition::filled(form, page, definition, figure.condition.as_ref())
}

pub(super) fn read(form: &Form, definition: &Definition, which: &str) -> Result<Edit, FieldError> {
    let name = name(form)?;
    let measure = match form.value("measure").split_once('.') {
        Some(("sum", field)) => Measure::Sum(field.to_owned()),
        Some(("distinct", field)) => Measure::Distinct(field.to_owned()),
        Some(("flow", flow)) => Measure::Flow(flow.to_owned()),
        Some(("level", level)) => Measure::Level(level.to_owned()),
        Some(("ever", level)) => Measure::EverLevel(level.to_owned()),
        _ if form.value("measure") == "contacts" => Measure::Contacts,
        _ if form.value("measure") == "count" => Measure::Count,
        _ => return Err(FieldError::new("measure", "register-required")),
    };
    let period = match form.value("period").split_once('.') {
        Some(("field", field)) => Some(Period::Field(field.to_owned())),
        Some(("stage", stage)) => Some(Period::Stage(stage.to_owned())),
        _ => None,
    };
    let condition = condition::read(form, definition)?;
    Ok(Edit::PutFigure(Indicator {
        code: code_of(definition, Part::Figure, which, &name),
        name,
        measure,
        condition_text: condition.as_ref().map(ToString::to_string).unwrap_or_default(),
        condition,
        period,
    }))
}

/// Everything that may be counted in a register.
pub(super) fn measures(page: &Page, definition: &Definition) -> Vec<Choice> {
    let mut found = vec![Choice::new("count", page.t("register-formula-count"))];
    let fields = || definition.fields.iter().filter(|field| !field.retired && !field.is_sealed());
    let summed = |kind: &Kind| {
        matches!(
            kind,
            Kind::Number { .. }
                | Kind::Money { .. }
                | Kind::Derived { gives: Gives::Number(_) | Gives::Money, .. }
        )
    };
    for field in fields().filter(|field| summed(&field.kind)) {
        let label = page.t1("register-formula-sum", "field", show::name(page, &field.name));
        found.push(Choice::new(format!("sum.{}", field.code), label));
    }
    for flow in &definition.flows {
        let key = if flow.verified { "register-formula-flow-verified" } else { "register-formula-flow" };
        let label = page.t1(key, "flow", show::name(page, &flow.name));
        found.push(Choice::new(format!("flow.{}", flow.code), label));
    }
    if definition.follow_up.is_some() {
        found.push(Choice::new("contacts", page.t("register-formula-contacts")));
    }
    for level in &definition.levels {
        let name = show::name(page, &level.name);
        found.push(Choice::new(
            format!("level.{}", level.code),
            page.t1("register-formula-level", "level", name),
        ));
        found.push(Choice::new(
            format!("ever.{}", level.code),
            page.t1("register-formula-ever", "level", name),
        ));
    }
    let told_apart =
        |kind: &Kind| !matches!(kind, Kind::Attachment | Kind::Point | Kind::Text { long: true, .. });
    for field in fields().filter(|field| told_apart(&field.kind) && !summed(&field.kind)) {
        let label = page.t1("register-formula-distinct", "field", show::name(page, &field.name));
        found.push(Choice::new(format!("distinct.{}", field.code), label));
    }
    found
}

/// The dates by which a record may fall into a period.
pub(super) fn periods(page: &Page, definition: &Definition) -> Vec<Choice> {
    let dates = definition.of_kind(|kind| *kind == Kind::Date);
    let dates = dates
        .map(|field| Choice::new(format!("field.{}", field.code), show::name(page, &field.name).to_owned()));
    let stages = definition.stages.iter().map(|stage| {
        let label = page.t1("register-period-of-stage", "stage", show::name(page, &stage.name));
        Choice::new(format!("stage.{}", stage.code), label)
    });
    dates.chain(stages).collect()
}
