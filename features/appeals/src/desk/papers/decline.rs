//! 不予受理告知书: the written notice to the appellant: why, and which way is the right one.

use super::{Block, Printer, Sheet};
use matters::MatterView;

/// The notice; none while nothing was declined.
pub(super) fn sheet(printer: &Printer<'_>, view: &MatterView) -> Option<Sheet> {
    let Printer { page, .. } = printer;
    let decline = view.decline.as_ref()?;
    let declined_at = decline.declined_at?;
    let zone = &printer.staff.app.config.zone;
    let (title, _) = printer.said(view);
    let filed = view.filed_at.map_or_else(String::new, |at| page.date(&zone.date_of(at)));
    let filing = [("date", filed.into()), ("title", title.into()), ("number", view.number.as_str().into())];
    let name = view.pseudonym.clone().unwrap_or_else(|| view.contact.name.clone());
    let office = view
        .office
        .as_ref()
        .map_or_else(|| page.site.office(page.locale()).to_owned(), |office| office.name.clone());
    let locale = page.locale();
    let mut reason = vec![page.t1("paper-decline-ground", "ground", decline.ground.name.in_locale(locale))];
    let basis = decline.ground.basis.in_locale(locale);
    if !basis.is_empty() {
        reason.push(page.t1("paper-decline-basis", "basis", basis));
    }
    if !decline.right_way.is_empty() {
        reason.push(page.t1("paper-decline-way", "way", decline.right_way.as_str()));
    }
    Some(Sheet {
        title: page.t("paper-decline"),
        number: printer.number("decline", view),
        blocks: vec![
            Block::Address(page.t1("paper-address", "name", name)),
            Block::Text(page.translator().ta("paper-decline-filed", &filing)),
            Block::Text(reason.join("\n")),
            Block::Text(page.t("paper-decline-again")),
            Block::Signature(vec![office, page.date(&zone.date_of(declined_at))]),
        ],
    })
}
