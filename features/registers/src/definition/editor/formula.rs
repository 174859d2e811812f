//! A computed field without knowing the language of formulas: an operation and what it takes
//! are chosen and become the formula, and any formula is tried on records there are before it
//! is kept.

use super::{Working, written};
use crate::show;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::{App, Failure};
use registers::read::list::{self, Asked};
use registers::read::names::Names;
use registers::read::record;
use registers::rules::amount::read_number;
use registers::rules::definition::edit::Edit;
use registers::rules::definition::{Field, Kind};
use registers::rules::derive::derived;
use registers::rules::{Bound, Definition, Value, Values};
use std::collections::BTreeMap;
use store::Query;

/// Records that a formula is tried on: those that changed last.
const TRIED: i64 = 3;
/// What a flow's code begins with among what is chosen.
const FLOW: &str = "flow:";

/// Operations a form offers, the commonest first.
const OPERATIONS: [&str; 12] = [
    "plus", "minus", "times", "over", "percent", "at_least", "days", "months", "year", "count", "sum",
    "lines",
];

/// What the form of a computed field offers.
pub(super) struct Offered {
    pub operations: Vec<Choice>,
    /// Fields and kinds of lines, for what comes first.
    pub first: Vec<Choice>,
    /// Fields, for what comes second.
    pub second: Vec<Choice>,
}

/// A record with what the formula gives for it.
pub(super) struct Tried {
    pub title: String,
    /// Empty where something it rests on is not known.
    pub gives: String,
}

impl Offered {
    pub fn of(page: &Page, definition: &Definition) -> Self {
        let usable = definition.fields.iter().filter(|field| !field.retired && is_usable(field));
        let second: Vec<Choice> =
            usable.map(|field| Choice::new(&field.code, show::name(page, &field.name))).collect();
        let flows = definition.flows.iter().map(|flow| {
            let name = page.t1("register-compose-flow", "name", show::name(page, &flow.name));
            Choice::new(format!("{FLOW}{}", flow.code), name)
        });
        let name =
            |operation: &&str| Choice::new(*operation, page.t(&format!("register-compose-{operation}")));
        Self {
            operations: OPERATIONS.iter().map(name).collect(),
            first: second.iter().cloned().chain(flows).collect(),
            second,
        }
    }
}

/// The form with the formula that its choices say, and what that gives.
pub(super) fn composed(form: Form, definition: &Definition) -> Result<Form, FieldError> {
    let operation = form.value("compose-how").to_owned();
    if !OPERATIONS.contains(&operation.as_str()) {
        return Err(FieldError::new("compose-how", "register-required"));
    }
    let first = form.value("compose-first");
    let flow = first.strip_prefix(FLOW).and_then(|code| definition.flow(code));
    let of_flow = matches!(operation.as_str(), "sum" | "lines");
    let (first, money) = match (flow, definition.field(first)) {
        (Some(flow), _) if of_flow => (flow.code.clone(), flow.money.is_some()),
        (None, Some(field)) if !of_flow && takes(&operation, field) => {
            (field.code.clone(), matches!(field.kind, Kind::Money { .. }))
        }
        _ => return Err(FieldError::new("compose-first", needs(&operation))),
    };
    let second = || second(&form, &operation, definition);
    let (formula, gives, decimals) = match operation.as_str() {
        "plus" => (format!("{first} + {}", second()?), money, 2),
        "minus" => (format!("{first} - {}", second()?), money, 2),
        "times" => (format!("{first} * {}", second()?), money, 2),
        "over" => (format!("{first} / {}", second()?), false, 2),
        "percent" => (format!("round({first} / {} * 100, 1)", second()?), false, 1),
        "at_least" => (format!("if({first} >= {}, 1, 0)", second()?), false, 0),
        "days" => (format!("days({first}, {})", second()?), false, 0),
        "months" => (format!("months({first}, {})", second()?), false, 0),
        other => (format!("{other}({first})"), other == "sum" && money, if other == "sum" { 2 } else { 0 }),
    };
    let form =
        form.replaced("expression", &formula).replaced("gives", if gives { "money" } else { "number" });
    Ok(form.replaced("decimals", decimals))
}

