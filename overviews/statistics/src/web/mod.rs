//! `/figures` for everyone; for staff `/statistics`, the same counted apart, the rows behind
//! each number, and all of it as workbooks.

mod ask;
mod by;
mod chart;
mod export;
mod map;
mod places;
mod public;
mod published;
mod rows;
mod shown;
mod staff;

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::{Access, Routes};

/// The entry in the staff's navigation.
pub(crate) const NAV: NavEntry = NavEntry {
    key: "nav-statistics",
    href: "/statistics",
    icon: "chart",
    permission: Some(Permission::FiguresRead),
};

/// The routes of this crate.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::FiguresRead);
    Routes::new()
        .get("/figures", Access::Public, public::figures)
        .get("/statistics", read, staff::statistics)
        .get("/statistics.xlsx", read, export::overview)
        .get("/statistics/by/{by}", read, by::by)
        .get("/statistics/by/{by}/table.xlsx", read, export::by)
        .get("/statistics/rows", read, rows::rows)
        .get("/statistics/rows.xlsx", read, rows::workbook_of_rows)
}
