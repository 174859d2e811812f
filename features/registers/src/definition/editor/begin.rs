//! A register that is not there yet: what it is called is enough to begin with.

use super::is_taken;
use crate::open::today;
use crate::reply::{self, Fields};
use askama::Template;
use axum::response::Response;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use registers::rules::Name;
use registers::rules::definition::Definition;
use registers::rules::definition::edit::{Basics, Edit, fresh_code};
use registers::rules::definitions::Change;

#[derive(Template)]
#[template(path = "registers/begin.html")]
struct Shown {
    page: Page,
    form: Form,
}

/// `GET /registers/definitions/form`
pub(crate) async fn show(staff: Staff) -> Result<Response, Failure> {
    screen(&staff, Form::new())
}

/// `POST /registers/definitions/form`: keeps the first draft and leads on to its fields.
pub(crate) async fn begin(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let line = |field: &str| kernel::text::plain_line(form.value(field));
    let name = Name { zh: line("zh"), en: line("en") };
    if name.zh.is_empty() {
        return screen(&staff, form.refused(FieldError::new("zh", "register-required")));
    }
    let (by, day, wanted) = (staff.by(), today(&staff.app), line("code"));
    let about = Name { zh: line("about"), en: String::new() };
    let group = Name { zh: line("group"), en: String::new() };
    let page = staff.desk_page("register-define-new", "nav-registers");
    let made = staff.app.write(move |work| {
        let app = work.app();
        let mut code = wanted.clone();
        if code.is_empty() {
            let mut taken: Vec<String> = Vec::new();
            code = fresh_code(&name.zh, []);
            while is_taken(work.tx, app, &code)? {
                taken.push(code);
                code = fresh_code(&name.zh, taken.iter().map(String::as_str));
            }
        } else if is_taken(work.tx, app, &code)? {
            let error = FieldError::new("code", "register-exists").with("code", code.as_str());
            return Err(Failure::Invalid(vec![error]));
        }
        let owner = registers::read::defining_unit(work.tx, by.grants())?;
        let begun = Definition { owner, ..Definition::begun(code.clone(), name.clone(), day) };
        let basics = Basics {
            name: name.clone(),
            about: about.clone(),
            group: group.clone(),
            title: begun.title.clone(),
            unique: Vec::new(),
            contacts: None,
            cadence: None,
        };
        let toml = super::written(&page, begun, Edit::Basics(basics))?;
        let change = Change::Draft { toml, note: String::new() };
        registers::act_definition(work, &by, &code, None, &change)?;
        Ok(code)
    });
    match made.await {
        Ok(code) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-begun"))
        }
        Err(failure) => screen(&staff, reply::refused(form, failure)?),
    }
}

fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("register-define-new", "nav-registers").in_error(form.has_errors());
    let refused = form.has_errors();
    reply::page(&Shown { page, form }, refused)
}
