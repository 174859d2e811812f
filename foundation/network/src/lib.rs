//! The network: areas 区划, units 单位 on four levels, zones 园区 that overlay areas, the
//! townships' duty list; their import, their pages, and the map others draw on. Start with
//! [`rules`].

pub mod import;
pub mod map;
pub mod read;
pub mod rules;
pub mod succession;

mod projection;
mod shell;
mod web;

pub use projection::NetworkProjection;
pub use read::history::{Change, Forest};
pub use read::{
    AreaRow, DutyRow, TreeNode, UnitFilter, UnitRow, ancestors, area, areas_below, areas_on, children,
    code_range, details, duty_items, duty_phone, find_unit, overlays, search_areas, search_units, tree, unit,
    units_below, units_on, units_serving, upper_bound, zones_over,
};
pub use rules::boundaries::{Boundaries, Shape};
pub use rules::{Level, UnitKind};

use platform::feature::Feature;
use platform::ui::Source;

/// The network's texts.
pub const LOCALES: Source = Source {
    name: "network",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What the network brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: web::routes(),
        projections: vec![Box::new(NetworkProjection)],
        nav: vec![web::NAV],
        ..Feature::default()
    }
}
