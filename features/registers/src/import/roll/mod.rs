//! `/network/roll`: the network with who holds which post, as one workbook: a row for each post
//! of each unit, filled or not. Out, changed in a spreadsheet, and in again: looked at first,
//! with a file of what is wrong. What changes of units takes effect by an order.

mod columns;
pub(crate) mod export;
mod sheet;
mod take;

pub(crate) use export::table;

use super::reading::{self, read};
use super::{MOST, ROWS, SHOWN};
use crate::export::{failed, heading};
use crate::reply;
use crate::upload::sent;
use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use columns::Reader;
use kernel::UnitId;
use kernel::time::Date;
use network::import::Changed;
use network::rules::dated::Dated;
use network::rules::unit::UnitDetails;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use print::xlsx::{Cell, Column as SheetColumn, Table, workbook};
use sheet::Roll;
use std::collections::BTreeMap;
use take::{Looked, go_through};

#[derive(Template)]
#[template(path = "registers/roll.html")]
struct Shown {
    page: Page,
    form: Form,
    report: Option<Report>,
}

/// A unit that is new or changes: its name, and of each column what it held and holds then.
struct UnitTold {
    name: String,
    differs: Vec<(String, String, String)>,
}

/// What a file came to.
struct Report {
    rows: usize,
    /// Units: new, changed, unchanged.
    units: [usize; 3],
    /// Holders: the same.
    holders: [usize; 3],
    refused: usize,
    /// The first units that are new or change.
    changes: Vec<UnitTold>,
    /// Row of the sheet and what is wrong with it.
    bad: Vec<(u32, String)>,
    more: usize,
    ignored: String,
    /// Columns that ask for what may not be held.
    forbidden: String,
    /// The rows, for the next step.
    carried: String,
    taken: bool,
}

impl Report {
    fn is_ordered(&self) -> bool {
        self.units[0] + self.units[1] > 0
    }

    fn good(&self) -> usize {
        self.units[0] + self.units[1] + self.holders[0] + self.holders[1]
    }
}

/// See the module.
pub(crate) async fn show(staff: Staff) -> Result<Response, Failure> {
    screen(&staff, Form::new(), None)
}

/// Looks at a file, gives the file of what is wrong, or takes it over.
pub(crate) async fn take(staff: Staff, request: Request) -> Result<Response, Failure> {
    let (form, file) = sent(&staff, request, MOST).await?;
    let refuse = |error: FieldError| screen(&staff, Form::new().refused(error), None);
    let sheet = match file {
        Some((name, bytes)) => match staff.app.aside(move |_| Ok(read(&name, bytes))).await? {
            Ok(sheet) => sheet,
            Err(code) => return refuse(FieldError::new("file", code)),
        },
        None => match reading::carried(form.value("rows")) {
            Some(sheet) => sheet,
            None => return refuse(FieldError::new("file", "register-file-missing")),
        },
    };
    let reader = Reader::new(&staff.app.locales);
    let Some(roll) = Roll::of(&reader, sheet) else {
        return refuse(FieldError::new("file", "roll-headless"));
    };
    if roll.rows.len() > ROWS {
        return refuse(FieldError::new("file", "register-file-too-long").with("max", ROWS));
    }
    let page = staff.desk_page("roll-title", "nav-network");
    match form.value("intent") {
        "errors" => {
            let looked = go_through(&staff, &reader, &roll, None).await?;
            errors(&staff, &page, &roll, &looked.wrong(&page, &roll))
        }
        "take" => {
            let dated = Dated {
                on: form.value("on").trim().parse::<Date>().ok(),
                document: form.value("document").trim().to_owned(),
                reason: form.value("reason").trim().to_owned(),
            };
            match go_through(&staff, &reader, &roll, Some(&dated)).await {
                Ok(looked) => screen(&staff, form, Some(report(&staff, &page, &roll, looked, true).await?)),
                Err(failure) => {
                    let form = take::refused(failure)?.into_iter().fold(form, Form::refused);
                    let looked = go_through(&staff, &reader, &roll, None).await?;
                    screen(&staff, form, Some(report(&staff, &page, &roll, looked, false).await?))
                }
            }
        }
        _ => {
            let looked = match go_through(&staff, &reader, &roll, None).await {
                Ok(looked) => looked,
                Err(failure) => {
                    let errors = take::refused(failure)?;
                    return screen(&staff, errors.into_iter().fold(Form::new(), Form::refused), None);
                }
            };
            let form = Form::new().with("on", crate::open::today(&staff.app));
            screen(&staff, form, Some(report(&staff, &page, &roll, looked, false).await?))
        }
    }
}

/// What rows came to: of units and of holders how many are new, change and are there already;
/// and what is wrong, by row.
pub(crate) struct Taken {
    pub units: [usize; 3],
    pub holders: [usize; 3],
    pub wrong: BTreeMap<u32, String>,
}

