//! `/admin/accounts/{id}`: one account in the system administrator's hands.

use super::accounts::OneTimeShown;
use super::reply::{self, Fields};
use crate::accounts::{self, OneTime, parse_day};
use crate::read::{self, AccountRow, GrantRow};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::time::Date;
use kernel::{AccountId, Refusal};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/manage.html")]
struct Manage {
    page: Page,
    form: Form,
    account: AccountRow,
    grants: Vec<GrantRow>,
    today: Date,
}

/// The account.
pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let screen = screen(&staff, reply::id(&id)?, Form::new().with("from", today)).await?;
    reply::page(&screen)
}

/// Disables it.
pub(super) async fn disable(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let outcome = accounts::disable(&staff.app, &staff.by(), account).await;
    answer(&staff, account, outcome, Form::new(), "flash-account-disabled").await
}

/// Enables it again.
pub(super) async fn enable(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let outcome = accounts::enable(&staff.app, &staff.by(), account).await;
    answer(&staff, account, outcome, Form::new(), "flash-account-enabled").await
}

/// Sets a new one-time password and shows it once.
pub(super) async fn reset_password(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = reply::id(&id)?;
    let password = accounts::reset_password(&staff.app, &staff.by(), id).await?;
    let row = staff.app.read(move |q, _| Ok(read::account(q, id)?)).await?.ok_or(Failure::NotFound)?;
    let page = staff.desk_page("accounts-reset-title", "nav-accounts");
    reply::page(&OneTimeShown { page, account: OneTime { id, login: row.login, password }, fresh: false })
}

/// Hands its grants over to a successor.
pub(super) async fn hand_over(
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let account = reply::id(&id)?;
    let form = reply::form(fields);
    let outcome = hand_over_to(&staff, account, &form).await;
    answer(&staff, account, outcome, form, "flash-handed-over").await
}

async fn hand_over_to(staff: &Staff, leaver: AccountId, form: &Form) -> Result<(), Failure> {
    let from = parse_day("from", form.value("from"))?;
    let missing = Refusal::field("to", "handover-to-disabled");
    let successor = reply::account_of(&staff.app, form.value("to"), missing).await?;
    accounts::hand_over(&staff.app, &staff.by(), leaver, successor, from).await
}

async fn answer(
    staff: &Staff,
    account: AccountId,
    outcome: Result<(), Failure>,
    form: Form,
    flash: &str,
) -> Result<Response, Failure> {
    match reply::sort(outcome)? {
        Ok(()) => Ok(reply::done(staff, &format!("/admin/accounts/{account}"), flash)),
        Err(refusal) => reply::again(&screen(staff, account, reply::refused(form, &refusal)).await?),
    }
}

async fn screen(staff: &Staff, id: AccountId, form: Form) -> Result<Manage, Failure> {
    let locale = staff.prefs.locale;
    let (account, grants) = staff
        .app
        .read(move |q, _| {
            Ok((read::account(q, id)?.ok_or(Failure::NotFound)?, read::grants_of(q, id, locale)?))
        })
        .await?;
    let today = staff.app.config.zone.date_of(staff.app.now());
    let page = staff.desk_page("accounts-title", "nav-accounts").in_error(form.has_errors());
    Ok(Manage { page: page.titled_text(account.named(locale)), form, account, grants, today })
}
