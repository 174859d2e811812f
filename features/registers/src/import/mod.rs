//! Records from a workbook: a template to fill in, a dry run that changes nothing, a file of
//! what is wrong, and the taking over. A row about a record that exists changes it. The rows
//! travel in the form, so that what was looked at is what is taken, and nothing lies about on
//! the server.

mod latest;
mod plan;
mod reading;
pub(crate) mod roll;
mod row;

use crate::export::{failed, heading};
use crate::open::{Frame, register};
use crate::upload::sent;
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::Refusal;
use plan::{Plan, typed};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use print::xlsx::{Cell, Column, Kind as CellKind, Table, workbook};
use reading::read;
use registers::read::names::Names;
use registers::rules::definition::{Definition, Field, Kind};
use registers::rules::import::Counts;
use registers::rules::{Value, Values};
use row::{Outcome, Row, Shared};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// The largest upload, in bytes; rows come back in the form a little larger.
const MOST: usize = 32 * 1024 * 1024;
/// The most rows of one file.
const ROWS: usize = 100_000;
/// Rows of one transaction.
const CHUNK: usize = 200;
/// Rows after which the database has to look anew at what the register holds.
const MANY: usize = 1_000;
/// Messages shown on the page; the file has all.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "registers/import.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    report: Option<Report>,
    /// Files taken over lately.
    imports: Vec<latest::Told>,
}

/// What a file came to.
struct Report {
    /// The file's name.
    file: String,
    counts: Counts,
    /// New and changed ones: what is left to take over.
    good: u32,
    /// The first that change a record.
    changes: Vec<Changed>,
    /// Row of the sheet and what is wrong with it.
    bad: Vec<(u32, String)>,
    more: usize,
    /// Columns that the register does not know.
    ignored: String,
    /// Columns that ask for what may not be held.
    forbidden: String,
    missing: String,
    /// The rows, for the next step.
    carried: String,
    taken: bool,
}

/// A row that changes a record.
struct Changed {
    row: u32,
    title: String,
    href: String,
    /// Field, what it held, what it holds then.
    differs: Vec<(String, String, String)>,
}

/// `GET …/template.xlsx`: the columns of the register, with lists to pick from.
pub(crate) async fn template(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    let page = staff.desk_page("register-import", "nav-registers");
    let mut columns = vec![Column::text(page.t("register-unit"), 18)];
    columns.extend(typed(&definition).map(|field| column(&page, field)));
    if !definition.stages.is_empty() {
        let stages = definition.stages.iter().map(|stage| show::name(&page, &stage.name).to_owned());
        columns.push(Column::text(page.t("register-stage"), 14).choices(stages));
        columns.push(Column::date(page.t("register-stage-since")));
    }
    let name = show::name(&page, &definition.name);
    let heading = heading(&staff, &page, name).note(page.t("register-template-note"));
    let table = Table::new(&heading, columns).map_err(failed)?;
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-template.xlsx", definition.code), bytes))
}

/// `GET …/import`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    screen(&staff, definition, Form::new(), None).await
}

/// `POST …/import`: looks at a file, gives the file of what is wrong, or takes the rows over.
pub(crate) async fn take(
    staff: Staff,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let definition = staff.app.read(move |q, app| register(q, app, &code)).await?;
    let (form, file) = sent(&staff, request, MOST).await?;
    let (name, sheet) = match file {
        Some((name, bytes)) => {
            let called = name.clone();
            let read = staff.app.aside(move |_| Ok(read(&called, bytes))).await?;
            match read {
                Ok(sheet) => (name, sheet),
                Err(code) => {
                    let form = Form::new().refused(FieldError::new("file", code));
                    return screen(&staff, definition, form, None).await;
                }
            }
        }
        None => match reading::carried(form.value("rows")) {
            Some(sheet) => (form.value("file_name").to_owned(), sheet),
            None => {
                let form = Form::new().refused(FieldError::new("file", "register-file-missing"));
                return screen(&staff, definition, form, None).await;
            }
        },
    };
    let page = staff.desk_page("register-import", "nav-registers");
    let Some(plan) = Plan::of(&page, &definition, sheet) else {
        let form = Form::new().refused(FieldError::new("file", "register-file-headless"));
        return screen(&staff, definition, form, None).await;
    };
    if plan.rows.len() > ROWS {
        let form = Form::new().refused(FieldError::new("file", "register-file-too-long").with("max", ROWS));
        return screen(&staff, definition, form, None).await;
    }
    let taking = form.value("intent") == "take";
    let import = match taking && !plan.rows.is_empty() {
        true => Some(begin(&staff, &definition, &name, &plan).await?),
        false => None,
    };
    let outcomes = go_through(&staff, &definition, &plan, import).await?;
    if taking && plan.rows.len() >= MANY {
        let table = definition.table();
        staff.app.store.write(move |tx| store::bulk::settle_table(tx, &table)).await?;
    }
    let wrong = wrong(&page, &plan, &outcomes);
    if form.value("intent") == "errors" {
        return errors(&staff, &page, &definition, &plan, &wrong);
    }
    let bad: Vec<(u32, String)> =
        wrong.iter().take(SHOWN).map(|(at, text)| (plan.rows[*at].0, text.clone())).collect();
    let counts = counted(&outcomes);
    let comma = page.t("list-comma");
    let report = Report {
        file: name,
        counts,
        good: counts.new + counts.changed,
        changes: changes(&staff, &page, &definition, &plan, &outcomes).await?,
        more: wrong.len() - bad.len(),
        bad,
        ignored: plan.ignored.join(&comma),
        forbidden: plan.forbidden.join(&comma),
        missing: plan.missing.join(&comma),
        // What was taken is not offered again.
        carried: if taking { plan.carry(|at| wrong.contains_key(&at)) } else { plan.carry(|_| true) },
        taken: taking,
    };
    screen(&staff, definition, Form::new(), Some(report)).await
}

