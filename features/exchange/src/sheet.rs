//! The way by workbooks, for a platform above that has neither a line nor a folder: its list of
//! matters is taken over row by row after a dry run, and the results go back as a table.

use crate::projection::{self, PartnerRow};
use crate::rules::partner::Direction;
use crate::rules::wire::{Contact, HandedDown, Message, Said};
use crate::web::one_partner;
use crate::{NAV, compose, incoming};
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::Refusal;
use matters_rules::{AppealType, Outcome};
use network::import::{File, Labelled, Listed, TableError, carried, carry, listed, rows};
use platform::ui::{FieldError, Form, Page};
use platform::web::{Staff, download, reply, sent};
use platform::{App, Failure};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};
use std::collections::BTreeMap;
use store::Query;

/// The largest upload, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;
/// The most rows of one file, and of a table of results.
const ROWS: usize = 2_000;
/// Why the transaction of a dry run is given up; nobody is told.
const GIVEN_UP: &str = "exchange-looked-at";
/// Messages shown on the page; the file has all.
const SHOWN: usize = 50;

/// A column: the member it fills, its width, whether a file must have it.
const COLUMNS: [(&str, u16, bool); 13] = [
    ("number", 20, true),
    ("due", 18, false),
    ("appeal_type", 10, false),
    ("category", 14, false),
    ("area", 14, false),
    ("title", 30, true),
    ("text", 60, true),
    ("expected", 30, false),
    ("name", 12, false),
    ("phone", 16, false),
    ("enterprise", 24, false),
    ("credit_code", 22, false),
    ("address", 24, false),
];

#[derive(Template)]
#[template(path = "exchange/sheet.html")]
struct Shown {
    page: Page,
    partner: PartnerRow,
    form: Form,
    report: Option<Report>,
}

/// What a file came to.
struct Report {
    rows: usize,
    good: usize,
    known: usize,
    bad: Vec<(u64, String)>,
    more: usize,
    carried: String,
    taken: bool,
}

/// What came of a row.
enum Came {
    Fresh,
    Known,
    Wrong(String),
}

/// `GET /exchange/partners/{partner}/template.xlsx`
pub(crate) async fn template(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    above(&staff, code).await?;
    let page = staff.desk_page("exchange-sheet", NAV);
    let columns = COLUMNS
        .iter()
        .map(|(name, width, _)| {
            let column = Column::text(label(&page, name), *width);
            match *name {
                "appeal_type" => column.choices(AppealType::ALL.iter().map(|kind| page.t(kind.key()))),
                _ => column,
            }
        })
        .collect();
    let heading = heading(&page, page.t("exchange-sheet")).note(page.t("exchange-sheet-note"));
    let table = Table::new(&heading, columns).map_err(failed)?;
    download(&format!("{}.xlsx", page.t("exchange-sheet")), workbook([table]).map_err(failed)?)
}

/// `GET /exchange/partners/{partner}/sheet`
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let partner = above(&staff, code).await?;
    screen(&staff, partner, Form::new(), None)
}

/// `POST /exchange/partners/{partner}/sheet`: looks at a file, gives the file of what is wrong, or
/// takes the rows over.
pub(crate) async fn take(
    staff: Staff,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let partner = above(&staff, code).await?;
    let page = staff.desk_page("exchange-sheet", NAV);
    let (form, files) = sent(&staff, request, LARGEST, 2 * LARGEST).await?;
    let file = files.into_iter().next().map(|file| File { name: file.name, bytes: file.bytes });
    let found = match file {
        Some(file) => {
            let headed = page.clone();
            platform::slow::apart(move || Ok(read(&headed, &file))).await?
        }
        None => carried(form.value("rows"), COLUMNS.len()).ok_or("exchange-sheet-missing"),
    };
    let found = match found {
        Ok(found) if found.len() <= ROWS => found,
        Ok(_) => return screen(&staff, partner, refused("exchange-sheet-long"), None),
        Err(code) => return screen(&staff, partner, refused(code), None),
    };
    let taking = form.value("intent") == "take";
    let came = go_through(&staff, &page, &partner, &found, taking).await?;
    if form.value("intent") == "errors" {
        return errors(&page, &found, &came);
    }
    let wrong = || {
        found.iter().zip(&came).filter_map(|(row, came)| match came {
            Came::Wrong(said) => Some((row, said)),
            _ => None,
        })
    };
    let bad: Vec<(u64, String)> = wrong().take(SHOWN).map(|(row, said)| (row.0, said.clone())).collect();
    let refused = wrong().count();
    let known = came.iter().filter(|came| matches!(came, Came::Known)).count();
    let carried = if taking { carry(wrong().map(|(row, _)| row)) } else { carry(found.iter()) };
    let report = Report {
        rows: found.len(),
        good: found.len() - refused - known,
        known,
        more: refused - bad.len(),
        bad,
        carried,
        taken: taking,
    };
    screen(&staff, partner, Form::new(), Some(report))
}

