//! A definition by forms: what it is called, its fields one by one, its stages. Each form
//! writes the same file that the text editor shows, as a draft; what it would make stands
//! beside, and publishing checks what it does to the records there are.

pub(crate) mod basics;
pub(crate) mod begin;
pub(crate) mod field;
pub(crate) mod part;
pub(crate) mod stages;

mod condition;
mod formula;

use crate::form::{Input, inputs};
use crate::open::register;
use crate::reply;
use crate::show;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use kernel::permission::Grant;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::{App, Failure};
use registers::read;
use registers::rules::Definition;
use registers::rules::definition::Kind;
use registers::rules::definition::edit::{Edit, Part};
use registers::rules::definitions::Change;
use std::collections::BTreeMap;
use store::Query;

use part::Card;

/// A definition at work: as its draft says, or as it was published last.
pub(crate) struct Working {
    pub definition: Definition,
    /// The version of its stream.
    pub head: i64,
    /// Codes of fields that were published: they are retired, never dropped.
    pub published: Vec<String>,
    /// What was published last; none before the first time.
    pub before: Option<Definition>,
    /// Whether there is a draft.
    pub drafted: bool,
}

impl Working {
    /// Reads it for somebody who may change it.
    ///
    /// # Errors
    /// [`Failure::NotFound`] where there is none; [`Failure::NotPermitted`] for another's;
    /// `register-draft-wrong` where the draft's text does not read, so that only the text editor
    /// can mend it.
    pub fn read(q: &mut dyn Query, grants: &[Grant], code: &str) -> Result<Self, Failure> {
        super::guard(q, grants, code)?;
        let last = match read::versions(q, code)?.first() {
            Some(version) => read::toml(q, code, version.position)?,
            None => None,
        };
        let draft = read::draft(q, code)?.map(|draft| draft.toml);
        let drafted = draft.is_some();
        let before = last.as_deref().and_then(|text| Definition::parse(text).ok());
        let published =
            before.iter().flat_map(|before| &before.fields).map(|field| field.code.clone()).collect();
        let text = draft.or(last).ok_or(Failure::NotFound)?;
        let definition = Definition::parse(&text)
            .map_err(|_| Failure::Invalid(vec![FieldError::new("", "register-draft-wrong")]))?;
        Ok(Self { definition, head: read::head(q, code)?, published, before, drafted })
    }

    /// Whether records may hold that part, so that it stays.
    fn keeps(&self, part: Part, code: &str) -> bool {
        let published = |before: &Definition| before.codes_of(part).iter().any(|known| known == code);
        part.is_held() && self.before.as_ref().is_some_and(published)
    }
}

#[derive(Template)]
#[template(path = "registers/editor.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    head: i64,
    drafted: bool,
    fields: Vec<FieldLine>,
    titles: Vec<Choice>,
    uniques: Vec<Choice>,
    kinds: Vec<(String, String, String)>,
    /// What there is beside fields.
    parts: Vec<Card>,
    preview: Vec<Input>,
    name: String,
    /// Which form was refused and stands open.
    open: &'static str,
    /// Whether the draft does not read.
    broken: bool,
}

impl Shown {
    fn is_open(&self, name: &str) -> bool {
        self.open == name
    }
}

struct FieldLine {
    code: String,
    name: String,
    kind: String,
    detail: String,
    required: bool,
    retired: bool,
    /// Whether it may still be dropped.
    new: bool,
}

/// `GET /registers/{register}/definition/form`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    screen(&staff, code, "", None).await
}

/// The editor, with one of its forms as refused.
pub(super) async fn screen(
    staff: &Staff,
    code: String,
    open: &'static str,
    refused: Option<Form>,
) -> Result<Response, Failure> {
    let working = match working(staff, &code).await {
        Ok(working) => working,
        Err(Failure::Invalid(_)) => return broken(staff, code),
        Err(other) => return Err(other),
    };
    let page = staff.desk_page("register-define", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &working.definition.name));
    let registers = named(staff, &page).await?;
    let parts = part::cards(&page, &working, &registers);
    let definition = &working.definition;
    let label = |field: &registers::rules::definition::Field| {
        Choice::new(&field.code, show::name(&page, &field.name))
    };
    let titles = definition.fields.iter().filter(|field| !field.retired && fits_title(&field.kind));
    let uniques = definition.asked().filter(|field| !matches!(field.kind, Kind::Attachment | Kind::Point));
    let fields = definition.fields.iter().map(|field| FieldLine {
        code: field.code.clone(),
        name: show::name(&page, &field.name).to_owned(),
        kind: page.t(&format!("register-kind-{}", field.kind.word())),
        detail: super::detail(&page, field, &registers),
        required: field.required,
        retired: field.retired,
        new: !working.published.contains(&field.code),
    });
    let shown = Shown {
        fields: fields.collect(),
        titles: titles.map(label).collect(),
        uniques: uniques.map(label).collect(),
        kinds: field::KINDS
            .iter()
            .map(|kind| {
                (
                    (*kind).to_owned(),
                    page.t(&format!("register-kind-{kind}")),
                    page.t(&format!("register-kind-about-{kind}")),
                )
            })
            .collect(),
        parts,
        preview: inputs(&page, definition),
        name: show::name(&page, &definition.name).to_owned(),
        form: refused.unwrap_or_else(|| basics::form(definition)),
        head: working.head,
        drafted: working.drafted,
        broken: false,
        open,
        code,
        page,
    };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}

