//! The file of a definition: edited, checked with line and field, kept as a draft, shown as
//! the form it would make.

use crate::ask::encoded;
use crate::form::{Input, inputs};
use crate::reply::{self, Fields};
use crate::show;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Refusal, UnitId};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use registers::read;
use registers::rules::Definition;
use registers::rules::definitions::Change;

/// What a new register begins with.
const BEGINNING: &str = include_str!("../../beginning.toml");

#[derive(Template)]
#[template(path = "registers/source.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    /// Whether the register is not there yet.
    begins: bool,
    /// The form it would make, where the text was just found to read.
    preview: Option<Vec<Input>>,
    name: String,
}

/// An empty page for a new register.
pub(crate) async fn new(staff: Staff) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let owner = staff.app.read(move |q, _| Ok(read::defining_unit(q, &grants)?)).await?;
    let form = Form::new().with("toml", beginning(owner.as_ref())).with("head", 0);
    screen(&staff, String::new(), form, None)
}

/// The text to begin with, as a unit's own register where it is not the city's.
fn beginning(owner: Option<&UnitId>) -> String {
    match owner {
        None => BEGINNING.to_owned(),
        Some(unit) => {
            BEGINNING.replacen("\ntitle = ", &format!("\nowner = \"{}\"\ntitle = ", unit.as_str()), 1)
        }
    }
}

/// Keeps the text of a register that is not there yet.
pub(crate) async fn begin(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let text = form.value("toml").replace("\r\n", "\n");
    let definition = match Definition::parse(&text) {
        Ok(definition) => definition,
        Err(wrong) => return screen(&staff, String::new(), with_problems(form, &wrong), None),
    };
    if form.value("intent") == "check" {
        return screen(&staff, String::new(), form, Some(definition));
    }
    let code = definition.code.clone();
    if staff.app.read(move |q, _| Ok(read::exists(q, &code)?)).await? {
        let form = form.refused(FieldError::new("toml", "register-exists").with("code", &definition.code));
        return screen(&staff, String::new(), form, None);
    }
    keep(&staff, definition.code, form.replaced("head", ""), text).await
}

/// The file as it stands: the draft, or the version published last.
pub(crate) async fn edit(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let (register, grants) = (code.clone(), staff.person.grants.clone());
    let (text, head) = staff
        .app
        .read(move |q, _| {
            super::guard(q, &grants, &register)?;
            let versions = read::versions(q, &register)?;
            let draft = read::draft(q, &register)?;
            let last = match versions.first() {
                Some(version) => read::toml(q, &register, version.position)?,
                None => None,
            };
            let text = draft.map(|draft| draft.toml).or(last).ok_or(Failure::NotFound)?;
            Ok((text, read::head(q, &register)?))
        })
        .await?;
    let form = Form::new().with("toml", text).with("head", head);
    screen(&staff, code, form, None)
}

/// Checks it, or keeps it; a draft may still be wrong.
pub(crate) async fn save(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let text = form.value("toml").replace("\r\n", "\n");
    if form.value("intent") == "check" {
        return match Definition::parse(&text) {
            Ok(definition) => screen(&staff, code, form, Some(definition)),
            Err(wrong) => screen(&staff, code, with_problems(form, &wrong), None),
        };
    }
    keep(&staff, code, form, text).await
}

async fn keep(staff: &Staff, code: String, form: Form, text: String) -> Result<Response, Failure> {
    let (by, register) = (staff.by(), code.clone());
    let expected = form.value("head").parse().ok();
    let change = Change::Draft { toml: text, note: String::new() };
    let outcome =
        staff.app.write(move |work| registers::act_definition(work, &by, &register, expected, &change)).await;
    match outcome {
        Ok(()) => {
            let to = format!("/registers/{}/definition/publication", encoded(&code));
            Ok(reply::done(staff, &to, "flash-register-drafted"))
        }
        // What was typed is not lost over a line that says whose the register is.
        Err(Failure::NotPermitted) => {
            let (mut form, grants) = (form, staff.person.grants.clone());
            let own = staff.app.read(move |q, _| Ok(read::defining_unit(q, &grants)?)).await?;
            let own = own.ok_or(Failure::NotPermitted)?;
            form.refuse(FieldError::new("toml", "register-owner").with("unit", own.as_str()));
            screen(staff, code, form, None)
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            screen(staff, code, form, None)
        }
    }
}

/// The form with everything that is wrong with its text.
pub(super) fn with_problems(form: Form, problems: &[Refusal]) -> Form {
    problems.iter().fold(form, |form, problem| form.refused(FieldError::from(problem)))
}

fn screen(staff: &Staff, code: String, form: Form, reads: Option<Definition>) -> Result<Response, Failure> {
    let key = if code.is_empty() { "register-define-new" } else { "register-define" };
    let page = staff.desk_page(key, "nav-registers").in_error(form.has_errors());
    let name = reads.as_ref().map(|definition| show::name(&page, &definition.name).to_owned());
    let preview = reads.map(|definition| inputs(&page, &definition));
    let begins = code.is_empty();
    let shown = Shown { name: name.unwrap_or_default(), preview, begins, code, form, page };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}
