//! Items from a workbook: a template to fill in, a dry run that changes nothing, a file of
//! what is wrong, and the taking over. What is taken over are drafts that went to the
//! reviewer: an import puts nothing into force. The rows travel in the form, so that what was
//! looked at is what is taken.

use crate::edit::{kept_units, yuan};
use crate::export::{failed, heading};
use crate::form;
use crate::names::Names;
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use kernel::Refusal;
use knowledge::rules::{Command, Content, Kind};
use network::import::{File, Labelled, Listed, TableError, carried, carry, listed, rows};
use platform::ui::{FieldError, Form, Page};
use platform::web::{Staff, download, reply, sent};
use platform::{Failure, Work};
use print::xlsx::{Cell, Column, Table, workbook};
use std::collections::BTreeMap;

/// The largest upload, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;
/// The most rows of one file.
const ROWS: usize = 2_000;
/// Why the transaction of a dry run is given up; nobody is told.
const GIVEN_UP: &str = "know-looked-at";
/// Messages shown on the page; the file has all.
const SHOWN: usize = 50;

/// A column: the field of the form it fills, its width, whether it must be there.
pub(crate) struct Field {
    name: &'static str,
    width: u16,
    needed: bool,
}

const fn field(name: &'static str, width: u16, needed: bool) -> Field {
    Field { name, width, needed }
}

/// The columns of template and export, in their order.
pub(crate) const COLUMNS: [Field; 17] = [
    field("kind", 10, true),
    field("title", 30, true),
    field("questions", 36, false),
    field("answer", 60, true),
    field("unit", 22, true),
    field("source", 30, true),
    field("number", 22, false),
    field("url", 24, false),
    field("area", 14, false),
    field("category", 14, false),
    field("from", 12, true),
    field("until", 12, true),
    field("conditions", 40, false),
    field("procedure", 40, false),
    field("apply_until", 12, false),
    field("most", 14, false),
    field("phone", 16, false),
];

impl Field {
    fn label(&self, page: &Page) -> String {
        page.t(&format!("know-field-{}", self.name))
    }

    /// As a column of a workbook.
    pub fn drawn(&self, page: &Page) -> Column {
        let label = self.label(page);
        match self.name {
            "from" | "until" | "apply_until" => Column::date(label),
            "kind" => {
                Column::text(label, self.width).choices(Kind::ALL.iter().map(|kind| page.t(kind.key())))
            }
            _ => Column::text(label, self.width),
        }
    }

    /// What a content says in it.
    pub fn cell(&self, page: &Page, content: &Content, names: &Names) -> Cell {
        let offer = content.offer.as_ref();
        let text = match self.name {
            "kind" => page.t(content.kind.key()),
            "title" => content.title.clone(),
            "questions" => content.questions.join("\n"),
            "answer" => content.answer.clone(),
            "unit" => names.unit_in_full(page, &content.unit),
            "source" => content.source.title.clone(),
            "number" => content.source.number.clone(),
            "url" => content.source.url.clone(),
            "area" => content.area.as_ref().map(|area| names.area(page, Some(area))).unwrap_or_default(),
            "category" => content.category.clone().unwrap_or_default(),
            "from" => return content.from.into(),
            "until" => return content.until.into(),
            "apply_until" => {
                return offer.and_then(|offer| offer.apply_until).map_or(Cell::Empty, Cell::from);
            }
            "conditions" => offer.map(|offer| offer.conditions.clone()).unwrap_or_default(),
            "procedure" => offer.map(|offer| offer.procedure.clone()).unwrap_or_default(),
            "most" => offer.and_then(|offer| offer.most).map(yuan).unwrap_or_default(),
            _ => offer.map(|offer| offer.phone.clone()).unwrap_or_default(),
        };
        if text.is_empty() { Cell::Empty } else { text.into() }
    }
}

#[derive(Template)]
#[template(path = "knowledge/import.html")]
struct Shown {
    page: Page,
    form: Form,
    report: Option<Report>,
}

/// What a file came to.
struct Report {
    rows: usize,
    good: usize,
    refused: usize,
    bad: Vec<(u64, String)>,
    more: usize,
    carried: String,
    taken: bool,
}

