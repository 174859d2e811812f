//! Identity: accounts, passwords, sessions, grants, tokens; who may see what in a list.
//! Start with [`rules`] for what is allowed, [`scope`] for lists, [`accounts`] for the
//! commands that other crates and the shell use.

pub mod absences;
pub mod accounts;
pub mod login;
pub mod read;
pub mod rules;
pub mod scope;

mod directory;
mod projection;
mod shell;
mod web;

pub use directory::{IDLE_HOURS, LONGEST_HOURS, StoreDirectory, by_feed};
pub use projection::IdentityProjection;

use platform::feature::Feature;
use platform::ui::Source;

/// Identity's texts, with the labels of all roles and permissions.
pub const LOCALES: Source = Source {
    name: "identity",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What identity brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes(),
        projections: vec![Box::new(IdentityProjection)],
        nav: web::NAV.to_vec(),
        ..Feature::default()
    }
}
