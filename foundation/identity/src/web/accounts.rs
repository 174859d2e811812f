//! `/admin/accounts`: the list, and a new account with its one-time password.

use super::reply::{self, Fields, ListQuery};
use crate::accounts::{self, OneTime};
use crate::read::{self, AccountRow};
use crate::rules::account::Title;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/accounts.html")]
struct Accounts {
    page: Page,
    form: Form,
    rows: Vec<AccountRow>,
    today: Date,
    older: String,
}

#[derive(Template)]
#[template(path = "identity/new_account.html")]
struct NewAccount {
    page: Page,
    form: Form,
}

/// An account's one-time password, shown once.
#[derive(Template)]
#[template(path = "identity/one_time.html")]
pub(super) struct OneTimeShown {
    pub(super) page: Page,
    pub(super) account: OneTime,
    pub(super) fresh: bool,
}

/// The list.
pub(super) async fn list(staff: Staff, Query(query): Query<ListQuery>) -> Result<Response, Failure> {
    let (text, after) = (query.q.clone(), query.after);
    let rows = staff.app.read(move |q, _| Ok(read::accounts(q, &text, &after)?)).await?;
    let (rows, more) = reply::cut(rows);
    let last = rows.last().filter(|_| more).map(|row| row.login.as_str());
    let older = last.map(|last| format!("/admin/accounts?q={}&after={last}", reply::encoded(&query.q)));
    let today = staff.app.config.zone.date_of(staff.app.now());
    let page = staff.desk_page("accounts-title", "nav-accounts");
    let form = Form::new().with("q", query.q);
    reply::page(&Accounts { page, form, rows, today, older: older.unwrap_or_default() })
}

/// The form for a new one.
pub(super) async fn new(staff: Staff) -> Result<Response, Failure> {
    reply::page(&form_page(&staff, Form::new()))
}

/// Creates it and shows the password once.
pub(super) async fn create(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let by = staff.by();
    let title = Title { name: form.value("name").to_owned(), en_name: form.value("en_name").to_owned() };
    let made = accounts::create(&staff.app, &by, form.value("login"), title).await;
    match reply::sort(made)? {
        Ok(account) => {
            let page = staff.desk_page("accounts-created-title", "nav-accounts");
            reply::page(&OneTimeShown { page, account, fresh: true })
        }
        Err(refusal) => reply::again(&form_page(&staff, reply::refused(form, &refusal))),
    }
}

fn form_page(staff: &Staff, form: Form) -> NewAccount {
    let page = staff.desk_page("accounts-new-title", "nav-accounts").in_error(form.has_errors());
    NewAccount { page, form }
}
