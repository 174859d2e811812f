//! `GET /registers/{register}`: the list, filtered, sorted, paged by key.

use crate::ask::Fields;
use crate::index::counted;
use crate::kept::{self, Column, Kept};
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Choice, Form, Page, Tab};
use platform::web::Staff;
use registers::read::list::{self, Listed};
use registers::read::names::Names;
use registers::rules::definition::{Definition, Field, Kind};

/// Rows of a page.
const ROWS: i64 = 50;
/// Counts beyond are told as "more than".
const MOST: i64 = 1_000;
/// The same where something is filtered: of what is one in twenty, twenty times as many have to
/// be looked at.
const MOST_FILTERED: i64 = 100;

#[derive(Template)]
#[template(path = "registers/list.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    stages: Vec<Tab>,
    filters: Vec<Filter>,
    /// What an indicator counts, where its rows are shown.
    counting: String,
    /// The area whose records alone are shown.
    within: String,
    heads: Vec<Head>,
    rows: Vec<Line>,
    total: String,
    next: String,
    first: String,
    export: String,
    /// The query of this list, for the forms that keep something of it.
    query: String,
    saved: Vec<SavedLink>,
    /// Every column there is, and those that are shown.
    columns: Vec<Choice>,
    columns_form: Form,
}

/// A filter that the reader keeps.
struct SavedLink {
    n: usize,
    name: String,
    href: String,
    first: bool,
    current: bool,
}

pub(crate) struct Filter {
    pub name: String,
    pub label: String,
    /// Empty: the filter is typed.
    pub choices: Vec<Choice>,
}

struct Head {
    label: String,
    /// Where a click sorts by it; empty where it does not.
    href: String,
    /// `ascending`, `descending` or empty.
    sorted: &'static str,
    number: bool,
}

pub(crate) struct Line {
    pub id: String,
    pub title: String,
    pub cells: Vec<Cell>,
}

pub(crate) struct Cell {
    pub words: String,
    /// `number`, `badge`, `late` or plain.
    pub kind: &'static str,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (asked_fields, grants, account) = (fields.clone(), staff.person.grants.clone(), staff.person.account);
    let locale = staff.prefs.locale;
    let (definition, rows, (total, most), by_stage, within, names, today, kept) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let kept = Kept::of(q, &app.vault, account, &kept::key(&code))?;
            let today = today(app);
            let asked = asked_fields.asked(q, &definition, today)?;
            let rows = list::list(q, &definition, Some(&grants), &asked, ROWS + 1)?;
            let most = if asked.is_filtered() { MOST_FILTERED } else { MOST };
            let total = match i64::try_from(rows.len()) {
                // All of them are on the page.
                Ok(found) if found <= ROWS && asked.after.is_none() => found,
                _ => list::count(q, &definition, Some(&grants), &asked, most)?,
            };
            let all = list::Asked { stage: None, after: None, ..asked.clone() };
            let by_stage = match definition.stages.is_empty() {
                true => Default::default(),
                false => list::by_stage(q, &definition, Some(&grants), &all)?,
            };
            let units = rows.iter().map(|row| row.unit.as_str());
            let names = Names::of(q, rows.iter().map(|row| &row.values), units, locale)?;
            let within = match &asked.within {
                Some(area) => network::area(q, area)?,
                None => None,
            };
            Ok((definition, rows, (total, most), by_stage, within, names, today, kept))
        })
        .await?;
    let path = format!("/registers/{}", definition.code);
    if let Some(first) = kept.first().filter(|first| fields.is_bare() && !first.is_empty()) {
        return Ok(Redirect::to(&format!("{path}?{first}")).into_response());
    }
    let page = staff.desk_page("registers-title", "nav-registers");
    let page = page.titled_text(show::name(&page_words(&staff), &definition.name));
    let more = rows.len() > usize::try_from(ROWS).unwrap_or(usize::MAX);
    let rows: Vec<Listed> = rows.into_iter().take(usize::try_from(ROWS).unwrap_or(usize::MAX)).collect();
    let next = match rows.last() {
        Some(last) if more => fields.href(&path, &[("after", &format!("{}~{}", last.key, last.id))]),
        _ => String::new(),
    };
    let mut stages = Vec::new();
    if !definition.stages.is_empty() {
        let tab = |label: String, code: &str, count: i64| Tab {
            label,
            href: fields.href(&path, &[("stage", code)]),
            count: u64::try_from(count).ok(),
            current: fields.get("stage") == code,
        };
        stages.push(tab(page.t("register-all-stages"), "", by_stage.values().sum()));
        for stage in &definition.stages {
            let count = by_stage.get(&stage.code).copied().unwrap_or(0);
            stages.push(tab(show::name(&page, &stage.name).to_owned(), &stage.code, count));
        }
    }
    let columns = kept::chosen(&definition, &kept.columns);
    let query = fields.kept();
    let link = |(n, saved): (usize, &platform::kept::Saved<String>)| SavedLink {
        n,
        name: saved.name.clone(),
        href: format!("{path}?{}", if saved.look.is_empty() { "all=yes" } else { saved.look.as_str() }),
        first: saved.first,
        current: saved.look == query,
    };
    let counting = definition.indicator(fields.get("counted"));
    let shown = Shown {
        form: fields.form(),
        stages,
        filters: filters(&page, &definition),
        counting: counting.map(|one| show::name(&page, &one.name).to_owned()).unwrap_or_default(),
        within: within.map(|area| area.named(page.locale()).to_owned()).unwrap_or_default(),
        heads: heads(&page, &columns, &fields, &path),
        rows: rows.iter().map(|row| line(&page, &definition, &columns, row, &names, today)).collect(),
        saved: kept.filters.iter().enumerate().map(link).collect(),
        columns: kept::columns(&definition)
            .iter()
            .map(|column| Choice::new(column.code(), label(&page, column)))
            .collect(),
        columns_form: columns.iter().fold(Form::new(), |form, column| form.with("column", column.code())),
        query,
        total: counted(&page, total, most),
        next,
        first: if fields.get("after").is_empty() { String::new() } else { fields.href(&path, &[]) },
        export: fields.href(&format!("{path}/table.xlsx"), &[]),
        frame: Frame::new(&staff, &page, definition, "list"),
        page,
    };
    reply::page(&shown, false)
}

