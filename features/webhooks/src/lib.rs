//! Webhooks 事件推送: other systems of the city are told what happens to matters.
//!
//! - [`rules`]: a subscription and what can be told, as pure functions.
//! - `deliver`: from the journal to a signed request that tries again.
//! - `web`: `/admin/webhooks`.
//!
//! What is sent, and how a receiver checks it, stands in docs/webhooks.md.

pub mod projection;
pub mod rules;
pub mod shell;

mod deliver;
mod web;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use std::sync::Arc;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "webhooks",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-webhooks";

/// What webhooks bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes(),
        projections: vec![Box::new(projection::WebhookProjection)],
        listeners: vec![Arc::new(deliver::MatterFollower)],
        jobs: deliver::jobs(),
        nav: vec![NavEntry {
            key: NAV,
            href: web::PATH,
            icon: "send",
            permission: Some(Permission::WebhooksManage),
        }],
        ..Feature::default()
    }
}
