//! Pages of identity.

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::Routes;

/// Identity's routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
}

/// Identity's entries in the staff's navigation.
pub(crate) const NAV: [NavEntry; 4] = [
    entry("nav-accounts", "/admin/accounts", "users", Permission::AccountsManage),
    entry("nav-grants", "/admin/grants", "shield", Permission::GrantsManage),
    entry("nav-tokens", "/admin/tokens", "lock", Permission::TokensManage),
    entry("nav-audit", "/admin/audit", "history", Permission::AuditRead),
];

const fn entry(
    key: &'static str,
    href: &'static str,
    icon: &'static str,
    permission: Permission,
) -> NavEntry {
    NavEntry { key, href, icon, permission: Some(permission) }
}
