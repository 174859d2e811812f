//! A report to take away: a Word document that can be edited, and a workbook with its figures.

use crate::list::period;
use crate::lists::Items;
use crate::rules::report::Report;
use crate::rules::template::{Part, parts};
use crate::show::{Loaded, load};
use crate::values::{label, written_page};
use crate::word::filling;
use axum::extract::Path;
use axum::response::Response;
use matters::attachments;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, download};
use print::docx::{self, Block, Line, Sheet};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};
use std::collections::BTreeSet;
use uuid::Uuid;

/// `GET /desk/reports/{id}/report.docx`: what is issued, the computed document or the one that
/// somebody changed by hand.
pub(crate) async fn word(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let loaded = load(&staff, id).await?;
    let page = written_page(&staff.app);
    let named = format!("{}.docx", name(&page, &loaded.report));
    let bytes = match loaded.report.by_hand {
        Some(by_hand) => {
            let read = move |q: &mut store::Snapshot, app: &platform::App| {
                attachments::read_attachment(q, app, by_hand.file)
            };
            staff.app.read(read).await?.1
        }
        None => document(&page, &loaded)?,
    };
    download(&named, bytes)
}

/// `GET /desk/reports/{id}/computed.docx`: the computed document, whatever is issued.
pub(crate) async fn computed(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let loaded = load(&staff, id).await?;
    let page = written_page(&staff.app);
    let named = format!("{}{}.docx", name(&page, &loaded.report), page.t("report-computed-name"));
    download(&named, document(&page, &loaded)?)
}

fn document(page: &Page, loaded: &Loaded) -> Result<Vec<u8>, Failure> {
    let Loaded { report, issuer, word, .. } = loaded;
    let mark = page.site.demo.then(|| page.t("shell-demo"));
    let bytes = match word {
        Some(template) => template.fill(&filling(page, report, issuer), mark.as_deref()),
        None => docx::document(&[sheet(page, report, issuer)], mark.as_deref()),
    };
    bytes.map_err(|error| Failure::Internal(error.to_string()))
}

/// `GET /desk/reports/{id}/report.xlsx`
pub(crate) async fn excel(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let Loaded { report, .. } = load(&staff, id).await?;
    let page = written_page(&staff.app);
    let bytes = tables(&page, &report).map_err(|error| Failure::Internal(error.to_string()))?;
    download(&format!("{}.xlsx", name(&page, &report)), bytes)
}

fn name(page: &Page, report: &Report) -> String {
    match report.period {
        Some((kind, from, until)) => format!("{} {}", page.t(kind.key()), period(page, from, until)),
        None => page.t("report-title"),
    }
}

/// A text in the plain layout.
pub(crate) fn plain(text: &str) -> Sheet {
    let mut sheet = Sheet::default();
    for part in parts(text) {
        match part {
            Part::Title(title) => sheet.title = title,
            Part::Heading(text) | Part::Text(text) => sheet.blocks.push(Block::Text(text)),
            Part::Table(rows) => {
                let lines = rows.into_iter().map(|(label, value)| Line::new(label, value));
                sheet.blocks.push(Block::Table(lines.collect()));
            }
            Part::Note(text) => sheet.blocks.push(Block::Note(text)),
        }
    }
    sheet
}

fn sheet(page: &Page, report: &Report, issuer: &str) -> Sheet {
    let mut sheet = plain(&report.text);
    if let Some((_, from, until)) = report.period {
        sheet.number = period(page, from, until);
    }
    let signed = match report.issued {
        Some((at, _)) => vec![page.office().to_owned(), issuer.to_owned(), page.day(&at)],
        None => vec![page.office().to_owned(), page.t("report-not-issued")],
    };
    sheet.blocks.push(Block::Signature(signed.into_iter().filter(|line| !line.is_empty()).collect()));
    sheet
}

/// What the report prints, and beside it every figure by name.
fn tables(page: &Page, report: &Report) -> Result<Vec<u8>, XlsxError> {
    let demo = || page.site.demo.then(|| page.t("shell-demo"));
    let title = name(page, report);
    let text = |key: &str, width| Column::text(page.t(key), width);
    let heading = Heading::new(&title).sheet(page.t("report-sheet-text")).demo(demo());
    let mut words = Table::new(&heading, vec![text("report-col-item", 40), text("report-col-value", 60)])?;
    for part in parts(&report.text) {
        match part {
            Part::Title(text) | Part::Heading(text) => words.strong_row([text.into(), "".into()])?,
            Part::Text(text) | Part::Note(text) => words.row([text.into(), "".into()])?,
            Part::Table(rows) => {
                for (label, value) in rows {
                    words.row([label.into(), value.into()])?;
                }
            }
        }
    }
    let heading = Heading::new(&title).sheet(page.t("report-sheet-figures")).demo(demo());
    let mut figures = Table::new(
        &heading,
        vec![text("report-col-name", 34), text("report-col-label", 30), text("report-col-value", 60)],
    )?;
    for (name, value) in &report.values {
        figures.row([name.as_str().into(), label(page, name).into(), value.as_str().into()])?;
    }
    let mut tables = vec![words, figures];
    for (list, items) in &report.lists {
        tables.push(list_table(page, &title, list, items)?);
    }
    workbook(tables)
}

/// What the rows of a Word template were repeated for.
fn list_table(page: &Page, title: &str, list: &str, items: &Items) -> Result<Table, XlsxError> {
    let demo = page.site.demo.then(|| page.t("shell-demo"));
    let heading = Heading::new(title).sheet(page.t(&format!("report-list-{list}"))).demo(demo);
    let fields: BTreeSet<&String> = items.iter().flat_map(|item| item.keys()).collect();
    let columns = fields.iter().map(|field| Column::text(label(page, field), 18)).collect();
    let mut table = Table::new(&heading, columns)?;
    for item in items {
        let value = |field: &&String| item.get(*field).map_or("", String::as_str).into();
        table.row(fields.iter().map(value).collect::<Vec<Cell>>())?;
    }
    Ok(table)
}
