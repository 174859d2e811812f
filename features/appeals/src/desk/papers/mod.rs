//! Papers of an assignment or a matter, to print or to take away as a Word document: 承办单,
//! 审签单, 不予受理告知书; of one, or of all that were ticked in a list. Page and document
//! are made of the same [`Sheet`], so that they never differ.

mod assignment;
mod batch;
mod decline;
mod sign_off;

use super::matter::load;
use super::{QUEUES, page};
use crate::download;
use crate::verbs::Place;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::{MatterId, NodeId};
use matters::{LimitView, MatterView, NodeView};
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff};
use print::docx::{self, Block, Line, Sheet};

/// Every paper, as a page and under the same address with `.docx` as a document.
pub fn routes() -> Routes {
    let read = Access::Staff(Permission::MatterRead);
    Routes::new()
        .get("/matters/{id}/nodes/{node}/papers/{paper}", read, of_node)
        .get("/matters/{id}/papers/{paper}", read, of_matter)
        .get("/desk/papers", read, batch::show)
}

/// A paper that can be printed now.
pub struct Link {
    /// What it is called.
    pub name: String,
    /// To print.
    pub page: String,
    /// To take away.
    pub word: String,
}

/// The papers of an assignment.
pub fn links(page: &Page, view: &MatterView, node: &NodeView) -> Vec<Link> {
    let link = |paper: &str| {
        let address = format!("/matters/{}/nodes/{}/papers/{paper}", view.id, node.id);
        Link { name: page.t(&format!("paper-{paper}")), word: format!("{address}.docx"), page: address }
    };
    vec![link("assignment"), link("sign-off")]
}

/// The notice of a declined matter.
pub fn decline_link(page: &Page, view: &MatterView) -> Option<Link> {
    view.decline.as_ref()?.declined_at?;
    let address = format!("/matters/{}/papers/decline", view.id);
    Some(Link { name: page.t("paper-decline"), word: format!("{address}.docx"), page: address })
}

#[derive(Template)]
#[template(path = "desk/papers.html")]
struct Papers {
    page: Page,
    sheets: Vec<Sheet>,
    /// The same as a document.
    word: String,
}

/// Who prints, and in which language.
struct Printer<'a> {
    staff: &'a Staff,
    page: Page,
}

impl<'a> Printer<'a> {
    fn of(staff: &'a Staff) -> Self {
        Self { staff, page: staff.desk_page("desk-papers", QUEUES) }
    }

    /// The sheets as a page to print, or as a document.
    fn answer(
        self,
        sheets: Vec<Sheet>,
        as_word: bool,
        name: &str,
        word: String,
    ) -> Result<Response, Failure> {
        if as_word {
            let mark = self.page.site.demo.then(|| self.page.t("shell-demo"));
            let bytes = docx::document(&sheets, mark.as_deref())
                .map_err(|error| Failure::Internal(error.to_string()))?;
            return download::response(&format!("{name}.docx"), bytes);
        }
        page::show(StatusCode::OK, &Papers { page: self.page, sheets, word })
    }

    /// A line with the words of that key as its name.
    fn line(&self, key: &str, value: impl Into<String>) -> Line {
        Line::new(self.page.t(key), value)
    }

    /// `娄直通车交〔2022〕6020005号`: the office's mark, the kind of paper, the year and the
    /// matter's running number without leading zeros (GB/T 9704-2012, 7.2.5).
    fn number(&self, kind: &str, view: &MatterView) -> String {
        let (year, serial) = view.number.split_at_checked(4).unwrap_or(("", view.number.as_str()));
        let mark = self.page.site.document_mark.as_str();
        let names = [
            ("mark", mark.into()),
            ("kind", self.page.t(&format!("paper-mark-{kind}")).into()),
            ("year", year.into()),
            ("serial", serial.trim_start_matches('0').into()),
        ];
        self.page.translator().ta("paper-number", &names)
    }

    /// Title and text as a paper may show them: of a confidential matter what was redacted,
    /// whoever prints it.
    fn said(&self, view: &MatterView) -> (String, String) {
        let withheld =
            |text: &str| if text.is_empty() { self.page.t("paper-withheld") } else { text.to_owned() };
        if view.shielded {
            (withheld(&view.masked.title), withheld(&view.masked.text))
        } else {
            (withheld(&view.title), withheld(&view.text))
        }
    }

    /// The appellant as a paper may name them.
    fn appellant(&self, view: &MatterView) -> String {
        if let Some(pseudonym) = &view.pseudonym {
            return pseudonym.clone();
        }
        let contact = &view.contact;
        let parts = [&contact.name, &contact.enterprise, &contact.phone];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    }

    /// When a limit is due, with its year: a paper outlives it.
    fn due(&self, limit: &LimitView) -> String {
        if limit.span.base.counts_days() {
            self.page.date(&limit.due_date)
        } else {
            self.page.datetime(&limit.due_at)
        }
    }

    fn today(&self) -> String {
        let app = &self.staff.app;
        self.page.date(&app.config.zone.date_of(app.now()))
    }
}

async fn of_node(
    staff: Staff,
    Path((id, node, paper)): Path<(MatterId, NodeId, String)>,
) -> Result<Response, Failure> {
    let (paper, as_word) = named(&paper);
    let view = load(&staff, Place { id, node: Some(node), other: None }).await?;
    let node = view.node(node).ok_or(Failure::NotFound)?;
    let printer = Printer::of(&staff);
    let sheet = match paper {
        "assignment" => assignment::sheet(&printer, &view, node),
        "sign-off" => sign_off::sheet(&printer, &view, node),
        _ => return Err(Failure::NotFound),
    };
    let name = format!("{} {}", sheet.title, view.number);
    let word = format!("/matters/{}/nodes/{}/papers/{paper}.docx", view.id, node.id);
    printer.answer(vec![sheet], as_word, &name, word)
}

async fn of_matter(staff: Staff, Path((id, paper)): Path<(MatterId, String)>) -> Result<Response, Failure> {
    let (paper, as_word) = named(&paper);
    let view = load(&staff, Place { id, node: None, other: None }).await?;
    let printer = Printer::of(&staff);
    let sheet = match paper {
        "decline" => decline::sheet(&printer, &view).ok_or(Failure::NotFound)?,
        _ => return Err(Failure::NotFound),
    };
    let name = format!("{} {}", sheet.title, view.number);
    printer.answer(vec![sheet], as_word, &name, format!("/matters/{}/papers/{paper}.docx", view.id))
}

/// The paper's name, and whether it is wanted as a document.
fn named(paper: &str) -> (&str, bool) {
    paper.strip_suffix(".docx").map_or((paper, false), |paper| (paper, true))
}