/// What rows came to.
fn counted(outcomes: &[Outcome]) -> Counts {
    outcomes.iter().fold(Counts::default(), |mut counts, outcome| {
        let count = match outcome {
            Outcome::New => &mut counts.new,
            Outcome::Changed(_) => &mut counts.changed,
            Outcome::Unchanged => &mut counts.unchanged,
            Outcome::Refused(_) => &mut counts.refused,
        };
        *count += 1;
        counts
    })
}

/// Notes that the file is taken over from now on.
async fn begin(staff: &Staff, definition: &Definition, file: &str, plan: &Plan) -> Result<Uuid, Failure> {
    let (by, register, file) = (staff.by(), definition.code.clone(), file.to_owned());
    let rows = u32::try_from(plan.rows.len()).unwrap_or(u32::MAX);
    staff.app.write(move |work| registers::begin_import(work, &by, &register, &file, rows)).await
}

fn column(page: &Page, field: &Field) -> Column {
    let mut label = show::name(page, &field.name).to_owned();
    if let Kind::Money { unit, .. } = &field.kind {
        label = format!("{label}（{}）", page.t(unit.key()));
    }
    if field.required {
        label = format!("{label}*");
    }
    let offered = field.options().iter().filter(|option| !option.retired);
    match field.kind {
        Kind::Date => Column::date(label),
        Kind::Choice { many: false, .. } => {
            Column::text(label, 16).choices(offered.map(|option| show::name(page, &option.name).to_owned()))
        }
        Kind::Text { long: true, .. } => Column::text(label, 36),
        _ => Column::new(label, CellKind::Text, 18),
    }
}

/// Goes through the rows: what each comes to. A dry run gives each chunk's transaction up, so
/// that it meets the very rules that the taking over meets. An import that was begun is noted to
/// have come on with each chunk, in the chunk's own transaction.
async fn go_through(
    staff: &Staff,
    definition: &Arc<Definition>,
    plan: &Plan,
    import: Option<Uuid>,
) -> Result<Vec<Outcome>, Failure> {
    let own = staff.person.grants.first().map(|grant| grant.unit.clone());
    let shared = Arc::new(Mutex::new(Shared::default()));
    let mut outcomes = Vec::with_capacity(plan.rows.len());
    for chunk in plan.rows.chunks(CHUNK) {
        let (by, definition, own, shared) = (staff.by(), definition.clone(), own.clone(), shared.clone());
        let (rows, targets) = (chunk.to_vec(), plan.targets.clone());
        let looked = Arc::new(Mutex::new(Vec::new()));
        let kept = looked.clone();
        let outcome = staff
            .app
            .write(move |work| {
                let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let rows: Vec<Row<'_>> = rows
                    .iter()
                    .map(|(at, cells)| Row { at: *at, targets: &targets, cells, own: own.as_ref() })
                    .collect();
                let taken = row::take(work, &by, &definition, &rows, &mut shared)?;
                let (last, counts) = (rows.last().map_or(0, |row| row.at), counted(&taken));
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = taken;
                match import {
                    Some(import) => registers::advance_import(work, &by, import, last, counts),
                    // What was only looked at leaves nothing behind.
                    None => Err(Refusal::new(GIVEN_UP).into()),
                }
            })
            .await;
        match outcome {
            Ok(()) => {}
            Err(Failure::Refused(refusal)) if refusal.code == GIVEN_UP => {}
            Err(other) => return Err(other),
        }
        outcomes.append(&mut looked.lock().unwrap_or_else(PoisonError::into_inner));
    }
    Ok(outcomes)
}

/// Why the transaction of a dry run is given up; nobody is told.
const GIVEN_UP: &str = "register-looked-at";

