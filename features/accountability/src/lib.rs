//! Accountability 问责: what fails is held to account. A measure against a unit is proposed with
//! its facts and decided by a second person: a reminder 提醒, a circulated notice 通报, a suggested
//! talk 建议约谈, a clue 问题线索 handed to the competent body with its feedback, or tolerance 容错
//! as a recorded ground. What is to be made good becomes a rectification, until 销号.
//!
//! - [`rules`]: a measure from proposal to end, as pure functions.
//! - `pages`: the list, the record of a unit, a measure, its paper.

pub mod projection;
pub mod rules;
pub mod shell;
pub mod taking;

mod api;
mod pages;
mod paper;
mod propose;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "accountability",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-accountability";
/// The list.
const PATH: &str = "/accountability";

/// What accountability brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(projection::MeasureProjection)],
        nav: vec![NavEntry {
            key: NAV,
            href: PATH,
            icon: "gavel",
            permission: Some(Permission::AccountabilityRead),
        }],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    let read = Access::Staff(Permission::AccountabilityRead);
    let propose = Access::Staff(Permission::AccountabilityPropose);
    let decide = Access::Staff(Permission::AccountabilityDecide);
    Routes::new()
        .get(PATH, read, pages::list)
        .get("/accountability/new", propose, propose::fresh)
        .post(PATH, propose, propose::add)
        .get("/accountability/units/{unit}", read, pages::unit)
        .get("/accountability/{id}", read, pages::show)
        .get("/accountability/{id}/paper", read, paper::page)
        .get("/accountability/{id}/paper.docx", read, paper::word)
        .post("/accountability/{id}/decision", decide, pages::decide)
        .post("/accountability/{id}/feedback", propose, pages::feedback)
        .post("/accountability/{id}/cancellation", decide, pages::cancel)
        .merge(api::routes())
}
