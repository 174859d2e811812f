//! Common issues 共性问题 and hot topics 热点预警: many matters with one cause are seen as one.
//!
//! - [`rules`]: an issue, its special report's figures, what is a hot topic, what becomes of one.
//! - [`issues`]: matters grouped under an issue, its special report 专报, one answer for all.
//! - [`topics`]: a timer that looks for more of a category in a place than there used to be, with
//!   the rows that make it.

pub mod issues;
pub mod rules;
pub mod topics;

mod api;
mod beside;
mod place;
mod words;

use platform::feature::Feature;
use platform::ui::{Page, Source};
use platform::web::Routes;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "common issues",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-issues";

/// What common issues bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: Routes::new().merge(issues::routes()).merge(topics::routes()).merge(api::routes()),
        projections: vec![Box::new(issues::IssueProjection), Box::new(topics::TopicProjection)],
        beside: vec![std::sync::Arc::new(beside::OfMatter)],
        jobs: topics::jobs(),
        nav: vec![issues::nav()],
        ..Feature::default()
    }
}

/// A tab of these pages: label, address, whether it is this one.
pub(crate) type Tab = (String, &'static str, bool);

/// The tabs.
fn tabs(page: &Page, here: &str) -> Vec<Tab> {
    [issues::PATH, topics::PATH]
        .into_iter()
        .zip(["issues-tab", "topics-tab"])
        .map(|(path, key)| (page.t(key), path, path == here))
        .collect()
}