/// Looks at rows told by column, or takes them over where an order is given.
///
/// # Errors
/// What the order lacks; a column there is none of.
pub(crate) async fn counted(
    staff: &Staff,
    rows: Vec<BTreeMap<String, String>>,
    order: Option<Dated>,
) -> Result<Taken, Failure> {
    let refuse = |error: FieldError| Err(Failure::Invalid(vec![error]));
    if rows.len() > ROWS {
        return refuse(FieldError::new("rows", "register-file-too-long").with("max", ROWS));
    }
    let reader = Reader::new(&staff.app.locales);
    let Some(roll) = Roll::of(&reader, reading::by_column(rows)) else {
        return refuse(FieldError::new("rows", "roll-headless"));
    };
    if let Some(column) = roll.forbidden.first() {
        return refuse(FieldError::new("rows", "register-column-forbidden").with("column", column.as_str()));
    }
    if let Some(unknown) = roll.ignored.first() {
        return refuse(FieldError::new("rows", "roll-no-such-column").with("column", unknown.as_str()));
    }
    let looked = go_through(staff, &reader, &roll, order.as_ref()).await?;
    let page = staff.desk_page("roll-title", "nav-network");
    let wrong = looked.wrong(&page, &roll);
    Ok(Taken { units: looked.units_counted(), holders: looked.holders_counted(), wrong })
}

async fn report(
    staff: &Staff,
    page: &Page,
    roll: &Roll,
    looked: Looked,
    taken: bool,
) -> Result<Report, Failure> {
    let wrong = looked.wrong(page, roll);
    let bad: Vec<(u32, String)> = wrong.iter().take(SHOWN).map(|(at, said)| (*at, said.clone())).collect();
    Ok(Report {
        rows: roll.rows.len(),
        units: looked.units_counted(),
        holders: looked.holders_counted(),
        refused: wrong.len(),
        changes: changes(staff, page, &looked.units.changes).await?,
        more: wrong.len() - bad.len(),
        bad,
        ignored: roll.ignored.join(&page.t("list-comma")),
        forbidden: roll.forbidden.join(&page.t("list-comma")),
        // What was taken is not offered again.
        carried: roll.carry(|at| !taken || wrong.contains_key(&at)),
        taken,
    })
}

/// The first units that are new or change, in words.
async fn changes(staff: &Staff, page: &Page, changes: &[Changed]) -> Result<Vec<UnitTold>, Failure> {
    let changes: Vec<Changed> = changes.iter().take(SHOWN).cloned().collect();
    let asked = changes.clone();
    let named = staff
        .app
        .read(move |q, _| {
            let mut named: BTreeMap<UnitId, String> = BTreeMap::new();
            let parents = |change: &Changed| {
                let before = change.before.as_ref().and_then(|before| before.parent.clone());
                before.into_iter().chain(change.after.parent.clone())
            };
            for parent in asked.iter().flat_map(parents) {
                if let Some(unit) = network::unit(q, &parent)? {
                    named.insert(parent, unit.short_name);
                }
            }
            Ok(named)
        })
        .await?;
    let told = |details: &UnitDetails| -> Vec<(columns::Column, String)> {
        use columns::Column as C;
        let parent = details.parent.as_ref();
        let parent = parent.map(|code| named.get(code).cloned().unwrap_or_else(|| code.to_string()));
        let overlays = details.overlays.iter().map(kernel::AreaId::as_str);
        vec![
            (C::Name, details.name.clone()),
            (C::ShortName, details.short_name.clone()),
            (C::EnName, details.en_name.clone()),
            (C::Parent, parent.unwrap_or_default()),
            (C::Level, page.t(&format!("level-{}", details.level.code()))),
            (C::Kind, page.t(&format!("unit-kind-{}", details.kind.code()))),
            (C::Area, details.area.as_ref().map(ToString::to_string).unwrap_or_default()),
            (C::Overlays, overlays.collect::<Vec<_>>().join("；")),
        ]
    };
    let in_words = |change: &Changed| {
        let after = told(&change.after);
        let before = change.before.as_ref().map(&told);
        let differs = after.into_iter().enumerate().filter_map(|(at, (column, now))| {
            let was = before.as_ref().map(|before| before[at].1.clone()).unwrap_or_default();
            (was != now).then(|| (page.t(&column.key()), was, now))
        });
        UnitTold { name: format!("{} {}", change.after.short_name, change.code), differs: differs.collect() }
    };
    Ok(changes.iter().map(in_words).collect())
}

/// The rows that are wrong, as they were sent, with a column of what is wrong.
fn errors(
    staff: &Staff,
    page: &Page,
    roll: &Roll,
    wrong: &BTreeMap<u32, String>,
) -> Result<Response, Failure> {
    let mut columns: Vec<SheetColumn> =
        roll.head.iter().map(|head| SheetColumn::text(head.clone(), 18)).collect();
    columns.push(SheetColumn::text(page.t("register-wrong"), 50));
    let mut table = Table::new(&heading(staff, page, &page.t("roll-wrong")), columns).map_err(failed)?;
    for (at, cells) in &roll.rows {
        let Some(said) = wrong.get(at) else { continue };
        let mut cells: Vec<Cell> = cells.iter().map(|cell| Cell::from(cell.as_str())).collect();
        cells.resize(roll.head.len(), Cell::Empty);
        cells.push(said.as_str().into());
        table.row(cells).map_err(failed)?;
    }
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook("network-errors.xlsx", bytes))
}

fn screen(staff: &Staff, form: Form, report: Option<Report>) -> Result<Response, Failure> {
    let refused = form.has_errors();
    let page = staff.desk_page("roll-title", "nav-network").in_error(refused);
    reply::page(&Shown { page, form, report }, refused)
}
