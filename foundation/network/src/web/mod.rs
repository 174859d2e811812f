//! Pages of the network: the levels one below the other, search, one unit, the duty list.

mod duties;
mod index;
mod unit;

use crate::read::{self, UnitRow};
use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::ui::Page;
use platform::web::{Access, Routes};

/// The network's entry in the staff's navigation.
pub(crate) const NAV: NavEntry =
    NavEntry { key: "nav-network", href: "/network", icon: "building", permission: READ };

const READ: Option<Permission> = Some(Permission::NetworkRead);

/// The network's routes.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::NetworkRead);
    let manage = Access::Staff(Permission::NetworkManage);
    Routes::new()
        .get("/network", read, index::index)
        .get("/network/duties", read, duties::duties)
        .get("/network/units/{code}", read, unit::unit)
        .post("/network/units/{code}/duty-phone", manage, unit::set_duty_phone)
}

/// A unit as the pages show it.
struct Shown {
    unit: UnitRow,
    level: String,
    kind: String,
    /// Open units below it, directly or not.
    below: i64,
}

impl Shown {
    fn new(page: &Page, unit: UnitRow, below: i64) -> Self {
        let level = page.t(&format!("level-{}", unit.level.code()));
        let kind = page.t(&format!("unit-kind-{}", unit.kind.code()));
        Self { unit, level, kind, below }
    }
}

/// Units with how many open ones stand below each.
fn with_counts(
    q: &mut dyn store::Query,
    units: Vec<UnitRow>,
) -> Result<Vec<(UnitRow, i64)>, store::StoreError> {
    units
        .into_iter()
        .map(|unit| {
            let below = read::count_below(q, &unit.path)?;
            Ok((unit, below))
        })
        .collect()
}
