//! The office's configuration in the browser, changes of the network by order, and the jobs
//! that were given up. Start with [`working`] for the text that is edited, `publication` for
//! how it becomes a version; `changes` for units that are opened, moved, merged and closed.

mod calendar;
mod changes;
mod document;
mod entry;
mod index;
mod jobs;
mod limits;
mod names;
mod offers;
mod publication;
mod source;
mod version;
mod working;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts; the names of documents are those of `matters`.
pub const LOCALES: Source = Source {
    name: "administration",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What administration brings along.
pub fn feature() -> Feature {
    Feature { locales: vec![LOCALES], routes: routes(), nav: NAV.to_vec(), ..Feature::default() }
}

const NAV: [NavEntry; 2] = [
    NavEntry {
        key: "nav-configuration",
        href: "/admin/configuration",
        icon: "settings",
        permission: Some(Permission::ConfigurationRead),
    },
    NavEntry {
        key: "nav-jobs",
        href: "/admin/jobs",
        icon: "list-check",
        permission: Some(Permission::JobsManage),
    },
];

fn routes() -> Routes {
    let read = Access::Staff(Permission::ConfigurationRead);
    let draft = Access::Staff(Permission::ConfigurationDraft);
    let publish = Access::Staff(Permission::ConfigurationPublish);
    let jobs = Access::Staff(Permission::JobsManage);
    let network = Access::Staff(Permission::NetworkManage);
    Routes::new()
        .get("/admin/configuration", read, index::show)
        .get("/admin/configuration/calendar", read, calendar::show)
        .get("/admin/configuration/calendar/years/{year}", draft, calendar::edit)
        .post("/admin/configuration/calendar/years/{year}", draft, calendar::save)
        .get("/admin/configuration/procedure", read, limits::show)
        .get("/admin/configuration/procedure/limits", draft, limits::edit)
        .post("/admin/configuration/procedure/limits", draft, limits::save)
        .get("/admin/configuration/{document}", read, document::show)
        .get("/admin/configuration/{document}/versions/{position}", read, version::show)
        .get("/admin/configuration/{document}/source", draft, source::edit)
        .post("/admin/configuration/{document}/source", draft, source::save)
        .get("/admin/configuration/{document}/entries/{table}/{at}", draft, entry::edit)
        .post("/admin/configuration/{document}/entries/{table}/{at}", draft, entry::save)
        .post("/admin/configuration/{document}/discard", draft, publication::discard)
        .get("/admin/configuration/{document}/publication", read, publication::review)
        .post("/admin/configuration/{document}/publication", publish, publication::publish)
        .get("/admin/network/changes/new", network, changes::new)
        .post("/admin/network/changes", network, changes::save)
        .get("/admin/jobs", jobs, jobs::list)
        .post("/admin/jobs/{id}/retry", jobs, jobs::retry)
}
