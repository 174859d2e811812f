//! `/enterprises`: enterprises with an account, found by name or credit code.

use super::super::page as desk;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use matters::enterprises::accounts::{self, Account};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use serde::Deserialize;

/// As many are shown; a search narrows them.
const MOST: usize = 50;

#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "desk/enterprises/index.html")]
struct Index {
    page: Page,
    form: Form,
    searched: bool,
    accounts: Vec<Account>,
    more: bool,
}

/// The list.
///
/// # Errors
/// Whatever the store says.
pub async fn show(staff: Staff, Query(search): Query<Search>) -> Result<Response, Failure> {
    let typed = search.q.clone();
    let mut accounts =
        staff.app.read(move |snapshot, _| accounts::accounts(snapshot, &typed, MOST + 1)).await?;
    let more = accounts.len() > MOST;
    accounts.truncate(MOST);
    let page = super::page(&staff, "enterprises-title");
    let searched = !search.q.trim().is_empty();
    let form = Form::new().with("q", search.q);
    desk::show(StatusCode::OK, &Index { page, form, searched, accounts, more })
}
