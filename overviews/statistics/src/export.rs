//! Tables and rows as Excel workbooks: the numbers of the page, and on a second sheet what
//! each rate divides by what.

use crate::columns::{self, Column};
use crate::lines::Lines;
use matters_rules::figures::{By, Figures};
use platform::Failure;
use platform::ui::{Page, format};
use platform::web::Ctx;
use print::xlsx::{Cell, Heading, Table, XlsxError, workbook};

/// What stands above each table: the day, the period, who asked, whether it is a demo.
pub(crate) fn heading(ctx: &Ctx, page: &Page, title: &str, figures: &Figures) -> Heading {
    let locale = page.locale();
    let when = match figures.from {
        Some(from) => page.t2(
            "statistics-export-period",
            "from",
            format::date(locale, from),
            "date",
            format::date(locale, figures.as_of),
        ),
        None => page.t1("statistics-export-as-of", "date", format::date(locale, figures.as_of)),
    };
    let now = format::datetime(locale, ctx.app.config.zone.local(ctx.app.now()));
    Heading::new(title)
        .demo(ctx.app.config.site.demo.then(|| page.t("statistics-export-demo")))
        .note(when)
        .note(page.t("statistics-scope-export"))
        .note(page.t1("statistics-export-made", "time", now))
}

/// A breakdown: every row with every column; rates with what they are made of.
///
/// # Errors
/// The table does not fit a sheet.
pub(crate) fn breakdown(ctx: &Ctx, page: &Page, lines: &Lines, notes: &[String]) -> Result<Vec<u8>, Failure> {
    let columns = columns::all(lines.by, lines.from.is_some());
    let title = page.t1("statistics-export-title", "by", page.t(lines.by.key()));
    let mut heading = heading(ctx, page, &title, &lines.total);
    for note in notes {
        heading = heading.note(note);
    }
    let mut table = Table::new(&heading, heads(page, lines.by, &columns)).map_err(failed)?;
    for line in &lines.lines {
        let name = format!("{}{}", "　".repeat(line.depth), line.name);
        let level = line.level.map(|level| page.t(&format!("level-{}", level.code())));
        let first = [Cell::from(name), Cell::from(line.key.as_str()), Cell::from(level)];
        let own = lines.by == By::Unit;
        let mut cells: Vec<Cell> = first.into();
        if own {
            cells.push(Cell::from(line.own.count(matters_rules::figures::Cell::Assignments)));
        }
        cells.extend(columns.iter().flat_map(|column| cells_of(*column, &line.sum)));
        table.row(cells).map_err(failed)?;
    }
    let mut total = vec![Cell::from(page.t("statistics-total")), Cell::Empty, Cell::Empty];
    total.extend((lines.by == By::Unit).then_some(Cell::Empty));
    total.extend(columns.iter().flat_map(|column| cells_of(*column, &lines.total)));
    table.strong_row(total).map_err(failed)?;
    bytes(page, table, &columns)
}

/// All figures, one below the other.
///
/// # Errors
/// The table does not fit a sheet.
pub(crate) fn overview(ctx: &Ctx, page: &Page, figures: &Figures) -> Result<Vec<u8>, Failure> {
    let period = figures.from.is_some();
    let mut columns = columns::all(By::Type, period);
    columns.extend(
        columns::all(By::Unit, period)
            .into_iter()
            .filter(|column| !columns.contains(column))
            .collect::<Vec<_>>(),
    );
    let heading = heading(ctx, page, &page.t("statistics-title"), figures);
    let heads = vec![
        print::xlsx::Column::text(page.t("statistics-figure"), 44),
        print::xlsx::Column::number(page.t("statistics-number-of")),
        print::xlsx::Column::number(page.t("statistics-of-how-many")),
        print::xlsx::Column::rate(page.t("statistics-rate")),
    ];
    let mut table = Table::new(&heading, heads).map_err(failed)?;
    for column in &columns {
        let name = Cell::from(page.t(&column.key()));
        let row = match column.of(figures) {
            (n, None) => vec![name, n.into()],
            (n, Some(of)) => vec![name, n.into(), of.into(), Cell::Rate { n, of }],
        };
        table.row(row).map_err(failed)?;
    }
    for (closing, n) in figures.closed_by_type() {
        table.row([Cell::from(page.t(closing.key())), n.into()]).map_err(failed)?;
    }
    bytes(page, table, &columns)
}

fn heads(page: &Page, by: By, columns: &[Column]) -> Vec<print::xlsx::Column> {
    let mut heads = vec![
        print::xlsx::Column::text(page.t(by.key()), 30),
        print::xlsx::Column::text(page.t("statistics-code"), 16),
        print::xlsx::Column::text(page.t("statistics-level"), 9),
    ];
    if by == By::Unit {
        heads.push(print::xlsx::Column::number(page.t("statistics-own-assignments")));
    }
    for column in columns {
        let name = page.t(&column.key());
        match column {
            Column::Count(_) => heads.push(print::xlsx::Column::number(name)),
            Column::Rate(_) => heads.extend([
                print::xlsx::Column::rate(name.clone()),
                print::xlsx::Column::number(page.t1("statistics-n-of", "rate", name.clone())),
                print::xlsx::Column::number(page.t1("statistics-of-of", "rate", name)),
            ]),
        }
    }
    heads
}

fn cells_of(column: Column, figures: &Figures) -> Vec<Cell> {
    match column.of(figures) {
        (n, None) => vec![n.into()],
        (n, Some(of)) => vec![Cell::Rate { n, of }, n.into(), of.into()],
    }
}

/// The table, and the sheet that explains its rates.
fn bytes(page: &Page, table: Table, columns: &[Column]) -> Result<Vec<u8>, Failure> {
    let heading = Heading::new(page.t("statistics-formulas"));
    let heads = vec![
        print::xlsx::Column::text(page.t("statistics-rate"), 34),
        print::xlsx::Column::text(page.t("statistics-formula"), 80),
    ];
    let mut formulas = Table::new(&heading, heads).map_err(failed)?;
    for column in columns {
        if let Some(formula) = column.formula() {
            formulas.row([page.t(&column.key()).into(), page.t(&formula).into()]).map_err(failed)?;
        }
    }
    let tables = if formulas.is_empty() { vec![table] } else { vec![table, formulas] };
    workbook(tables).map_err(failed)
}

/// A table that is too large is told; anything else is a defect.
pub(crate) fn failed(error: XlsxError) -> Failure {
    Failure::Internal(error.to_string())
}
