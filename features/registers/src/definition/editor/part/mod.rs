//! What a definition has beside fields, one by one and each by a form of its own: stages,
//! kinds of dated lines, levels, figures, what is covered, what records become.

mod becoming;
mod coverage;
mod figure;
mod flow;
mod level;
mod lines;
mod stage;

pub(super) use lines::{Card, cards};

use super::{Working, condition, keep};
use crate::reply::{self, Fields};
use crate::show;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::Refusal;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use registers::rules::definition::Definition;
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::{MoneyUnit, Name};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "registers/part.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    register: String,
    part: Part,
    /// Empty for a new one.
    which: String,
    choices: Choices,
}

impl Shown {
    fn is(&self, part: &str) -> bool {
        self.part.code() == part
    }

    /// Whether the form asks for a condition.
    fn asks_condition(&self) -> bool {
        matches!(self.part, Part::Figure | Part::Coverage)
    }
}

/// What the form of a part offers.
#[derive(Default)]
struct Choices {
    /// Stages to go to, or to reach.
    stages: Vec<Choice>,
    fields: Vec<Choice>,
    units: Vec<Choice>,
    measures: Vec<Choice>,
    periods: Vec<Choice>,
    levels: Vec<Choice>,
    unit_kinds: Vec<Choice>,
    /// Fields, signs and values of conditions.
    asked: Vec<Choice>,
    signs: Vec<Choice>,
    values: Vec<String>,
    /// Registers that records may become: what names it, and what it is called.
    targets: Vec<(String, String)>,
    /// Fields of the register chosen, with the fields here that may give them.
    given: Vec<(String, String, Vec<Choice>)>,
    target: String,
}

