//! 事项承办单: what a unit is asked to do and until when, with room for how it went.

use super::super::short;
use super::{Block, Line, Printer, Sheet};
use matters::{MatterView, NodeView};

/// The sheet of one assignment.
pub(super) fn sheet(printer: &Printer<'_>, view: &MatterView, node: &NodeView) -> Sheet {
    let Printer { page, .. } = printer;
    let (title, text) = printer.said(view);
    let demands: Vec<String> =
        view.demands.iter().map(|demand| format!("{}. {}", demand.n, demand.text)).collect();
    let category = view
        .category
        .as_ref()
        .map_or_else(String::new, |category| category.1.in_locale(page.locale()).to_owned());
    let urgency = view.urgency.map_or_else(String::new, |urgency| page.t(urgency.key()));
    let mut lines = vec![
        printer.line("paper-matter", view.number.as_str()),
        printer.line("paper-title", title),
        printer.line("desk-kind", [urgency, category].join(" ").trim()),
        printer.line("paper-appellant", printer.appellant(view)),
        printer.line("paper-text", text),
        printer.line("desk-demands", demands.join("\n")),
        printer.line("paper-from", node.from.name.as_str()),
        printer.line("paper-unit", format!("{} {}", node.unit.full(page.locale()), page.t(node.role.key()))),
        printer.line("paper-assigned", page.datetime(&node.assigned_at)),
        printer.line("paper-sign-by", printer.due(&node.signing)),
    ];
    if let Some((code, title)) = &node.duty_item {
        lines.push(printer.line("desk-duty-item", format!("{code} {title}")));
    }
    if !node.instruction.is_empty() {
        lines.push(printer.line("desk-instruction", node.instruction.as_str()));
    }
    if let Some(contact) = &node.contact {
        lines.push(printer.line("paper-contact-by", printer.due(contact)));
    }
    lines.push(printer.line("paper-due", printer.due(&node.handling)));
    lines.push(done(printer, node));
    lines.push(printer.line("paper-head-opinion", "").with_room(3));
    let link = short::href(&printer.staff.app.config.public_url, node.id);
    Sheet {
        title: page.t("paper-assignment"),
        number: printer.number("assignment", view),
        blocks: vec![Block::Table(lines), Block::Note(page.t1("paper-online", "link", link))],
    }
}

/// How it went: as answered, or room to write it down.
fn done(printer: &Printer<'_>, node: &NodeView) -> Line {
    match &node.answer {
        Some(answer) => printer.line("paper-done", answer.text.as_str()),
        None => printer.line("paper-done", "").with_room(3),
    }
}
