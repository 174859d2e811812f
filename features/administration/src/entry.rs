//! `…/{document}/entries/{table}/{at}`: one entry of a list; the place after the last one is
//! a new entry.

use crate::names::Names;
use crate::reply::{self, Fields};
use crate::source::with_problems;
use crate::working::Working;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use matters::configuration::editing::{Entry, FieldKind, Shape, entries, with_entry};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "administration/entry.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    shape: &'static Shape,
    at: usize,
    form: Form,
}

type At = Path<(String, String, usize)>;

/// The entry's form.
pub(crate) async fn edit(staff: Staff, Path((code, table, at)): At) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let shape = working.document.shape(&table).ok_or(Failure::NotFound)?;
    let all = entries(&working.text, shape);
    if at > all.len() {
        return Err(Failure::NotFound);
    }
    let form = Form::new().with("head", working.head);
    let form = all.get(at).into_iter().flatten().fold(form, |form, (field, value)| form.with(field, value));
    screen(&staff, working, shape, at, form)
}

/// Keeps the entry in the draft. What is wrong with this entry is said here; what is wrong
/// elsewhere in the draft is said before publishing.
pub(crate) async fn save(
    staff: Staff,
    Path((code, table, at)): At,
    fields: Fields,
) -> Result<Response, Failure> {
    let working = Working::open(&staff, &code).await?;
    let shape = working.document.shape(&table).ok_or(Failure::NotFound)?;
    let form = reply::form(fields);
    let entry: Entry =
        shape.fields.iter().map(|(name, _)| ((*name).to_owned(), form.value(name).to_owned())).collect();
    let text = with_entry(&working.text, shape, at, &entry).ok_or(Failure::NotFound)?;
    let known = working.document.check(&working.text).err().unwrap_or_default().len();
    let problems = working.document.check(&text).err().unwrap_or_default();
    if problems.len() > known {
        let placed = problems.into_iter().map(|mut problem| {
            let said = problem.args.get("field").cloned().unwrap_or_default();
            let field = said.rsplit('.').next().unwrap_or_default();
            problem.field = shape.fields.iter().map(|(name, _)| *name).find(|name| *name == field);
            problem
        });
        let form = with_problems(form, &placed.collect::<Vec<_>>());
        return screen(&staff, working, shape, at, form);
    }
    match working.keep(&staff, form, text, &working.href()).await? {
        Ok(response) => Ok(response),
        Err(form) => screen(&staff, working, shape, at, form),
    }
}

fn screen(
    staff: &Staff,
    working: Working,
    shape: &'static Shape,
    at: usize,
    form: Form,
) -> Result<Response, Failure> {
    let page = staff.desk_page("config-title", "nav-configuration");
    let page = page.titled(&format!("config-place-{}", shape.table)).in_error(form.has_errors());
    let shown = Shown { names: Names::plain(&page), page, working, shape, at, form };
    reply::page(&shown, Some(&shown.form))
}

impl Shown {
    fn hint(&self, field: &str) -> String {
        let key = format!("config-hint-{}-{field}", self.shape.table);
        if self.page.translator().has(&key) { self.page.t(&key) } else { String::new() }
    }

    fn is_text(&self, kind: &FieldKind) -> bool {
        *kind == FieldKind::Text
    }

    fn is_flag(&self, kind: &FieldKind) -> bool {
        *kind == FieldKind::Flag
    }
}
