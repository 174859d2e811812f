//! `GET /statistics/rows?cell=…`: the matters behind a number, among those the reader may
//! see, as a list or as a workbook. Numbers and rows go through the same scope, so neither
//! tells more than the other.

use super::ask::{Fields, RowLink, by_href, figures_href, rows_export_href};
use super::export::file;
use crate::export;
use crate::lines::{NONE, keys_below};
use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use kernel::MatterId;
use matters::Row;
use matters::figures::{Asked, Rows as Of};
use matters_rules::figures::{By, Cell, Figures};
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use print::xlsx::{self, Column, Table, workbook};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one page; more are told by their number, and stand in the workbook.
const SHOWN: usize = 200;
/// Rows of one workbook.
const EXPORTED: usize = 50_000;

#[derive(Template)]
#[template(path = "statistics/rows.html")]
struct RowsPage {
    page: Page,
    label: String,
    as_of: String,
    back: String,
    export: String,
    total: u64,
    /// Counted, but their content is not the reader's to see.
    unseen: usize,
    more: usize,
    rows: Vec<Line>,
}

/// A matter with how often it counts.
struct Line {
    row: Row,
    n: u64,
    phase: String,
    category: String,
    filed: String,
}

/// What is behind a number.
struct Found {
    asked: Asked,
    cell: Cell,
    figures: Figures,
    /// How often each matter counts.
    counts: BTreeMap<MatterId, u64>,
    lines: Vec<Line>,
    /// Matters looked at for `lines`.
    looked_at: usize,
}

/// The list.
pub(super) async fn rows(staff: Staff, Query(fields): Query<Fields>) -> Result<Html<String>, Failure> {
    let page = staff.desk_page("statistics-rows-title", "nav-statistics");
    let found = find(&staff, &page, &fields, SHOWN).await?;
    let cell = found.cell.code();
    let by = fields.by();
    let link = by.map(|by| RowLink { by, key: &fields.key, below: !fields.below.is_empty() });
    let body = RowsPage {
        label: page.t(&format!("cell-{cell}")),
        as_of: page.date(&found.figures.as_of),
        back: match by {
            Some(by) => by_href(&found.asked, by, Vec::new()),
            None => figures_href(&found.asked),
        },
        export: rows_export_href(&found.asked, &cell, link.as_ref()),
        total: found.counts.values().sum(),
        unseen: found.looked_at - found.lines.len(),
        more: found.counts.len() - found.looked_at,
        rows: found.lines,
        page,
    };
    Ok(Html(body.render()?))
}

/// The same as a workbook, with all rows.
pub(super) async fn workbook_of_rows(
    staff: Staff,
    Query(fields): Query<Fields>,
) -> Result<Response, Failure> {
    let page = staff.desk_page("statistics-rows-title", "nav-statistics");
    let found = find(&staff, &page, &fields, EXPORTED).await?;
    let cell = found.cell.code();
    let mut heading = export::heading(&staff, &page, &page.t(&format!("cell-{cell}")), &found.figures);
    let left = found.counts.len() - found.lines.len();
    if left > 0 {
        heading = heading.note(page.t1("statistics-rows-left", "count", left as u64));
    }
    let columns = vec![
        Column::text(page.t("statistics-number"), 20),
        Column::text(page.t("statistics-matter"), 46),
        Column::text(page.t("statistics-category"), 24),
        Column::text(page.t("statistics-phase"), 12),
        Column::text(page.t("statistics-holder"), 24),
        Column::datetime(page.t("statistics-filed")),
        Column::number(page.t("statistics-times")),
    ];
    let mut table = Table::new(&heading, columns).map_err(export::failed)?;
    let no_title = page.t("statistics-no-title");
    for line in found.lines {
        let at = staff.app.config.zone.local(line.row.filed_at);
        let cells = [
            xlsx::Cell::from(line.row.number),
            line.row.title.unwrap_or_else(|| no_title.clone()).into(),
            line.category.into(),
            line.phase.into(),
            line.row.unit.map(|unit| unit.brief(page.locale()).to_owned()).into(),
            at.into(),
            line.n.into(),
        ];
        table.row(cells).map_err(export::failed)?;
    }
    let bytes = workbook([table]).map_err(export::failed)?;
    Ok(file(&format!("statistics-{}-{}.xlsx", cell.replace('_', "-"), found.figures.as_of), bytes))
}

impl RowsPage {
    fn lights(&self, line: &Line) -> Vec<(&'static str, String)> {
        matters::words::lights(&self.page, &line.row)
    }
}

async fn find(staff: &Staff, page: &Page, fields: &Fields, most: usize) -> Result<Found, Failure> {
    let cell = Cell::parse(&fields.cell).ok_or(Failure::NotFound)?;
    let by = match fields.by.as_str() {
        "" => None,
        code => Some(By::parse(code).ok_or(Failure::NotFound)?),
    };
    let (asked, _) = fields.read();
    let (wanted, grants) = (asked.clone(), staff.person.grants.clone());
    let (key, below) = (fields.key.clone(), !fields.below.is_empty());
    let (as_of, from, counted, rows, categories) = staff
        .app
        .read(move |snapshot, app| {
            let question = matters::figures::question(snapshot, app, &wanted)?;
            let keys = match by {
                Some(by) if below => keys_below(snapshot, app, by, &key)?,
                _ => BTreeSet::from([if key == NONE { String::new() } else { key.clone() }]),
            };
            let is_one = |found: &str| keys.contains(found);
            let of: Option<Of<'_>> = by.map(|by| (by, &is_one as &dyn Fn(&str) -> bool));
            let counted = matters::figures::rows_of(snapshot, &question, cell, of, &grants)?;
            let ids: Vec<MatterId> = counted.iter().map(|(id, _)| *id).take(most).collect();
            let mut rows = Vec::with_capacity(ids.len());
            for ids in ids.chunks(SHOWN) {
                rows.extend(matters::read::rows(snapshot, app, &grants, ids)?);
            }
            let categories = matters::categories::in_force(snapshot, app)?;
            Ok((question.as_of, question.from, counted, rows, categories))
        })
        .await?;
    let counts: BTreeMap<MatterId, u64> = counted.into_iter().collect();
    let lines = rows.into_iter().map(|row| Line {
        n: counts.get(&row.id).copied().unwrap_or(0),
        phase: row.phase.map(|phase| page.t(&format!("phase-{}", phase.code()))).unwrap_or_default(),
        category: row
            .category
            .as_deref()
            .and_then(|code| categories.get(code))
            .map(|category| category.name.in_locale(page.locale()).to_owned())
            .unwrap_or_default(),
        filed: page.date(&staff.app.config.zone.date_of(row.filed_at)),
        row,
    });
    Ok(Found {
        asked,
        cell,
        figures: Figures::new(as_of, from),
        looked_at: counts.len().min(most),
        lines: lines.collect(),
        counts,
    })
}