/// `GET /exchange/partners/{partner}/results.xlsx`: how everything that partner handed down stands.
pub(crate) async fn results(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let partner = above(&staff, code).await?;
    let page = staff.desk_page("exchange-results", NAV);
    let shown = page.clone();
    let (name, zone) = (partner.terms.name.clone(), staff.app.config.zone.clone());
    let rows = staff
        .app
        .read(move |snapshot, app| {
            let (latest, _) = projection::latest(snapshot, Some(&partner.code), None, ROWS)?;
            let mut rows = Vec::with_capacity(latest.len());
            for handover in latest {
                if let Some(standing) = compose::standing(snapshot, app, &handover)? {
                    rows.push((handover.number, standing));
                }
            }
            Ok::<_, Failure>(rows)
        })
        .await?;
    let title = format!("{} {}", name, page.t("exchange-results"));
    let bytes = platform::slow::apart(move || {
        let columns = vec![
            Column::text(label(&shown, "number"), 20),
            Column::text(shown.t("exchange-own-number"), 16),
            Column::text(shown.t("exchange-state"), 12),
            Column::datetime(shown.t("exchange-answered-at")),
            Column::text(shown.t("exchange-outcome"), 16),
            Column::text(shown.t("exchange-answer"), 70),
            Column::text(shown.t("exchange-closing"), 14),
        ];
        let mut table = Table::new(&heading(&shown, shown.t("exchange-results")), columns).map_err(failed)?;
        for (number, standing) in &rows {
            let answered = standing.answered.as_ref();
            let outcomes = answered.map(|answered| {
                let labels = answered.outcomes.iter().filter_map(|code| Outcome::parse(code));
                labels
                    .map(|outcome| shown.t(outcome.key()))
                    .collect::<Vec<_>>()
                    .join(&shown.t("exchange-join"))
            });
            let at = answered.and_then(|answered| answered.answered_at).map(|at| zone.local(at));
            let cells: [Cell; 7] = [
                number.as_str().into(),
                standing.matter.number.as_str().into(),
                shown.t(&format!("phase-{}", standing.matter.phase.code())).into(),
                at.into(),
                outcomes.into(),
                answered.map(|answered| answered.text.clone()).into(),
                standing.matter.closing.map(|closing| shown.t(closing.key())).into(),
            ];
            table.row(cells).map_err(failed)?;
        }
        workbook([table]).map_err(failed)
    })
    .await?;
    download(&format!("{title}.xlsx"), bytes)
}

/// A partner above; with one below nothing passes by workbooks, as they would hold names.
async fn above(staff: &Staff, code: String) -> Result<PartnerRow, Failure> {
    let partner = one_partner(staff, code).await?;
    if partner.direction == Direction::Above { Ok(partner) } else { Err(Failure::NotFound) }
}

fn refused(code: &str) -> Form {
    Form::new().refused(FieldError::new("file", code).with("max", ROWS))
}

fn label(page: &Page, name: &str) -> String {
    page.t(&format!("exchange-field-{name}"))
}

fn heading(page: &Page, title: String) -> Heading {
    Heading::new(title).demo(page.site.demo.then(|| page.t("shell-demo")))
}

fn failed(error: XlsxError) -> Failure {
    Failure::Internal(error.to_string())
}

fn read(page: &Page, file: &File) -> Result<Vec<Listed>, &'static str> {
    let read = rows(file).map_err(|error| match error {
        TableError::Encoding => "exchange-sheet-encoding",
        TableError::Empty => "exchange-sheet-missing",
        _ => "exchange-sheet-unreadable",
    })?;
    let columns: Vec<Labelled> = COLUMNS
        .iter()
        .map(|(name, _, needed)| Labelled { label: label(page, name), needed: *needed })
        .collect();
    listed(&read, &columns).ok_or("exchange-sheet-headless")
}

