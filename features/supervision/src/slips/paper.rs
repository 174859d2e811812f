//! 督办单 as it is printed: a page, and the same as a Word document.

use super::show::Shown;
use crate::SLIPS;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::SlipId;
use platform::Failure;
use platform::ui::Page;
use platform::web::reply;
use platform::web::{Staff, download};
use print::docx::{self, Block, Line, Sheet};

#[derive(Template)]
#[template(path = "supervision/paper.html")]
struct Paper {
    page: Page,
    sheets: Vec<Sheet>,
    word: String,
    back: String,
}

pub(super) async fn page(staff: Staff, Path(id): Path<SlipId>) -> Result<Response, Failure> {
    let shown = Shown::load(&staff, id).await?;
    let sheets = vec![sheet(&shown)];
    let back = Shown::href(id);
    let page = staff.desk_page("slip-paper-title", SLIPS);
    reply::page(&Paper { page, sheets, word: format!("{back}/paper.docx"), back }, None)
}

pub(super) async fn word(staff: Staff, Path(id): Path<SlipId>) -> Result<Response, Failure> {
    let shown = Shown::load(&staff, id).await?;
    let mark = shown.page.site.demo.then(|| shown.page.t("shell-demo"));
    let bytes = docx::document(&[sheet(&shown)], mark.as_deref())
        .map_err(|error| Failure::Internal(error.to_string()))?;
    download(&format!("{} {}.docx", shown.page.t("slip-paper-title"), shown.row.matter_number), bytes)
}

/// The slip as a sheet: to whom, about what, what is demanded until when, room for the reply.
fn sheet(shown: &Shown) -> Sheet {
    let (page, row) = (&shown.page, &shown.row);
    let line = |key: &str, value: String| Line::new(page.t(key), value);
    let due = match row.due_at {
        Some(at) => shown.words.due(&at),
        None => page.t1("slip-days", "n", row.days),
    };
    let title = row.title.clone().unwrap_or_else(|| page.t("matter-title-withheld"));
    let reply = shown.replies.last().map(|(_, text)| text.clone()).unwrap_or_default();
    Sheet {
        title: page.t("slip-paper-title"),
        number: shown.number(),
        blocks: vec![
            Block::Address(page.t1("slip-paper-to", "unit", row.unit.full(page.locale()))),
            Block::Table(vec![
                line("slip-col-colour", page.t(row.colour.key())),
                line("supervision-col-number", row.matter_number.clone()),
                line("supervision-col-matter", title),
                line("slip-demand", shown.demand.clone()).with_room(u8::from(shown.demand.is_empty()) * 4),
                line("slip-col-due", due),
                line("slip-reply", reply.clone()).with_room(if reply.is_empty() { 6 } else { 0 }),
            ]),
            Block::Signature(vec![
                page.office().to_owned(),
                row.issued_at.map_or_else(String::new, |at| page.day(&at)),
            ]),
            Block::Note(page.t("slip-paper-note")),
        ],
    }
}
