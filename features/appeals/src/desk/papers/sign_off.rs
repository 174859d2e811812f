//! 审签单: the answer as it is to be signed off, with room for a signature and a stamp. A
//! township of one person signs here and uploads a photo of it.

use super::super::short;
use super::{Block, Printer, Sheet};
use matters::{MatterView, NodeView};
use platform::ui::Page;

/// The sheet of one assignment.
pub(super) fn sheet(printer: &Printer<'_>, view: &MatterView, node: &NodeView) -> Sheet {
    let Printer { page, .. } = printer;
    let (title, _) = printer.said(view);
    let mut lines = vec![
        printer.line("paper-matter", view.number.as_str()),
        printer.line("paper-title", title),
        printer.line("paper-unit", node.unit.full(page.locale())),
        printer.line("paper-due", printer.due(&node.handling)),
        printer.line(
            "paper-contacted",
            node.contacted_at.as_ref().map_or_else(String::new, |at| page.datetime(at)),
        ),
    ];
    match &node.answer {
        Some(answer) => {
            lines.push(printer.line("paper-results", results(page, view, node)));
            lines.push(printer.line("paper-answer", answer.text.as_str()).with_room(1));
        }
        None => lines.push(printer.line("paper-answer", "").with_room(7)),
    }
    let evidence: Vec<&str> = node.attachments.iter().map(|file| file.name.as_str()).collect();
    if !evidence.is_empty() {
        lines.push(printer.line("paper-evidence", evidence.join("\n")));
    }
    lines.push(printer.line("paper-clerk", "").with_room(1));
    lines.push(printer.line("paper-head-opinion", "").with_room(5));
    let link = short::href(&printer.staff.app.config.public_url, node.id);
    Sheet {
        title: page.t("paper-sign-off"),
        number: printer.number("sign-off", view),
        blocks: vec![Block::Table(lines), Block::Note(page.t1("paper-upload", "link", link))],
    }
}

/// `1. 尽快修好路灯：已解决`, a line for each demand.
fn results(page: &Page, view: &MatterView, node: &NodeView) -> String {
    let results = node.answer.iter().flat_map(|answer| &answer.results);
    let lines = results.map(|(n, outcome)| {
        let demand = view.demands.iter().find(|demand| demand.n == *n);
        let demand = demand.map_or("", |demand| demand.text.as_str());
        let outcome = page.t(outcome.key());
        format!("{n}. {}", page.t2("paper-result", "demand", demand, "outcome", outcome))
    });
    lines.collect::<Vec<_>>().join("\n")
}
