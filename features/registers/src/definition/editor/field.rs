//! One field by a form: first its kind is chosen, then only what that kind needs is asked.

use super::formula::{Offered, Tried, composed, tried};
use super::{Working, keep, others, working};
use crate::reply::{self, Fields};
use crate::show;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::Level;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use registers::rules::definition::edit::{Edit, fresh_code};
use registers::rules::definition::{self, Field, Gives, Kind};
use registers::rules::expression::Expression;
use registers::rules::{MoneyUnit, Name};

/// Kinds a form offers, the commonest first.
pub(super) const KINDS: [&str; 12] = [
    "text",
    "choice",
    "date",
    "number",
    "money",
    "area",
    "unit",
    "reference",
    "attachment",
    "point",
    "recurrence",
    "derived",
];

#[derive(Template)]
#[template(path = "registers/field.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    /// Empty for a new one.
    field: String,
    kind: String,
    kind_name: String,
    register: String,
    /// Options there are: code, and whether it was retired.
    options: Vec<String>,
    registers: Vec<Choice>,
    levels: Vec<Choice>,
    units: Vec<Choice>,
    gives: Vec<Choice>,
    /// Codes and names that a formula may use.
    names: Vec<(String, String)>,
    /// What a formula can be made of by choosing.
    offered: Offered,
    /// What it gives for records there are, where it was tried.
    tried: Option<Vec<Tried>>,
}

impl Shown {
    fn has(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.kind.as_str())
    }
}

/// `GET …/definition/fields/new?kind=…`
pub(crate) async fn new(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let kind = pairs.iter().find(|(name, _)| name == "kind").map_or("text", |(_, kind)| kind.as_str());
    let kind = KINDS.into_iter().find(|known| *known == kind).ok_or(Failure::NotFound)?;
    let working = working(&staff, &code).await?;
    let form = Form::new().with("head", working.head).with("kind", kind).with("listed", "yes");
    screen(&staff, code, "", &working, form, None).await
}

