//! 给工作群的文字: what may be copied into a work group's chat about an assignment: number,
//! title, what is asked, until when, and the link. No name, no firm, no whole number, and of
//! a confidential matter only what the office redacted.

use super::short;
use super::words::Words;
use matters::{MatterView, NodeView};
use platform::ui::Page;

/// The text, line by line.
pub fn text(page: &Page, words: &Words, public_url: &str, view: &MatterView, node: &NodeView) -> String {
    let masked = &view.masked;
    let title = if masked.title.is_empty() { page.t("matter-title-withheld") } else { masked.title.clone() };
    let mut lines = vec![
        page.t2("group-text-head", "number", view.number.as_str(), "unit", node.unit.brief(page.locale())),
        page.t1("group-text-title", "title", title),
    ];
    let demands = masked.demands.iter().enumerate();
    lines.extend(demands.map(|(n, demand)| format!("{}. {demand}", n + 1)));
    if view.shielded {
        lines.push(page.t("group-text-shielded"));
    }
    if node.signed_at.is_none() {
        lines.push(page.t1("group-text-sign", "due", words.due(&node.signing)));
    }
    lines.push(page.t1("group-text-due", "due", words.due(&node.handling)));
    lines.push(short::href(public_url, node.id));
    lines.join("\n")
}