/// `GET …/definition/parts/{part}/new`
pub(crate) async fn new(
    staff: Staff,
    Path((code, part)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let part = Part::parse(&part).ok_or(Failure::NotFound)?;
    let (working, others) = read(&staff, &code).await?;
    let target = pairs.iter().find(|(name, _)| name == "to").map(|(_, to)| to.clone()).unwrap_or_default();
    let form = Form::new().with("head", working.head).with("to", target);
    screen(&staff, code, part, "", &working, &others, form)
}

/// `GET …/definition/parts/{part}/{which}`
pub(crate) async fn edit(
    staff: Staff,
    Path((code, part, which)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let part = Part::parse(&part).ok_or(Failure::NotFound)?;
    let (working, others) = read(&staff, &code).await?;
    let page = staff.desk_page("register-define", "nav-registers");
    let form = filled(&page, &working.definition, part, &which).ok_or(Failure::NotFound)?;
    let form = form.with("head", working.head);
    screen(&staff, code, part, &which, &working, &others, form)
}

/// `POST …/definition/parts/{part}`
pub(crate) async fn add(
    staff: Staff,
    Path((code, part)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    put(staff, code, part, String::new(), reply::form(fields)).await
}

/// `POST …/definition/parts/{part}/{which}`
pub(crate) async fn change(
    staff: Staff,
    Path((code, part, which)): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    put(staff, code, part, which, reply::form(fields)).await
}

/// `POST …/definition/parts/{part}/{which}/position`
pub(crate) async fn shift(
    staff: Staff,
    Path((code, part, which)): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let part = Part::parse(&part).ok_or(Failure::NotFound)?;
    let form = reply::form(fields);
    let edit = Edit::ShiftPart { part, code: which, up: form.value("to") == "up" };
    let kept = keep(&staff, &code, form.value("head").parse().ok(), move |_, _, _| Ok(edit.clone())).await;
    back(&staff, code, kept).await
}

/// `POST …/definition/parts/{part}/{which}/removal`: of what records may hold only what was
/// never published.
pub(crate) async fn drop(
    staff: Staff,
    Path((code, part, which)): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let part = Part::parse(&part).ok_or(Failure::NotFound)?;
    let head = reply::form(fields).value("head").parse().ok();
    let kept = keep(&staff, &code, head, move |working, _, _| match working.keeps(part, &which) {
        true => Err(Refusal::new("register-part-stays").into()),
        false => Ok(Edit::DropPart(part, which.clone())),
    })
    .await;
    back(&staff, code, kept).await
}

/// The editor again, with what was refused.
async fn back(staff: &Staff, code: String, kept: Result<(), Failure>) -> Result<Response, Failure> {
    match kept {
        Ok(()) => {
            Ok(reply::done(staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(Form::new(), failure)?;
            super::screen(staff, code, "", Some(form)).await
        }
    }
}

async fn put(
    staff: Staff,
    code: String,
    part: String,
    which: String,
    form: Form,
) -> Result<Response, Failure> {
    let part = Part::parse(&part).ok_or(Failure::NotFound)?;
    let (typed, known, head) = (form.clone(), which.clone(), form.value("head").parse().ok());
    let kept = keep(&staff, &code, head, move |working, q, app| {
        let definition = &working.definition;
        if !known.is_empty() && !definition.codes_of(part).contains(&known) {
            return Err(Failure::NotFound);
        }
        let read = match part {
            Part::Stage => stage::read(&typed, definition, &known),
            Part::Flow => flow::read(&typed, definition, &known),
            Part::Level => level::read(&typed, definition, &known),
            Part::Figure => figure::read(&typed, definition, &known),
            Part::Coverage => coverage::read(&typed, definition),
            Part::Becoming => becoming::read(&typed, definition, &registers::read::all(q, app)?),
        };
        read.map_err(|error| Failure::Invalid(vec![error]))
    });
    match kept.await {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            let (working, others) = self::read(&staff, &code).await?;
            screen(&staff, code, part, &which, &working, &others, form)
        }
    }
}

/// The definition at work, and all registers there are.
async fn read(staff: &Staff, code: &str) -> Result<(Working, Vec<Arc<Definition>>), Failure> {
    let (code, grants) = (code.to_owned(), staff.person.grants.clone());
    staff.app.read(move |q, app| Ok((Working::read(q, &grants, &code)?, registers::read::all(q, app)?))).await
}

/// The form with what a part says; none where there is no such part.
fn filled(page: &Page, definition: &Definition, part: Part, which: &str) -> Option<Form> {
    match part {
        Part::Stage => definition.stage(which).map(stage::filled),
        Part::Flow => definition.flow(which).map(flow::filled),
        Part::Level => definition.level(which).map(|(_, level)| named(&level.name)),
        Part::Figure => definition.indicator(which).map(|figure| figure::filled(page, definition, figure)),
        Part::Coverage => {
            definition.coverage.as_ref().map(|coverage| coverage::filled(page, definition, coverage))
        }
        Part::Becoming => {
            definition.becomes.iter().find(|becomes| becomes.code() == which).map(becoming::filled)
        }
    }
}

fn screen(
    staff: &Staff,
    code: String,
    part: Part,
    which: &str,
    working: &Working,
    others: &[Arc<Definition>],
    form: Form,
) -> Result<Response, Failure> {
    let page = staff.desk_page(part.key(), "nav-registers").in_error(form.has_errors());
    let definition = &working.definition;
    let choices = choices(&page, definition, part, which, others, &form);
    let shown = Shown {
        register: show::name(&page, &definition.name).to_owned(),
        which: which.to_owned(),
        choices,
        code,
        part,
        form,
        page,
    };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}

fn choices(
    page: &Page,
    definition: &Definition,
    part: Part,
    which: &str,
    others: &[Arc<Definition>],
    form: &Form,
) -> Choices {
    let stages = definition.stages.iter().filter(|stage| part != Part::Stage || stage.code != which);
    let stages = stages.map(|stage| Choice::new(&stage.code, show::name(page, &stage.name))).collect();
    let mut choices = Choices { stages, ..Choices::default() };
    match part {
        Part::Stage => {
            let asked = definition.asked();
            choices.fields =
                asked.map(|field| Choice::new(&field.code, show::name(page, &field.name))).collect();
        }
        Part::Flow => {
            choices.units =
                MoneyUnit::ALL.iter().map(|unit| Choice::new(unit.code(), page.t(unit.key()))).collect();
        }
        Part::Level => {}
        Part::Figure => {
            choices.measures = figure::measures(page, definition);
            choices.periods = figure::periods(page, definition);
        }
        Part::Coverage => {
            choices.fields = coverage::fields(page, definition);
            choices.levels = coverage::levels(page);
            choices.unit_kinds = coverage::unit_kinds(page);
        }
        Part::Becoming => {
            choices.target = form.value("to").to_owned();
            choices.targets = becoming::targets(page, definition, others);
            choices.given = becoming::given(page, definition, others, &choices.target);
        }
    }
    if matches!(part, Part::Figure | Part::Coverage) {
        choices.asked = condition::fields(page, definition);
        choices.signs = condition::signs(page);
        choices.values = condition::values(page, definition);
    }
    choices
}

/// The form with a name.
fn named(name: &Name) -> Form {
    Form::new().with("zh", &name.zh).with("en", &name.en)
}

/// The name that a form says.
fn name(form: &Form) -> Result<Name, FieldError> {
    let line = |field: &str| kernel::text::plain_line(form.value(field));
    let name = Name { zh: line("zh"), en: line("en") };
    if name.zh.is_empty() { Err(FieldError::new("zh", "register-required")) } else { Ok(name) }
}

/// The code there is, or a fresh one of the name.
fn code_of(definition: &Definition, part: Part, which: &str, name: &Name) -> String {
    if !which.is_empty() {
        return which.to_owned();
    }
    let taken = definition.codes_of(part);
    registers::rules::definition::edit::fresh_code(&name.zh, taken.iter().map(String::as_str))
}

fn is(form: &Form, field: &str) -> bool {
    !form.value(field).is_empty()
}

fn texts(form: &Form, field: &str) -> Vec<String> {
    form.all(field).iter().map(|text| (*text).to_owned()).collect()
}
