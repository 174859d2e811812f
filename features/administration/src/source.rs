//! `…/{document}/source`: the file itself, checked before it is kept.

use crate::names::Names;
use crate::working::Working;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use matters::configuration::diff::{Difference, differences};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

#[derive(Template)]
#[template(path = "administration/source.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    form: Form,
    /// Whether the text was just found to read.
    reads: bool,
    differs: Option<Vec<Difference>>,
}

/// The file.
pub(crate) async fn edit(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let form = Form::new().with("toml", &working.text).with("head", working.head);
    screen(&staff, working, form, false)
}

/// Checks it, or keeps it as the draft; a draft may still be wrong.
pub(crate) async fn save(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let form = reply::form(fields);
    let text = form.value("toml").replace("\r\n", "\n");
    if form.value("intent") == "check" {
        let problems = working.document.check(&text).err().unwrap_or_default();
        let reads = problems.is_empty();
        return screen(&staff, working, with_problems(form, &problems), reads);
    }
    let to = format!("{}/publication", working.href());
    match working.keep(&staff, form, text, &to).await? {
        Ok(response) => Ok(response),
        Err(form) => screen(&staff, working, form, false),
    }
}

/// The form with everything that is wrong with its text.
pub(crate) fn with_problems(form: Form, problems: &[Refusal]) -> Form {
    problems.iter().fold(form, |form, problem| form.refused(FieldError::from(problem)))
}

fn screen(staff: &Staff, working: Working, form: Form, reads: bool) -> Result<Response, Failure> {
    let page = staff.desk_page("config-title", "nav-configuration");
    let page = page.titled(working.document.key()).in_error(form.has_errors());
    let differs = reads.then(|| differences(&working.last, form.value("toml"))).flatten();
    let shown = Shown { names: Names::plain(&page), page, working, form, reads, differs };
    reply::page(&shown, Some(&shown.form))
}
