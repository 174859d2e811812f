//! Quality checks of calls and visits 通话质检: some of a period are drawn so that anyone can draw
//! them anew, scored by a sheet that is data, answered by the officer who took the call, and read
//! a second time by somebody else. Figures are by office, shift and item, never by person.
//!
//! - [`rules`]: a draw, a check, the figures, as pure functions.
//! - `reported`: what reports may name of them.
//! - `seen`: one call as its reader may see it, and what a score must hold, for pages and API.
//! - `web`: draws, what waits to be scored, one call, the officer's own, the figures.

pub mod projection;
pub mod read;
pub mod rules;
pub mod shell;

mod api;
mod reported;
mod seen;
mod web;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "call quality",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-call-checks";
/// Key of the entry for an officer's own.
const NAV_OWN: &str = "nav-own-call-checks";

/// What quality checks bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes().merge(api::routes()),
        projections: vec![Box::new(projection::CallCheckProjection)],
        report_figures: vec![std::sync::Arc::new(reported::Checks)],
        nav: vec![
            NavEntry {
                key: NAV,
                href: web::PATH,
                icon: "phone",
                permission: Some(Permission::CallCheckRead),
            },
            NavEntry {
                key: NAV_OWN,
                href: web::OWN,
                icon: "star",
                permission: Some(Permission::CallCheckOwn),
            },
        ],
        ..Feature::default()
    }
}
