//! The figures for everyone, and for staff with the rows behind each number. One fold
//! (`matters_rules::figures`) answers both; these pages only show it.

mod api;
mod columns;
mod export;
mod lines;
mod web;

pub use api::by_json;

use platform::feature::Feature;
use platform::ui::Source;

/// This crate's texts; the names of cells, rates and formulas are those of `matters`.
pub const LOCALES: Source = Source {
    name: "statistics",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What statistics brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes().merge(api::routes()),
        nav: web::nav(),
        ..Feature::default()
    }
}
