//! Enterprise accounts at the desk: which addresses an officer verified for a firm, verified
//! anew or from an appeal, and taken back. What an address opens is on the portal (`/own`).

mod account;
mod add;
mod from_matter;
mod index;

use super::ENTERPRISES;
use kernel::permission::Permission;
use matters_rules::enterprise::Basis;
use platform::ui::{Choice, Page, Source};
use platform::web::{Access, Routes, Staff};

/// The texts of these pages.
pub const LOCALES: Source = Source {
    name: "appeals/enterprises",
    zh_cn: include_str!("../../../locales/zh-CN/enterprises.ftl"),
    en: include_str!("../../../locales/en/enterprises.ftl"),
};

/// The pages of enterprise accounts.
pub fn routes() -> Routes {
    const OFFICER: Access = Access::Staff(Permission::EnterpriseVerify);
    Routes::new()
        .get("/enterprises", OFFICER, index::show)
        .post("/enterprises", OFFICER, add::add)
        .get("/enterprises/new", OFFICER, add::show)
        .get("/enterprises/{code}", OFFICER, account::show)
        .post("/enterprises/{code}/addresses/{address}/revocation", OFFICER, account::revoke)
        .post("/matters/{id}/enterprise-address", OFFICER, from_matter::verify)
}

fn page(staff: &Staff, title: &str) -> Page {
    staff.desk_page(title, ENTERPRISES)
}

/// On what an address may be verified.
pub(super) fn bases(page: &Page) -> Vec<Choice> {
    Basis::ALL.iter().map(|basis| Choice::new(basis.code(), page.t(basis.key()))).collect()
}
