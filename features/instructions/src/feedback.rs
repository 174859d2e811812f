//! The one page that comes back to the leader 批示件办理情况反馈单, as a page and as a document.

use crate::{NAV, list};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::MatterId;
use matters::{MatterView, NodeView, Viewer};
use matters_rules::MatterKind;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, download, reply};
use print::docx::{self, Block, Line, Sheet};

#[derive(Template)]
#[template(path = "instructions/paper.html")]
pub(crate) struct Paper {
    pub page: Page,
    pub sheets: Vec<Sheet>,
    pub word: String,
    pub back: String,
}

pub(crate) async fn page(staff: Staff, Path(id): Path<MatterId>) -> Result<Response, Failure> {
    let view = load(&staff, id).await?;
    let page = staff.desk_page("instructions-feedback", NAV);
    let sheets = vec![sheet(&page, &view)];
    let (word, back) = (format!("{}/{id}/feedback.docx", list::PATH), format!("/matters/{id}"));
    reply::page(&Paper { page, sheets, word, back }, None)
}

pub(crate) async fn word(staff: Staff, Path(id): Path<MatterId>) -> Result<Response, Failure> {
    let view = load(&staff, id).await?;
    let page = staff.desk_page("instructions-feedback", NAV);
    document(&page, sheet(&page, &view), &view.number)
}

/// A sheet as a document to take away.
pub(crate) fn document(page: &Page, sheet: Sheet, number: &str) -> Result<Response, Failure> {
    let mark = page.site.demo.then(|| page.t("shell-demo"));
    let name = format!("{} {number}.docx", sheet.title);
    let bytes =
        docx::document(&[sheet], mark.as_deref()).map_err(|error| Failure::Internal(error.to_string()))?;
    download(&name, bytes)
}

async fn load(staff: &Staff, id: MatterId) -> Result<MatterView, Failure> {
    let person = staff.person.clone();
    let view =
        staff.app.read(move |snapshot, app| matters::view(snapshot, app, id, Viewer::Staff(&person))).await?;
    if view.kind == MatterKind::Instruction { Ok(view) } else { Err(Failure::NotFound) }
}

fn sheet(page: &Page, view: &MatterView) -> Sheet {
    let line = |key: &str, value: String| Line::new(page.t(key), value);
    let mut lines = Vec::new();
    if let Some(given) = view.raised.as_ref().and_then(|raised| raised.instruction.as_ref()) {
        lines.push(line("instructions-post", given.post.clone()));
        let how = format!("{} · {}", page.date(&given.on), page.t(given.medium.key()));
        lines.push(line("instructions-when", how));
        if !given.paper.is_empty() {
            lines.push(line("instructions-paper", given.paper.clone()));
        }
    }
    lines.push(line("instructions-about", view.title.clone()));
    lines.push(line("instructions-wording", view.text.clone()));
    if let Some(promise) = &view.clock.promise {
        lines.push(line("instructions-due", page.date(&promise.due_date)));
    }
    lines.extend(view.nodes.iter().filter(|node| !node.is_relay).map(|node| result(page, node)));
    let verified = view.timeline.iter().rev().find(|item| item.kind == "verified");
    let words = verified.and_then(|item| item.text.clone()).unwrap_or_default();
    let room = if words.is_empty() { 3 } else { 0 };
    lines.push(line("instructions-verified", words).with_room(room));
    let day = view.closed_at.map_or_else(String::new, |at| page.day(&at));
    Sheet {
        title: page.t("instructions-feedback"),
        number: view.number.clone(),
        blocks: vec![Block::Table(lines), Block::Signature(vec![page.office().to_owned(), day])],
    }
}

/// What a unit did, when, and what proves it.
fn result(page: &Page, node: &NodeView) -> Line {
    let mut said = Vec::new();
    match &node.answer {
        Some(answer) => {
            said.push(answer.text.clone());
            said.extend(node.submitted_at.map(|at| page.t1("instructions-submitted", "date", page.day(&at))));
        }
        None => said.push(page.t("instructions-not-answered")),
    }
    if !node.attachments.is_empty() {
        let names: Vec<&str> = node.attachments.iter().map(|file| file.name.as_str()).collect();
        said.push(page.t1("instructions-evidence", "files", names.join("、")));
    }
    Line::new(node.unit.full(page.locale()), said.join("\n"))
}
