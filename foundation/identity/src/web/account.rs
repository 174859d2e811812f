//! `GET /account`: one's own account and what it may do.

use super::reply;
use crate::absences::{self, AbsenceRow};
use crate::read::{self, AccountRow, GrantRow};
use askama::Template;
use axum::response::Response;
use kernel::time::Date;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/account.html")]
struct Account {
    page: Page,
    account: AccountRow,
    grants: Vec<GrantRow>,
    standing_in: Vec<AbsenceRow>,
}

/// See the module.
pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let id = staff.person.account;
    let today: Date = staff.app.config.zone.date_of(staff.app.now());
    let locale = staff.prefs.locale;
    let (account, grants, standing_in) = staff
        .app
        .read(move |q, _| {
            let account = read::account(q, id)?.ok_or(Failure::NotFound)?;
            Ok((account, read::grants_of(q, id, locale)?, absences::stood_in_by(q, id, today, locale)?))
        })
        .await?;
    let grants = grants.into_iter().filter(|grant| grant.held.in_force(today)).collect();
    reply::page(&Account { page: staff.desk_page("account-title", ""), account, grants, standing_in })
}
