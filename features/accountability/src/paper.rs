//! A measure as it is printed: a page, and the same as a Word document.

use crate::pages::{Opened, load, number};
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, download, reply};
use print::docx::{self, Block, Line, Sheet};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "accountability/paper.html")]
struct Paper {
    page: Page,
    sheets: Vec<Sheet>,
    word: String,
    back: String,
}

pub(crate) async fn page(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let opened = decided(&staff, id).await?;
    let page = staff.desk_page("accountability-one", NAV);
    let sheets = vec![sheet(&page, &opened)];
    reply::page(
        &Paper { page, sheets, word: format!("{PATH}/{id}/paper.docx"), back: format!("{PATH}/{id}") },
        None,
    )
}

pub(crate) async fn word(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let opened = decided(&staff, id).await?;
    let page = staff.desk_page("accountability-one", NAV);
    let sheet = sheet(&page, &opened);
    let (name, mark) = (format!("{}.docx", sheet.number), page.site.demo.then(|| page.t("shell-demo")));
    let bytes =
        docx::document(&[sheet], mark.as_deref()).map_err(|error| Failure::Internal(error.to_string()))?;
    download(&name, bytes)
}

/// There is no paper before it is decided.
async fn decided(staff: &Staff, id: Uuid) -> Result<Opened, Failure> {
    let (opened, _) = load(staff, id).await?;
    if opened.measure.number.is_some() { Ok(opened) } else { Err(Failure::NotFound) }
}

fn sheet(page: &Page, opened: &Opened) -> Sheet {
    let kind = opened.proposed.kind;
    let line = |key: &str, value: String| Line::new(page.t(key), value);
    let found = opened.measure.number.map(|(year, n)| (i64::from(year), n));
    let to = match opened.proposed.body.as_str() {
        "" => opened.unit.full(page.locale()).to_owned(),
        body => body.to_owned(),
    };
    let mut lines = vec![
        line("accountability-unit", opened.unit.full(page.locale()).to_owned()),
        line("accountability-failing", page.t(opened.proposed.failing.key())),
        line("accountability-facts", opened.facts.clone()),
        line("accountability-basis", opened.basis.clone()),
    ];
    if let Some((_, due)) = &opened.proposed.rectify {
        lines.push(line("accountability-demand", opened.demand.clone()));
        lines.push(line("accountability-due", page.date(due)));
    }
    Sheet {
        title: page.t(&format!("{}-paper", kind.key())),
        number: number(page, kind, found),
        blocks: vec![
            Block::Address(page.t1("accountability-to", "unit", to)),
            Block::Table(lines),
            Block::Signature(vec![page.office().to_owned()]),
        ],
    }
}
