//! `/figures` for everyone; for staff `/statistics`, the same counted apart, the rows behind
//! each number, and all of it as workbooks; `/map`, the city at a glance.

mod ask;
mod atlas;
mod by;
mod chart;
mod export;
mod places;
mod public;
mod published;
mod rows;
mod shown;
mod staff;

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::{Access, Routes};

/// The entries in the staff's navigation.
pub(crate) fn nav() -> Vec<NavEntry> {
    let entry = |key, href, icon| NavEntry { key, href, icon, permission: Some(Permission::FiguresRead) };
    vec![entry("nav-statistics", "/statistics", "chart"), entry("nav-map", "/map", "map-pin")]
}

/// The routes of this crate.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::FiguresRead);
    Routes::new()
        .get("/figures", Access::Public, public::figures)
        .get("/map", read, atlas::atlas)
        .get("/statistics", read, staff::statistics)
        .get("/statistics.xlsx", read, export::overview)
        .get("/statistics/by/{by}", read, by::by)
        .get("/statistics/by/{by}/table.xlsx", read, export::by)
        .get("/statistics/rows", read, rows::rows)
        .get("/statistics/rows.xlsx", read, rows::workbook_of_rows)
}
