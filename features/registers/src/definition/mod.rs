//! The definition of a register in the browser: what it says, its versions, and the way of
//! a new one from text to publication.

pub(crate) mod editor;
pub(crate) mod publication;
pub(crate) mod source;

mod effects;

use crate::open::{Frame, register};
use crate::{figures, reply, show};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Grant;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use registers::read::{self, Version};
use registers::rules::definition::{Field, Kind};
use std::collections::BTreeMap;
use store::Query;

#[derive(Template)]
#[template(path = "registers/definition.html")]
struct Shown {
    page: Page,
    frame: Frame,
    fields: Vec<FieldLine>,
    stages: Vec<(String, String, String)>,
    formulas: Vec<(String, String)>,
    versions: Vec<(Version, String)>,
    drafted: bool,
    /// Whether the reader may change it.
    may_define: bool,
}

struct FieldLine {
    name: String,
    code: String,
    kind: String,
    required: bool,
    retired: bool,
    detail: String,
}

/// Lets only whoever may change a register's definition work on it.
///
/// # Errors
/// [`Failure::NotPermitted`].
fn guard(q: &mut dyn Query, grants: &[Grant], code: &str) -> Result<(), Failure> {
    if read::may_define(q, grants, code)? { Ok(()) } else { Err(Failure::NotPermitted) }
}

/// What a field's kind says beside its word: the options, or where it refers to; `registers`
/// are the names of registers in the reader's language.
fn detail(page: &Page, field: &Field, registers: &BTreeMap<String, String>) -> String {
    match &field.kind {
        Kind::Reference { register, .. } => registers.get(register).unwrap_or(register).clone(),
        Kind::Derived { expression, .. } if field.options().is_empty() => expression.to_string(),
        _ => {
            let options = field.options().iter().filter(|option| !option.retired);
            options
                .map(|option| show::name(page, &option.name))
                .collect::<Vec<_>>()
                .join(if show::english(page) { ", " } else { "、" })
        }
    }
}

/// `GET /registers/{register}/definition`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let (definition, versions, drafted, may_define) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let versions = read::versions(q, &code)?;
            let may_define = read::may_define(q, &grants, &code)?;
            Ok((definition, versions, read::draft(q, &code)?.is_some(), may_define))
        })
        .await?;
    let page = staff.desk_page("register-tab-definition", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &definition.name));
    let registers = editor::named(&staff, &page).await?;
    let fields = definition
        .fields
        .iter()
        .map(|field| FieldLine {
            name: show::name(&page, &field.name).to_owned(),
            code: field.code.clone(),
            kind: page.t(&format!("register-kind-{}", field.kind.word())),
            required: field.required,
            retired: field.retired,
            detail: detail(&page, field, &registers),
        })
        .collect();
    let label = |code: &String| show::stage(&page, &definition, Some(code));
    let needs = |code: &String| match definition.field(code) {
        Some(field) => show::name(&page, &field.name).to_owned(),
        None => code.clone(),
    };
    let joined = |codes: &[String], name: &dyn Fn(&String) -> String| {
        codes.iter().map(name).collect::<Vec<_>>().join("、")
    };
    let stages = definition
        .stages
        .iter()
        .map(|stage| (label(&stage.code), joined(&stage.to, &label), joined(&stage.requires, &needs)))
        .collect();
    let formulas = definition
        .indicators
        .iter()
        .map(|one| (show::name(&page, &one.name).to_owned(), figures::formula(&page, &definition, one)))
        .collect();
    let versions = versions
        .into_iter()
        .map(|version| {
            let from = show::day(&page, Some(&version.effective_from));
            (version, from)
        })
        .collect();
    let frame = Frame::new(&staff, &page, definition, "definition");
    reply::page(&Shown { frame, fields, stages, formulas, versions, drafted, may_define, page }, false)
}
