//! Recording something new and changing what a record holds: one form for every register,
//! drawn from its definition.

use crate::chain;
use crate::open::{Frame, register};
use crate::reply::{self, Fields};
use crate::show;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::UnitId;
use platform::ui::{Choice, FieldError, Form, Locale, Page};
use platform::web::Staff;
use platform::{App, Failure};
use registers::read::names::{Names, find_unit};
use registers::read::{record, writable_units};
use registers::rules::definition::{Definition, Field, Kind};
use registers::rules::record::RecordCommand;
use registers::rules::value::{Value, Values};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{StoreError, params};
use uuid::Uuid;

/// The most suggestions beside a field.
const SUGGESTED: usize = 200;

#[derive(Template)]
#[template(path = "registers/form.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    inputs: Vec<Input>,
    units: Vec<Choice>,
    action: String,
    back: String,
    /// Whether it changes a record there is.
    changes: bool,
}

/// A field as the form asks for it.
pub(crate) struct Input {
    pub name: String,
    pub label: String,
    pub hint: String,
    pub optional: bool,
    /// `text`, `long`, `date`, `choice`, `choices`, `list`.
    pub control: &'static str,
    pub choices: Vec<Choice>,
    pub suffix: String,
    pub numeric: bool,
}

/// The empty form; or, with `from`, what the record of another register gives to begin with.
pub(crate) async fn new(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let definition = opened(&staff, code).await?;
    let from = pairs.iter().find(|(name, _)| name == "from").and_then(|(_, id)| id.parse().ok());
    let form = match from {
        None => Form::new(),
        Some(id) => chain::beginning(&staff, &definition, id).await?,
    };
    screen(&staff, definition, None, form).await
}

