//! `GET` and `POST /account/password`: a new password of one's own.

use super::reply::{self, Fields};
use crate::login;
use crate::rules::password::MIN_CHARACTERS;
use askama::Template;
use axum::response::Response;
use kernel::Refusal;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "identity/password.html")]
struct Password {
    page: Page,
    form: Form,
    must: bool,
    min: usize,
}

/// The form.
pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    reply::page(&screen(&staff, Form::new()))
}

/// Changes it.
pub(super) async fn change(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let outcome = if form.value("password") == form.value("repeat") {
        let (current, new) = (form.value("current").to_owned(), form.value("password").to_owned());
        reply::sort(
            login::change_password(&staff.app, &staff.person, current, new, staff.source.clone()).await,
        )?
    } else {
        Err(Refusal::field("repeat", "password-not-repeated"))
    };
    match outcome {
        Ok(()) => Ok(reply::done(&staff, "/account", "flash-password-changed")),
        // What was typed is never sent back.
        Err(refusal) => reply::again(&screen(&staff, reply::refused(Form::new(), &refusal))),
    }
}

fn screen(staff: &Staff, form: Form) -> Password {
    // Who must change it first can go nowhere else.
    let must = staff.person.must_change_password;
    let title = "account-password-change";
    let page = if must { staff.page(title) } else { staff.desk_page(title, "") };
    Password { page: page.in_error(form.has_errors()), form, must, min: MIN_CHARACTERS }
}
