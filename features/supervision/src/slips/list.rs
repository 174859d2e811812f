//! `/desk/slips`: slips by how far they are, the newest first; the same as a workbook.

use super::PATH;
use super::read::{SlipRow, SlipTab, list_of, tab_counts};
use super::show::{Shown, number};
use crate::SLIPS;
use crate::address::escaped;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use matters::words::Words;
use platform::ui::Page;
use platform::web::reply;
use platform::web::{Staff, download};
use platform::{Failure, slow};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};
use serde::Deserialize;

/// Rows on a page.
const ROWS: usize = 50;
/// The most rows of a workbook.
const MOST: usize = 5_000;

#[derive(Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    tab: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/slips.html")]
struct List {
    page: Page,
    words: Words,
    tab: SlipTab,
    tabs: Vec<(String, String, i64, bool)>,
    rows: Vec<SlipRow>,
    first_href: String,
    next_href: String,
}

pub(super) async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let tab = SlipTab::parse(&look.tab).unwrap_or_default();
    let (person, after) = (staff.person.clone(), look.after.clone());
    let ((rows, next), counts) = staff
        .app
        .read(move |snapshot, app| {
            let list = list_of(snapshot, app, &person.grants, tab, after.as_deref(), ROWS)?;
            Ok((list, tab_counts(snapshot, &person.grants)?))
        })
        .await?;
    let page = staff.desk_page("slip-list-title", SLIPS);
    let href = |tab: SlipTab| format!("{PATH}?tab={}", tab.code());
    let list = List {
        words: Words::of(&staff.app, &page),
        tabs: counts
            .into_iter()
            .map(|(of, n)| (page.t(&format!("slip-tab-{}", of.code())), href(of), n, of == tab))
            .collect(),
        first_href: look.after.map_or_else(String::new, |_| href(tab)),
        next_href: next.map_or_else(String::new, |after| format!("{}&after={}", href(tab), escaped(&after))),
        page,
        tab,
        rows,
    };
    reply::page(&list, None)
}

pub(super) async fn export(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let tab = SlipTab::parse(&look.tab).unwrap_or_default();
    let person = staff.person.clone();
    let (rows, _) =
        staff.app.read(move |snapshot, app| list_of(snapshot, app, &person.grants, tab, None, MOST)).await?;
    let page = staff.desk_page("slip-list-title", SLIPS);
    let name = format!("{}.xlsx", page.t("slip-list-title"));
    let bytes =
        slow::apart(move || sheet(&page, &rows).map_err(|error| Failure::Internal(error.to_string())))
            .await?;
    download(&name, bytes)
}

fn sheet(page: &Page, rows: &[SlipRow]) -> Result<Vec<u8>, XlsxError> {
    let text = |key: &str, width| Column::text(page.t(key), width);
    let heading = Heading::new(page.t("slip-list-title")).demo(page.site.demo.then(|| page.t("shell-demo")));
    let columns = vec![
        text("slip-col-number", 20),
        text("slip-col-colour", 12),
        text("supervision-col-number", 16),
        text("supervision-col-matter", 40),
        text("slip-col-unit", 22),
        text("slip-col-state", 12),
        Column::datetime(page.t("slip-col-issued")),
        Column::datetime(page.t("slip-col-due")),
    ];
    let at = |at: Option<kernel::time::Instant>| Cell::from(at.map(|at| page.site.zone.local(at)));
    let mut table = Table::new(&heading, columns)?;
    for row in rows {
        table.row([
            number(page, row).into(),
            page.t(row.colour.key()).into(),
            row.matter_number.as_str().into(),
            row.title.clone().into(),
            row.unit.brief(page.locale()).into(),
            page.t(&format!("slip-state-{}", row.state.code())).into(),
            at(row.issued_at),
            at(row.due_at),
        ])?;
    }
    workbook([table])
}

impl List {
    fn href(&self, row: &SlipRow) -> String {
        Shown::href(row.id)
    }

    fn number(&self, row: &SlipRow) -> String {
        number(&self.page, row)
    }

    fn title(&self, row: &SlipRow) -> String {
        row.title.clone().unwrap_or_else(|| self.page.t("matter-title-withheld"))
    }

    fn state_key(&self, row: &SlipRow) -> String {
        format!("slip-state-{}", row.state.code())
    }

    fn export_href(&self) -> String {
        format!("{PATH}/export?tab={}", self.tab.code())
    }
}