/// What comes second: a field of the same sort, or a number.
fn second(form: &Form, operation: &str, definition: &Definition) -> Result<String, FieldError> {
    let unfit = || FieldError::new("compose-second", needs(operation));
    match (form.text("compose-second"), form.text("compose-number")) {
        (Some(code), None) => {
            let field = definition.field(code).filter(|field| takes(operation, field));
            field.map(|field| field.code.clone()).ok_or_else(unfit)
        }
        (None, Some(typed)) if !matches!(operation, "days" | "months") => match read_number(typed) {
            Some((number, Bound::Exact)) => Ok(number.to_string()),
            _ => Err(FieldError::new("compose-number", "register-number")),
        },
        (Some(_), Some(_)) => Err(FieldError::new("compose-number", "register-compose-one-of-both")),
        _ => Err(unfit()),
    }
}

/// What is said where something else was chosen than an operation takes.
fn needs(operation: &str) -> &'static str {
    match operation {
        "days" | "months" => "register-compose-needs-dates",
        "year" => "register-compose-needs-date",
        "count" => "register-compose-needs-many",
        "sum" | "lines" => "register-compose-needs-flow",
        _ => "register-compose-needs-numbers",
    }
}

/// Whether an operation can be done with a field.
fn takes(operation: &str, field: &Field) -> bool {
    match operation {
        "days" | "months" | "year" => matches!(field.kind, Kind::Date),
        "count" => {
            matches!(field.kind, Kind::Reference { .. } | Kind::Attachment | Kind::Choice { many: true, .. })
        }
        _ => matches!(field.kind, Kind::Number { .. } | Kind::Money { .. }),
    }
}

fn is_usable(field: &Field) -> bool {
    OPERATIONS.iter().any(|operation| takes(operation, field))
}

/// What a field's formula gives for records there are; what is wrong with it is an error of the
/// form, as when it is kept.
pub(super) async fn tried(
    staff: &Staff,
    page: &Page,
    working: &Working,
    field: Field,
) -> Result<Vec<Tried>, Failure> {
    let code = field.code.clone();
    let toml = written(page, working.definition.clone(), Edit::Put(field))?;
    let drafted = Definition::parse(&toml).map_err(|_| Failure::Internal("it was read just now".into()))?;
    let (grants, locale) = (staff.person.grants.clone(), page.locale());
    let given = drafted.field(&code).cloned();
    let register = working.before.clone();
    let found = staff.app.read(move |q, app| match &register {
        Some(published) => records(q, app, &grants, published, &drafted),
        None => Ok(Vec::new()),
    });
    let found = found.await?;
    let values: Vec<Values> = found.iter().map(|(_, values)| values.clone()).collect();
    let names = staff.app.read(move |q, _| Ok(Names::of(q, values.iter(), [].into_iter(), locale)?)).await?;
    let words = |value: &Value| given.as_ref().map(|field| show::value(page, field, value, &names));
    let tried = found.iter().map(|(title, values)| Tried {
        title: title.clone(),
        gives: values.get(&code).and_then(words).unwrap_or_default(),
    });
    Ok(tried.collect())
}

/// Titles of some records with what the drafted fields give for them.
fn records(
    q: &mut dyn Query,
    app: &App,
    grants: &[kernel::permission::Grant],
    published: &Definition,
    drafted: &Definition,
) -> Result<Vec<(String, Values)>, Failure> {
    let mut found = Vec::new();
    for row in list::list(q, published, Some(grants), &Asked::default(), TRIED)? {
        let Ok(id) = row.id.parse() else { continue };
        let opened = record::open(q, app, grants, &published.code, id)?;
        let degrees: BTreeMap<String, i64> = record::degrees(q, drafted, &opened.state)?;
        found.push((opened.title, derived(drafted, &opened.state, &degrees)));
    }
    Ok(found)
}
