//! `…/{document}/entries/{table}/{at}`: one entry of a list; the place after the last one is
//! a new entry.

use crate::names::Names;
use crate::offers::{self, Offers};
use crate::source::with_problems;
use crate::working::Working;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use matters::configuration::editing::{Entry, FieldKind, Options, Shape, entries, with_entry, words};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

#[derive(Template)]
#[template(path = "administration/entry.html")]
struct Shown {
    page: Page,
    names: Names,
    working: Working,
    shape: &'static Shape,
    at: usize,
    form: Form,
    offers: Offers,
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
    let entry = all.get(at).cloned().unwrap_or_default();
    screen(&staff, working, shape, at, filled(form, shape, &entry)).await
}

/// The entry's values in the form, those of a list one by one where they are chosen.
fn filled(form: Form, shape: &Shape, entry: &Entry) -> Form {
    shape.fields.iter().fold(form, |form, (name, kind)| {
        let value = entry.get(*name).map_or("", String::as_str);
        match kind {
            FieldKind::Any(_) | FieldKind::Ranked(_) => {
                words(value).fold(form, |form, word| form.with(name, word))
            }
            _ => form.with(name, value),
        }
    })
}

/// A field as the entry keeps it.
fn kept(form: &Form, name: &str) -> String {
    let values: Vec<&str> = form.all(name).iter().map(|value| value.trim()).collect();
    values.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join("、")
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
    let form = offers::checked(&staff, shape, form).await?;
    if form.has_errors() {
        return screen(&staff, working, shape, at, form).await;
    }
    let entry: Entry = shape.fields.iter().map(|(name, _)| ((*name).to_owned(), kept(&form, name))).collect();
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
        return screen(&staff, working, shape, at, form).await;
    }
    match working.keep(&staff, form, text, &working.href()).await? {
        Ok(response) => Ok(response),
        Err(form) => screen(&staff, working, shape, at, form).await,
    }
}

async fn screen(
    staff: &Staff,
    working: Working,
    shape: &'static Shape,
    at: usize,
    form: Form,
) -> Result<Response, Failure> {
    let page = staff.desk_page("config-title", "nav-configuration");
    let page = page.titled(&format!("config-place-{}", shape.table)).in_error(form.has_errors());
    let offers = Offers::of(staff, &page, &working.text, shape).await?;
    let shown = Shown { names: Names::plain(&page), page, working, shape, at, form, offers };
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

    /// What one is chosen from.
    fn one(&self, kind: &FieldKind) -> Option<Options> {
        match kind {
            FieldKind::One(options) => Some(*options),
            _ => None,
        }
    }

    fn any(&self, kind: &FieldKind) -> Option<Options> {
        match kind {
            FieldKind::Any(options) => Some(*options),
            _ => None,
        }
    }

    fn ranked(&self, kind: &FieldKind) -> Option<Options> {
        match kind {
            FieldKind::Ranked(options) => Some(*options),
            _ => None,
        }
    }

    fn is_units(&self, options: &Options) -> bool {
        *options == Options::Units
    }

    /// The units a code may name, where a field asks for one.
    fn units(&self) -> Vec<Choice> {
        self.offers.choices(Options::Units, &[])
    }

    /// What a unit's code stands for.
    fn unit_name(&self, code: &str) -> String {
        let units = self.units();
        units.into_iter().find(|unit| unit.value == code).map(|unit| unit.label).unwrap_or_default()
    }

    /// What a field offers, and what it holds besides.
    fn choices(&self, name: &str, options: &Options) -> Vec<Choice> {
        self.offers.choices(*options, self.form.all(name))
    }

    /// The places of a ranked field: what it holds, and some to add.
    fn places(&self, name: &str) -> Vec<String> {
        const SPARE: usize = 2;
        let held = self.form.all(name).iter().filter(|value| !value.trim().is_empty()).cloned();
        held.chain(std::iter::repeat_n(String::new(), SPARE)).collect()
    }

    fn is_flag(&self, kind: &FieldKind) -> bool {
        *kind == FieldKind::Flag
    }
}