/// `GET …/definition/fields/{field}`
pub(crate) async fn edit(
    staff: Staff,
    Path((code, field)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let working = working(&staff, &code).await?;
    let form = filled(working.definition.field(&field).ok_or(Failure::NotFound)?);
    let form = form.with("head", working.head);
    screen(&staff, code, &field, &working, form, None).await
}

/// `POST …/definition/fields`: keeps it, or tries the formula of a computed one.
pub(crate) async fn add(staff: Staff, Path(code): Path<String>, fields: Fields) -> Result<Response, Failure> {
    put(staff, code, String::new(), reply::form(fields)).await
}

/// `POST …/definition/fields/{field}`
pub(crate) async fn change(
    staff: Staff,
    Path((code, field)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    put(staff, code, field, reply::form(fields)).await
}

/// `POST …/definition/fields/{field}/position`
pub(crate) async fn shift(
    staff: Staff,
    Path((code, field)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let edit = Edit::Shift { field, up: form.value("to") == "up" };
    keep(&staff, &code, form.value("head").parse().ok(), move |_, _, _| Ok(edit.clone())).await?;
    Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
}

/// `POST …/definition/fields/{field}/removal`: only of one that was never published.
pub(crate) async fn drop(
    staff: Staff,
    Path((code, field)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let head = reply::form(fields).value("head").parse().ok();
    let dropped = keep(&staff, &code, head, move |working, _, _| {
        if working.published.contains(&field) || working.definition.title == [field.clone()] {
            return Err(kernel::Refusal::new("register-field-stays").into());
        }
        Ok(Edit::Drop(field.clone()))
    });
    match dropped.await {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(Form::new(), failure)?;
            super::screen(&staff, code, "", Some(form)).await
        }
    }
}

async fn put(staff: Staff, code: String, field: String, form: Form) -> Result<Response, Failure> {
    if ["compose", "try"].contains(&form.value("intent")) {
        return attempt(staff, code, field, form).await;
    }
    let (typed, known, head) = (form.clone(), field.clone(), form.value("head").parse().ok());
    let kept = keep(&staff, &code, head, move |working, _, _| {
        let before = working.definition.field(&known);
        if before.is_none() && !known.is_empty() {
            return Err(Failure::NotFound);
        }
        read(&typed, before, working).map(Edit::Put).map_err(|error| Failure::Invalid(vec![error]))
    });
    match kept.await {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            let working = working(&staff, &code).await?;
            screen(&staff, code, &field, &working, form, None).await
        }
    }
}

/// The form with the formula that was chosen or typed and what it gives; nothing is kept.
async fn attempt(staff: Staff, code: String, field: String, form: Form) -> Result<Response, Failure> {
    let working = working(&staff, &code).await?;
    let page = staff.desk_page("register-field-edit", "nav-registers");
    let form = match form.value("intent") {
        "compose" => composed(form.clone(), &working.definition).or_else(|error| Ok(form.refused(error))),
        _ => Ok::<Form, Failure>(form),
    }?;
    if form.has_errors() {
        return screen(&staff, code, &field, &working, form, None).await;
    }
    // What is tried needs no name yet.
    let named =
        if form.value("zh").trim().is_empty() { form.clone().replaced("zh", "—") } else { form.clone() };
    let outcome = match read(&named, working.definition.field(&field), &working) {
        Ok(read) => tried(&staff, &page, &working, read).await,
        Err(error) => Err(Failure::Invalid(vec![error])),
    };
    match outcome {
        Ok(found) => screen(&staff, code, &field, &working, form, Some(found)).await,
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            screen(&staff, code, &field, &working, form, None).await
        }
    }
}

async fn screen(
    staff: &Staff,
    code: String,
    field: &str,
    working: &Working,
    form: Form,
    tried: Option<Vec<Tried>>,
) -> Result<Response, Failure> {
    let key = if field.is_empty() { "register-field-new" } else { "register-field-edit" };
    let page = staff.desk_page(key, "nav-registers").in_error(form.has_errors());
    let definition = &working.definition;
    let options = definition.field(field).map(Field::options).unwrap_or_default();
    let kind = form.value("kind").to_owned();
    let usable = definition.fields.iter().filter(|field| !field.retired && !field.is_derived());
    let shown = Shown {
        kind_name: page.t(&format!("register-kind-{kind}")),
        register: show::name(&page, &definition.name).to_owned(),
        options: options.iter().map(|option| option.code.clone()).collect(),
        registers: if kind == "reference" { others(staff, &page).await? } else { Vec::new() },
        levels: [Level::City, Level::County, Level::Township, Level::Village]
            .map(|level| Choice::new(level.code(), page.t(&format!("level-{}", level.code()))))
            .to_vec(),
        units: MoneyUnit::ALL.iter().map(|unit| Choice::new(unit.code(), page.t(unit.key()))).collect(),
        gives: ["number", "money", "date", "text"]
            .map(|kind| Choice::new(kind, page.t(&format!("register-kind-{kind}"))))
            .to_vec(),
        names: usable.map(|field| (field.code.clone(), show::name(&page, &field.name).to_owned())).collect(),
        offered: Offered::of(&page, definition),
        tried,
        field: field.to_owned(),
        kind,
        code,
        form,
        page,
    };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}

/// The form with what a field says.
fn filled(field: &Field) -> Form {
    let yes = |form: Form, name: &str, is: bool| if is { form.with(name, "yes") } else { form };
    let mut form = Form::new()
        .with("kind", field.kind.word())
        .with("zh", &field.name.zh)
        .with("en", &field.name.en)
        .with("hint_zh", &field.hint.zh)
        .with("hint_en", &field.hint.en);
    for (name, is) in [
        ("required", field.required),
        ("listed", field.listed),
        ("filtered", field.filtered),
        ("retired", field.retired),
    ] {
        form = yes(form, name, is);
    }
    for option in field.options() {
        form = form
            .with(&format!("option-{}-zh", option.code), &option.name.zh)
            .with(&format!("option-{}-en", option.code), &option.name.en);
        form = yes(form, &format!("option-{}-retired", option.code), option.retired);
    }
    match &field.kind {
        Kind::Text { long, max, credit_code, sealed } => {
            let form = yes(yes(form.with("max", max), "long", *long), "credit_code", *credit_code);
            yes(form, "sealed", *sealed)
        }
        Kind::Number { decimals, bounds, suffix } => {
            let form = form.with("decimals", decimals);
            yes(form.with("suffix_zh", &suffix.zh).with("suffix_en", &suffix.en), "bounds", *bounds)
        }
        Kind::Money { bounds, unit } => yes(form.with("unit", unit.code()), "bounds", *bounds),
        Kind::Choice { many, .. } => yes(form, "many", *many),
        Kind::Area { level } => form.with("level", level.map_or("", |level| level.code())),
        Kind::Reference { register, many } => yes(form.with("register", register), "many", *many),
        Kind::Derived { expression, gives } => {
            let (word, decimals) = match gives {
                Gives::Number(decimals) => ("number", *decimals),
                Gives::Money => ("money", 0),
                Gives::Date => ("date", 0),
                Gives::Text => ("text", 0),
                Gives::Choice(_) => ("choice", 0),
            };
            form.with("expression", expression).with("gives", word).with("decimals", decimals)
        }
        Kind::Date | Kind::Unit | Kind::Point | Kind::Attachment | Kind::Recurrence => form,
    }
}

/// The field that a form says; `before` is what it was.
fn read(form: &Form, before: Option<&Field>, working: &Working) -> Result<Field, FieldError> {
    let line = |name: &str| kernel::text::plain_line(form.value(name));
    let is = |name: &str| !form.value(name).is_empty();
    let name = Name { zh: line("zh"), en: line("en") };
    if name.zh.is_empty() {
        return Err(FieldError::new("zh", "register-required"));
    }
    let codes = working.definition.fields.iter().map(|field| field.code.as_str());
    let code = match before {
        Some(field) => field.code.clone(),
        None if is("code") => {
            let code = line("code");
            if codes.clone().any(|known| known == code) {
                return Err(FieldError::new("code", "register-field-there"));
            }
            code
        }
        None => fresh_code(&name.zh, codes),
    };
    Ok(Field {
        code,
        name,
        hint: Name { zh: line("hint_zh"), en: line("hint_en") },
        kind: kind(form, before)?,
        required: is("required"),
        listed: is("listed"),
        filtered: is("filtered"),
        retired: is("retired"),
    })
}

fn kind(form: &Form, before: Option<&Field>) -> Result<Kind, FieldError> {
    let is = |name: &str| !form.value(name).is_empty();
    let number = |name: &str, most: usize, unsaid: usize| match form.text(name) {
        None => Ok(unsaid),
        Some(typed) => match typed.parse::<usize>() {
            Ok(number) if number <= most => Ok(number),
            _ => Err(FieldError::new(name, "register-number")),
        },
    };
    let decimals = || number("decimals", 6, 0).map(|digits| u8::try_from(digits).unwrap_or(0));
    Ok(match form.value("kind") {
        "text" => {
            let (long, credit_code) = (is("long"), is("credit_code"));
            let max = number("max", 5000, if long { 2000 } else { 200 })?.max(1);
            Kind::Text { long, max, credit_code, sealed: is("sealed") }
        }
        "number" => Kind::Number {
            decimals: decimals()?,
            bounds: is("bounds"),
            suffix: Name {
                zh: form.value("suffix_zh").trim().into(),
                en: form.value("suffix_en").trim().into(),
            },
        },
        "money" => Kind::Money {
            bounds: is("bounds"),
            unit: MoneyUnit::parse(form.value("unit")).unwrap_or(MoneyUnit::Wan),
        },
        "choice" => {
            let options = options(form, before);
            if options.is_empty() {
                return Err(FieldError::new("options", "register-required"));
            }
            Kind::Choice { options, many: is("many") }
        }
        "area" => Kind::Area { level: Level::parse(form.value("level")) },
        "reference" => {
            let register = form.text("register").map(str::to_owned);
            let register = register.ok_or_else(|| FieldError::new("register", "register-required"))?;
            Kind::Reference { register, many: is("many") }
        }
        "derived" => {
            let expression = Expression::parse(form.value("expression").trim()).map_err(|wrong| {
                FieldError::new("expression", "register-formula")
                    .with("at", i64::try_from(wrong.at + 1).unwrap_or(i64::MAX))
                    .with("expected", wrong.expected)
            })?;
            let gives = match (form.value("gives"), before.map(|field| &field.kind)) {
                ("money", _) => Gives::Money,
                ("date", _) => Gives::Date,
                ("text", _) => Gives::Text,
                ("choice", Some(Kind::Derived { gives: Gives::Choice(_), .. })) => {
                    Gives::Choice(options(form, before))
                }
                _ => Gives::Number(decimals()?),
            };
            Kind::Derived { expression, gives }
        }
        "date" => Kind::Date,
        "unit" => Kind::Unit,
        "point" => Kind::Point,
        "attachment" => Kind::Attachment,
        "recurrence" => Kind::Recurrence,
        _ => return Err(FieldError::new("kind", "register-required")),
    })
}

/// Options there were, under their codes, then the new ones, one a line: `中文 | English`.
fn options(form: &Form, before: Option<&Field>) -> Vec<definition::Choice> {
    let mut found: Vec<definition::Choice> = Vec::new();
    for option in before.map(Field::options).unwrap_or_default() {
        let line = |of: &str| kernel::text::plain_line(form.value(&format!("option-{}-{of}", option.code)));
        let zh = line("zh");
        found.push(definition::Choice {
            code: option.code.clone(),
            name: Name { zh: if zh.is_empty() { option.name.zh.clone() } else { zh }, en: line("en") },
            retired: !line("retired").is_empty(),
        });
    }
    for line in form.value("options").lines().map(kernel::text::plain_line).filter(|line| !line.is_empty()) {
        let (zh, en) = line.split_once(['|', '｜']).unwrap_or((&line, ""));
        let name = Name { zh: zh.trim().to_owned(), en: en.trim().to_owned() };
        if name.zh.is_empty() || found.iter().any(|known| known.name.zh == name.zh) {
            continue;
        }
        let code = fresh_code(&name.zh, found.iter().map(|known| known.code.as_str()));
        found.push(definition::Choice { code, name, retired: false });
    }
    found
}
