//! `GET /statistics/rows?cell=…`: the matters behind a number, among those the reader may
//! see. Numbers and rows go through the same scope, so neither tells more than the other.

use super::ask::{Fields, figures_href};
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use kernel::MatterId;
use matters::Row;
use matters_rules::figures::Cell;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use std::collections::BTreeMap;

/// Rows of one page; more are told by their number.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "statistics/rows.html")]
struct Rows {
    page: Page,
    label: String,
    as_of: String,
    back: String,
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

/// See the module.
pub(super) async fn rows(staff: Staff, Query(fields): Query<Fields>) -> Result<Html<String>, Failure> {
    let cell = Cell::parse(&fields.cell).ok_or(Failure::NotFound)?;
    let (asked, _) = fields.read();
    let (wanted, grants) = (asked.clone(), staff.person.grants.clone());
    let (as_of, counted, rows, categories) = staff
        .app
        .read(move |snapshot, app| {
            let question = matters::figures::question(snapshot, app, &wanted)?;
            let counted = matters::figures::rows_of(snapshot, &question, cell, &grants)?;
            let ids: Vec<MatterId> = counted.iter().map(|(id, _)| *id).take(SHOWN).collect();
            let rows = matters::read::rows(snapshot, app, &grants, &ids)?;
            let categories = matters::categories::in_force(snapshot, app)?;
            Ok((question.as_of, counted, rows, categories))
        })
        .await?;
    let page = staff.desk_page("statistics-rows-title", "nav-statistics");
    let counts: BTreeMap<MatterId, u64> = counted.iter().copied().collect();
    let asked_for = counted.len().min(SHOWN);
    let lines: Vec<Line> = rows
        .into_iter()
        .map(|row| Line {
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
        })
        .collect();
    Ok(Html(
        Rows {
            label: page.t(&format!("cell-{}", cell.code())),
            as_of: page.date(&as_of),
            back: figures_href(&asked),
            total: counts.values().sum(),
            unseen: asked_for - lines.len(),
            more: counted.len() - asked_for,
            rows: lines,
            page,
        }
        .render()?,
    ))
}