/// A page for its words alone.
fn page_words(staff: &Staff) -> Page {
    staff.page("registers-title")
}

pub(crate) fn filters(page: &Page, definition: &Definition) -> Vec<Filter> {
    let mut found = Vec::new();
    for field in definition.fields.iter().filter(|field| field.filtered) {
        let options = field.options().iter();
        let choices =
            options.map(|option| Choice::new(&option.code, show::name(page, &option.name))).collect();
        found.push(Filter {
            name: format!("f.{}", field.code),
            label: show::name(page, &field.name).to_owned(),
            choices,
        });
    }
    if !definition.levels.is_empty() {
        let levels = definition.levels.iter();
        let choices = levels.map(|level| Choice::new(&level.code, show::name(page, &level.name))).collect();
        found.push(Filter { name: "level".into(), label: page.t("register-level"), choices });
    }
    found
}

fn heads(page: &Page, columns: &[Column<'_>], fields: &Fields, path: &str) -> Vec<Head> {
    let sort = fields.get("sort");
    let head = |label: String, code: &str, sortable: bool, number: bool| {
        let (sorted, next) = match sort.strip_prefix('-') {
            Some(current) if current == code => ("descending", code.to_owned()),
            None if sort == code && !code.is_empty() => ("ascending", format!("-{code}")),
            _ => ("", code.to_owned()),
        };
        let href = if sortable { fields.href(path, &[("sort", &next)]) } else { String::new() };
        Head { label, href, sorted, number }
    };
    let mut found = vec![head(page.t("register-record"), "title", true, false)];
    for column in columns {
        let (sortable, number) = match column {
            Column::Field(field) => {
                let sortable = !matches!(
                    field.kind,
                    Kind::Point | Kind::Attachment | Kind::Derived { .. } | Kind::Reference { .. }
                );
                (sortable, is_number(field))
            }
            Column::NextContact => (true, false),
            _ => (false, false),
        };
        found.push(head(label(page, column), column.code(), sortable, number));
    }
    found
}

/// What stands above a column.
pub(crate) fn label(page: &Page, column: &Column<'_>) -> String {
    match column {
        Column::Field(field) => show::name(page, &field.name).to_owned(),
        Column::Stage => page.t("register-stage"),
        Column::Level => page.t("register-level"),
        Column::NextContact => page.t("register-next-contact"),
        Column::Unit => page.t("register-unit"),
        Column::Changed => page.t("register-changed-at"),
    }
}

fn is_number(field: &Field) -> bool {
    use registers::rules::definition::Gives;
    matches!(
        field.kind,
        Kind::Number { .. }
            | Kind::Money { .. }
            | Kind::Derived { gives: Gives::Number(_) | Gives::Money, .. }
    )
}

/// A row as people read it.
pub(crate) fn line(
    page: &Page,
    definition: &Definition,
    columns: &[Column<'_>],
    row: &Listed,
    names: &Names,
    today: Date,
) -> Line {
    let cells = columns.iter().map(|column| cell(page, definition, column, row, names, today));
    Line { id: row.id.clone(), title: row.title.clone(), cells: cells.collect() }
}

/// What a row says in a column.
fn cell(
    page: &Page,
    definition: &Definition,
    column: &Column<'_>,
    row: &Listed,
    names: &Names,
    today: Date,
) -> Cell {
    let (words, kind) = match column {
        Column::Field(field) => {
            let words = row.values.get(&field.code).map(|value| show::value(page, field, value, names));
            (words.unwrap_or_default(), if is_number(field) { "number" } else { "" })
        }
        Column::Stage => (show::stage(page, definition, row.stage.as_deref()), "badge"),
        Column::Level => (show::level(page, definition, row.level.as_deref()), "badge"),
        Column::NextContact => {
            let late = row.next_contact.as_deref().is_some_and(|due| due < today.to_string().as_str());
            (show::day(page, row.next_contact.as_deref()), if late { "late" } else { "" })
        }
        Column::Unit => (names.unit(&row.unit, show::english(page)), ""),
        Column::Changed => (page.datetime(&row.changed_at), ""),
    };
    Cell { words, kind }
}