/// `GET /desk/knowledge/template.xlsx`
pub(crate) async fn template(staff: Staff) -> Result<Response, Failure> {
    let page = staff.desk_page("know-import", NAV);
    let columns = COLUMNS.iter().map(|column| column.drawn(&page)).collect();
    let heading = heading(&page, &page.t("know-title")).note(page.t("know-template-note"));
    let table = Table::new(&heading, columns).map_err(failed)?;
    download(&format!("{}.xlsx", page.t("know-template")), workbook([table]).map_err(failed)?)
}

/// `GET /desk/knowledge/import`
pub(crate) async fn show(staff: Staff) -> Result<Response, Failure> {
    screen(&staff, Form::new(), None)
}

/// `POST /desk/knowledge/import`: looks at a file, gives the file of what is wrong, or takes
/// the rows over.
pub(crate) async fn take(staff: Staff, request: Request) -> Result<Response, Failure> {
    let page = staff.desk_page("know-import", NAV);
    let (sent, files) = sent(&staff, request, LARGEST, 2 * LARGEST).await?;
    let file = files.into_iter().next().map(|file| File { name: file.name, bytes: file.bytes });
    let found = match file {
        Some(file) => {
            let headed = page.clone();
            staff.app.aside(move |_| Ok(sheet(&headed, &file))).await?
        }
        None => carried(sent.value("rows"), COLUMNS.len()).ok_or("know-file-missing"),
    };
    let found = match found {
        Ok(found) if found.len() <= ROWS => found,
        Ok(_) => return screen(&staff, refused("know-file-long"), None),
        Err(code) => return screen(&staff, refused(code), None),
    };
    let taking = sent.value("intent") == "take";
    let wrong = go_through(&staff, &page, &found, taking).await?;
    if sent.value("intent") == "errors" {
        return errors(&page, &found, &wrong);
    }
    let bad: Vec<(u64, String)> =
        wrong.iter().take(SHOWN).map(|(at, said)| (found[*at].0, said.clone())).collect();
    let good = found.len() - wrong.len();
    // What was taken is not offered again.
    let left = found.iter().enumerate().filter(|(at, _)| !taking || wrong.contains_key(at));
    let report = Report {
        rows: found.len(),
        good,
        refused: wrong.len(),
        more: wrong.len() - bad.len(),
        bad,
        carried: carry(left.map(|(_, row)| row)),
        taken: taking,
    };
    screen(&staff, Form::new(), Some(report))
}

fn refused(code: &str) -> Form {
    Form::new().refused(FieldError::new("file", code).with("max", ROWS))
}

/// The rows of a sheet below its headers, which may stand in either language and any order.
fn sheet(page: &Page, file: &File) -> Result<Vec<Listed>, &'static str> {
    let read = rows(file).map_err(|error| match error {
        TableError::Encoding => "know-file-encoding",
        TableError::Empty => "know-file-missing",
        _ => "know-file-unreadable",
    })?;
    let columns: Vec<Labelled> =
        COLUMNS.iter().map(|column| Labelled { label: column.label(page), needed: column.needed }).collect();
    listed(&read, &columns).ok_or("know-file-headless")
}

