//! Pages of identity, one verb per file: log-in and one's own account; accounts, grants,
//! tokens and the audit trail for the three administrators.

mod absence;
mod account;
mod accounts;
mod audit;
mod grants;
mod log_in;
mod manage;
mod password;
mod reply;
mod tokens;

use kernel::permission::Permission;
use platform::feature::NavEntry;
use platform::web::{Access, Routes};

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

/// Identity's routes.
pub(crate) fn routes() -> Routes {
    let accounts = Access::Staff(Permission::AccountsManage);
    let grants = Access::Staff(Permission::GrantsManage);
    let tokens = Access::Staff(Permission::TokensManage);
    Routes::new()
        .get("/login", Access::Public, log_in::show)
        .post("/login", Access::Public, log_in::log_in)
        .post("/logout", Access::SignedIn, log_in::log_out)
        .get("/account", Access::SignedIn, account::show)
        .get("/account/absence", Access::SignedIn, absence::show)
        .post("/account/absence", Access::SignedIn, absence::note)
        .post("/account/absence/{id}/end", Access::SignedIn, absence::end)
        .get("/account/password", Access::SignedIn, password::show)
        .post("/account/password", Access::SignedIn, password::change)
        .get("/admin/accounts", accounts, accounts::list)
        .get("/admin/accounts/new", accounts, accounts::new)
        .post("/admin/accounts", accounts, accounts::create)
        .get("/admin/accounts/{id}", accounts, manage::show)
        .post("/admin/accounts/{id}/disabling", accounts, manage::disable)
        .post("/admin/accounts/{id}/enabling", accounts, manage::enable)
        .post("/admin/accounts/{id}/password", accounts, manage::reset_password)
        .post("/admin/accounts/{id}/handover", accounts, manage::hand_over)
        .get("/admin/grants", grants, grants::list)
        .get("/admin/grants/{id}", grants, grants::show)
        .post("/admin/grants/{id}", grants, grants::grant)
        .post("/admin/grants/{id}/unlocking", grants, grants::unlock)
        .post("/admin/grants/{id}/{grant}/end", grants, grants::end)
        .post("/admin/grants/{id}/absences/{absence}/end", grants, grants::end_absence)
        .get("/admin/tokens", tokens, tokens::list)
        .post("/admin/tokens", tokens, tokens::issue)
        .post("/admin/tokens/{id}/{token}/revocation", tokens, tokens::revoke)
        .get("/admin/audit", Access::Staff(Permission::AuditRead), audit::show)
}