/// A draft that only the text editor can mend.
fn broken(staff: &Staff, code: String) -> Result<Response, Failure> {
    let page = staff.desk_page("register-define", "nav-registers");
    let shown = Shown {
        page,
        form: Form::new(),
        code,
        head: 0,
        drafted: true,
        fields: Vec::new(),
        titles: Vec::new(),
        uniques: Vec::new(),
        kinds: Vec::new(),
        parts: Vec::new(),
        preview: Vec::new(),
        name: String::new(),
        open: "",
        broken: true,
    };
    reply::page(&shown, false)
}

/// What is there to work on.
pub(super) async fn working(staff: &Staff, code: &str) -> Result<Working, Failure> {
    let (code, grants) = (code.to_owned(), staff.person.grants.clone());
    staff.app.read(move |q, _| Working::read(q, &grants, &code)).await
}

fn fits_title(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text { long: false, .. } | Kind::Choice { many: false, .. } | Kind::Number { .. } | Kind::Date
    )
}

/// Makes a change and keeps the outcome as the draft. Everything that the file's checker finds
/// wrong is an error of the form.
pub(super) async fn keep(
    staff: &Staff,
    code: &str,
    head: Option<i64>,
    edit: impl Fn(&Working, &mut dyn Query, &App) -> Result<Edit, Failure> + Send + 'static,
) -> Result<(), Failure> {
    let (by, register) = (staff.by(), code.to_owned());
    let page = staff.desk_page("register-define", "nav-registers");
    let changed = staff.app.write(move |work| {
        let app = work.app();
        let working = Working::read(work.tx, by.grants(), &register)?;
        let edit = edit(&working, work.tx, app)?;
        let toml = written(&page, working.definition, edit)?;
        let change = Change::Draft { toml, note: String::new() };
        registers::act_definition(work, &by, &register, head, &change)
    });
    changed.await
}

/// The file after a change.
///
/// # Errors
/// What its checker finds, each beside the field that the form of the change has for it, or
/// with the name of what else it concerns.
fn written(page: &Page, before: Definition, edit: Edit) -> Result<String, Failure> {
    let put = edit.puts().map(str::to_owned);
    let definition = before.edited(edit);
    let toml = definition.to_toml();
    let Err(wrong) = Definition::parse(&toml) else { return Ok(toml) };
    let told = |refusal: &Refusal| {
        let mut error = FieldError { field: None, ..FieldError::from(refusal) };
        let line = refusal.args.get("line").and_then(|line| line.parse().ok());
        let Some(line) = line else { return error };
        let place = definition.place_of(&toml, line);
        let asked = refusal.args.get("field").and_then(|field| field.rsplit('.').next());
        error.field = asked.filter(|_| put.as_ref() == Some(&place.code)).map(input_of);
        error.args.retain(|(name, _)| name != "line" && name != "field");
        error.with("line", IN_A_FORM).with("field", show::name(page, place.name))
    };
    Err(Failure::Invalid(wrong.iter().map(told).collect()))
}

/// What stands for a line in messages about a form.
const IN_A_FORM: &str = "form";

/// The input of a form that writes an attribute of the file.
fn input_of(attribute: &str) -> String {
    match attribute {
        "choice" => "options",
        "where" => "if-1-field",
        "fields" => "unique",
        other => other,
    }
    .to_owned()
}

/// The other registers that a field may refer to.
pub(super) async fn others(staff: &Staff, page: &Page) -> Result<Vec<Choice>, Failure> {
    let all = staff.app.read(|q, app| Ok(read::all(q, app)?)).await?;
    Ok(all.iter().map(|one| Choice::new(&one.code, show::name(page, &one.name))).collect())
}

/// The names of all registers, by code.
pub(super) async fn named(staff: &Staff, page: &Page) -> Result<BTreeMap<String, String>, Failure> {
    Ok(others(staff, page).await?.into_iter().map(|one| (one.value, one.label)).collect())
}

/// Whether a register of that code is there or drafted.
pub(super) fn is_taken(q: &mut dyn Query, app: &App, code: &str) -> Result<bool, Failure> {
    Ok(register(q, app, code).is_ok() || read::draft(q, code)?.is_some())
}