/// What is wrong with the rows, by their place. A dry run gives the transaction up, so that
/// it meets the very rules that the taking over meets.
async fn go_through(
    staff: &Staff,
    page: &Page,
    found: &[Listed],
    taking: bool,
) -> Result<BTreeMap<usize, String>, Failure> {
    let (grants, shown) = (staff.person.grants.clone(), page.clone());
    let known = staff.app.read(move |q, app| Known::look_up(q, app, &grants, &shown)).await?;
    let mut wrong = BTreeMap::new();
    let mut contents = Vec::new();
    for (at, (_, cells)) in found.iter().enumerate() {
        match form::read(&known.form(page, cells)) {
            Ok(content) => contents.push((at, content)),
            Err(errors) => {
                wrong.insert(at, said(page, &errors));
            }
        }
    }
    for (at, content) in contents {
        let by = staff.by();
        let outcome = staff
            .app
            .write(move |work: &mut Work<'_>| {
                let id = work.fresh.uuid();
                let draft = Command::Draft(Box::new(content.clone()));
                knowledge::act(work, &by, id, None, &draft)?;
                knowledge::act(work, &by, id, None, &Command::Submit)?;
                // What was only looked at leaves nothing behind.
                if taking { Ok(()) } else { Err(Refusal::new(GIVEN_UP).into()) }
            })
            .await;
        match outcome {
            Ok(()) => {}
            Err(Failure::Refused(refusal)) if refusal.code == GIVEN_UP => {}
            Err(Failure::Refused(refusal)) => {
                wrong.insert(at, said(page, &[FieldError::from(&refusal)]));
            }
            Err(Failure::NotPermitted) => {
                wrong.insert(at, page.t("know-import-not-yours"));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(wrong)
}

fn said(page: &Page, errors: &[FieldError]) -> String {
    let one = |error: &FieldError| match error.field.as_deref() {
        Some(field) => format!("{}：{}", page.t(&format!("know-field-{field}")), page.error(error)),
        None => page.error(error),
    };
    errors.iter().map(one).collect::<Vec<_>>().join("；")
}

/// Names as people write them, and the codes they stand for.
struct Known {
    units: BTreeMap<String, String>,
    areas: BTreeMap<String, String>,
    categories: BTreeMap<String, String>,
}

impl Known {
    fn look_up(
        q: &mut dyn store::Query,
        app: &platform::App,
        grants: &[kernel::permission::Grant],
        page: &Page,
    ) -> Result<Self, Failure> {
        let locale = page.locale();
        let mut units = BTreeMap::new();
        for unit in kept_units(q, grants)? {
            let names = [unit.name.clone(), unit.short_name.clone(), unit.full(locale).to_owned()];
            let code = unit.code.to_string();
            for name in names.into_iter().chain([code.clone()]) {
                // Two units of one short name: only the full name tells them apart.
                units.entry(name).or_insert_with(|| code.clone());
            }
        }
        let city = match &app.config.intake_office {
            Some(office) => network::unit(q, office)?.and_then(|office| office.area),
            None => None,
        };
        let mut areas = BTreeMap::new();
        for area in network::areas_below(q, city.as_ref())? {
            areas.insert(area.name.clone(), area.code.0.clone());
            areas.insert(area.named(locale).to_owned(), area.code.0.clone());
        }
        let mut categories = BTreeMap::new();
        for category in matters::categories::in_force(q, app)?.offered() {
            categories.insert(category.name.in_locale(locale).to_owned(), category.code.clone());
            categories.insert(category.name.zh.clone(), category.code.clone());
        }
        Ok(Self { units, areas, categories })
    }

    /// A row as the form it would have been typed into.
    fn form(&self, page: &Page, cells: &[String]) -> Form {
        let code = |known: &BTreeMap<String, String>, typed: &str| {
            known.get(typed.trim()).cloned().unwrap_or_else(|| typed.trim().to_owned())
        };
        COLUMNS.iter().zip(cells).fold(Form::new(), |form, (column, cell)| {
            let value = match column.name {
                "kind" => {
                    let named = Kind::ALL.iter().find(|kind| page.t(kind.key()) == cell.trim());
                    named.map_or_else(|| cell.trim().to_owned(), |kind| kind.code().to_owned())
                }
                "unit" => code(&self.units, cell),
                "area" => code(&self.areas, cell),
                "category" => code(&self.categories, cell),
                _ => cell.clone(),
            };
            form.with(column.name, value)
        })
    }
}

/// The rows that are wrong, as they were sent, with a column of what is wrong.
fn errors(page: &Page, found: &[Listed], wrong: &BTreeMap<usize, String>) -> Result<Response, Failure> {
    let mut columns: Vec<Column> =
        COLUMNS.iter().map(|column| Column::text(column.label(page), column.width)).collect();
    columns.push(Column::text(page.t("know-wrong"), 50));
    let mut table = Table::new(&heading(page, &page.t("know-wrong-title")), columns).map_err(failed)?;
    for (at, said) in wrong {
        let mut cells: Vec<Cell> = found[*at].1.iter().map(|cell| Cell::from(cell.as_str())).collect();
        cells.push(said.as_str().into());
        table.row(cells).map_err(failed)?;
    }
    download(&format!("{}.xlsx", page.t("know-wrong-title")), workbook([table]).map_err(failed)?)
}

fn screen(staff: &Staff, form: Form, report: Option<Report>) -> Result<Response, Failure> {
    let page = staff.desk_page("know-import", NAV).in_error(form.has_errors());
    let shown = Shown { page, form, report };
    reply::page(&shown, Some(&shown.form))
}

impl Shown {
    fn back(&self) -> &'static str {
        PATH
    }
}
