//! Supervision 督办: nothing slips. What is late or about to be, across all matters; reminding,
//! urging, slips; rules that act by themselves and say why; and the desk of what waits to be
//! decided.
//!
//! - [`rules`]: a slip, as pure functions. The conditions of the office's rules are
//!   `matters_rules::watch`, the rules themselves a document of the configuration.
//! - [`board`]: the board, its batch, its heat table, its workbook.
//! - [`slips`]: slips around their rules, their pages, their printed form.
//! - [`rulebook`]: the condition form with what matches now; a dry run.
//! - [`watch`]: the job that lets rules fire.
//! - [`decisions`]: objections, extensions, suspensions, trackings, declines and terminations
//!   in one queue.

mod address;
mod api;
mod board;
pub mod decisions;
mod rulebook;
pub mod rules;
pub mod slips;
pub mod watch;
mod words;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::Routes;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "supervision",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the board's entry in the navigation.
const BOARD: &str = "nav-supervision";
/// Key of the slips' entry.
const SLIPS: &str = "nav-slips";
/// Key of the decision desk's entry.
const DECISIONS: &str = "nav-decisions";

const NAV: [NavEntry; 3] = [
    NavEntry {
        key: BOARD,
        href: "/desk/supervision",
        icon: "eye",
        permission: Some(Permission::SupervisionRead),
    },
    NavEntry { key: SLIPS, href: "/desk/slips", icon: "file", permission: Some(Permission::SupervisionRead) },
    NavEntry {
        key: DECISIONS,
        href: "/desk/decisions",
        icon: "gavel",
        permission: Some(Permission::SupervisionRead),
    },
];

/// What supervision brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(slips::SlipProjection)],
        jobs: watch::handlers(),
        nav: NAV.to_vec(),
        ..Feature::default()
    }
}

fn routes() -> Routes {
    Routes::new()
        .merge(board::routes())
        .merge(slips::routes())
        .merge(rulebook::routes())
        .merge(decisions::routes())
        .merge(api::routes())
}
