//! `GET /registers/{register}/table.xlsx`: the rows of the list as asked, every field, with
//! the headers that an import takes again.

use crate::ask::Fields;
use crate::open::{register, today};
use crate::{reply, show};
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Page, format};
use platform::web::{Ctx, Staff};
use print::xlsx::{Cell, Column, Heading, Kind as CellKind, Table, XlsxError, workbook};
use registers::read::list::{self, Listed};
use registers::read::names::Names;
use registers::rules::definition::{Definition, Field, Gives, Kind};
use registers::rules::value::Value;

/// The most rows of one workbook.
const ROWS: i64 = 100_000;

/// See the module.
pub(crate) async fn table(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (grants, locale) = (staff.person.grants.clone(), staff.prefs.locale);
    let (definition, rows, names, day) = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let mut asked = fields.asked(q, &definition, today(app))?;
            asked.after = None;
            let rows = list::list(q, &definition, Some(&grants), &asked, ROWS)?;
            let units = rows.iter().map(|row| row.unit.as_str());
            let names = Names::of(q, rows.iter().map(|row| &row.values), units, locale)?;
            Ok((definition, rows, names, today(app)))
        })
        .await?;
    let page = staff.desk_page("registers-title", "nav-registers");
    let bytes = bytes(&staff, &page, &definition, &rows, &names).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-{day}.xlsx", definition.code), bytes))
}

fn bytes(
    ctx: &Ctx,
    page: &Page,
    definition: &Definition,
    rows: &[Listed],
    names: &Names,
) -> Result<Vec<u8>, XlsxError> {
    let fields: Vec<&Field> = exported(definition).collect();
    let mut columns = vec![Column::text(page.t("register-unit"), 18)];
    columns.extend(fields.iter().map(|field| column(page, field)));
    if !definition.stages.is_empty() {
        columns.push(Column::text(page.t("register-stage"), 12));
        columns.push(Column::date(page.t("register-stage-since")));
    }
    if !definition.levels.is_empty() {
        columns.push(Column::text(page.t("register-level"), 12));
    }
    if definition.follow_up.is_some() {
        columns.push(Column::date(page.t("register-last-contact")));
        columns.push(Column::date(page.t("register-next-contact")));
    }
    let mut table = Table::new(&heading(ctx, page, show::name(page, &definition.name)), columns)?;
    let english = show::english(page);
    for row in rows {
        let mut cells = vec![Cell::from(names.unit(&row.unit, english))];
        cells.extend(fields.iter().map(|field| cell(page, field, row.values.get(&field.code), names)));
        if !definition.stages.is_empty() {
            cells.push(show::stage(page, definition, row.stage.as_deref()).into());
            cells.push(day(row.stage_on.as_deref()));
        }
        if !definition.levels.is_empty() {
            cells.push(show::level(page, definition, row.level.as_deref()).into());
        }
        if definition.follow_up.is_some() {
            cells.extend([day(row.last_contact.as_deref()), day(row.next_contact.as_deref())]);
        }
        table.row(cells)?;
    }
    workbook([table])
}

/// What stands above the tables of a register.
pub(crate) fn heading(ctx: &Ctx, page: &Page, title: &str) -> Heading {
    let now = format::datetime(page.locale(), ctx.app.config.zone.local(ctx.app.now()));
    Heading::new(title).demo(ctx.app.config.site.demo.then(|| page.t("register-demo"))).note(page.t1(
        "register-made-at",
        "time",
        now,
    ))
}

fn exported(definition: &Definition) -> impl Iterator<Item = &Field> {
    let shown =
        |field: &&Field| !field.retired && !field.is_sealed() && !matches!(field.kind, Kind::Attachment);
    definition.fields.iter().filter(shown)
}

fn column(page: &Page, field: &Field) -> Column {
    let label = show::name(page, &field.name);
    match &field.kind {
        Kind::Date | Kind::Derived { gives: Gives::Date, .. } => Column::date(label),
        // Bounds and decimals are words: a spreadsheet would drop the one and round the other.
        Kind::Number { decimals: 0, bounds: false, .. } | Kind::Derived { gives: Gives::Number(0), .. } => {
            Column::number(label)
        }
        Kind::Money { bounds: false, .. } | Kind::Derived { gives: Gives::Money, .. } => {
            Column::money(page.t1("register-in-yuan", "label", label))
        }
        Kind::Number { .. } | Kind::Money { .. } => Column::new(label, CellKind::Text, 16),
        Kind::Text { long: true, .. } => Column::text(label, 40),
        _ => Column::text(label, 20),
    }
}

fn cell(page: &Page, field: &Field, value: Option<&Value>, names: &Names) -> Cell {
    let bounds = matches!(field.kind, Kind::Number { bounds: true, .. } | Kind::Money { bounds: true, .. });
    match value {
        None => Cell::Empty,
        Some(Value::Date(date)) => Cell::Date(*date),
        Some(Value::Number { number, .. }) if number.decimals() == 0 && !bounds => {
            Cell::Number(number.whole_part())
        }
        Some(Value::Money { fen, .. }) if !bounds => Cell::Money(*fen),
        Some(value) => show::value(page, field, value, names).into(),
    }
}

fn day(day: Option<&str>) -> Cell {
    day.and_then(|day| day.parse::<Date>().ok()).map_or(Cell::Empty, Cell::Date)
}

/// A table that is too large is told; anything else is a defect.
pub(crate) fn failed(error: XlsxError) -> Failure {
    Failure::Internal(error.to_string())
}
