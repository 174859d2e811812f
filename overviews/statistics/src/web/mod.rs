//! `/figures` for everyone; `/statistics` and the rows behind its numbers for staff.

mod ask;
mod public;
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
        .get("/statistics/rows", read, rows::rows)
}
