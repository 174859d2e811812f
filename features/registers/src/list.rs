//! `GET /registers/{register}`: the list, filtered, sorted, paged by key.

use crate::ask::Fields;
use crate::index::counted;
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
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
    pub unit: String,
    pub stage: String,
    pub level: String,
    pub next_contact: String,
    pub overdue: bool,
    pub cells: Vec<(String, bool)>,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (asked_fields, grants) = (fields.clone(), staff.person.grants.clone());
    let (definition, rows, total, by_stage, within, names, today) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let today = today(app);
            let asked = asked_fields.asked(q, &definition, today)?;
            let rows = list::list(q, &definition, Some(&grants), &asked, ROWS + 1)?;
            let total = list::count(q, &definition, Some(&grants), &asked, MOST)?;
            let all = list::Asked { stage: None, after: None, ..asked.clone() };
            let by_stage = match definition.stages.is_empty() {
                true => Default::default(),
                false => list::by_stage(q, &definition, Some(&grants), &all)?,
            };
            let units = rows.iter().map(|row| row.unit.as_str());
            let names = Names::of(q, rows.iter().map(|row| &row.values), units)?;
            let within = match &asked.within {
                Some(area) => network::area(q, area)?,
                None => None,
            };
            Ok((definition, rows, total, by_stage, within, names, today))
        })
        .await?;
    let page = staff.desk_page("registers-title", "nav-registers");
    let page = page.titled_text(show::name(&page_words(&staff), &definition.name));
    let path = format!("/registers/{}", definition.code);
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
    let counting = definition.indicator(fields.get("counted"));
    let shown = Shown {
        form: fields.form(),
        stages,
        filters: filters(&page, &definition),
        counting: counting.map(|one| show::name(&page, &one.name).to_owned()).unwrap_or_default(),
        within: within.map(|area| area.named(page.locale()).to_owned()).unwrap_or_default(),
        heads: heads(&page, &definition, &fields, &path),
        rows: rows.iter().map(|row| line(&page, &definition, row, &names, &today.to_string())).collect(),
        total: counted(&page, total, MOST),
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

/// The fields that lists show.
pub(crate) fn listed(definition: &Definition) -> impl Iterator<Item = &Field> {
    definition.fields.iter().filter(|field| field.listed && !definition.title.contains(&field.code))
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

fn heads(page: &Page, definition: &Definition, fields: &Fields, path: &str) -> Vec<Head> {
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
    for field in listed(definition) {
        let sortable = !matches!(
            field.kind,
            Kind::Point | Kind::Attachment | Kind::Derived { .. } | Kind::Reference { .. }
        );
        found.push(head(show::name(page, &field.name).to_owned(), &field.code, sortable, is_number(field)));
    }
    found
}

pub(crate) fn is_number(field: &Field) -> bool {
    use registers::rules::definition::Gives;
    matches!(
        field.kind,
        Kind::Number { .. }
            | Kind::Money { .. }
            | Kind::Derived { gives: Gives::Number(_) | Gives::Money, .. }
    )
}

/// A row as people read it.
pub(crate) fn line(page: &Page, definition: &Definition, row: &Listed, names: &Names, today: &str) -> Line {
    let cells = listed(definition)
        .map(|field| {
            let value = row.values.get(&field.code);
            (value.map(|value| show::value(page, field, value, names)).unwrap_or_default(), is_number(field))
        })
        .collect();
    Line {
        id: row.id.clone(),
        title: row.title.clone(),
        unit: names.unit(&row.unit, show::english(page)),
        stage: show::stage(page, definition, row.stage.as_deref()),
        level: show::level(page, definition, row.level.as_deref()),
        next_contact: show::day(page, row.next_contact.as_deref()),
        overdue: row.next_contact.as_deref().is_some_and(|due| due < today),
        cells,
    }
}
