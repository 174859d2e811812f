//! Breakdowns on the public page: in the order of their lists and never by rank, and
//! nothing of groups so small that somebody could be recognised, nor of another group if
//! the small one could be had by subtraction.

use crate::lines::Lines;
use matters_rules::figures::{By, Cell, suppress};
use platform::ui::Page;

/// What is published apart.
pub(super) const PUBLISHED: [By; 5] = [By::Category, By::Area, By::Type, By::Channel, By::Line];

/// A breakdown as it is published.
pub(super) struct Published {
    pub title: String,
    pub rows: Vec<PublishedRow>,
    /// A matter may stand in several rows.
    pub several: bool,
}

/// One group; "fewer than 5" where it is withheld.
pub(super) struct PublishedRow {
    pub name: String,
    /// Nothing of it is shown.
    pub withheld: bool,
    pub accepted: String,
    pub closed: String,
    pub satisfied: String,
}

/// The top rows of a table. A group whose accepted matters are withheld shows no rate
/// either; a rate is withheld where its own whole is small or gives another's away.
pub(super) fn published(page: &Page, table: &Lines) -> Published {
    let tops: Vec<_> = table.lines.iter().filter(|line| line.depth == 0).collect();
    let sizes = |cell: Cell| suppress(&tops.iter().map(|line| line.sum.count(cell)).collect::<Vec<_>>());
    let (accepted, rated) = (sizes(Cell::Accepted), sizes(Cell::Rated));
    let withheld = || page.t("figures-withheld");
    let rate = |n: u64, of: Option<u64>| match of {
        None => withheld(),
        Some(0) => "–".to_owned(),
        Some(of) => page.percent(n, of),
    };
    let rows = tops
        .iter()
        .zip(accepted.into_iter().zip(rated))
        .filter(|(line, _)| line.sum.count(Cell::Accepted) > 0)
        .map(|(line, (accepted, rated))| PublishedRow {
            name: line.name.clone(),
            withheld: accepted.is_none(),
            accepted: accepted.map_or_else(withheld, |n| page.number(n)),
            closed: rate(line.sum.count(Cell::Closed), accepted),
            satisfied: rate(line.sum.count(Cell::Satisfied), accepted.and(rated)),
        });
    Published { title: page.t(table.by.key()), rows: rows.collect(), several: !table.by.adds_up() }
}
