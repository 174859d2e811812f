//! Issues around their rules: the pages, and who may do what.

mod answer;
mod change;
mod list;
mod open;
mod projection;
mod read;
mod report;
mod seek;
mod shell;
mod show;

pub use answer::{All, answer_all};
pub(crate) use change::said;
pub use projection::IssueProjection;
pub use read::{IssueRow, issues};
pub(crate) use read::{answer_of, load, of_matter};
pub use report::{Written, write};
pub use shell::{Issues, Wanted, act, open};

use crate::NAV;
use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::{Access, Routes};

/// Where the list stands.
pub const PATH: &str = "/common-issues";

/// The issues' pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::IssueRead);
    let manage = Access::Staff(Permission::IssueManage);
    let sign = Access::Staff(Permission::IssueSign);
    Routes::new()
        .get(PATH, read, list::show)
        .get("/common-issues/new", manage, open::form)
        .post(PATH, manage, open::save)
        .get("/common-issues/{issue}", read, show::show)
        .post("/common-issues/{issue}/members", manage, change::add)
        .post("/common-issues/{issue}/members/{matter}/removal", manage, change::remove)
        .post("/common-issues/{issue}/closing", manage, change::close)
        .post("/common-issues/{issue}/answer", manage, answer::send)
        .get("/common-issues/{issue}/reports/new", manage, report::form)
        .post("/common-issues/{issue}/reports", manage, report::save)
        .get("/common-issues/{issue}/reports/{version}", read, report::page)
        .get("/common-issues/{issue}/reports/{version}/paper.docx", read, report::word)
        .post("/common-issues/{issue}/reports/{version}/signature", sign, report::sign)
}

/// The entry in the navigation.
pub(crate) fn nav() -> NavEntry {
    NavEntry { key: NAV, href: PATH, icon: "users", permission: Some(Permission::IssueRead) }
}

/// Where an issue's page is.
pub(crate) fn href(issue: &str) -> String {
    format!("{PATH}/{issue}")
}