/// What is wrong with the rows, by their place.
fn wrong(page: &Page, plan: &Plan, outcomes: &[Outcome]) -> BTreeMap<usize, String> {
    let said = |error: &FieldError| {
        let label = error.field.as_deref().and_then(|code| plan.label(page, code));
        match label {
            Some(label) => format!("{label}：{}", page.error(error)),
            None => page.error(error),
        }
    };
    let refused = outcomes.iter().enumerate().filter_map(|(at, outcome)| match outcome {
        Outcome::Refused(errors) => Some((at, errors)),
        _ => None,
    });
    refused.map(|(at, errors)| (at, errors.iter().map(said).collect::<Vec<_>>().join("；"))).collect()
}

/// The first rows that change a record, in words.
async fn changes(
    staff: &Staff,
    page: &Page,
    definition: &Arc<Definition>,
    plan: &Plan,
    outcomes: &[Outcome],
) -> Result<Vec<Changed>, Failure> {
    let changed = outcomes.iter().zip(&plan.rows).filter_map(|(outcome, (row, _))| match outcome {
        Outcome::Changed(change) => Some((*row, change.clone())),
        _ => None,
    });
    let changed: Vec<(u32, row::Change)> = changed.take(SHOWN).collect();
    let (asked, locale) = (changed.clone(), page.locale());
    let (names, titles) = staff
        .app
        .read(move |q, _| {
            let held = |change: &row::Change| -> [Values; 2] {
                let before = change.values.iter();
                let before = before.filter_map(|(code, (was, _))| Some((code.clone(), was.clone()?)));
                let now = change.values.iter().map(|(code, (_, now))| (code.clone(), now.clone()));
                [before.collect(), now.collect()]
            };
            let all: Vec<Values> = asked.iter().flat_map(|(_, change)| held(change)).collect();
            let units = asked.iter().filter_map(|(_, change)| change.unit.as_deref());
            let names = Names::of(q, all.iter(), units, locale)?;
            let mut titles = BTreeMap::new();
            for (_, change) in &asked {
                let found = registers::read::names::record_title(q, change.record)?;
                titles.extend(found.map(|(_, title)| (change.record, title)));
            }
            Ok((names, titles))
        })
        .await?;
    let in_words = |(row, change): (u32, row::Change)| {
        let mut differs = Vec::new();
        for (code, (before, now)) in &change.values {
            let Some(field) = definition.field(code) else { continue };
            let words = |value: &Value| match field.is_sealed() {
                true => page.t("register-sealed"),
                false => show::value(page, field, value, &names),
            };
            let before = before.as_ref().map(words).unwrap_or_default();
            differs.push((show::name(page, &field.name).to_owned(), before, words(now)));
        }
        if let Some(unit) = &change.unit {
            differs.push((page.t("register-unit"), String::new(), names.unit(unit, show::english(page))));
        }
        if let Some(stage) = &change.stage {
            let stage = show::stage(page, definition, Some(stage));
            differs.push((page.t("register-stage"), String::new(), stage));
        }
        Changed {
            row,
            title: titles.get(&change.record).cloned().unwrap_or_default(),
            href: format!("/registers/{}/records/{}", definition.code, change.record),
            differs,
        }
    };
    Ok(changed.into_iter().map(in_words).collect())
}

/// The rows that are wrong, as they were sent, with a column of what is wrong.
fn errors(
    staff: &Staff,
    page: &Page,
    definition: &Definition,
    plan: &Plan,
    wrong: &BTreeMap<usize, String>,
) -> Result<Response, Failure> {
    let mut columns: Vec<Column> = plan.head.iter().map(|head| Column::text(head.clone(), 18)).collect();
    columns.push(Column::text(page.t("register-wrong"), 50));
    let title = page.t1("register-wrong-title", "register", show::name(page, &definition.name));
    let mut table = Table::new(&heading(staff, page, &title), columns).map_err(failed)?;
    for (at, said) in wrong {
        let mut cells: Vec<Cell> = plan.rows[*at].1.iter().map(|cell| Cell::from(cell.as_str())).collect();
        cells.resize(plan.head.len(), Cell::Empty);
        cells.push(said.as_str().into());
        table.row(cells).map_err(failed)?;
    }
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-errors.xlsx", definition.code), bytes))
}

async fn screen(
    staff: &Staff,
    definition: Arc<Definition>,
    form: Form,
    report: Option<Report>,
) -> Result<Response, Failure> {
    let page = staff.desk_page("register-import", "nav-registers").in_error(form.has_errors());
    let title = page.t1("register-import-of", "register", show::name(&page, &definition.name));
    let page = page.titled_text(title);
    let imports = latest::latest(staff, &page, &definition.code).await?;
    let frame = Frame::new(staff, &page, definition, "");
    let refused = form.has_errors();
    reply::page(&Shown { page, frame, form, report, imports }, refused)
}