/// Records it.
pub(crate) async fn create(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let definition = opened(&staff, code).await?;
    let (by, register, typed) = (staff.by(), definition.clone(), form.clone());
    let outcome = staff
        .app
        .write(move |work| {
            let values = typed_values(work.tx, &register, &typed)?;
            let unit = match find_unit(work.tx, typed.text("unit").unwrap_or_default())? {
                Ok(unit) => unit,
                Err(similar) => {
                    let value = typed.value("unit");
                    let error = FieldError::new("unit", "register-unit-unknown");
                    return Err(Failure::Invalid(vec![error.with("value", value).with("similar", similar)]));
                }
            };
            let values: Values =
                values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
            let id = registers::create(work, &by, &register.code, unit, values)?;
            chain::passed_on(work, &by, &register, typed.value(chain::FROM))?;
            Ok(id)
        })
        .await;
    match outcome {
        Ok(id) => {
            let to = format!("/registers/{}/records/{id}", definition.code);
            Ok(reply::done(&staff, &to, "flash-register-recorded"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            screen(&staff, definition, None, form).await
        }
    }
}

/// The form with what the record holds; what is sealed is opened for whoever may change it,
/// and the history says so.
pub(crate) async fn edit(staff: Staff, Path((code, id)): Path<(String, Uuid)>) -> Result<Response, Failure> {
    let (by, grants, locale) = (staff.by(), staff.person.grants.clone(), staff.prefs.locale);
    let read = move |q: &mut dyn store::Query, app: &App| {
        let opened = record::open(q, app, &grants, &code, id)?;
        let names = Names::of(q, [&opened.state.values].into_iter(), std::iter::empty(), locale)?;
        Ok::<_, Failure>((opened, names))
    };
    let first = read.clone();
    let (mut opened, mut names) = staff.app.read(move |q, app| first(q, app)).await?;
    if opened.may_write && opened.state.values.values().any(|value| matches!(value, Value::Sealed(_))) {
        let open = staff.app.write(move |work| {
            registers::act_record(work, &by, id, None, &RecordCommand::Open)?;
            let app = work.app();
            let (mut opened, names) = read(work.tx, app)?;
            registers::open_values(work.tx, app, &mut opened.state.values)?;
            Ok((opened, names))
        });
        (opened, names) = open.await?;
    }
    if !opened.may_write {
        return Err(Failure::NotPermitted);
    }
    let form =
        opened.definition.asked().fold(
            Form::new().with("version", opened.version),
            |form, field| match opened.state.values.get(&field.code) {
                Some(Value::Choice(codes)) => {
                    codes.iter().fold(form, |form, code| form.with(&field.code, code))
                }
                Some(value) => {
                    form.with(&field.code, show::typed(field, value, &names, locale == Locale::En))
                }
                None => form,
            },
        );
    screen(&staff, opened.definition, Some(id), form).await
}

/// Changes what the record holds.
pub(crate) async fn change(
    staff: Staff,
    Path((code, id)): Path<(String, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let definition = opened(&staff, code).await?;
    let (by, register, typed) = (staff.by(), definition.clone(), form.clone());
    let expected = form.value("version").parse().ok();
    let outcome = staff
        .app
        .write(move |work| {
            let values = typed_values(work.tx, &register, &typed)?;
            registers::act_record(work, &by, id, expected, &RecordCommand::Change { values }).map(drop)
        })
        .await;
    match outcome {
        Ok(()) => {
            let to = format!("/registers/{}/records/{id}", definition.code);
            Ok(reply::done(&staff, &to, "flash-register-changed"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            screen(&staff, definition, Some(id), form).await
        }
    }
}

async fn opened(staff: &Staff, code: String) -> Result<Arc<Definition>, Failure> {
    staff.app.read(move |q, app| register(q, app, &code)).await
}

/// What was typed into the fields that the form asks for, ticked choices joined.
pub(crate) fn typed_values(
    q: &mut dyn store::Query,
    definition: &Definition,
    form: &Form,
) -> Result<BTreeMap<String, Option<Value>>, Failure> {
    let typed: Vec<(&str, String)> = definition
        .asked()
        .filter(|field| !matches!(field.kind, Kind::Attachment))
        .map(|field| (field.code.as_str(), form.all(&field.code).join("、")))
        .collect();
    let typed = typed.iter().map(|(code, text)| (*code, text.as_str()));
    registers::read_values(q, definition, typed)?.map_err(Failure::Invalid)
}

async fn screen(
    staff: &Staff,
    definition: Arc<Definition>,
    id: Option<Uuid>,
    form: Form,
) -> Result<Response, Failure> {
    let (grants, register) = (staff.person.grants.clone(), definition.clone());
    let (units, suggestions) = staff
        .app
        .read(move |q, _| {
            let units = writable_units(q, &grants, SUGGESTED)?;
            let mut found = BTreeMap::new();
            for field in register.asked() {
                found.insert(field.code.clone(), suggestions(q, field)?);
            }
            Ok((units, found))
        })
        .await?;
    let key = if id.is_some() { "register-edit" } else { "register-new" };
    let page = staff.desk_page(key, "nav-registers").in_error(form.has_errors());
    let english = show::english(&page);
    let own = staff.person.grants.first().map(|grant| grant.unit.clone()).unwrap_or(UnitId(String::new()));
    let unit_name = |unit: &network::UnitRow| match &unit.en_name {
        en if english && !en.is_empty() => en.clone(),
        _ => unit.short_name.clone(),
    };
    // A unit is called by its name; by its code where another one is called the same.
    let names: Vec<String> = units.iter().map(unit_name).collect();
    let unit_choice = |(unit, name): (&network::UnitRow, &String)| match names
        .iter()
        .filter(|other| *other == name)
        .count()
    {
        1 => Choice::new(name, name.clone()),
        _ => Choice::new(&unit.code, format!("{name}（{}）", unit.code)),
    };
    let choices: Vec<(UnitId, Choice)> =
        units.iter().zip(&names).map(|pair| (pair.0.code.clone(), unit_choice(pair))).collect();
    let own = choices.iter().find(|(code, _)| *code == own).map(|(_, choice)| choice.value.clone());
    let form = match (id, form.text("unit"), own) {
        (None, None, Some(own)) => form.replaced("unit", own),
        _ => form,
    };
    let mut inputs = inputs(&page, &definition);
    for input in inputs.iter_mut().filter(|input| input.choices.is_empty()) {
        let names = suggestions.get(&input.name).into_iter().flatten();
        input.choices = names.map(|name| Choice::new(name, name.clone())).collect();
    }
    let path = format!("/registers/{}", definition.code);
    let shown = Shown {
        units: choices.into_iter().map(|(_, choice)| choice).collect(),
        inputs,
        action: match id {
            Some(id) => format!("{path}/records/{id}/values"),
            None => format!("{path}/records"),
        },
        back: match id {
            Some(id) => format!("{path}/records/{id}"),
            None => path,
        },
        changes: id.is_some(),
        frame: Frame::new(staff, &page, definition, "list"),
        page,
        form,
    };
    let refused = shown.form.has_errors();
    Ok(reply::page(&shown, refused)?.into_response())
}

/// The fields of a form, in order.
pub(crate) fn inputs(page: &Page, definition: &Definition) -> Vec<Input> {
    let asked = definition.asked().filter(|field| !matches!(field.kind, Kind::Attachment));
    asked.map(|field| input(page, field)).collect()
}

fn input(page: &Page, field: &Field) -> Input {
    let options = || {
        let offered = field.options().iter().filter(|option| !option.retired);
        offered.map(|option| Choice::new(&option.code, show::name(page, &option.name))).collect::<Vec<_>>()
    };
    let mut hint = show::name(page, &field.hint).to_owned();
    let fallback = match &field.kind {
        Kind::Money { unit, .. } => page.t1("register-hint-money", "unit", page.t(unit.key())),
        Kind::Area { .. } => page.t("register-hint-area"),
        Kind::Unit => page.t("register-hint-unit"),
        Kind::Point => page.t("register-hint-point"),
        Kind::Recurrence => page.t("register-hint-recurrence"),
        Kind::Reference { many: true, .. } => page.t("register-hint-records"),
        Kind::Text { credit_code: true, .. } => page.t("register-hint-credit-code"),
        _ => String::new(),
    };
    if hint.is_empty() {
        hint = fallback;
    }
    let (control, choices, suffix, numeric) = match &field.kind {
        Kind::Text { long: true, .. } => ("long", Vec::new(), String::new(), false),
        Kind::Text { .. } => ("text", Vec::new(), String::new(), false),
        Kind::Number { suffix, .. } => ("text", Vec::new(), show::name(page, suffix).to_owned(), true),
        Kind::Money { unit, .. } => ("text", Vec::new(), page.t(unit.key()), true),
        Kind::Date => ("date", Vec::new(), String::new(), false),
        Kind::Choice { many: true, .. } => ("choices", options(), String::new(), false),
        Kind::Choice { .. } => ("choice", options(), String::new(), false),
        Kind::Reference { many: true, .. } => ("long", Vec::new(), String::new(), false),
        Kind::Unit | Kind::Area { .. } | Kind::Reference { .. } => ("list", Vec::new(), String::new(), false),
        _ => ("text", Vec::new(), String::new(), false),
    };
    Input {
        name: field.code.clone(),
        label: show::name(page, &field.name).to_owned(),
        hint,
        optional: !field.required,
        control,
        choices,
        suffix,
        numeric,
    }
}

/// Names to choose from while typing; nothing where there are too many to be of use.
fn suggestions(q: &mut dyn store::Query, field: &Field) -> Result<Vec<String>, StoreError> {
    let limit = i64::try_from(SUGGESTED).unwrap_or(i64::MAX);
    let rows = match &field.kind {
        Kind::Area { .. } => q.query(
            "select name from area where level in ('county', 'township') order by level, code limit $1",
            &params![limit],
        )?,
        Kind::Unit => q.query(
            "select short_name from unit where open = 1 and level in ('city', 'county') order by path limit $1",
            &params![limit],
        )?,
        Kind::Reference { register, .. } if registers::read::exists(q, register)? => q.query(
            &format!("select title from reg_{register} where removed = 0 order by changed_at desc limit $1"),
            &params![limit],
        )?,
        _ => Vec::new(),
    };
    rows.iter().map(|row| row.text(0)).collect()
}