/// What comes of each row. A dry run gives the transaction up, so that it meets the very rules
/// that the taking over meets.
async fn go_through(
    staff: &Staff,
    page: &Page,
    partner: &PartnerRow,
    found: &[Listed],
    taking: bool,
) -> Result<Vec<Came>, Failure> {
    let shown = page.clone();
    let names = staff.app.read(move |snapshot, app| Names::look_up(snapshot, app, &shown)).await?;
    let mut came = Vec::with_capacity(found.len());
    for (_, cells) in found {
        let message = names.message(&staff.app, cells);
        let (by, partner) = (staff.by(), partner.clone());
        let outcome = staff
            .app
            .write(move |work| {
                let taken = incoming::take_in(work, &by, &partner, &message, &[])?;
                match (taken.known, taking) {
                    // What was only looked at leaves nothing behind.
                    (false, false) => Err(Refusal::new(GIVEN_UP).into()),
                    (known, _) => Ok(known),
                }
            })
            .await;
        came.push(match outcome {
            Ok(true) => Came::Known,
            Ok(false) => Came::Fresh,
            Err(Failure::Refused(refusal)) if refusal.code == GIVEN_UP => Came::Fresh,
            Err(Failure::Refused(refusal)) => Came::Wrong(said(page, &refusal)),
            Err(other) => return Err(other),
        });
    }
    Ok(came)
}

fn said(page: &Page, refusal: &Refusal) -> String {
    let told = page.translator().refusal(refusal);
    match refusal.field.filter(|field| COLUMNS.iter().any(|(name, _, _)| name == field)) {
        Some(field) => format!("{}：{told}", label(page, field)),
        None => told,
    }
}

/// Names as people write them, and the codes they stand for.
struct Names {
    areas: BTreeMap<String, String>,
    categories: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
}

impl Names {
    fn look_up(query: &mut dyn Query, app: &App, page: &Page) -> Result<Self, Failure> {
        let locale = page.locale();
        let city = match &app.config.intake_office {
            Some(office) => network::unit(query, office)?.and_then(|office| office.area),
            None => None,
        };
        let mut areas = BTreeMap::new();
        for area in network::areas_below(query, city.as_ref())? {
            areas.insert(area.name.clone(), area.code.0.clone());
            areas.insert(area.named(locale).to_owned(), area.code.0.clone());
        }
        let mut categories = BTreeMap::new();
        for category in matters::categories::in_force(query, app)?.offered() {
            categories.insert(category.name.in_locale(locale).to_owned(), category.code.clone());
            categories.insert(category.name.zh.clone(), category.code.clone());
        }
        let types = AppealType::ALL.iter().map(|kind| (page.t(kind.key()), kind.code().to_owned())).collect();
        Ok(Self { areas, categories, types })
    }

    /// A row as the message that the other platform would have sent.
    fn message(&self, app: &App, cells: &[String]) -> Message {
        let cell = |name: &str| {
            let at = COLUMNS.iter().position(|(column, _, _)| *column == name);
            at.and_then(|at| cells.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        let known = |name: &str, codes: &BTreeMap<String, String>| {
            let typed = cell(name);
            Some(codes.get(&typed).cloned().unwrap_or(typed)).filter(|typed| !typed.is_empty())
        };
        let number = cell("number");
        let said = HandedDown {
            due: Some(cell("due")),
            appeal_type: known("appeal_type", &self.types),
            category: known("category", &self.categories),
            area: known("area", &self.areas),
            title: cell("title"),
            text: cell("text"),
            expected: cell("expected"),
            contact: Contact {
                name: cell("name"),
                phone: cell("phone"),
                enterprise: cell("enterprise"),
                credit_code: cell("credit_code"),
                email: String::new(),
                address: cell("address"),
            },
            number: number.clone(),
            ..HandedDown::default()
        };
        Message {
            id: format!("sheet:{number}"),
            timestamp: app.now(),
            said: Said::HandedDown(Box::new(said)),
        }
    }
}

/// The rows that are wrong, as they were sent, with a column of what is wrong.
fn errors(page: &Page, found: &[Listed], came: &[Came]) -> Result<Response, Failure> {
    let mut columns: Vec<Column> =
        COLUMNS.iter().map(|(name, width, _)| Column::text(label(page, name), *width)).collect();
    columns.push(Column::text(page.t("exchange-sheet-wrong"), 50));
    let title = page.t("exchange-sheet-wrong");
    let mut table = Table::new(&heading(page, title.clone()), columns).map_err(failed)?;
    for (row, came) in found.iter().zip(came) {
        let Came::Wrong(said) = came else { continue };
        let mut cells: Vec<Cell> = row.1.iter().map(|cell| Cell::from(cell.as_str())).collect();
        cells.push(said.as_str().into());
        table.row(cells).map_err(failed)?;
    }
    download(&format!("{title}.xlsx"), workbook([table]).map_err(failed)?)
}

fn screen(
    staff: &Staff,
    partner: PartnerRow,
    form: Form,
    report: Option<Report>,
) -> Result<Response, Failure> {
    let page = staff.desk_page("exchange-sheet", NAV).in_error(form.has_errors());
    let shown = Shown { page, partner, form, report };
    reply::page(&shown, Some(&shown.form))
}
