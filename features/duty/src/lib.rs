//! Duty and shift 值班、交接班: who is on duty in a unit, by day and shift; and hand-overs from
//! one shift to the next, with what is open, taken over by signature.
//!
//! - [`rules`]: a unit's roster and a hand-over, as pure functions. Rosters name posts, never
//!   persons.
//! - `now`: who is on duty now, in all units. `roster`: a unit's own, published with its
//!   history, from and into workbooks. `handover`: what one shift leaves to the next.

pub mod rules;
pub mod shell;

mod api;
mod handover;
mod now;
mod projection;
mod read;
mod roster;
mod workbook;

pub use projection::DutyProjection;
pub use read::on_duty;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "duty",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-duty";
/// Where it begins.
const PATH: &str = "/desk/duty";

/// What duty brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(DutyProjection)],
        nav: vec![NavEntry { key: NAV, href: PATH, icon: "clock", permission: Some(Permission::DutyRead) }],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    let read = Access::Staff(Permission::DutyRead);
    let manage = Access::Staff(Permission::DutyManage);
    let shift = Access::Staff(Permission::ShiftHandOver);
    Routes::new()
        .get(PATH, read, now::show)
        .get("/desk/duty/rosters/{unit}", read, roster::show)
        .post("/desk/duty/rosters/{unit}", manage, roster::publish)
        .post("/desk/duty/rosters/{unit}/file", manage, roster::fill)
        .get("/desk/duty/rosters/{unit}/table.xlsx", read, workbook::table)
        .get("/desk/duty/handovers/new", shift, handover::fresh)
        .post("/desk/duty/handovers/new", shift, handover::write)
        .get("/desk/duty/handovers/{id}", shift, handover::show)
        .post("/desk/duty/handovers/{id}/signature", shift, handover::sign)
        .merge(api::routes())
}
