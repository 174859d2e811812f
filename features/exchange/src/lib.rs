//! Exchange 平台对接: matters that pass between this platform and those above and below it. A
//! matter handed down from above keeps its number and limit there, and how it goes on and ends
//! is written back; an assignment of a unit whose work another platform does goes down to it,
//! and what comes back is the unit's answer.
//!
//! - [`rules`]: the messages, a partner, and one matter that passed, as pure functions.
//! - `outgoing`: from the journal to a message; `compose` says what stands in it.
//! - `incoming`: what a message does here. `api` takes it over HTTP, `folder` from files, `sheet` from a workbook.
//! - `web`: what passed, and the partners.
//!
//! docs/exchange.md tells the other side.

pub mod folder;
pub mod incoming;
pub mod projection;
pub mod rules;
pub mod shell;

mod api;
mod compose;
mod outgoing;
mod sheet;
mod web;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use std::sync::Arc;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "exchange",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation: what passed.
const NAV: &str = "nav-exchange";
/// The same: the partners.
const NAV_PARTNERS: &str = "nav-exchange-partners";

/// What the exchange brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes().merge(api::routes()),
        projections: vec![Box::new(projection::ExchangeProjection)],
        listeners: vec![Arc::new(outgoing::MatterFollower)],
        jobs: outgoing::jobs().into_iter().chain(folder::jobs()).collect(),
        nav: vec![
            NavEntry {
                key: NAV,
                href: web::passed::PATH,
                icon: "send",
                permission: Some(Permission::ExchangeUse),
            },
            NavEntry {
                key: NAV_PARTNERS,
                href: web::partners::PATH,
                icon: "settings",
                permission: Some(Permission::ExchangeManage),
            },
        ],
        ..Feature::default()
    }
}
