//! Pages of the network: the tree, search, one unit.

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::Routes;

/// The network's routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
}

/// The network's entry in the staff's navigation.
pub const NAV: NavEntry = NavEntry {
    key: "nav-network",
    href: "/network",
    icon: "building",
    permission: Some(Permission::NetworkRead),
};
